"""A moderator's role is over: from that moment on nothing typed, chosen or pressed gives anything."""

from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.codes import find_code
from bot.messages import Outgoing, Person
from data import tables as t
from data.moderation import shown_to
from data.unit_of_work import Place, Work
from tests.cast import Stage, text_of
from tests.conversations.reporting import answer, drafted, forges, labels, passes, told, with_button

NOISE = "karaoke ồn quá ở nhà văn hoá"
PRESSED = [
    *("mod-show:1", "mod-on:9", "mod-sort:1", "mod-kind:1:moi_truong", "mod-rank:1:high", "mod-noise:1"),
    *("mod-ends:1", "mod-end:1:guided", "mod-merge:1", "mod-ask:1", "mod-leave:1"),
]


async def begun(stage: Stage, person: Any, desk: Any = None, by: Any = None) -> dict[str, Any]:
    """By a typed code, as on a platform without links: the announcement at the desk."""
    desk, by = desk or stage.desk, by or stage.em
    asked = by.says("/kiemduyet Bác Năm", desk)
    offer = await stage.sees(desk, "Lời mời kiểm duyệt", after=asked["message_id"])
    code = text_of(offer).rpartition("/kiemduyet ")[2].strip()
    asked = person.says(f"/kiemduyet {code.lower()}")
    card = await told(stage, person, "giúp kiểm duyệt", after=asked)
    person.presses(card, "Đồng ý")
    await told(stage, person, "Xem tin chờ", after=card)
    return await stage.sees(desk, "đã nhận vai trò kiểm duyệt", after=offer["message_id"])


async def reported(stage: Stage, person: Any, words: str = NOISE) -> str:
    person.presses(await drafted(stage, person, words), "Gửi")
    code = find_code(text_of(await told(stage, person, "Tin đã được ghi nhận")))
    assert code
    return code


async def shown(stage: Stage, person: Any, code: str) -> dict[str, Any]:
    asked = person.says(f"/tin {code}")
    return await stage.sandbox.wait_for(
        person.chat_with(),
        lambda m: code in text_of(m) and "Phân loại" in labels(m) and m["message_id"] > asked["message_id"],
    )


async def nothing_works(stage: Stage, person: Any, code: str) -> None:
    """Commands are unknown, and buttons say so politely; the desk hears nothing."""
    for words in ("/hangcho", "/queue", f"/tin {code}", f"/case {code}", "/thoikiemduyet"):
        asked = person.says(words)
        await told(stage, person, "Em chưa biết lệnh này", after=asked)
    await stage.rests()
    proposed = [text_of(message) for message in stage.desk.messages if "đề xuất" in text_of(message)]
    assert not proposed


async def test_ended_by_a_chief_nothing_answers_any_more(stage: Stage) -> None:
    announced = await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await shown(stage, stage.chi, code)
    stage.em.presses(announced, "Kết thúc vai trò")
    over = await told(stage, stage.chi, "đã kết thúc")
    await nothing_works(stage, stage.chi, code)
    stage.chi.says("4")
    await stage.rests()
    after = [
        text_of(message) for message in stage.chi.chat_with().messages if message["message_id"] > over["message_id"]
    ]
    assert not [words for words in after if "karaoke" in words or "Gửi đề xuất" in words]
    await stage.sees_nothing(stage.desk, "đề xuất", within=0.1)


@pytest.mark.telegram_only("buttons")
async def test_every_button_of_an_ended_role_says_so_politely(stage: Stage) -> None:
    announced = await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    card = await shown(stage, stage.chi, code)
    stage.em.presses(announced, "Kết thúc vai trò")
    await told(stage, stage.chi, "đã kết thúc")
    for data in PRESSED:
        assert "Em chưa biết lệnh này" in await forges(stage, stage.chi, card, data), data
    await stage.rests()
    assert text_of(stage.chi.chat_with().history[card["message_id"]]) == "(đã ẩn)"
    assert not labels(stage.chi.chat_with().history[card["message_id"]])
    await stage.sees_nothing(stage.desk, "đề xuất", within=0.1)


async def test_an_open_question_of_an_ended_role_hears_nothing(stage: Stage) -> None:
    announced = await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    stage.chi.presses(await shown(stage, stage.chi, code), "Hỏi thêm")
    await told(stage, stage.chi, "Xin gõ câu hỏi")
    stage.em.presses(announced, "Kết thúc vai trò")
    await told(stage, stage.chi, "đã kết thúc")
    stage.chi.says("ồn tới mấy giờ vậy")
    await stage.rests()
    await stage.sees_nothing(stage.desk, "mấy giờ", within=0.1)


async def test_what_somebody_writes_as_a_resident_outlives_the_role(stage: Stage) -> None:
    announced = await begun(stage, stage.chi)
    await drafted(stage, stage.chi, "mất xe đạp ở chợ")
    stage.em.presses(announced, "Kết thúc vai trò")
    await told(stage, stage.chi, "đã kết thúc")
    stage.chi.presses(await with_button(stage, stage.chi.chat_with(), "Gửi", "mất xe đạp"), "Gửi")
    await told(stage, stage.chi, "Tin đã được ghi nhận")


async def test_a_role_that_ran_out_tells_both_sides_and_gives_nothing(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await shown(stage, stage.chi, code)
    assert stage.app is not None
    over = update(t.roles).where(t.roles.c.role == "moderator").values(expires_at=1.0)
    await stage.app.database.write(lambda work: work.run(over))
    await nothing_works(stage, stage.chi, code)
    await passes(stage, "moderator-over")
    await told(stage, stage.chi, "đã kết thúc")
    await stage.sees(stage.desk, "Vai trò kiểm duyệt của Chi đã hết hạn")
    acts = await stage.app.database.write(lambda work: [row.act for row in work.all(select(t.audit.c.act))])
    assert "moderator.expired" in acts


async def test_a_proposal_outlives_its_author_who_hears_no_more_of_it(stage: Stage) -> None:
    announced = await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    stage.chi.presses(await shown(stage, stage.chi, code), "Tin nhiễu")
    proposal = await stage.sees(stage.desk, "đề xuất với tin")
    stage.em.presses(announced, "Kết thúc vai trò")
    await told(stage, stage.chi, "đã kết thúc")
    await answer(stage, stage.dung, proposal, "Bỏ qua")
    await stage.rests()
    await stage.sees_nothing(stage.chi.chat_with(), "Cán bộ đã xem", within=0.1)


async def test_what_is_still_on_its_way_is_hidden_as_well(stage: Stage) -> None:
    assert stage.app is not None

    def look(work: Work) -> tuple[list[int], list[int], int]:
        place = Place("telegram", "12345", private=True)
        row = work.post(Outgoing(html="x"), place, about="masked:0", due_at=work.now + 3600)
        mine, others = Person("telegram", "12345"), Person("telegram", "1234")
        return shown_to(work, mine, 1), shown_to(work, others, 1), row

    mine, others, row = await stage.app.database.write(look)
    assert mine == [row]
    assert others == []


@pytest.mark.telegram_only("what was shown can be hidden")
async def test_a_day_after_a_tip_is_over_what_moderators_were_shown_of_it_is_hidden(stage: Stage) -> None:
    await begun(stage, stage.binh)
    code = await reported(stage, stage.an)
    asked = stage.binh.says("/hangcho")
    listing = await told(stage, stage.binh, code, after=asked)
    stage.binh.presses(listing, code.removeprefix("TB-"))
    card = await told(stage, stage.binh, "karaoke", after=listing)
    desk_card = await with_button(stage, stage.desk, "Tiếp nhận", code)
    await answer(stage, stage.dung, desk_card, "Đóng")
    await answer(stage, stage.dung, await with_button(stage, stage.desk, "Đã xử lý", code), "Đã xử lý")
    await told(stage, stage.an, "Việc đã ổn chưa")
    await passes(stage, "masked-over")
    await stage.rests()
    assert "karaoke" not in text_of(stage.binh.chat_with().history[card["message_id"]])
