"""python-telegram-bot's Bot, and the two hot calls without its objects: the price of a message is mostly parsing."""

from typing import Any

import telegram

POLL_SECONDS = 25
POLL_LIMIT = 100
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


class Client(telegram.Bot):
    """Everything python-telegram-bot has, its errors included."""

    async def raw_updates(self, offset: int) -> list[dict[str, Any]]:
        """getUpdates without reading them: one that cannot be read must not stop its neighbours."""
        wish = {"offset": offset, "timeout": POLL_SECONDS, "limit": POLL_LIMIT, "allowed_updates": WANTED}
        updates: list[dict[str, Any]] = await self._post("getUpdates", wish, read_timeout=POLL_SECONDS + 10)
        return updates

    async def send_text(self, chat_id: int, html: str, **values: object) -> str:
        """sendMessage; only the id of what was sent (measured: reading the whole answer costs as much as sending)."""
        message = {"chat_id": chat_id, "text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
        sent: dict[str, Any] = await self._post("sendMessage", message | values)
        return str(sent["message_id"])


NO_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
