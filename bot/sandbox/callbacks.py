"""Pressed buttons waiting for answerCallbackQuery."""

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import bad_request

if TYPE_CHECKING:
    from bot.sandbox.accounts import BotAccount
    from bot.sandbox.chats import Chat
    from bot.sandbox.people import Person
    from bot.sandbox.world import World

__all__ = ["CallbackDesk", "Press"]

CALLBACK_LIFE = 150.0  # seconds (telegram-bot-api Client.cpp:17158)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Press:
    """What a pressed button came to. `url` for a link button, which tells the bot nothing.

    answer: {"text", "show_alert", "url"} once the bot has answered.
    """

    id: str
    person: "Person"
    label: str
    made: float
    url: str | None = None
    bot_id: int = 0
    answer: dict[str, Any] | None = None


class CallbackDesk:
    def __init__(self, world: "World") -> None:
        self.world = world
        self.numbers = itertools.count(4_000_000_000_000_000_001)
        self.open: dict[str, Press] = {}

    def press(
        self, person: "Person", chat: "Chat", bot: "BotAccount", message: dict[str, Any], button: dict[str, str]
    ) -> Press:
        number = str(next(self.numbers))
        press = Press(number, person, button["text"], self.world.now(), button.get("url"), bot.id)
        if "callback_data" in button:
            self.open[number] = press
            query = {
                "id": number,
                "from": person.face,
                "message": message,
                "chat_instance": str(7_000_000_000 + abs(chat.id)),
                "data": button["callback_data"],
            }
            self.world.send_update(bot, "callback_query", f"user:{person.id}", query)
        return press

    def answer(self, bot: "BotAccount", number: str, shown: dict[str, Any]) -> None:
        """The press's phone shows the words; 400 for an unknown, answered or old query."""
        press = self.open.get(number)
        if press is None or press.bot_id != bot.id or self.world.now() - press.made > CALLBACK_LIFE:
            self.open.pop(number, None)
            raise bad_request(TOO_OLD)
        del self.open[number]
        press.answer = shown
        press.person.toasts.append(shown)
        self.world.tell("answer", None, shown | {"person": press.person.id, "query": number})
