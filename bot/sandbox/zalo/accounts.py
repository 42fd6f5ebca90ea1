"""A bot's account: its token, whom it knows, how it hears."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.zalo.ids import opaque_id
from bot.sandbox.zalo.polls import Mailbox
from bot.sandbox.zalo.webhooks import Pusher

if TYPE_CHECKING:
    from bot.sandbox.zalo.chats import ZaloChat
    from bot.sandbox.zalo.world import Zalo

__all__ = ["ZaloBot"]

Json = dict[str, Any]


class ZaloBot:
    """contacts: the chats that have written to it, by id: it may write to no other. outbound: messages it has sent.

    webhook: {"url", "secret", "updated_at" (ms)}; None before the first setWebhook, its url "" after deleteWebhook.
    """

    def __init__(self, zalo: "Zalo", token: str, name: str) -> None:
        if not name.startswith("Bot"):
            raise ValueError('the name of a Zalo bot begins with "Bot"')
        self.token = token
        self.name = name
        self.id = opaque_id("bot", token)
        self.face: Json = {"id": self.id, "name": name, "is_bot": True}
        self.contacts: dict[str, ZaloChat] = {}
        self.outbound = 0
        self.webhook: Json | None = None
        self.mailbox = Mailbox(zalo.sandbox.wake)
        self.pusher = Pusher(zalo, self)

    def __repr__(self) -> str:
        return f"ZaloBot({self.id})"

    @property
    def mention(self) -> str:
        """What the picker puts into a text."""
        return f"@{self.name}"

    @property
    def polling(self) -> bool:
        """Whether a getUpdates waits right now: what is said at any other time is lost."""
        return self.mailbox.waiting

    @property
    def hook(self) -> Json | None:
        """The webhook, while one is set."""
        return self.webhook if self.webhook and self.webhook["url"] else None

    def about(self) -> Json:
        """getMe."""
        return {
            "id": self.id,
            "account_name": f"bot.{self.id[:8]}",
            "account_type": "BASIC",
            "can_join_groups": True,
            "display_name": self.name,
        }
