"""Telegram's errors in this house's words. The descriptions are matched as Telegram's server writes them."""

import re
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import AlreadyDone, BadToken, ChatMoved, DeliveryError, Slowed, TopicGone, TryLater, Undeliverable, Why

T = TypeVar("T")
FLAGS = re.IGNORECASE
DONE = re.compile(
    r"not modified|message to (delete|pin|unpin) not found|query is too old|message to react not found", re.IGNORECASE
)
TOPIC = re.compile(r"message thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)", FLAGS)
REASONS = (
    (
        re.compile(r"not enough rights|need administrator rights|ADMIN_REQUIRED|have no rights", FLAGS),
        Why.NO_RIGHTS,
    ),
    (
        re.compile(r"(chat|user|message to (edit|be replied|copy)) not found|PEER_ID_INVALID", FLAGS),
        Why.NOT_FOUND,
    ),
    (re.compile(r"can't be (deleted|edited)", FLAGS), Why.TOO_OLD),
    (re.compile(r"too (big|large)|entity too large", FLAGS), Why.TOO_BIG),
    (re.compile(r"kicked|not a member|deactivated", FLAGS), Why.KICKED),
    (re.compile(r"blocked|can't initiate", FLAGS), Why.BLOCKED),
)


async def translated(call: Awaitable[T]) -> T:
    """Await a call; what it raises comes out as a DeliveryError."""
    try:
        return await call
    except TelegramError as error:
        raise translate(error) from error


def translate(error: TelegramError) -> DeliveryError:
    """The error of this house that says the same."""
    match error:
        case RetryAfter():
            return Slowed(in_seconds(error.retry_after))
        case ChatMigrated():
            return ChatMoved(str(error.new_chat_id))
        case BadRequest() | Forbidden():
            return permanent(error.message)
        case InvalidToken():
            return BadToken()
        case NetworkError():
            return permanent(error.message) if "too large" in error.message.lower() else TryLater()
        case _:
            return TryLater()


def permanent(description: str) -> DeliveryError:
    """What a 400 or 403 means."""
    if DONE.search(description):
        return AlreadyDone()
    if TOPIC.search(description):
        return TopicGone()
    return Undeliverable(next((why for pattern, why in REASONS if pattern.search(description)), Why.BAD_CONTENT))


def in_seconds(after: int | timedelta) -> float:
    """`retry_after` as seconds, whichever form python-telegram-bot gives it."""
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
