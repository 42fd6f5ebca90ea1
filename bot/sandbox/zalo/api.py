"""The table of Zalo's methods, and those about the bot itself. Names are case-sensitive."""

import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.api import is_loopback
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.zalo.api_send import SENDING
from bot.sandbox.zalo.calls import ZaloCall

__all__ = ["METHODS", "Method"]

Json = dict[str, Any]
Method = Callable[[ZaloCall], Awaitable[Json]]
POLL_DEFAULT = 30.0  # seconds
POLL_LIMIT = 60.0
HINTS = {True: "", False: "Answer 2xx to a POST with an empty body and the secret token."}


async def get_me(call: ZaloCall) -> Json:
    return call.bot.about()


async def get_updates(call: ZaloCall) -> Json:
    """One event; 408 when none came within `timeout` seconds (a number or a string of one)."""
    if call.bot.hook:
        raise bad_request("a webhook is set")
    try:
        wait = float(call.params.get("timeout") or POLL_DEFAULT)
    except (TypeError, ValueError):
        raise bad_request("timeout must be a number of seconds") from None
    event = await call.bot.mailbox.poll(min(POLL_LIMIT, max(0.0, wait)))
    if event is None:
        raise ApiError(408, "Request timeout")
    return event


async def set_webhook(call: ZaloCall) -> Json:
    """The URL is stored even where `verification` says that it does not answer."""
    url, secret = call.text("url"), call.text("secret_token")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname or ""):
        raise bad_request("url must be one that this Zalo can reach: loopback only")
    if not 8 <= len(secret) <= 256:
        raise bad_request("secret_token must have 8 to 256 characters")
    call.bot.mailbox.end()
    call.bot.webhook = {"url": url, "secret": secret, "updated_at": milliseconds()}
    return await webhook_info(call) | {"verification": await verified(call)}


async def delete_webhook(call: ZaloCall) -> Json:
    call.bot.pusher.forget()
    call.bot.webhook = {"url": "", "updated_at": milliseconds()}
    return await webhook_info(call)


async def webhook_info(call: ZaloCall) -> Json:
    """404 before the first setWebhook; url "" after deleteWebhook."""
    hook = call.bot.webhook
    if hook is None:
        raise ApiError(404, "Not Found")
    return {"url": hook["url"], "updated_at": hook["updated_at"]}


async def test_webhook(call: ZaloCall) -> Json:
    if not call.bot.hook:
        raise ApiError(404, "Not Found")
    return await verified(call)


async def verified(call: ZaloCall) -> Json:
    """What became of one POST with an empty body."""
    status = await call.bot.pusher.post(b"")
    good = status // 100 == 2
    outcome = "SUCCESS" if good else f"HTTP_{status}" if status else "UNREACHABLE"
    return {"ok": good, "url": (call.bot.webhook or {}).get("url", ""), "outcome": outcome, "hint": HINTS[good]}


def milliseconds() -> int:
    return int(time.time() * 1000)


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "testWebhook": test_webhook,
    **SENDING,
}
