"""The table of Bot API methods, and those about the bot itself. Names are matched in any case, as Telegram does."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.api_chats import CHATS
from bot.sandbox.api_edit import EDITING
from bot.sandbox.api_send import SENDING
from bot.sandbox.calls import Call, Method
from bot.sandbox.errors import bad_request
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.updates import WEBHOOK_CAME

__all__ = ["METHODS", "NAMES"]


def get_me(call: Call) -> dict[str, Any]:
    return call.bot.about()


def set_webhook(call: Call) -> bool:
    """Loopback addresses only, in http or https: this process talks to nobody outside."""
    address = call.text("url")
    if not address:
        return delete_webhook(call)
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname or ""):
        raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")
    secret = call.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    queue = call.bot.queue
    queue.allow(call.structure("allowed_updates"))
    if call.flag("drop_pending_updates"):
        queue.waiting.clear()
    queue.end_poll(WEBHOOK_CAME)
    most = min(100, max(1, call.integer("max_connections", 40) or 40))
    queue.webhook = {"url": address, "secret": secret, "max_connections": most}
    call.world.pusher(call.bot).start()
    return True


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def delete_webhook(call: Call) -> bool:
    call.world.pusher(call.bot).stop()
    call.bot.queue.webhook = {}
    if call.flag("drop_pending_updates"):
        call.bot.queue.waiting.clear()
    return True


def webhook_info(call: Call) -> dict[str, Any]:
    queue = call.bot.queue
    queue.expire()
    hook = queue.webhook
    found = {"url": hook.get("url", ""), "has_custom_certificate": False, "pending_update_count": len(queue.waiting)}
    if hook:
        found["max_connections"] = hook["max_connections"]
        found |= {key: hook[key] for key in ("last_error_date", "last_error_message") if key in hook}
    if queue.allowed is not None:
        found["allowed_updates"] = sorted(queue.allowed)
    return found


def answer_callback(call: Call) -> bool:
    text = call.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    shown = {"text": text, "show_alert": call.flag("show_alert"), "url": call.text("url")}
    call.world.callbacks.answer(call.bot, call.text("callback_query_id"), shown)
    return True


def get_file(call: Call) -> dict[str, Any]:
    stored = call.world.files.by_id.get(call.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.brief() | {"file_path": stored.path}


def set_commands(call: Call) -> bool:
    call.bot.commands = call.structure("commands") or []
    return True


def get_commands(call: Call) -> list[dict[str, Any]]:
    return call.bot.commands


def done(_call: Call) -> bool:
    """Accepted without effect."""
    return True


ITSELF: dict[str, Method] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "answerCallbackQuery": answer_callback,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": set_commands,
    **dict.fromkeys(("logOut", "close", "setChatMenuButton", "setMyName", "setMyDescription"), done),
}

ALL: dict[str, Method] = {**ITSELF, **SENDING, **EDITING, **CHATS}
METHODS = {name.lower(): method for name, method in ALL.items()}
# getUpdates waits, so the server answers it itself.
NAMES = {name.lower(): name for name in (*ALL, "getUpdates")}
