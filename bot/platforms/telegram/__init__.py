"""Telegram's Bot API, through python-telegram-bot's `Bot`, types and errors; not through its Application."""

from bot.platforms.telegram.adapter import Telegram

__all__ = ["Telegram"]
