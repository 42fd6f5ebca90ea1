"""The Zalo Bot Platform, through its HTTP API and nothing else: no library of it reads failures right."""

from bot.platforms.zalo_bot.adapter import ZaloBot

__all__ = ["ZaloBot"]
