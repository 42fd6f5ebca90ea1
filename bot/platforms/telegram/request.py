"""python-telegram-bot's HTTP over aiohttp: four times the requests a second of its httpx transport (docs/bench.md)."""

from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 20.0
PLAIN_FORM = "application/x-www-form-urlencoded"


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
        request_data: RequestData | None = None,
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


def form(data: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    """The body of a call: a plain form, or multipart where files go along."""
    if data is None:
        return None
    if not data.contains_files:
        return aiohttp.BytesPayload(urlencode(data.json_parameters).encode(), content_type=PLAIN_FORM)
    body = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        body.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        body.add_field(name, content, filename=filename, content_type=mime)
    return body
