"""Which messages of a chat reach which bot (Bots FAQ; PTB wiki "Why doesn't my bot get all messages")."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.accounts import BotAccount
from bot.sandbox.members import Member

__all__ = ["SERVICE_KEYS", "sees"]

SERVICE_KEYS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)
# A bot gets its own service messages of these kinds back, and no other message of its own (Client.cpp,
# need_skip_update_message).
OWN_KEYS = SERVICE_KEYS - {"new_chat_members", "group_chat_created"}


def sees(bot: BotAccount, member: Member, message: dict[str, Any], explicit_reply: bool) -> bool:
    """`explicit_reply`: the person chose to reply; the topic's root, which Telegram fills in, does not count."""
    service = not SERVICE_KEYS.isdisjoint(message)
    if message["from"]["id"] == bot.id:
        return service and not OWN_KEYS.isdisjoint(message)
    if message["chat"]["type"] == "private" or service:
        return True
    if message["from"]["is_bot"] and "sender_chat" not in message:
        return False  # bots never see other bots; anonymous admins only look like one
    if bot.reads_all or member.is_admin:
        return True
    if explicit_reply and message["reply_to_message"]["from"]["id"] == bot.id:
        return True
    return any(addresses(bot, kind, word) for kind, word in marked_words(message))


def addresses(bot: BotAccount, kind: str, word: str) -> bool:
    if kind == "mention":
        return word[1:].lower() == bot.username.lower()
    if kind == "text_mention":
        return word == str(bot.id)
    _command, _, name = word.partition("@")
    return not name or name.lower() == bot.username.lower()


def marked_words(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(entity type, its words) of commands and mentions; a text_mention gives the user's id."""
    text = message.get("text") or message.get("caption") or ""
    marks = message.get("entities") or message.get("caption_entities") or ()
    for mark in marks:
        kind = mark["type"]
        if kind == "text_mention":
            yield kind, str(mark["user"]["id"])
        elif kind == "mention" or (kind == "bot_command" and mark["offset"] == 0):
            raw = text if text.isascii() else None
            begin, end = mark["offset"], mark["offset"] + mark["length"]
            yield kind, raw[begin:end] if raw is not None else utf16_slice(text, begin, end)


def utf16_slice(text: str, begin: int, end: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[begin * 2 : end * 2].decode("utf-16-le", "replace")
