"""A bot's account: its token, its queue, what it has set about itself."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.updates import UpdateQueue

__all__ = ["BotAccount"]


class BotAccount:
    """`reads_all` is can_read_all_group_messages: privacy mode is on while it is False."""

    def __init__(
        self, token: str, username: str, name: str, now: Callable[[], float], *, reads_all: bool = False
    ) -> None:
        self.token = token
        self.id = int(token.split(":", 1)[0])
        self.username = username
        self.name = name
        self.reads_all = reads_all
        self.face: dict[str, Any] = {"id": self.id, "is_bot": True, "first_name": name, "username": username}
        self.queue = UpdateQueue(now)
        self.commands: list[dict[str, Any]] = []

    def about(self) -> dict[str, Any]:
        """getMe."""
        return self.face | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
        }
