"""`/media/…`: a file of the vault for whoever holds a link to it that still works (`bot/links.py`).

Nothing here is logged but the names of errors, and no answer tells one bad token from another.
"""

import asyncio
import logging
import time

from aiohttp import web

from bot.links import ENDINGS, TOLD, Grant, Links
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
SHOWN = "image/"  # Chromium plays no sound or film and opens no PDF under this policy: those are saved, then opened
UNKNOWN = "application/octet-stream"
CHUNK = 64 * 1024
LONGEST_ANSWER = 300.0  # s; 20 MB at 0.6 Mbit/s. Whoever reads slower, or not at all, is cut off
COME_BACK = 5  # s


class MediaRoute:
    """Answers GET and HEAD, each within `longest` seconds."""

    def __init__(self, links: Links, lending: Lending, longest: float = LONGEST_ANSWER) -> None:
        self._links = links
        self._lending = lending
        self._longest = longest

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The file, or 404 whatever the reason; 503 for a good link while too many files are being read."""
        grant = self._links.open(request.match_info["token"], time.time())
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
    """A file, or for HEAD what would be said of it; a reader who is gone or too slow is cut off."""
    response = web.StreamResponse(headers=SAFE | described(grant.mime))
    response.content_length = len(content)
    try:
        async with asyncio.timeout(longest):
            await response.prepare(request)
            await write(response, content if request.method == "GET" else b"")
    except (TimeoutError, ConnectionError):
        if request.transport:
            request.transport.abort()
    return response


async def write(response: web.StreamResponse, content: bytes) -> None:
    """Bytes, only as fast as they are taken. Raises ConnectionError when nobody takes them."""
    view = memoryview(content)
    for start in range(0, len(view), CHUNK):
        await response.write(view[start : start + CHUNK])
    await response.write_eof()


def described(mime: str) -> dict[str, str]:
    """What is told of a file. Pictures are shown; all else is saved, under a name that says nothing."""
    told = {"Content-Type": mime if mime in TOLD else UNKNOWN}
    if mime in TOLD and mime.startswith(SHOWN):
        return told
    return told | {"Content-Disposition": f'attachment; filename="binhyen{ENDINGS.get(mime, ".bin")}"'}
