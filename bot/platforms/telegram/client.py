"""python-telegram-bot's Bot, and some calls without its objects: the price of a message is mostly parsing."""

from typing import Any, cast

import telegram
from telegram.request import RequestData

from bot.messages import Quiz
from bot.platforms.telegram.request import JsonBody, PollRequest
from bot.platforms.telegram.wire import Raw

POLL_SECONDS = 25
POLL_LIMIT = 100
WANTED = ["message", "edited_message", "callback_query", "my_chat_member", "poll"]
TEXT = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


class Client(telegram.Bot):
    """Everything python-telegram-bot has, its errors included. `polls` is a connection of its own for getUpdates."""

    async def raw_updates(self, offset: int, polls: PollRequest) -> list[Raw]:
        """getUpdates without reading them: one that cannot be read must not stop its neighbours."""
        wish = {"offset": offset, "timeout": POLL_SECONDS, "limit": POLL_LIMIT, "allowed_updates": WANTED}
        url = f"{self.base_url}/getUpdates"
        updates = await polls.post(url, cast("RequestData", JsonBody(wish)), read_timeout=POLL_SECONDS + 10)
        return cast("list[Raw]", updates)

    async def send_text(self, html: str, wishes: dict[str, Any]) -> str:
        """sendMessage with its other parameters as plain JSON; only the id of what was sent."""
        body = JsonBody({"text": html, **TEXT, **wishes})
        sent = await self.request.post(f"{self.base_url}/sendMessage", cast("RequestData", body))
        return str(cast("dict[str, Any]", sent)["message_id"])

    async def send_quiz(self, quiz: Quiz, wishes: dict[str, Any]) -> tuple[str, str]:
        """sendPoll; the ids of the message and of its poll. Nobody sees who chose what, the bot neither."""
        body = {
            "question": quiz.ask,
            "options": [{"text": choice} for choice in quiz.choices],
            "type": "quiz",
            "is_anonymous": True,
            "correct_option_ids": [quiz.answer],
            "explanation": quiz.why,
        }
        sent = await self.request.post(f"{self.base_url}/sendPoll", cast("RequestData", JsonBody({**body, **wishes})))
        message = cast("dict[str, Any]", sent)
        return str(message["message_id"]), str(message["poll"]["id"])
