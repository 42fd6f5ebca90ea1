"""Zalo's error codes in this house's words. Each is documented in a word or two, so little is read into it."""

import re

from bot.errors import BadToken, DeliveryError, Slowed, TryLater, Undeliverable, Why

IDLE = 408  # a poll that nobody answered
SLOWED = 60.0  # s; a 429 names no time, and the code stands for the month's quota too
SERVER_WAIT = 5.0
UNKNOWN_CHAT = re.compile(
    r"(chat|user|recipient).{0,20}(not found|not exist|invalid)|invalid.{0,10}chat", re.IGNORECASE
)


def trouble(code: int, description: str) -> DeliveryError:
    """The error of this house that says the same. 403 is documented as an error of Zalo's own server."""
    match code:
        case 401:
            return BadToken()
        case 429:
            return Slowed(SLOWED)
        case 404:
            return Undeliverable(Why.NOT_FOUND)
        case 400:
            return Undeliverable(Why.NOT_FOUND if UNKNOWN_CHAT.search(description) else Why.BAD_CONTENT)
        case 413:
            return Undeliverable(Why.TOO_BIG)
        case 403:
            return TryLater(SERVER_WAIT)
        case _:
            return TryLater()
