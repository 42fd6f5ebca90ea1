"""Several reports of one thing: one card and a count where everybody can see it; a hint for staff where not."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import (
    case_card,
    drafted,
    forges,
    labels,
    reported,
    told,
    with_button,
)

FIRE = "cháy nhà ngõ 12 Láng Hạ"


async def cards(stage: Stage) -> list[dict[str, Any]]:
    await stage.rests()
    return [m for m in stage.desk.messages if "Tin TB-" in text_of(m) and "trùng với" not in text_of(m)]


async def test_two_reports_of_one_fire_are_one_card_and_both_reporters_hear_how_it_ends(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, FIRE)
    stage.binh.presses(await drafted(stage, stage.binh, "chay o ngo 12 lang ha, khoi den lam"), "Ẩn danh")
    await told(stage, stage.binh, "Tin đã được ghi nhận")
    assert len(await cards(stage)) == 1
    shown = stage.desk.history[card["message_id"]]
    assert code in text_of(shown)
    assert "2 người báo" in text_of(shown)
    await stage.sees_nothing(stage.desk, "có thể trùng", within=0.2)  # they are one already
    await stage.sees(stage.desk, "khoi den lam")
    stage.dung.presses(card, "Tiếp nhận")
    for person in (stage.an, stage.binh):
        await told(stage, person, "Cán bộ đã tiếp nhận")
    own = await case_card(stage, code)
    stage.dung.presses(own, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý"), "Đã xử lý")
    for person in (stage.an, stage.binh):
        await told(stage, person, "Có kết quả")


async def test_who_writes_of_a_known_fire_is_told_before_sending_and_may_still_send(stage: Stage) -> None:
    await reported(stage, stage.an, FIRE)
    draft = await drafted(stage, stage.binh, "cháy to ở ngõ 12 Láng Hạ")
    assert "đã biết việc này (1 người báo)" in text_of(draft)
    stage.binh.presses(draft, "Gửi")
    await told(stage, stage.binh, "Tin đã được ghi nhận")


async def test_of_what_not_everybody_can_see_nobody_is_told_what_was_reported(stage: Stage) -> None:
    words = "nhóm thanh niên bán ma tuý ở số 5 ngõ 12 Láng Hạ"
    await reported(stage, stage.an, words)
    stage.binh.says(words)
    draft = await with_button(stage, stage.binh.chat_with(), "Gửi")
    assert "đã biết" not in text_of(draft)
    stage.binh.presses(draft, "Gửi")
    await told(stage, stage.binh, "Tin đã được ghi nhận")
    assert len(await cards(stage)) == 2


async def test_a_second_fire_elsewhere_never_vanishes_behind_the_first(stage: Stage) -> None:
    await reported(stage, stage.an, FIRE)
    await reported(stage, stage.binh, "cháy nhà ngõ 40 Láng Hạ")
    assert len(await cards(stage)) == 2


async def test_a_report_without_a_place_joins_the_fire_that_is_known(stage: Stage) -> None:
    await reported(stage, stage.an, FIRE)
    stage.binh.presses(await drafted(stage, stage.binh, "cháy rồi, cứu với"), "Gửi")
    await told(stage, stage.binh, "Tin đã được ghi nhận")
    assert len(await cards(stage)) == 1


async def test_a_likely_duplicate_is_shown_to_staff_and_linked_with_one_tap(stage: Stage) -> None:
    code, _ = await reported(stage, stage.an, "mất xe máy wave đỏ trước nhà số 5 ngõ 12 Láng Hạ tối qua")
    other, card = await reported(stage, stage.chi, "toi qua bi mat xe may wave do truoc nha so 5 ngo 12 lang ha")
    hint = await stage.sees(stage.desk, f"{other} có thể trùng với")
    assert code in text_of(hint)
    stage.dung.presses(hint, f"Trùng {code}")
    await stage.sees(stage.desk, "cùng việc với")
    assert await stage.sandbox.until(lambda: "Cùng việc với" in text_of(stage.desk.history[card["message_id"]]))
    assert "Tách ra" in labels(stage.desk.history[card["message_id"]])
    assert code in await forges(stage, stage.dung, card, "case-accept:2")


async def test_staff_link_by_code_and_part_again(stage: Stage) -> None:
    code, first = await reported(stage, stage.an, "mất xe máy")
    _other, card = await reported(stage, stage.chi, "karaoke ồn quá")
    stage.dung.says(f"/trung {code}", stage.desk, reply_to=card)
    await stage.sees(stage.desk, "cùng việc với")
    await stage.rests()
    assert "2 người báo" in text_of(stage.desk.history[first["message_id"]])
    stage.dung.presses(stage.desk.history[card["message_id"]], "Tách ra")
    await stage.rests()
    assert "Tiếp nhận" in labels(stage.desk.history[card["message_id"]])
    assert "người báo</b>" not in text_of(stage.desk.history[first["message_id"]])
    stage.dung.says("/trung TB-000000-0000", stage.desk, reply_to=card)
    await stage.sees(stage.desk, "không thấy tin nào")


async def test_one_of_many_who_says_not_solved_gets_a_card_of_their_own(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, FIRE)
    stage.binh.presses(await drafted(stage, stage.binh, "chay o ngo 12 lang ha"), "Gửi")
    await told(stage, stage.binh, "Tin đã được ghi nhận")
    stage.dung.presses(card, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý"), "Đã xử lý")
    stage.binh.presses(await told(stage, stage.binh, "Có kết quả"), "Chưa giải quyết")
    await stage.sees(stage.desk, "chưa giải quyết")
    own = await stage.sandbox.wait_for(
        stage.desk, lambda m: "Dũng đang xử lý" in text_of(m) and code not in text_of(m) and "Đóng" in labels(m)
    )
    assert "Cùng việc" not in text_of(own)
    assert "Đã xử lý" in text_of(stage.desk.history[card["message_id"]])


async def hears(stage: Stage, person: Any, look: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The newest message of this kind in somebody's private chat; patient, since many write at once."""
    return dict(await stage.sandbox.wait_for(person.chat_with(), look, timeout=60))


@pytest.mark.telegram_only("the desk is the same")
async def test_more_than_fifty_reporters_are_told_in_parts(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, FIRE)
    people = [stage.sandbox.add_person(f"Người {n}") for n in range(53)]
    for person in people:
        person.says("/start")
        person.says("cháy ngõ 12 Láng Hạ")
    for person in people:
        person.presses(await hears(stage, person, lambda m: "Gửi" in labels(m)), "Gửi")
    for person in people:
        await hears(stage, person, lambda m: "Tin đã được ghi nhận" in text_of(m))
    await stage.rests()
    assert "54 người báo" in text_of(stage.desk.history[card["message_id"]])
    stage.dung.presses(card, "Tiếp nhận")
    for person in people:
        await hears(stage, person, lambda m: "Cán bộ đã tiếp nhận" in text_of(m))
    assert stage.app is not None
    leads = select(func.count()).select_from(t.tips).where(t.tips.c.lead_id.is_(None))
    assert (await stage.app.database.write(lambda work: work.run(leads).scalar())) == 1
