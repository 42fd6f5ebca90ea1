"""What a message becomes on a platform that can do less: nothing is lost, too long or empty."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import TEXTS
from bot.delivery.fitting import Fitter
from bot.domain.markup import escape, length, plain, units
from bot.messages import Action, Attachment, Button, MediaKind, Outgoing, Quiz
from bot.platforms.telegram.adapter import CAPABILITIES as TELEGRAM
from bot.platforms.zalo_bot.adapter import capabilities
from bot.texts import Texts

TEXT = Texts.load(TEXTS)
ZALO = Fitter("zalo_bot", capabilities(5_000_000), TEXT, "@Bot Bình Yên", UTC)
FULL = Fitter("telegram", TELEGRAM, TEXT, "@binhyen_bot", UTC)
CHOICES = ((Button("✅ Gửi", "send"), Button("Ẩn danh", "hide")), (Button("Mở", url="https://a.vn/x"),))
PHOTO = Attachment(MediaKind.PHOTO, stored="a" * 32, url="https://bot.vn/media/x.jpg")
PIECES = ["nước", "ngập 🏮", "<b>đậm</b>", "&amp;", "\n", "x" * 90]
WORDS = st.lists(st.sampled_from(PIECES), max_size=400).map(" ".join)


def only(fitter: Fitter, message: Outgoing, *, private: bool = True) -> Outgoing:
    """The one message that it becomes."""
    (one,) = fitter.fit(message, private=private, about_at=8 * 3600 + 5 * 60)
    return one


def test_buttons_become_numbered_choices_and_links_lines_of_their_own() -> None:
    shown = only(ZALO, Outgoing(html="Gửi chứ?", buttons=CHOICES))
    assert shown.html.splitlines() == [
        "Gửi chứ?", "1. ✅ Gửi", "2. Ẩn danh", "Mở: https://a.vn/x", "Xin trả lời bằng số.",
    ]  # fmt: skip
    assert shown.buttons == ()


def test_in_a_group_the_choices_say_how_the_bot_is_called() -> None:
    assert "@Bot Bình Yên 1" in only(ZALO, Outgoing(html="?", buttons=CHOICES), private=False).html


def test_where_there_are_buttons_nothing_changes() -> None:
    message = Outgoing(html="Gửi <b>chứ</b>?", buttons=CHOICES, attachments=(PHOTO,))
    assert only(FULL, message) == message


@pytest.mark.parametrize("action", [Action.REACT, Action.PIN, Action.LEAVE, Action.CLOSE_TOPIC, Action.DELETE])
def test_what_cannot_be_done_and_says_nothing_is_dropped(action: Action) -> None:
    assert ZALO.fit(Outgoing(action), private=True) == []


def test_an_edit_is_a_new_message_that_names_the_hour_unless_nobody_would_miss_it() -> None:
    edit = Outgoing(Action.EDIT, "Xuống lúc 9h", CHOICES)
    assert only(ZALO, edit).action is Action.SEND
    assert "lúc 08:05:\nXuống lúc 9h" in only(ZALO, edit).html
    assert "1. ✅ Gửi" in only(ZALO, edit).html
    assert ZALO.fit(replace(edit, optional=True), private=True) == []
    assert only(FULL, edit) == edit


def test_a_deletion_is_said_without_repeating_what_was_deleted() -> None:
    assert only(ZALO, Outgoing(Action.DELETE, "(đã rút)")).html.startswith("↩️ Tin lúc 08:05")


def test_words_that_are_links_are_written_out() -> None:
    assert only(ZALO, Outgoing(html='xem <a href="https://a.vn">ở đây</a>')).html.endswith("ở đây (https://a.vn)")


def test_pictures_go_one_after_another_the_first_with_the_words() -> None:
    pages = ZALO.fit(Outgoing(html="hai tấm", attachments=(PHOTO, PHOTO)), private=False)
    assert [(page.html, len(page.attachments)) for page in pages] == [("hai tấm", 1), ("", 1)]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Attachment(MediaKind.LOCATION, latitude=21.02, longitude=105.83), "q=21.020000,105.830000"),
        (Attachment(MediaKind.CONTACT, name="Tổ trưởng", phone="0912"), "Tổ trưởng: 0912"),
        (Attachment(MediaKind.STICKER, "x"), "nhãn dán"),
        (Attachment(MediaKind.DOCUMENT, name="don.pdf", url="https://b.vn/1"), "don.pdf: https://b.vn/1"),
        (Attachment(MediaKind.VIDEO, "x"), "Video: có kèm"),
        (Attachment(MediaKind.PHOTO, "x", origin="telegram"), "Ảnh: có kèm"),
    ],
)
def test_what_cannot_be_shown_is_told(item: Attachment, words: str) -> None:
    told = only(ZALO, Outgoing(html="xem", attachments=(item,)))
    assert words in told.html
    assert told.attachments == ()


def test_a_file_of_another_platform_that_was_not_copied_is_told_too() -> None:
    foreign = Attachment(MediaKind.PHOTO, "https://x/y", origin="zalo_bot")
    assert "Ảnh: có kèm" in only(FULL, Outgoing(html="xem", attachments=(foreign,))).html
    assert only(FULL, Outgoing(attachments=(replace(foreign, stored="b" * 32),))).attachments


@given(WORDS, st.booleans(), st.booleans())
def test_no_part_is_too_long_or_empty_and_no_word_is_lost(words: str, choices: bool, picture: bool) -> None:
    message = Outgoing(html=words, buttons=CHOICES if choices else (), attachments=(PHOTO,) if picture else ())
    for fitter in (ZALO, FULL):
        pages = fitter.fit(message, private=True)
        assert all(page.html.strip() or page.attachments for page in pages if words.strip())
        for page in pages:
            limit = fitter.can.caption_length if page.attachments else fitter.can.text_length
            assert length(page.html) <= limit
        said = " ".join(plain(page.html) for page in pages)
        assert said.count("nước") == plain(words).count("nước")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=6000))
def test_any_text_is_cut_into_numbered_parts_by_utf16_units(text: str) -> None:
    pages = ZALO.fit(Outgoing(html=escape(text)), private=True)
    assert all(units(plain(page.html)) <= 2000 for page in pages)
    if len(pages) > 1:
        assert [page.html.split(" ")[0] for page in pages] == [f"({n}/{len(pages)})" for n in range(1, len(pages) + 1)]


def test_a_quiz_is_left_to_a_platform_that_has_them_and_told_in_words_elsewhere() -> None:
    quiz = Quiz("OTP đưa cho ai?", ("Không ai", "Bạn <thân>"), 0, "OTP là chìa khoá.")
    assert only(FULL, Outgoing(quiz=quiz), private=False) == Outgoing(quiz=quiz)
    said = only(ZALO, Outgoing(quiz=quiz), private=False)
    assert said.quiz is None
    assert "1. Không ai\n2. Bạn &lt;thân&gt;\n👉 Đáp án: Không ai. OTP là chìa khoá." in said.html
