"""Files that people sent, fetched from the public links that Zalo gives, with no way into private networks.

A link is as trustworthy as whoever could write it into an event. So: https on its own port only, no names and
passwords in it, its host resolved here, every address of it a public one, and the connection made to exactly the
address that was looked at, while TLS still proves the host's name. A redirect is a new link.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from bot.errors import TryLater, Undeliverable, Why
from bot.messages import MediaKind

DEADLINE = 30.0
CONNECT_TIMEOUT = 5.0
REDIRECTS = 3
HTTPS_PORT = 443
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
NUMBER_LIKE = re.compile(r"0x[0-9a-f]*|\d+", re.ASCII)  # the last label of what some resolver reads as IPv4
IMAGE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp(heic|heix|mif1|msf1|avif)", re.DOTALL
)
SOUND = re.compile(
    rb"ID3|\xff[\xf0\xf1\xf8\xf9\xe2\xe3\xf2\xf3\xfa\xfb]|OggS|#!AMR|RIFF.{4}WAVE|.{4}ftyp(M4A|mp4|iso|3gp)", re.DOTALL
)
SHAPES = {MediaKind.PHOTO: IMAGE, MediaKind.VOICE: SOUND}
Resolve = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, and who must answer there."""

    url: httpx.URL
    host: str
    sni: str = ""


class Fetcher:
    """`home` is the API's own origin: files there are fetched as they are (a proxy or a test server of the operator's).

    `limit` in bytes, `deadline` in seconds for a whole file.
    """

    def __init__(self, home: str, limit: int, resolve: Resolve | None = None, deadline: float = DEADLINE) -> None:
        self._home = origin(httpx.URL(home))
        self._limit = limit
        self._resolve = resolve or addresses_of
        self._deadline = deadline
        self._tls = httpx.create_ssl_context()

    async def fetch(self, link: str, kind: MediaKind) -> bytes:
        """A file's bytes. Raises Undeliverable (too big, of another kind, gone, not to be gone to) or TryLater."""
        if kind not in SHAPES:
            raise Undeliverable(Why.BAD_CONTENT)
        try:
            async with asyncio.timeout(self._deadline):
                body = await self._follow(link)
        except (httpx.HTTPError, httpx.StreamError, OSError):  # a deadline is an OSError too
            raise TryLater from None
        if not SHAPES[kind].match(body):
            raise Undeliverable(Why.BAD_CONTENT)
        return body

    async def _follow(self, link: str) -> bytes:
        url, at_home = parsed(link), True
        async with self._line() as http:
            for _ in range(REDIRECTS + 1):
                at_home = at_home and origin(url) == self._home  # whoever sent us away cannot send us back in
                target = Target(url, url.netloc.decode()) if at_home else await self._checked(url)
                found = await self._get(http, target)
                if isinstance(found, bytes):
                    return found
                url = parsed(found, str(url))
        raise Undeliverable(Why.NOT_FOUND)

    def _line(self) -> httpx.AsyncClient:
        """Connections of one fetch, each for one answer: an address may serve several names, and TLS proves one."""
        limits = httpx.Limits(max_keepalive_connections=0)
        timeout = httpx.Timeout(self._deadline, connect=CONNECT_TIMEOUT)
        return httpx.AsyncClient(verify=self._tls, trust_env=False, limits=limits, timeout=timeout)

    async def _checked(self, url: httpx.URL) -> Target:
        """The same link by one of its host's public addresses. Raises Undeliverable where it has any other."""
        host = url.raw_host.decode()
        if url.scheme != "https" or url.userinfo or (url.port or HTTPS_PORT) != HTTPS_PORT or not host:
            raise Undeliverable(Why.BAD_CONTENT)
        addresses = [host] if is_address(host) else await self._looked_up(host)
        if not addresses or not all(is_public(address) for address in addresses):
            raise Undeliverable(Why.BAD_CONTENT)
        chosen = min(addresses, key=lambda address: ":" in address)  # IPv4 first: not every machine speaks the other
        return Target(url.copy_with(host=chosen), url.netloc.decode(), host)

    async def _looked_up(self, host: str) -> Sequence[str]:
        if NUMBER_LIKE.fullmatch(host.lower().rstrip(".").rpartition(".")[2]):
            raise Undeliverable(Why.BAD_CONTENT)
        return await self._resolve(host)

    async def _get(self, http: httpx.AsyncClient, target: Target) -> bytes | str:
        """A body, or where it is said to be now."""
        headers = {"Host": target.host, "Accept-Encoding": "identity", "User-Agent": "BinhYen"}
        extensions = {"sni_hostname": target.sni} if target.sni else {}
        async with http.stream("GET", target.url, headers=headers, extensions=extensions) as answer:
            if answer.is_redirect:
                return str(answer.headers.get("Location", ""))
            check_answer(answer, self._limit)
            return await bounded(answer, self._limit)


def parsed(link: str, base: str = "") -> httpx.URL:
    """A link, perhaps relative to where it was found; read by the same rules that the connection goes by."""
    try:
        return httpx.URL(urljoin(base, link))
    except (httpx.InvalidURL, ValueError):
        raise Undeliverable(Why.BAD_CONTENT) from None


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port."""
    return url.scheme, url.host, url.port or (HTTPS_PORT if url.scheme == "https" else 80)


def check_answer(answer: httpx.Response, limit: int) -> None:
    """Raise for what is not the file: an error, a page, something packed (it may unpack to anything), too much."""
    if answer.status_code >= 500 or answer.status_code in (408, 429):
        raise TryLater
    if answer.status_code != 200:
        raise Undeliverable(Why.NOT_FOUND)
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Undeliverable(Why.BAD_CONTENT)
    if answer.headers.get("Content-Type", "").startswith("text/"):
        raise Undeliverable(Why.BAD_CONTENT)
    claimed = answer.headers.get("Content-Length", "")
    if claimed.isdecimal() and len(claimed) < 20 and int(claimed) > limit:
        raise Undeliverable(Why.TOO_BIG)


async def bounded(answer: httpx.Response, limit: int) -> bytes:
    """A body of at most `limit` bytes, whatever its headers say. Raises Undeliverable(TOO_BIG)."""
    body = bytearray()
    async for part in answer.aiter_raw():
        body += part
        if len(body) > limit:
            raise Undeliverable(Why.TOO_BIG)
    return bytes(body)


def is_address(host: str) -> bool:
    """Whether a host is an address, written as addresses are."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an address leads out into the world; those that wrap another address (6to4, NAT64, mapped) do not."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip not in PUBLIC_IPV6 or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not ip.is_multicast


async def addresses_of(host: str) -> Sequence[str]:
    """Every address of a host, as this machine's resolver tells. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
