"""python-telegram-bot's HTTP over aiohttp: four times the requests a second of its httpx transport (docs/bench.md)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.platforms.telegram.wire import read_json, read_updates, whole

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 20.0
PLAIN_FORM = "application/x-www-form-urlencoded"


class JsonBody:
    """Parameters as one JSON body. It stands where python-telegram-bot has its RequestData, which is final and slow."""

    __slots__ = ("body",)
    contains_files = False

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.body = msgspec.json.encode(parameters)


class AiohttpRequest(BaseRequest):
    """One connection pool. No URL ever reaches an error or a log: it has the token in it."""

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where the call says nothing else."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60)
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | JsonBody | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: its HTTP status and body. Raises TimedOut (the call may have been applied) or NetworkError."""
        if self._session is None:
            raise NetworkError("the connection pool is closed")
        total = read_timeout if isinstance(read_timeout, int | float) else READ_TIMEOUT
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=total)
        try:
            async with self._session.request(method, url, data=form(request_data), timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer's JSON; unlike the original it puts no answer into the log."""
        try:
            answer: dict[str, Any] = read_json(whole(payload))
        except ValueError:
            raise TelegramError("the answer is no JSON") from None
        return answer


class PollRequest(AiohttpRequest):
    """The connection for getUpdates, whose updates stay unread."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer whose `result` is a list of raw updates; a refusal as any other."""
        try:
            return {"result": read_updates(whole(payload)).result}
        except ValueError:
            return AiohttpRequest.parse_json_payload(payload)


def form(data: RequestData | JsonBody | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    """The body of a call: JSON, a plain form, or multipart where files go along."""
    match data:
        case None:
            return None
        case JsonBody():
            return aiohttp.BytesPayload(data.body, content_type="application/json")
        case _ if not data.contains_files:
            return aiohttp.BytesPayload(urlencode(data.json_parameters).encode(), content_type=PLAIN_FORM)
    return multipart(data)


def multipart(data: RequestData) -> aiohttp.FormData:
    """Parameters and files."""
    body = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        body.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        body.add_field(name, content, filename=filename, content_type=mime)
    return body
