"""To whom a broadcast goes and how: groups, areas, platforms; pinned, for how long, who read it; tried out before."""

from typing import Any

import pytest
from sqlalchemy import select

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.broadcasting import TEXT, acts, count, drafted, forges, result, strikes, told
from tests.conversations.reporting import with_button

DESK = pytest.mark.telegram_only("it happens at the desk")
ON_ZALO = pytest.mark.parametrize("residents_on", ["zalo_bot"], indirect=True)
ONLY_ZALO = pytest.mark.telegram_only("asked for here by name: only Zalo")


async def opened(stage: Stage, button: str, words: str) -> dict[str, Any]:
    """The card of a new draft, on the page behind a button."""
    stage.dung.presses(await drafted(stage, stage.dung), button)
    return await stage.sees(stage.desk, words)


async def approved(stage: Stage) -> dict[str, Any]:
    """The draft that is shown goes; its card at the end."""
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    return await result(stage)


async def chosen(stage: Stage, *labels: str) -> dict[str, Any]:
    """A broadcast for these groups only, asked for."""
    card = await opened(stage, "Nơi nhận", "Tin này tới đâu")
    for label in labels:
        stage.dung.presses(card, label)
        card = await stage.sees(stage.desk, "Tin này tới đâu")
        await stage.rests()
    stage.dung.presses(card, "Xong")
    return await stage.sees(stage.desk, "Xem trước")


# --- to whom


@DESK
async def test_one_group_is_chosen_and_only_it_gets_the_words(stage: Stage) -> None:
    card = await chosen(stage, "Tổ 7")
    assert "1 nhóm (Tổ 7)" in text_of(card)
    await approved(stage)
    assert (count(stage.group5, TEXT), count(stage.group7, TEXT)) == (0, 1)
    await result(stage, "Đã gửi 1/1 nhóm")


@DESK
async def test_chosen_twice_is_not_chosen_and_all_is_all_again(stage: Stage) -> None:
    assert "2 nhóm" in text_of(await chosen(stage, "Tổ 7", "Tổ 7"))
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Nơi nhận")
    card = await stage.sees(stage.desk, "Tin này tới đâu")
    stage.dung.presses(card, "Tổ 5")
    assert await stage.sandbox.until(lambda: "1 nhóm" in text_of(stage.desk.history[card["message_id"]]))
    stage.dung.presses(card, "Tất cả nhóm")
    assert await stage.sandbox.until(lambda: "2 nhóm" in text_of(stage.desk.history[card["message_id"]]))


@DESK
async def test_an_area_is_named_at_the_desk_and_chosen_by_one_press(stage: Stage) -> None:
    stage.dung.says("/khuvuc", stage.desk)
    await stage.sees(stage.desk, "Chưa nhóm nào có khu vực")
    stage.dung.says("/khuvực Bờ sông: to 7", stage.desk)
    await stage.sees(stage.desk, "Đã xếp Tổ 7 vào khu Bờ sông")
    stage.dung.says("/khuvuc", stage.desk)
    assert "Bờ sông: Tổ 7" in text_of(await stage.sees(stage.desk, "Khu vực của các nhóm"))
    assert "1 nhóm (Tổ 7)" in text_of(await chosen(stage, "Khu Bờ sông"))
    await approved(stage)
    assert (count(stage.group5, TEXT), count(stage.group7, TEXT)) == (0, 1)
    assert "group.area" in await acts(stage)


@DESK
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/khuvuc Chợ: Tổ 99", "không thấy nhóm “Tổ 99”"),
        ("/khuvuc Chợ:", "Xin gõ /khuvuc TÊN KHU"),
        ("/khuvuc Chợ", "Xin gõ /khuvuc TÊN KHU"),
        ("/khuvuc " + "a" * 60 + ": Tổ 5", "Xin gõ /khuvuc TÊN KHU"),
    ],
)
async def test_an_area_that_cannot_be_is_refused_politely(stage: Stage, typed: str, answer: str) -> None:
    stage.dung.says(typed, stage.desk)
    await stage.sees(stage.desk, answer)


@DESK
async def test_in_a_groups_topic_its_area_is_set_and_taken_back(stage: Stage) -> None:
    stage.an.says("/gui có trộm", stage.group5)
    topic = (await stage.sees(stage.desk, "có trộm"))["message_thread_id"]
    stage.dung.says("/khuvuc Chợ", stage.desk, topic=topic)
    await stage.sees(stage.desk, "Đã xếp Tổ 5 vào khu Chợ")
    stage.dung.says("/khuvuc bỏ", stage.desk, topic=topic)
    await stage.sees(stage.desk, "Đã bỏ khu vực của Tổ 5")


@DESK
async def test_an_area_that_has_emptied_goes_to_nobody(stage: Stage) -> None:
    stage.dung.says("/khuvuc Chợ: Tổ 5", stage.desk)
    await stage.sees(stage.desk, "Đã xếp Tổ 5")
    card = await chosen(stage, "Khu Chợ")
    stage.dung.says("/khuvuc bỏ: Tổ 5", stage.desk)
    await stage.sees(stage.desk, "Đã bỏ khu vực")
    assert "không có nhóm nào" in await told(stage, stage.dung, card, "Gửi ngay")


@DESK
async def test_only_the_author_chooses_and_forged_choices_are_stale(stage: Stage) -> None:
    card = await opened(stage, "Nơi nhận", "Tin này tới đâu")
    assert "người soạn" in await told(stage, stage.em, card, "Tất cả nhóm")
    for data in ("reach-group:1:99", "reach-group:1", "reach-area:1:1", "reach-platform:1:x", "manner-show:1:x"):
        assert "cũ" in await forges(stage, stage.dung, card, data)


# --- how


@DESK
async def test_pinned_as_the_author_wished_and_unpinned_by_a_press(stage: Stage) -> None:
    welcomes = list(stage.group5.pinned)
    for group in (stage.group5, stage.group7):
        group.promote(stage.bot, can_pin_messages=True)
    stage.dung.presses(await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin"), "Ghim")
    stage.dung.presses(await stage.sees(stage.desk, "Ghim: có"), "Xong")
    card = await approved(stage)
    copy = await stage.sees(stage.group5, TEXT)
    assert await stage.sandbox.until(lambda: copy["message_id"] in stage.group5.pinned)
    stage.em.presses(card, "Bỏ ghim")
    assert await stage.sandbox.until(lambda: list(stage.group5.pinned) == welcomes)


@DESK
async def test_over_it_is_pinned_no_more(stage: Stage) -> None:
    stage.group5.promote(stage.bot, can_pin_messages=True)
    stage.dung.presses(await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin"), "Ghim")
    stage.dung.presses(await stage.sees(stage.desk, "Ghim: có"), "Xong")
    await approved(stage)
    copy = await stage.sees(stage.group5, TEXT)
    assert await stage.sandbox.until(lambda: copy["message_id"] in stage.group5.pinned)
    await strikes(stage, "broadcast-over:1")
    await result(stage, "Tin hết hiệu lực, đã báo 2/2 nhóm")
    assert await stage.sandbox.until(lambda: copy["message_id"] not in stage.group5.pinned)


async def test_when_its_time_is_over_every_copy_says_so(stage: Stage) -> None:
    stage.dung.presses(await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin"), "Hiệu lực")
    stage.dung.presses(await stage.sees(stage.desk, "Hiệu lực: 6 giờ"), "Xong")
    await approved(stage)
    await strikes(stage, "broadcast-over:1")
    said = text_of(await stage.sees(stage.group5, "đã hết hiệu lực"))
    assert TEXT in said
    card = await result(stage, "Tin hết hiệu lực, đã báo 2/2 nhóm")
    assert "Đính chính" not in str(card["reply_markup"])
    await strikes(stage, "broadcast-over:1")
    assert count(stage.group5, "đã hết hiệu lực") == 1


@DESK
async def test_who_read_it_is_counted_once_a_person_and_nobody_is_named(stage: Stage) -> None:
    stage.dung.presses(await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin"), "Nút Đã đọc")
    card = await stage.sees(stage.desk, "Nút Đã đọc: có")
    preview = await with_button(stage, stage.desk, "Đã đọc", TEXT)
    assert "không đếm" in await told(stage, stage.dung, preview, "Đã đọc")
    stage.dung.presses(card, "Xong")
    await approved(stage)
    copy = await stage.sees(stage.group5, TEXT)
    for person, answer in ((stage.an, "ghi nhận"), (stage.an, "đã bấm rồi"), (stage.binh, "ghi nhận")):
        assert answer in await told(stage, person, copy, "Đã đọc")
    await strikes(stage, "broadcast-reads:1")
    assert "Đã đọc: 2 người" in text_of(await stage.sees(stage.desk, "Đã đọc: 2"))
    assert stage.app is not None
    kept = await stage.app.database.write(lambda work: work.all(select(t.broadcast_reads)))
    assert len(kept) == 2
    assert not any(str(person.id) in str(row) for row in kept for person in (stage.an, stage.binh))
    welcome = await stage.sees(stage.group7, "Chào bà con")
    assert "cũ" in await forges(stage, stage.chi, welcome, "read:99")


@ON_ZALO
@ONLY_ZALO
async def test_where_there_are_no_buttons_a_word_says_that_it_was_read(stage: Stage) -> None:
    stage.an.says("dadoc", stage.group5)
    await stage.sees(stage.group5, "không có tin nào cần báo")
    stage.dung.presses(await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin"), "Nút Đã đọc")
    stage.dung.presses(await stage.sees(stage.desk, "Nút Đã đọc: có"), "Xong")
    await approved(stage)
    assert "xin gõ @Bot Bình Yên đã đọc" in text_of(await stage.sees(stage.group5, TEXT))
    for person, words in ((stage.an, "dadoc"), (stage.binh, "Đã đọc!"), (stage.an, "da doc")):
        person.says(words, stage.group5)
        await stage.rests()
    await strikes(stage, "broadcast-reads:1")
    await stage.sees(stage.desk, "Đã đọc: 2 người")
    assert count(stage.group5, "Em ghi nhận rồi") == 1
    assert not any("đọc!" in text_of(message) for message in stage.desk.messages)  # no word to the desk


# --- before it goes


@DESK
async def test_its_author_gets_a_test_in_private(stage: Stage) -> None:
    stage.dung.says("/start")
    await stage.sees(stage.dung.chat_with(), "bot tự động")
    card = await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin")
    assert "gửi thử" in await told(stage, stage.dung, card, "Gửi thử")
    await stage.sees(stage.dung.chat_with(), TEXT)
    assert count(stage.group5, TEXT) == 0


@ON_ZALO
@ONLY_ZALO
async def test_how_it_will_look_elsewhere_is_shown_at_the_desk(stage: Stage) -> None:
    card = await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin")
    stage.dung.presses(card, "Nút Đã đọc")
    card = await stage.sees(stage.desk, "Nút Đã đọc: có")
    stage.dung.presses(card, "Xem trên Zalo")
    shown = text_of(await stage.sees(stage.desk, "Trên Zalo bà con sẽ thấy"))
    assert TEXT in shown
    assert "xin gõ @Bot Bình Yên đã đọc" in shown


@DESK
async def test_the_chief_who_is_asked_sees_how_it_goes(stage: Stage) -> None:
    stage.dung.presses(await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin"), "Ghim")
    stage.dung.presses(await stage.sees(stage.desk, "Ghim: có"), "Hiệu lực")
    stage.dung.presses(await stage.sees(stage.desk, "Hiệu lực: 6 giờ"), "Xong")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    assert "📌 Ghim · ⌛ Hiệu lực 6 giờ" in text_of(await stage.sees(stage.desk, "Chờ duyệt"))


async def test_a_link_is_a_button_or_stands_in_the_words(stage: Stage) -> None:
    card = await opened(stage, "Tuỳ chọn", "Tuỳ chọn của tin")
    stage.dung.presses(card, "Nút liên kết")
    question = await stage.sees(stage.desk, "tên nút rồi địa chỉ")
    stage.dung.says("Xem http://sai.example", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "bắt đầu bằng https://")
    stage.dung.says("Xem hướng dẫn https://dichvucong.gov.vn/a?b=1", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "Đã thêm nút")
    stage.dung.presses(card, "Xong")
    await approved(stage)
    copy = await stage.sees(stage.group5, TEXT)
    buttons = [b for row in copy.get("reply_markup", {}).get("inline_keyboard", ()) for b in row]
    shown = buttons[0]["url"] if buttons else text_of(copy)
    assert "https://dichvucong.gov.vn/a?b=1" in shown
