"""One call of a Bot API method: its parameters in whatever shape they came, read as what they should be."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.files import StoredFile

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

__all__ = ["Call", "Json", "Method", "Upload"]

Json = Any  # a parsed JSON value from outside: its reader checks it

TRUE_WORDS = {"true", "1", "yes", "t", "y"}
GENERAL_TOPIC = 1


@dataclass(slots=True)
class Upload:
    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class Call:
    """`params` hold strings from a query or a form, anything from JSON; `files` hold multipart parts by name."""

    world: "Sandbox"
    bot: BotAccount
    params: dict[str, Any]
    files: dict[str, Upload]

    def text(self, name: str) -> str:
        value = self.params.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int | None:
        value = self.params.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def number(self, name: str) -> float | None:
        value = self.params.get(name)
        try:
            return None if value in {None, ""} else float(str(value))
        except ValueError:
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        return str(self.params.get(name, "")).lower() in TRUE_WORDS

    def structure(self, name: str) -> Json:
        """An object or a list, JSON-encoded or not; None where it is not given."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def upload(self, name: str, kind: str) -> StoredFile:
        """The file a parameter names: a part of that name, attach://part, or a known file id."""
        value = self.params.get(name)
        part = self.files.get(name)
        if part is None and isinstance(value, str) and value.startswith("attach://"):
            part = self.files.get(value.removeprefix("attach://"))
            if part is None:
                raise bad_request(f'file "{value.removeprefix("attach://")}" not found in the request')
        if part is not None:
            return self.world.files.add(kind, part.content, part.name, part.mime)
        if not value:
            raise bad_request(f"there is no {name} in the request")
        return self.world.files.reuse(kind, str(value))

    # Where it goes

    def chat(self) -> Chat:
        """The chat the call names, as one this bot may at least look at; ApiError where Telegram refuses."""
        chat_id = self.chat_id()
        if chat_id > 0:
            return self.private_chat(chat_id)
        chat = self.world.groups.get(chat_id)
        member = chat.members.get(self.bot.id) if chat is not None else None
        if chat is None or member is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        if not member.inside:
            kind = "supergroup" if chat.type == "supergroup" else "group"
            was = "bot was kicked from" if member.status == "kicked" else "bot is not a member of"
            raise forbidden(f"{was} the {kind} chat")
        return chat

    def chat_id(self) -> int:
        value = self.params.get("chat_id")
        if value is None or value == "":
            raise bad_request("chat_id is empty")
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None  # public usernames of chats are not modelled

    def private_chat(self, person_id: int) -> Chat:
        person = self.world.people.get(person_id)
        if person is None:
            raise bad_request("chat not found")
        if self.bot.id in person.blocked:
            raise forbidden("bot was blocked by the user")
        if self.bot.id not in person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return self.world.private_chat(self.bot, person)

    def thread(self, chat: Chat) -> int | None:
        """message_thread_id, checked. General is addressed by leaving it out: 1 is not found (Client.h:68)."""
        thread_id = self.integer("message_thread_id")
        if not thread_id:
            return None
        topic = chat.topic(thread_id)
        if topic.closed and not chat.members[self.bot.id].may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return thread_id

    def reply(self, chat: Chat) -> dict[str, Any] | None:
        """The message replied to, from reply_parameters or the older reply_to_message_id."""
        given = self.structure("reply_parameters") or {}
        wanted = given.get("message_id") or self.integer("reply_to_message_id")
        if not wanted:
            return None
        found = chat.history.get(int(wanted))
        if found is None and not (given.get("allow_sending_without_reply") or self.flag("allow_sending_without_reply")):
            raise bad_request("message to be replied not found")
        return found

    def need(self, chat: Chat, right: str, why: str) -> None:
        """400 unless the bot is an admin with this right."""
        if not chat.members[self.bot.id].may(right):
            raise bad_request(why)


Method = Callable[[Call], Json]
