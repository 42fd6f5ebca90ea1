"""What Zalo sends, as the house hears it."""

import unicodedata
from typing import Any

import pytest

from bot.messages import ChatKind, Incoming, MediaKind
from bot.platforms.zalo_bot.convert import LONGEST, Ears, convert, in_seconds
from tests.platforms.scripted import NAME, said

PLAIN = frozenset({"tinbao", "lienket"})
EARS = Ears(NAME, PLAIN | {"gui"}, PLAIN)


def heard(raw: Any, ears: Ears = EARS) -> Incoming:
    (event,) = convert(raw, ears)
    return event


def of_kind(name: str, **more: Any) -> dict[str, Any]:
    raw = said(**more)
    del raw["message"]["text"]
    return raw | {"event_name": f"message.{name}.received"}


def test_both_wrappings_mean_the_same() -> None:
    bare = said("Mất xe <máy>")
    event = heard(bare)
    assert event == heard({"ok": True, "result": bare})
    assert (event.event_id, event.message_id, event.platform) == ("m1", "m1", "zalo_bot")
    assert (event.text, event.html, event.at) == ("Mất xe <máy>", "Mất xe &lt;máy&gt;", 1750316131.602)
    assert event.chat.kind is ChatKind.PRIVATE
    assert event.sender is not None
    assert (event.sender.name, event.sender.address) == ("An", event.chat.address)


@pytest.mark.parametrize("field", ["photo_url", "photo"])
def test_a_picture_is_its_link_whichever_field_it_comes_in(field: str) -> None:
    event = heard(of_kind("image", **{field: "https://photo.zdn.vn/a.jpg", "caption": "đèn hỏng"}))
    (photo,) = event.attachments
    assert (photo.kind, photo.file_id, photo.message_id) == (MediaKind.PHOTO, "https://photo.zdn.vn/a.jpg", "m1")
    assert (photo.origin, event.text, event.unsupported) == ("zalo_bot", "đèn hỏng", False)


def test_voices_and_stickers_are_attachments() -> None:
    voice = heard(of_kind("voice", voice_url="https://voice.zdn.vn/a.aac")).attachments[0]
    sticker = heard(of_kind("sticker", sticker="b1", url="https://stickers.zaloapp.com/b1")).attachments[0]
    assert (voice.kind, voice.mime) == (MediaKind.VOICE, "audio/aac")
    assert (sticker.kind, sticker.file_id) == (MediaKind.STICKER, "b1")


def test_what_zalo_withholds_is_an_event_without_words() -> None:
    event = heard(said("không ai được đọc") | {"event_name": "message.unsupported.received"})
    assert (event.unsupported, event.text, event.html, event.attachments) == (True, "", "", ())
    assert heard(of_kind("file")).unsupported
    assert not heard(said()).unsupported


@pytest.mark.parametrize(
    "typed",
    [
        "@Bot Bình Yên nước ngập",
        "  @bot bình yên: nước ngập",
        "@BOT BINH YEN\nnước ngập",
        "@BotBìnhYên   nước ngập",
        "@Bot  Bình\u00a0Yên, nước ngập",
        unicodedata.normalize("NFD", "@Bot Bình Yên ") + "nước ngập",
    ],
)
def test_the_bots_name_before_a_group_message_is_cut_off(typed: str) -> None:
    assert heard(said(typed, group=True)).text == "nước ngập"
    caption = of_kind("image", group=True, photo_url="https://photo.zdn.vn/a.jpg", caption=typed)
    assert heard(caption).text == "nước ngập"
    assert heard(said(typed)).text == typed  # in private nobody is called by name


@pytest.mark.parametrize(
    "typed", ["@Bot Bình Yênh nước", "@Bot khác nước", "Bot Bình Yên nước", "@", "@Bot", "a @Bot Bình Yên"]
)
def test_other_names_stay(typed: str) -> None:
    assert heard(said(typed, group=True)).text == typed


def test_a_bare_mention_is_an_empty_message_and_not_an_unsupported_one() -> None:
    event = heard(said("@Bot Bình Yên", group=True))
    assert (event.text, event.unsupported) == ("", False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/tinbao mất xe", "/tinbao mất xe"),
        ("tinbao mất xe", "/tinbao mất xe"),
        ("TinBáo mất xe", "/tinbao mất xe"),
        ("lienket ABCD", "/lienket ABCD"),
        ("lienket", "/lienket"),
        (unicodedata.normalize("NFD", "liênkết ABCD"), "/lienket ABCD"),
        ("lienketABCD", "lienketABCD"),
        ("gui nước ngập", "gui nước ngập"),
        ("mất xe tinbao", "mất xe tinbao"),
    ],
)
def test_commands_that_people_type_by_hand(typed: str, meant: str) -> None:
    assert heard(said(typed)).text == meant
    assert heard(said(f"@Bot Bình Yên {typed}", group=True)).text == meant


def test_a_bot_whose_name_is_not_known_still_finds_a_command() -> None:
    nameless = Ears("", PLAIN | {"gui"}, PLAIN)
    assert heard(said("@Bot Gì Đó /gui nước ngập", group=True), nameless).text == "/gui nước ngập"
    assert heard(said("@Bot Gì Đó /gi nước", group=True), nameless).text == "@Bot Gì Đó /gi nước"


@pytest.mark.parametrize(
    "change",
    [
        {"from": {"id": "b", "display_name": "B", "is_bot": True}},
        {"from": None},
        {"from": {"display_name": "Không số"}},
        {"chat": {"id": "x", "chat_type": "CHANNEL"}},
        {"chat": {"chat_type": "GROUP"}},
        {"message_id": ""},
        {"message_id": "dài" * 100},
        {"message_id": True},
    ],
)
def test_what_nobody_said_anywhere_is_nothing(change: dict[str, Any]) -> None:
    raw = said()
    raw["message"] |= change
    assert convert(raw, EARS) == []


@pytest.mark.parametrize("raw", [None, [], "x", 5, {}, {"ok": True}, {"ok": True, "result": None}, {"event_name": "x"}])
def test_what_is_no_event_is_nothing(raw: Any) -> None:
    assert convert(raw, EARS) == []


@pytest.mark.parametrize(
    ("date", "seconds"),
    [(1750316131602, 1750316131.602), (1750316131, 1750316131.0), ("1750316131602", 1750316131.602),
     (None, 0.0), (-5, 0.0), (float("nan"), 0.0), (float("inf"), 0.0), (10**300, 0.0), (True, 0.0), ("²", 0.0)],
)  # fmt: skip
def test_dates_are_in_milliseconds_and_seconds_are_forgiven(date: object, seconds: float) -> None:
    assert in_seconds(date) == seconds


def test_text_is_bounded_and_can_be_stored() -> None:
    event = heard(said("dài \ud800 " + "🏮" * 20_000))
    assert len(event.text) == LONGEST
    assert event.text.startswith("dài ? 🏮")
    event.html.encode()


def test_a_link_that_is_none_is_no_attachment() -> None:
    for link in ("javascript:alert(1)", "file:///etc/passwd", "", 5, ["https://a.vn"]):
        assert heard(of_kind("image", photo_url=link)).unsupported
