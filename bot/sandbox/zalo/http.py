"""Zalo's side of HTTP: bots under bot{TOKEN}/, media under media/, what the page asks under phone/."""

import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.faulty import cut, through
from bot.sandbox.server import read_params
from bot.sandbox.updates import dumps
from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.api import METHODS
from bot.sandbox.zalo.calls import ZaloCall

if TYPE_CHECKING:
    from bot.sandbox.zalo.world import Zalo

__all__ = ["ZaloServer"]


class ZaloServer:
    def __init__(self, zalo: "Zalo") -> None:
        self.zalo = zalo

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if self.zalo.faults.is_down and path.startswith(("bot", "media/")):
            return cut(request)
        if path.startswith("bot"):
            return await self.bot_call(request, path.removeprefix("bot"))
        if path.startswith("media/"):
            return self.zalo.media.serve(request, path.removeprefix("media/"))
        if path.startswith("phone/"):
            return await self.zalo.phone.handle(request, path.removeprefix("phone/"))
        return web.Response(status=404, text="not found")

    async def bot_call(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        arrived = time.monotonic()
        token, _, method = path.partition("/")
        bot = self.zalo.bots.get(token)
        if bot is None:
            return self.refusal(ApiError(401, "Unauthorized"), self.zalo.variations.junk_status)
        params, files = await read_params(request)

        async def act() -> web.Response:
            try:
                if isinstance(files, ApiError):
                    raise files
                result = await self.apply(bot, method, params)
            except ApiError as error:
                self.zalo.log_call(arrived, chat_id(params), method, error.code)
                return self.refusal(error, self.as_status(method, error))
            self.zalo.log_call(arrived, chat_id(params), method, 200)
            return answer({"ok": True, "result": result} if method != "sendChatAction" else {"ok": True})

        return await through(self.zalo.faults, request, method, act)

    async def apply(self, bot: ZaloBot, method: str, params: dict[str, Any]) -> dict[str, Any]:
        if method not in METHODS:
            raise ApiError(404, "Not Found")
        return await METHODS[method](ZaloCall(self.zalo, bot, params))

    def as_status(self, method: str, error: ApiError) -> bool:
        """Whether this error is also the HTTP status."""
        variations = self.zalo.variations
        idle = method == "getUpdates" and error.code == 408
        return variations.idle_status if idle else variations.error_status

    def refusal(self, error: ApiError, as_status: bool) -> web.Response:
        body = {"ok": False, "error_code": error.code, "description": error.description}
        return answer(body, error.code if as_status else 200)


def answer(body: dict[str, Any], status: int = 200) -> web.Response:
    text = dumps(body).encode("utf-8", "surrogatepass")
    return web.Response(body=text, status=status, content_type="application/json")


def chat_id(params: dict[str, Any]) -> str | None:
    value = params.get("chat_id")
    return value if isinstance(value, str) else None
