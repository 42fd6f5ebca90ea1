"""One bot's queue of updates: what getUpdates hands out and what a webhook is sent."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError

__all__ = ["WEBHOOK_CAME", "Update", "UpdateQueue", "dumps"]

# Not sent unless they are named in allowed_updates (Bot API: getUpdates).
ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}
CALLBACK_LIFE = 150.0  # seconds (telegram-bot-api Client.cpp:17158)
UPDATE_LIFE = 24 * 3600.0
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_CAME = "Conflict: terminated by setWebhook request"
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@dataclass(slots=True)
class Update:
    """`lane`: updates of one lane reach a webhook one at a time and in order. `text` is the JSON that is sent."""

    number: int
    lane: str
    text: str
    expires: float


class UpdateQueue:
    """`now` is the world clock; waiting itself is in real seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.waiting: deque[Update] = deque()
        self.numbers = itertools.count(500_000_001)
        self.allowed: frozenset[str] | None = None
        self.webhook: dict[str, Any] = {}
        self.poller: asyncio.Future[None] | None = None
        self.on_new: Callable[[], None] | None = None

    def wants(self, kind: str) -> bool:
        return kind not in ASKED_FOR if self.allowed is None else kind in self.allowed

    def put(self, kind: str, lane: str, body: dict[str, Any]) -> dict[str, Any]:
        """Queue one update and wake whoever waits; returns it as it will be sent."""
        number = next(self.numbers)
        update = {"update_id": number, kind: body}
        life = CALLBACK_LIFE if kind == "callback_query" else UPDATE_LIFE
        self.waiting.append(Update(number, lane, dumps(update), self.now() + life))
        if self.poller is not None and not self.poller.done():
            self.poller.set_result(None)
        if self.on_new is not None:
            self.on_new()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """None keeps what was allowed before; an empty list restores the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def expire(self) -> None:
        now = self.now()
        while self.waiting and self.waiting[0].expires <= now:
            self.waiting.popleft()

    def confirm(self, offset: int) -> None:
        """Forget what comes before `offset`; a negative one counts from the end and forgets all before it."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
            return
        while self.waiting and self.waiting[0].number < offset:
            self.waiting.popleft()

    def ready(self, limit: int) -> str:
        """The JSON list of at most `limit` waiting updates."""
        now = self.now()
        texts = (update.text for update in self.waiting if update.expires > now)
        return "[" + ",".join(itertools.islice(texts, limit)) + "]"

    async def poll(self, offset: int, limit: int, wait: float) -> str:
        """getUpdates: ends the poll that was waiting with 409; returns a JSON list."""
        self.end_poll(OTHER_POLLER)
        if self.webhook:
            raise ApiError(409, WEBHOOK_SET)
        self.confirm(offset)
        self.expire()
        found = self.ready(limit)
        if found != "[]" or wait <= 0:
            return found
        poller = asyncio.get_running_loop().create_future()
        self.poller = poller
        try:
            async with asyncio.timeout(wait):
                await poller
        except TimeoutError:
            pass
        # One turn of the loop lets updates made in the same breath leave in the same answer.
        await asyncio.sleep(0)
        return self.ready(limit)

    def end_poll(self, why: str | None = None) -> None:
        """With 409 and this reason for whoever polls, or with what there is."""
        if self.poller is not None and not self.poller.done():
            if why is None:
                self.poller.set_result(None)
            else:
                self.poller.set_exception(ApiError(409, why))
        self.poller = None
