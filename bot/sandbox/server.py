"""The HTTP side: bots under /bot and /file, phones under /phone, faults and logs under /sandbox, guests under their
names, the page elsewhere.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp import web

from bot.sandbox.accounts import BotAccount
from bot.sandbox.api import METHODS, NAMES, is_loopback
from bot.sandbox.calls import Call, Json, Upload
from bot.sandbox.control import control
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faulty import cut, through
from bot.sandbox.phone import Phone
from bot.sandbox.updates import dumps

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

__all__ = ["Guest", "Server", "read_params", "spacious_request"]

BODY_LIMIT = 60 * 1024 * 1024  # above the 50 MB that Telegram takes, so that the refusal is the model's own
POLL_LIMIT = 50  # seconds (telegram-bot-api Client.cpp:16225)
Unseen = Any  # aiohttp's own parts, passed on unread
PAGE = Path(__file__).parent / "page"
SAFE_PAGE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Guest(Protocol):
    """Another world on the same port, under its name."""

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse: ...

    def state(self) -> Json:
        """What the page is told of it."""

    async def close(self) -> None: ...


def spacious_request(*parts: Unseen) -> web.BaseRequest:
    """aiohttp's own factory stops bodies at 1 MB."""
    loop = asyncio.get_running_loop()
    make: Callable[..., web.BaseRequest] = web.BaseRequest
    return make(*parts, loop, client_max_size=BODY_LIMIT)


class Server:
    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.phone = Phone(sandbox)
        self.pages: dict[str, Callable[[], Awaitable[web.Response]]] = {}  # what else the host shows on this port
        self.known_hosts: set[str] = set()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Everything; the path decides."""
        if not self.is_local(request):
            return web.Response(status=403, text="this sandbox answers on loopback names only")
        path = request.path
        if self.sandbox.faults.is_down and path.startswith(("/bot", "/file/")):
            return cut(request)
        if path.startswith("/bot"):
            return await self.bot_call(request, path)
        if path.startswith("/file/bot"):
            return self.download(path)
        if path.startswith("/phone/"):
            return await self.phone.handle(request, path.removeprefix("/phone/"))
        if path in self.pages:
            return await self.pages[path]()
        if path.startswith("/sandbox/"):
            return await control(self.sandbox, request, path.removeprefix("/sandbox/"))
        name, _, rest = path[1:].partition("/")
        if rest and name in self.sandbox.guests:
            return await self.sandbox.guests[name].handle(request, rest)
        return page(path)

    def is_local(self, request: web.BaseRequest) -> bool:
        """The Host names loopback (against DNS rebinding), and a page elsewhere cannot post here."""
        host = request.headers.get("Host", "")
        if host not in self.known_hosts:
            if not is_loopback(urlsplit(f"//{host}").hostname or ""):
                return False
            if len(self.known_hosts) < 100:
                self.known_hosts.add(host)
        if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.path != "/":
            return False  # an image or a form in a page elsewhere
        origin = request.headers.get("Origin")
        return origin is None or request.method == "GET" or urlsplit(origin).netloc == host

    # Bots

    async def bot_call(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        arrived = time.monotonic()
        token, _, method = path[4:].partition("/")
        method = method.lower()
        bot = self.sandbox.bots.get(token)
        if bot is None:
            return refusal(ApiError(401, "Unauthorized"))
        params, files = await read_params(request)

        async def act() -> web.Response:
            status, body = await self.apply(bot, method, params, files)
            name = NAMES.get(method, method)
            self.sandbox.calls[name] += 1
            if method != "getupdates":
                self.sandbox.log_call(arrived, numeric(params.get("chat_id")), name, status)
            return web.Response(body=body, status=status, content_type="application/json")

        return await through(self.sandbox.faults, request, method, act)

    async def apply(
        self, bot: BotAccount, method: str, params: dict[str, Any], files: dict[str, Upload] | ApiError
    ) -> tuple[int, bytes]:
        """(HTTP status, JSON body)."""
        try:
            if isinstance(files, ApiError):
                raise files
            call = Call(self.sandbox, bot, params, files)
            for observer in self.sandbox.observers:
                observer.call(bot, NAMES.get(method, method), params, files)
            if method == "getupdates":
                return 200, f'{{"ok":true,"result":{await get_updates(call)}}}'.encode()
            result = METHODS.get(method, unknown)(call)
        except ApiError as error:
            return error.code, answer_of(error)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # A structure of the wrong shape; Telegram names the field, this names what Python missed.
            return 400, answer_of(bad_request(f"can't parse parameters of {method}: {error!r}"))
        for observer in self.sandbox.observers:
            observer.result(bot, NAMES[method], result)
        return 200, dumps({"ok": True, "result": result}).encode("utf-8", "surrogatepass")

    def download(self, path: str) -> web.Response:
        """/file/bot{token}/{file_path}"""
        token, _, file_path = path.removeprefix("/file/bot").partition("/")
        stored = self.sandbox.files.by_path.get(file_path)
        if token not in self.sandbox.bots:
            return refusal(ApiError(401, "Unauthorized"))
        if stored is None:
            return refusal(ApiError(404, "Not Found"))
        return web.Response(body=stored.content, content_type="application/octet-stream")


def unknown(_call: Call) -> Json:
    raise ApiError(404, "Not Found")


async def get_updates(call: Call) -> str:
    queue = call.bot.queue
    queue.allow(call.structure("allowed_updates"))
    limit = min(100, max(1, call.integer("limit", 100) or 100))
    timeout = min(POLL_LIMIT, max(0, call.integer("timeout", 0) or 0))
    return await queue.poll(call.integer("offset", 0) or 0, limit, timeout)


async def read_params(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload] | ApiError]:
    """Parameters from the query and from a form, JSON or multipart body; an ApiError instead of files if unreadable."""
    params: dict[str, Any] = dict(parse_qsl(request.query_string, keep_blank_values=True))
    if request.method != "POST":
        return params, {}
    kind = request.content_type
    try:
        if kind == "multipart/form-data":
            return await read_multipart(request, params)
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        return params, ApiError(413, "Request Entity Too Large")
    if kind == "application/json":
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            return params, bad_request("can't parse JSON object")
        return params | given if isinstance(given, dict) else params, {}
    params.update(parse_qsl(body.decode(), keep_blank_values=True))
    return params, {}


async def read_multipart(request: web.BaseRequest, params: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    files = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            content = value.file.read()
            value.file.close()
            files[name] = Upload(unquote(value.filename), value.content_type, content)
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
    return params, files


def numeric(value: Json) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def answer_of(error: ApiError) -> bytes:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return dumps(body).encode()


def refusal(error: ApiError) -> web.Response:
    return web.Response(body=answer_of(error), status=error.code, content_type="application/json")


def page(path: str) -> web.StreamResponse:
    """A file of the phones' page; the folder may be missing."""
    wanted = (PAGE / (path.lstrip("/") or "index.html")).resolve()
    if not wanted.is_relative_to(PAGE) or not wanted.is_file():
        return web.Response(status=404, text="not found")
    return web.FileResponse(wanted, headers=SAFE_PAGE)
