"""The desk's queue: pages, shelves, search, cards on demand; and one handler however many press at once."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import answer, forges, labels, reported, told, with_button

pytestmark = pytest.mark.telegram_only("the desk is the same")


async def listed(stage: Stage, words: str = "", says: str = "Hàng chờ") -> dict[str, Any]:
    before = max((m["message_id"] for m in stage.desk.messages), default=0)
    stage.dung.says(f"/hangcho {words}".strip(), stage.desk)
    return await stage.sees(stage.desk, says, after=before)


async def turned(stage: Stage, message: dict[str, Any], label: str) -> dict[str, Any]:
    await answer(stage, stage.dung, message, label)
    await stage.rests()
    return dict(stage.desk.history[message["message_id"]])


def codes(message: dict[str, Any]) -> list[str]:
    return [line.split()[1] for line in text_of(message).splitlines()[1:] if "TB-" in line]


async def many(stage: Stage, count: int) -> list[str]:
    """So many tips, oldest first."""
    found = []
    for number in range(count):
        person = stage.sandbox.add_person(f"Dân {number}")
        found.append((await reported(stage, person, f"karaoke ồn quá lần {number} ở nhà văn hoá"))[0])
    return found


async def test_an_empty_queue_says_so_on_every_shelf(stage: Stage) -> None:
    page = await listed(stage)
    assert "Không có tin nào đang mở" in text_of(page)
    for label, empty in (
        ("Mới", "Không có tin mới nào chờ tiếp nhận"),
        ("Của tôi", "Không có tin nào do anh/chị xử lý"),
        ("Đang xử lý", "Không có tin nào đang xử lý"),
        ("Chờ người báo", "Không có tin nào chờ người báo"),
        ("Đã chuyển", "Không có tin nào đã chuyển"),
        ("Khẩn", "Không có tin khẩn nào"),
        ("Quá hạn", "Không có tin nào quá hạn"),
        ("Xong", "Chưa có tin nào xong"),
        ("Theo loại", "Không có tin nào đang mở"),
        ("Tất cả", "Không có tin nào đang mở"),
        ("Theo nhóm", "Không có tin nào đang mở"),
    ):
        page = await turned(stage, page, label)
        assert empty in text_of(page)


async def test_pages_turn_in_place_and_stay_right_while_tips_come(stage: Stage) -> None:
    all_codes = (await many(stage, 10))[::-1]
    page = await listed(stage)
    assert codes(page) == all_codes[:8]
    await reported(stage, stage.an, "mất xe đạp ở chợ")
    page = await turned(stage, page, "Sau")
    assert codes(page) == all_codes[8:]
    page = await turned(stage, page, "Trước")
    assert codes(page) == all_codes[:8]
    assert "Trước" in labels(page)


async def test_urgent_ones_come_first_and_shelves_hold_what_they_say(stage: Stage) -> None:
    fire, _ = await reported(stage, stage.an, "cháy nhà ngõ 12 Láng Hạ")
    noise, card = await reported(stage, stage.binh, "karaoke ồn quá ở nhà văn hoá")
    assert codes(await listed(stage)) == [fire, noise]
    assert codes(await listed(stage, "khẩn")) == [fire]
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.binh, "Cán bộ đã tiếp nhận")
    assert codes(await listed(stage, "cua toi")) == [noise]
    assert codes(await listed(stage, "mới")) == [fire]
    assert "Dũng" in text_of(await listed(stage, "đang xử lý"))
    assert codes(await listed(stage, "gây rối, ồn ào, tụ tập, đua xe")) == [noise]
    assert codes(await listed(stage, "tổ 5")) == []


async def test_what_nobody_looked_at_in_time_is_overdue(stage: Stage) -> None:
    code, _ = await reported(stage, stage.an, "karaoke ồn quá")
    assert codes(await listed(stage, "quá hạn")) == []
    await grow_older(stage, "created_at", "confirmed_at", hours=25)
    late = await listed(stage, "quá hạn")
    assert codes(late) == [code]
    assert "⏰" in text_of(late)


async def grow_older(stage: Stage, *columns: str, hours: float) -> None:
    assert stage.app is not None
    older = update(t.tips).values({name: t.tips.c[name] - hours * 3600 for name in columns})
    await stage.app.database.write(lambda work: work.run(older))


async def test_what_was_taken_on_and_not_passed_on_in_time_is_overdue_too(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "karaoke ồn quá")
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    await grow_older(stage, "created_at", "confirmed_at", hours=30)
    assert codes(await listed(stage, "quá hạn")) == [], "its clock began when it was taken on"
    await grow_older(stage, "accepted_at", hours=8 * 24)
    late = await listed(stage, "quá hạn")
    assert codes(late) == [code]
    assert "⏰" in text_of(late)


async def test_what_the_investigators_have_had_too_long_is_overdue(stage: Stage) -> None:
    code, _ = await reported(stage, stage.an, "karaoke ồn quá")
    assert stage.app is not None
    passed = {"status": "passed", "passed_to": "investigators", "passed_at": t.tips.c.created_at}
    await stage.app.database.write(lambda work: work.run(update(t.tips).values(passed)))
    assert codes(await listed(stage, "quá hạn")) == []
    await grow_older(stage, "passed_at", hours=21 * 24)
    assert codes(await listed(stage, "quá hạn")) == [code]


async def test_kinds_and_groups_of_open_tips_are_offered_with_their_number(stage: Stage) -> None:
    noise, _ = await reported(stage, stage.an, "karaoke ồn quá")
    theft, _ = await reported(stage, stage.binh, "mất trộm xe máy")
    page = await turned(stage, await listed(stage), "Theo loại")
    assert "Trộm cắp (1)" in labels(page)
    page = await turned(stage, page, "Trộm cắp")
    assert codes(page) == [theft]
    page = await turned(stage, page, "Theo nhóm")
    assert "Tất cả tin đang mở" in labels(page)
    assert codes(await turned(stage, page, "Tất cả tin")) == [theft, noise]


async def test_a_found_page_turns_both_ways_and_long_words_say_so(stage: Stage) -> None:
    found = (await many(stage, 9))[::-1]
    page = await listed(stage, "karaoke ồn quá", "Tin có")
    assert codes(page) == found[:8]
    page = await turned(stage, page, "Sau")
    assert codes(page) == found[8:]
    page = await turned(stage, page, "Trước")
    assert codes(page) == found[:8]
    long = await listed(stage, "karaoke ồn quá lần ở nhà văn hoá " + "karaoke quá ồn " * 3, "Tin có")
    assert codes(long) == found[:8]
    assert "bằng ít chữ hơn" in text_of(long)
    assert "Sau" not in labels(long)


async def test_a_tip_is_found_by_its_kind(stage: Stage) -> None:
    code, _ = await reported(stage, stage.an, "bị bẻ khoá lấy mất con wave")
    assert codes(await listed(stage, "trộm c", "Tin có")) == [code]


async def test_a_press_forged_onto_another_message_changes_nothing(stage: Stage) -> None:
    _, card = await reported(stage, stage.an, "karaoke ồn quá")
    for data in ("queue:open::", "queue-on:open:::0:9", "queue-by:kind", "find-on:9:karaoke"):
        assert "đã cũ" in await forges(stage, stage.dung, card, data)
    assert "Hàng chờ" not in text_of(stage.desk.history[card["message_id"]])


async def test_words_are_found_without_diacritics_and_an_unfinished_last_one(stage: Stage) -> None:
    code, _ = await reported(stage, stage.an, "mất xe đạp màu xanh trước nhà văn hoá")
    other, _ = await reported(stage, stage.binh, "karaoke ồn quá")
    for words in ("xe dap", "XE ĐẠP", "xanh van h", code, "xe da"):
        assert codes(await listed(stage, words, "Tin có")) == [code]
    assert codes(await listed(stage, "kara", "Tin có")) == [other]
    for words in ("xe karaoke", '"', "NEAR(", "ward:w1", "* OR *", "-- ;"):
        assert codes(await listed(stage, words, "Tin có")) == []


async def test_a_card_asked_for_shows_its_history_works_and_stays_up_to_date(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "mất xe đạp")
    stage.giang.says(f"/tin {code.lower()}", stage.desk)
    history = await stage.sees(stage.desk, "Diễn biến")
    assert "người báo gửi, hiện tên" in text_of(history)
    assert "Giang: xem thẻ tin" in text_of(history)
    shown = stage.desk.history[history["reply_to_message"]["message_id"]]
    stage.giang.presses(shown, "Đóng")
    choosing = await with_button(stage, stage.desk, "Chưa đủ cơ sở")
    assert choosing["message_id"] == shown["message_id"]
    stage.giang.presses(choosing, "Quay lại")
    stage.dung.presses(card, "Tiếp nhận")
    assert await stage.sandbox.until(lambda: "Dũng đang xử lý" in text_of(stage.desk.history[shown["message_id"]]))
    page = await listed(stage)
    stage.dung.presses(page, code.removeprefix("TB-"))
    await stage.sees(stage.desk, "Dũng: tiếp nhận")
    await stage.rests()
    older = stage.desk.history[shown["message_id"]]
    assert "Thẻ mới hơn" in text_of(older)
    assert not labels(older)


async def test_unknown_codes_and_other_peoples_buttons(stage: Stage) -> None:
    stage.dung.says("/tin TB-000000-0000", stage.desk)
    await stage.sees(stage.desk, "không thấy tin nào")
    stage.dung.says("/tin", stage.desk)
    await stage.sees(stage.desk, "CHỮ CẦN TÌM")
    page = await listed(stage)
    for data in (
        "queue:x:y:z",
        "queue-on:open:::9:9",
        "queue-back:new::",
        "queue",
        "case-show:77",
        "find-on:1:karaoke",
    ):
        await forges(stage, stage.dung, page, data)
    stage.desk.remove(stage.giang)
    assert "cán bộ" in await forges(stage, stage.giang, page, "queue:open::")


async def test_of_fifty_who_press_at_once_one_handles_the_tip(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "mất xe đạp")
    officers = [stage.sandbox.add_person(f"Cán bộ {number}") for number in range(50)]
    for officer in officers:
        stage.desk.join(officer)
    await stage.rests()
    presses = [officer.presses(card, "Tiếp nhận") for officer in officers]
    assert await stage.sandbox.until(lambda: all(press.answer is not None for press in presses), timeout=20)
    said = [str((press.answer or {}).get("text") or "") for press in presses]
    assert sum("đang xử lý tin này" in one for one in said) == 49
    assert stage.app is not None
    lines = select(func.count()).select_from(t.audit).where(t.audit.c.act == "tip.accepted", t.audit.c.subject == code)
    assert (await stage.app.database.write(lambda work: work.run(lines).scalar())) == 1


async def test_of_fifty_who_press_different_buttons_at_once_one_handles_the_tip(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "mất xe đạp")
    officers = [stage.sandbox.add_person(f"Cán bộ {number}") for number in range(50)]
    for officer in officers:
        stage.desk.join(officer)
    await stage.rests()
    buttons = ("Tiếp nhận", "Hỏi thêm", "Đóng", "Giao", "Trùng")
    presses = [officer.presses(card, buttons[at % len(buttons)]) for at, officer in enumerate(officers)]
    assert await stage.sandbox.until(lambda: all(press.answer is not None for press in presses), timeout=20)
    await stage.rests()
    assert stage.app is not None
    lines = select(func.count()).select_from(t.audit).where(t.audit.c.act == "tip.accepted", t.audit.c.subject == code)
    assert (await stage.app.database.write(lambda work: work.run(lines).scalar())) == 1
    handled = [text_of(m) for m in stage.desk.messages if "đang xử lý" in text_of(m) and "Tin " + code in text_of(m)]
    assert len({text.partition(" đang xử lý")[0].rpartition("Cán bộ ")[2] for text in handled}) == 1
    told_so = [m for m in stage.an.chat_with().messages if "Cán bộ đã tiếp nhận" in text_of(m)]
    assert len(told_so) == 1, "its reporter hears it once"


async def test_a_tip_taken_back_or_erased_is_found_no_more(stage: Stage) -> None:
    code, _ = await reported(stage, stage.an, "mất xe đạp")
    assert stage.app is not None

    def erase(work: Any) -> None:
        from data.tips import erase_words, tip_by_code

        tip = tip_by_code(work, code)
        assert tip
        erase_words(work, tip)

    await stage.app.database.write(erase)
    assert codes(await listed(stage, "xe đạp", "Tin có")) == []
