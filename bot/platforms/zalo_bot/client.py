"""Calls of the Zalo Bot API: POST with JSON to `{API_URL}/bot{TOKEN}/{method}`."""

import json
import logging
import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.errors import TryLater
from bot.platforms.zalo_bot.errors import IDLE, trouble

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 20.0
POLL_SECONDS = 25
POLL_PATIENCE = 10.0  # longer than the poll itself, or an idle one looks like a dead line
NOT_ZALO = 502


@dataclass(frozen=True, slots=True)
class Answer:
    """What Zalo said: `code` 0 and a result, or its error code and a description."""

    code: int
    result: Any = field(default=None, repr=False)
    description: str = field(default="", repr=False)


class Client:
    """One connection pool. No URL ever reaches an error or a log: it has the token in it."""

    def __init__(self, token: str, api_url: str) -> None:
        hush()
        self._base = f"{api_url}/bot{token}/"
        self._http: httpx.AsyncClient | None = None

    def open(self) -> None:
        """Open the pool. Proxies of the environment are left alone, as on the other platforms."""
        if self._http is None:
            self._http = httpx.AsyncClient(trust_env=False, headers={"User-Agent": "BinhYen"})

    async def close(self) -> None:
        """Close the pool."""
        if self._http is not None:
            http, self._http = self._http, None
            await http.aclose()

    async def call(self, method: str, **wish: object) -> Any:  # noqa: ANN401 - whatever Zalo's JSON holds
        """The result of a call. Raises DeliveryError."""
        answer = await self._post(method, wish, READ_TIMEOUT)
        if answer.code:
            raise trouble(answer.code, answer.description)
        return answer.result

    async def send(self, method: str, **wish: object) -> str:
        """The id of what was sent. Raises DeliveryError; TryLater may also mean that only the answer was lost."""
        result = await self.call(method, **wish)
        number = result.get("message_id") if isinstance(result, dict) else None
        return str(number) if isinstance(number, str | int) else ""

    async def update(self) -> Any:  # noqa: ANN401 - whatever Zalo's JSON holds
        """The next event, which Zalo then forgets; None when nobody said anything. Raises DeliveryError."""
        answer = await self._post("getUpdates", {"timeout": POLL_SECONDS}, POLL_SECONDS + POLL_PATIENCE)
        if answer.code == IDLE:
            return None
        if answer.code:
            raise trouble(answer.code, answer.description)
        return answer.result

    async def _post(self, method: str, wish: dict[str, object], patience: float) -> Answer:
        if self._http is None:
            raise TryLater
        timeout = httpx.Timeout(patience, connect=CONNECT_TIMEOUT)
        try:
            reply = await self._http.post(self._base + method, json=wish, timeout=timeout)
        except (httpx.HTTPError, OSError):
            raise TryLater from None  # not the original: it has the URL in it
        return read_answer(reply.status_code, reply.content)


def read_answer(status: int, body: bytes) -> Answer:
    """The body decides: a failed call may well come with HTTP 200. Where it is no answer of Zalo's, the status does."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("ok"), bool):
        return Answer(status if status >= 400 else NOT_ZALO)
    if said["ok"]:
        return Answer(0, said.get("result"))
    given = str(said.get("error_code", said.get("errorCode")))
    failed = int(given) if re.fullmatch(r"[1-9]\d{1,5}", given) else status if status >= 400 else NOT_ZALO
    return Answer(failed, None, str(said.get("description", ""))[:200])


def hush() -> None:
    """httpx writes each URL at INFO, token included, and httpcore each header at DEBUG: neither says so any more."""
    logging.getLogger("httpx").addFilter(serious)  # a filter holds when somebody turns the level down; twice is once
    logging.getLogger("httpcore").setLevel(logging.WARNING)


def serious(record: logging.LogRecord) -> bool:
    """Warnings and worse."""
    return record.levelno >= logging.WARNING
