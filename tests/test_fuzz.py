"""Whatever comes in: no exception, nothing that was not addressed to the bot, no broken HTML. The same each run."""

import html
import json
import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.app import TEXTS
from bot.config import TelegramSettings
from bot.domain import markup
from bot.messages import ChatKind, EventKind, Incoming
from bot.platforms.telegram import Telegram
from bot.platforms.telegram.convert import Ears
from bot.platforms.telegram.wire import whole
from bot.sandbox import Sandbox, sample_photo
from bot.sandbox.entities import parse_html
from bot.texts import Texts
from handlers import build_router
from tests.cast import TOKEN

BOUNDED = settings(max_examples=300, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
PRIVATE_TALK = "chuyện trong nhà"


# --- the converter


def captured() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Real updates: what was addressed to the bot, and what an admin bot overhears."""
    world = Sandbox(limits=False)
    bot = world.add_bot(token=TOKEN, username="binhyen_bot")
    an, hoa = world.add_person("An", "an"), world.add_person("Hoa")
    group = world.add_group("Tổ 5", hoa, [an], forum=True)
    group.add_bot(bot, admin=True)
    greeting = world.post(group, {"from": bot.face}, {"text": "Chào"})
    button = {"text": "Gửi", "callback_data": "send:1"}
    asked = world.post(group, {"from": bot.face}, {"text": "?", "reply_markup": {"inline_keyboard": [[button]]}})
    said = an.says("/gui đèn hỏng @hoa https://x.vn", group)
    an.edits(said, "/gui đèn hỏng hẳn")
    an.says("ừ", group, reply_to=greeting)
    an.sends_photo(sample_photo(), group, caption="@binhyen_bot xem")
    an.sends_album([sample_photo(), ("video", b"x")], group, caption="@binhyen_bot xem")
    an.sends_document(b"x", chat=group, caption="/gui tệp")
    an.sends_location(chat=an.chat_with(bot))
    an.sends_contact("0912345678", "Tổ trưởng", an.chat_with(bot))
    an.sends_voice(b"x", an.chat_with(bot))
    an.presses(asked, "Gửi")
    an.blocks(bot)
    group.close_topic(group.open_topic("Chủ đề"))
    world.add_group("Cũ", hoa, kind="group").add_bot(bot)
    addressed = taken(bot)
    overheard = an.says(PRIVATE_TALK, group)
    an.edits(overheard, f"{PRIVATE_TALK} nữa")
    hoa.says(f"/khong_co {PRIVATE_TALK}", group, reply_to=overheard)
    hoa.says(f"@ai_do {PRIVATE_TALK} /gui", group, anonymous=True)
    an.sends_album([sample_photo()] * 2, group, caption=PRIVATE_TALK)
    an.forwards(overheard, group)
    return addressed, taken(bot)


def taken(bot: Any) -> list[dict[str, Any]]:
    updates = [json.loads(update.text) for update in bot.queue.waiting]
    bot.queue.waiting.clear()
    return updates


ADDRESSED, OVERHEARD = captured()
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}), st.just([{}])
)


def slots(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON tree whose value could be another."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(pairs):
        yield tree, key
        yield from slots(value)


@st.composite
def mutated(draw: Any, corpus: list[dict[str, Any]]) -> dict[str, Any]:
    update: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(corpus))))
    for _ in range(draw(st.integers(0, 3))):
        if not (places := list(slots(update))):
            break
        tree, key = places[draw(st.integers(0, len(places) - 1))]
        match draw(st.sampled_from(["change", "drop", "rename"])):
            case "change":
                tree[key] = draw(JUNK)
            case "drop" if isinstance(tree, dict):
                del tree[key]
            case "rename" if isinstance(tree, dict):
                tree[draw(st.text(max_size=8))] = tree.pop(key)
    return update


def platform() -> Telegram:
    router = build_router()
    telegram = Telegram(TelegramSettings(token=TOKEN), router.commands, "secret", router.quoting)
    telegram._ears = Ears(100, "binhyen_bot", router.commands, router.quoting)
    return telegram


def heard(updates: list[dict[str, Any]]) -> list[Incoming]:
    """What these updates mean, sent as Python's own JSON writes them, NaN and half characters included."""
    return platform()._convert([whole(json.dumps(update).encode()) for update in updates])


def test_the_captured_updates_mean_what_they_should() -> None:
    kinds = {event.kind for event in heard(ADDRESSED)}
    assert {"message", "edit", "button", "bot_joined", "topic_closed"} <= {kind.value for kind in kinds}
    assert heard(OVERHEARD) == []


@BOUNDED
@given(mutated(ADDRESSED))
def test_no_update_breaks_the_converter(update: dict[str, Any]) -> None:
    for event in heard([update, *ADDRESSED[:1]]):
        assert isinstance(event, Incoming)
        assert re.fullmatch(r"-?\d+", event.chat.id)


@BOUNDED
@given(mutated(OVERHEARD))
def test_what_was_not_addressed_to_the_bot_is_never_converted(update: dict[str, Any]) -> None:
    for event in heard([update]):
        if event.chat.kind is ChatKind.GROUP:
            assert event.kind not in (EventKind.MESSAGE, EventKind.EDIT)
            assert PRIVATE_TALK not in str((event.text, event.html, event.quoted and event.quoted.html))


# --- formatted text


TAGS = st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler", 'a href="https://x.vn/?a=1"'])
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(markup.escape)
WORDY = st.lists(st.sampled_from(["nước", "ngập 🏮", "&lt;", "&amp;", "  ", "\n"]), max_size=12).map(" ".join)
HTML = st.recursive(
    st.one_of(PLAIN, WORDY),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(TAGS, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    ),
    max_leaves=12,
)


@BOUNDED
@given(HTML, st.integers(4, 80))
@example("&lt;" * 50, 4)
@example("<b>" + "🏮" * 50 + "</b>", 5)
def test_split_keeps_every_letter_balances_tags_and_keeps_the_limit(text: str, limit: int) -> None:
    pieces = markup.split(text, limit)
    assert "".join("".join(map(markup.plain, pieces)).split()) == "".join(markup.plain(text).split())
    for piece in pieces:
        assert markup.length(piece) <= limit
        parse_html(piece)


HOSTILE = '<b onclick="x">&amp;</i>{0}{name}%s\u202e]]>'


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_value_breaks_a_sentence(language: str) -> None:
    texts = Texts.load(TEXTS)
    for key in texts.keys(language):
        names = {name for _, name, _, _ in Formatter().parse(texts._languages[language][key]) if name}
        said = texts.say(language, key, **dict.fromkeys(names, HOSTILE))
        shown, _ = parse_html(said)
        assert shown.count(HOSTILE) >= len(names), key
        assert html.escape(HOSTILE, quote=False) in said or not names
