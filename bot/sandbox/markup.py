"""Keyboards: checked as Telegram checks them, and stored as messages show them."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.calls import Call, Json
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request

__all__ = ["inline_keyboard", "read_keyboard"]

DATA_LIMIT = 64  # bytes
KINDS = {"callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
         "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay"}  # fmt: skip


def read_keyboard(call: Call, chat: Chat) -> dict[str, Any] | None:
    """The inline keyboard for the message; a reply keyboard goes to the phones and is not shown in the message."""
    markup = call.structure("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    if "keyboard" in markup:
        chat.keyboard = markup
        call.world.tell("keyboard", chat, markup)
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
        call.world.tell("keyboard", chat, {})
    elif "force_reply" not in markup:
        raise bad_request("can't parse reply markup JSON object")
    return None


def inline_keyboard(markup: dict[str, Any]) -> dict[str, Any] | None:
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array')
    shown = [[checked_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in shown) > 100:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": shown} if shown else None


def checked_button(button: Json) -> dict[str, Any]:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    kinds = [kind for kind in KINDS if button.get(kind) is not None]
    if not kinds:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in kinds and not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in kinds:
        check_address(str(button["url"]))
    return {key: value for key, value in button.items() if value is not None}


def check_address(address: str) -> None:
    """Telegram refuses a host without a dot, such as localhost."""
    if address.startswith("tg://"):
        return
    whole = address if "://" in address else f"http://{address}"
    parts = urlsplit(whole)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not ("." in host or ":" in host) or re.search(r"\s", address):
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")
