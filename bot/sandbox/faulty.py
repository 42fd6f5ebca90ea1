"""One call on its way through `Faults`, whichever world answers it."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.faults import Faults

__all__ = ["cut", "through"]


async def through(
    faults: Faults, request: web.BaseRequest, method: str, act: Callable[[], Awaitable[web.Response]]
) -> web.Response:
    """`act` applies the call and makes its answer; `method` is matched in any case."""
    method = method.lower()
    half = (faults.latency_ms + random.random() * faults.jitter_ms) / 2000
    if half:
        await asyncio.sleep(half)
    if faults.drops_before(method):
        return cut(request)
    if status := faults.error_for(method):
        return web.Response(status=status, text="<html><h1>nginx</h1></html>", content_type="text/html")
    answer = await act()
    if faults.drops_after(method):
        return cut(request)
    if half:
        await asyncio.sleep(half)
    return cut(request) if faults.is_down else answer


def cut(request: web.BaseRequest) -> web.Response:
    """Close the connection without an answer; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
