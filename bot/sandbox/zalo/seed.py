"""The demo's Zalo: one bot, one group, two invented people."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.chats import ZaloGroup
from bot.sandbox.zalo.people import ZaloPerson

if TYPE_CHECKING:
    from bot.sandbox.zalo.world import Zalo

__all__ = ["Neighbours", "build_zalo"]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Everything marked "(mẫu)" is a sample. The bot is in the group already: on Zalo nobody announces that."""

    bot: ZaloBot
    group_9: ZaloGroup
    sen: ZaloPerson
    khe: ZaloPerson


def build_zalo(zalo: "Zalo", token: str = "900:ZALOTEST", name: str = "Bot Bình Yên") -> Neighbours:  # noqa: S107
    """People and a group only: the app's own link code makes a residents' group of it."""
    bot = zalo.add_bot(token, name)
    sen, khe = zalo.add_person("Cô Sen (mẫu)"), zalo.add_person("Anh Khế (mẫu)")
    group = zalo.add_group("Tổ 9 · phường Hoa Sữa (mẫu)", sen, [khe])
    group.add_bot(bot)
    return Neighbours(bot, group, sen, khe)
