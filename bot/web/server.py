"""`/healthz`, `/metrics`, `/media/…` and each platform's hook."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.links import MEDIA
from bot.logs import name_only
from bot.platforms.base import Hook, Store
from bot.web.media import MediaRoute

calls = logging.getLogger("bot.web.calls")  # what aiohttp has to say of calls that went wrong
LARGEST_CALL = 8 * 1024 * 1024
Faults = Callable[[], Awaitable[Sequence[str]]]
Metrics = Callable[[], Awaitable[bytes]]


def build_web(
    hooks: Sequence[Hook], store: Store, faults: Faults, metrics: Metrics, media: MediaRoute
) -> web.Application:
    """The application; `faults` says what is wrong, nothing when all is well."""
    application = web.Application(client_max_size=LARGEST_CALL)
    application.router.add_get("/healthz", partial(show_health, faults))
    application.router.add_get("/metrics", partial(show_metrics, metrics))
    application.router.add_get(MEDIA + "{token:.*}", media.answer)
    for hook in hooks:
        application.router.add_post(hook.path, called(hook, store))
    return application


async def show_health(faults: Faults, _request: web.Request | None = None) -> web.Response:
    """200 when all is well, else 503 with what is wrong."""
    wrong = await faults()
    return web.Response(text="\n".join(wrong) or "ok", status=503 if wrong else 200)


async def show_metrics(metrics: Metrics, _request: web.Request | None = None) -> web.Response:
    """Prometheus's text."""
    return web.Response(body=await metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def called(hook: Hook, store: Store) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The route of a hook: what the platform answers is the status and nothing more."""

    async def route(request: web.Request) -> web.Response:
        headers: Mapping[str, str] = request.headers
        return web.Response(status=await hook.accept(headers, await request.read(), store))

    return route


class WebServer:
    """An application on a port, for as long as it is wanted."""

    def __init__(self, application: web.Application, host: str, port: int) -> None:
        calls.addFilter(name_only)
        self._runner = web.AppRunner(application, access_log=None, logger=calls, shutdown_timeout=1.0)
        self._host = host
        self._port = port

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port, reuse_address=True).start()

    async def stop(self) -> None:
        """Answer what is under way, then close."""
        await asyncio.wait_for(self._runner.cleanup(), 3.0)
