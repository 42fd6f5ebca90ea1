"""`/media/…`: a file of the vault for whoever holds a link to it that still works (`bot/links.py`).

Nothing here is logged but the names of errors, and no answer tells one bad token from another.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from aiohttp import web

from bot.links import ENDINGS, SHOWN, Grant, Links
from bot.sealing import Unsealable
from bot.web.lending import Lending

log = logging.getLogger(__name__)
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
OPENED_ELSEWHERE = "application/pdf"  # Chrome shows no PDF inside a sandbox: it is saved, then opened
UNKNOWN = "application/octet-stream"
CHUNK = 64 * 1024
LONGEST_ANSWER = 300.0  # s; 20 MB at 0.6 Mbit/s. Whoever reads slower, or not at all, is cut off
COME_BACK = 5  # s


class MediaRoute:
    """Answers GET and HEAD. `clock` gives UTC in seconds."""

    def __init__(
        self,
        links: Links,
        lending: Lending,
        clock: Callable[[], float] = time.time,
        longest: float = LONGEST_ANSWER,
    ) -> None:
        self._links = links
        self._lending = lending
        self._clock = clock
        self._longest = longest

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The file, or 404 whatever the reason; 503 for a good link while too many files are being read."""
        grant = self._links.open(request.match_info["token"], self._clock())
        if grant is None:
            return not_here()
        try:
            async with self._lending.lend(grant.stored) as content:
                return await send(request, grant, content, self._longest)
        except TimeoutError:
            return web.Response(status=503, headers=SAFE | {"Retry-After": str(COME_BACK)})
        except FileNotFoundError:
            return not_here()
        except (OSError, Unsealable) as error:
            log.error("a file of the vault cannot be read (%s)", type(error).__name__)  # noqa: TRY400 - no path
            return not_here()


def not_here() -> web.Response:
    """Forged, over, erased, unreadable: all alike."""
    return web.Response(status=404, headers=SAFE)


async def send(request: web.Request, grant: Grant, content: bytes, longest: float) -> web.StreamResponse:
    """All of a file, or the part that was asked for; a reader who is gone or too slow is cut off."""
    part = asked(request, len(content))
    response = web.StreamResponse(status=200 if part is None else 206, headers=SAFE | described(grant.mime))
    if part is None:
        part = range(len(content))
    else:
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
    response.content_length = len(part)
    try:
        async with asyncio.timeout(longest):
            await response.prepare(request)
            await write(response, content, part if request.method == "GET" else range(0))
    except (TimeoutError, ConnectionError):
        if request.transport:
            request.transport.abort()
    return response


async def write(response: web.StreamResponse, content: bytes, part: range) -> None:
    """A part of some bytes, only as fast as they are taken. Raises ConnectionError when nobody takes them."""
    view = memoryview(content)
    for start in part[::CHUNK]:
        await response.write(view[start : min(start + CHUNK, part.stop)])
    await response.write_eof()


def asked(request: web.Request, size: int) -> range | None:
    """The bytes that a `Range` asks for (some phones play no film without); None for all, or when it makes no sense."""
    try:
        part = range(size)[request.http_range]
    except ValueError:
        return None
    return part if part and "Range" in request.headers and request.method == "GET" else None


def described(mime: str) -> dict[str, str]:
    """What a browser is told of a file; whatever it need not show, it saves under a name that says nothing."""
    told = {"Content-Type": mime if mime in SHOWN else UNKNOWN, "Accept-Ranges": "bytes"}
    if mime in SHOWN and mime != OPENED_ELSEWHERE:
        return told
    return told | {"Content-Disposition": f'attachment; filename="binhyen{ENDINGS.get(mime, ".bin")}"'}
