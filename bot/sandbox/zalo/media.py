"""Media behind public URLs that may expire, and the pictures this Zalo fetches for a bot."""

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.sandbox.api import is_loopback
from bot.sandbox.errors import bad_request
from bot.sandbox.zalo.ids import opaque_id

if TYPE_CHECKING:
    from bot.sandbox.zalo.world import Zalo

__all__ = ["MediaStore", "Medium"]

FETCH_LIMIT = 5 * 1024 * 1024  # bytes; two clients' default, not a published limit (C)
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)
SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


@dataclass(slots=True)
class Medium:
    mime: str
    made: float
    content: bytes = field(repr=False)


class MediaStore:
    """Ids cannot be guessed from one another's order; nothing else guards them, as on Zalo."""

    def __init__(self, zalo: "Zalo") -> None:
        self.zalo = zalo
        self.by_id: dict[str, Medium] = {}
        self.numbers = itertools.count(1)

    def add(self, content: bytes, mime: str) -> str:
        """The URL that shows it."""
        media_id = opaque_id("media", next(self.numbers))
        self.by_id[media_id] = Medium(mime, self.zalo.sandbox.now(), content)
        return f"{self.zalo.url}/media/{media_id}"

    def read(self, url: str) -> bytes:
        """The bytes behind one of its URLs, expired or not."""
        return self.by_id[url.rpartition("/")[2]].content

    def serve(self, request: web.BaseRequest, media_id: str) -> web.Response:
        """GET /media/{id}: 404 once it has expired, or a redirect where `redirect_media` says so."""
        medium, variations = self.by_id.get(media_id), self.zalo.variations
        if medium is None or self.is_old(medium):
            return web.Response(status=404, text="not found")
        target = variations.redirect_media
        if target and "direct" not in request.query:
            there = f"{self.zalo.url}/media/{media_id}?direct=1" if target == "here" else target
            return web.Response(status=302, headers={"Location": there})
        return shown(medium)

    def is_old(self, medium: Medium) -> bool:
        lasts = self.zalo.variations.media_lasts
        return lasts is not None and self.zalo.sandbox.now() - medium.made > lasts

    def show(self, media_id: str) -> web.Response:
        """For the page: phones keep what they have received."""
        medium = self.by_id.get(media_id)
        return shown(medium) if medium else web.Response(status=404, text="not found")

    async def fetch(self, url: str) -> tuple[bytes, str]:
        """(bytes, MIME type) of a picture on loopback; 400 for anything else, or where it cannot be had."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname or ""):
            raise bad_request("photo must be a URL that this Zalo can reach: loopback only")
        try:
            async with aiohttp.ClientSession(timeout=FETCH_TIMEOUT) as session:
                return await download(session, url)
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise bad_request("photo could not be fetched") from None


async def download(session: aiohttp.ClientSession, url: str) -> tuple[bytes, str]:
    async with session.get(url, allow_redirects=False) as answer:
        if answer.status != 200 or not answer.content_type.startswith("image/"):
            raise bad_request(f"photo could not be fetched: {answer.status} {answer.content_type}")
        content = await answer.read()
        if not 0 < len(content) <= FETCH_LIMIT:
            raise bad_request("photo is empty or too big")
        return content, answer.content_type


def shown(medium: Medium) -> web.Response:
    return web.Response(body=medium.content, content_type=medium.mime, headers=SAFE)
