"""Whatever comes in on Zalo's wire: an event or nothing, and the webhook answers. The same each run."""

import json
from functools import cache
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.messages import Incoming
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_bot.convert import LONGEST, Ears, convert
from tests.platforms.scripted import NAME, SECRET, Kept, said, zalo

BOUNDED = settings(max_examples=400, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
HEADERS = {"X-Bot-Api-Secret-Token": SECRET}
WORDS = st.text(max_size=40) | st.sampled_from([NAME, f"@{NAME}", "tinbao", "\ud800", "@", "/", "\u0301", "a" * 30_000])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3))
NAMES = st.sampled_from(
    [f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "unsupported", "x")]
)
KEYS = (
    "text",
    "text",
    "from",
    "chat",
    "photo",
    "photo_url",
    "caption",
    "sticker",
    "url",
    "voice_url",
    "message_id",
    "date",
)
GROUP = st.sampled_from([True, False])


@cache
def bot() -> ZaloBot:
    return zalo("http://127.0.0.1:9", webhook="https://x.vn")


@st.composite
def nearly(draw: Any) -> Any:
    """A message with some of its fields, or fields of its fields, replaced."""
    raw = said(draw(WORDS), group=draw(GROUP)) | {"event_name": draw(NAMES)}
    raw["message"] |= draw(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=2))
    for part in ("from", "chat"):
        if isinstance(raw["message"][part], dict):
            raw["message"][part] |= draw(
                st.dictionaries(st.sampled_from(["id", "is_bot", "chat_type"]), JSON, max_size=1)
            )
    return {"ok": draw(st.sampled_from([True, True, False, 1, "x", None])), "result": raw} if draw(GROUP) else raw


@BOUNDED
@given(nearly() | JSON)
@example({"ok": True, "result": [said()]})
def test_any_json_is_an_event_or_nothing(raw: Any) -> None:
    for event in convert(raw, Ears(NAME, frozenset({"tinbao"}), frozenset({"tinbao"}))):
        assert isinstance(event, Incoming)
        assert event.chat.id
        assert event.event_id
        assert len(event.text) <= LONGEST
        (event.text + event.html + event.chat.id + (event.sender.name if event.sender else "")).encode()


@BOUNDED
@given(nearly() | JSON)
async def test_the_webhook_answers_any_json(raw: Any) -> None:
    kept = Kept()
    status = await bot().accept(HEADERS, json.dumps(raw).encode(), kept)
    assert status == (200 if isinstance(raw, dict) else 400)


@BOUNDED
@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b"\xff\xfe")
@example(b'{"message_id": ' + b"1" * 5000 + b"}")
async def test_the_webhook_answers_any_bytes(body: bytes) -> None:
    status = await bot().accept(HEADERS, body, Kept())
    assert status in (200, 400)
