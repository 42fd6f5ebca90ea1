"""What moderators see of one ward and not of another, and what becomes of what they propose."""

import asyncio
import re
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.sandbox import sample_photo
from data import tables as t
from data.moderation import open_proposals
from data.rules import set_rule
from data.tips import erase_words, tip_by_id
from data.unit_of_work import Work
from tests.cast import Stage, text_of
from tests.conversations.reporting import answer, forges, labels, told, with_button
from tests.conversations.test_moderators_end import begun, reported, shown
from tests.conversations.test_tip_wards import second_ward

pytestmark = pytest.mark.telegram_only("the desk is the same, and the end of a role is tried on both")
SECRET = """em là Nguyễn Thị Bình, karaoke ồn ở nhà anh Tuấn số 5 ngõ 12 Láng Hạ, gọi 0912345678
xe 29A-123.45, stk 19033456789012"""
SECRETS = (
    "Bình,",
    "Nguyễn Thị",
    "Tuấn",
    "0912345678",
    "912345678",
    "29A",
    "123.45",
    "số 5",
    "19033456789012",
    "ẩn danh",
)


async def write(stage: Stage, act: Any) -> Any:
    assert stage.app is not None
    return await stage.app.database.write(act)


async def proposed(stage: Stage, person: Any, code: str, *labels_: str) -> None:
    """Somebody proposes by the buttons under the card."""
    message = await shown(stage, person, code)
    for label in labels_:
        person.presses(message, label)
        if label != labels_[-1]:
            message = await with_button(stage, person.chat_with(), labels_[-1])
    await told(stage, person, "Đã gửi đề xuất", after=message)


async def proposals(stage: Stage) -> list[tuple[str, bool | None]]:
    table = t.proposals
    rows = await write(stage, lambda work: work.all(select(table.c.act, table.c.agreed).order_by(table.c.id)))
    return [(row.act, row.agreed) for row in rows]


# --- what they see


async def test_nothing_that_ever_reached_a_moderator_tells_who_or_which_door(stage: Stage) -> None:
    await begun(stage, stage.chi)
    stage.binh.sends_photo(sample_photo(), caption=SECRET)
    stage.binh.presses(await with_button(stage, stage.binh.chat_with(), "Ẩn danh"), "Ẩn danh")
    await told(stage, stage.binh, "Tin đã được ghi nhận")
    code = str(await write(stage, lambda work: work.run(select(t.tips.c.code)).scalar()))
    asked = stage.chi.says("/hangcho")
    await told(stage, stage.chi, code, after=asked)
    card = await shown(stage, stage.chi, code)
    assert "Láng Hạ" in text_of(card)
    assert "1 tệp (đã che)" in text_of(card)
    stage.chi.presses(card, "Hỏi thêm")
    await told(stage, stage.chi, "Xin gõ câu hỏi")
    stage.chi.says("Mấy giờ ạ?")
    await answer(stage, stage.dung, await stage.sees(stage.desk, "Mấy giờ"), "Đồng ý")
    await told(stage, stage.binh, "Mấy giờ")
    stage.binh.says("nhà anh Tuấn 0912345678 hát tới 2 giờ")
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    await answer(stage, stage.dung, await stage.sees(stage.desk, "tin nhiễu"), "Đồng ý")
    await told(stage, stage.chi, "đã được dùng")
    await stage.rests()
    chat = stage.chi.chat_with()
    said = [text_of(message) for message in [*chat.messages, *chat.history.values()] if message["from"]["is_bot"]]
    assert len(said) > 8
    assert not [(word, words) for word in SECRETS for words in said if word in words]
    assert not [message for message in chat.messages if "photo" in message or "document" in message]
    assert not [label for message in chat.messages for label in labels(message).split(" | ") if "Bình" in label]


async def test_a_moderator_of_one_ward_sees_nothing_of_another(stage: Stage) -> None:
    await second_ward(stage)
    await begun(stage, stage.chi, stage.desk2, stage.giang)
    stage.an.says("karaoke ồn quá ở nhà văn hoá")
    await told(stage, stage.an, "phường, xã nào")
    stage.an.says("1")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "Hoa Sữa"), "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    code = str(await write(stage, lambda work: work.run(select(t.tips.c.code)).scalar()))
    asked = stage.chi.says("/hangcho")
    empty = await told(stage, stage.chi, "Không có tin nào cần xem", after=asked)
    asked = stage.chi.says(f"/tin {code}")
    await told(stage, stage.chi, "không thấy tin nào có mã này", after=asked)
    for data in ("mod-show:1", "mod-noise:1", "mod-kind:1:moi_truong", "mod-ask:1", "mod-merge:1", "mod-ends:1"):
        assert "không thấy tin nào" in await forges(stage, stage.chi, empty, data), data
    await stage.sees_nothing(stage.desk, "đề xuất", within=0.1)


async def test_a_role_in_two_wards_ends_in_one(stage: Stage) -> None:
    await second_ward(stage)
    await begun(stage, stage.chi)
    await begun(stage, stage.chi, stage.desk2, stage.giang)
    stage.chi.says("/thoikiemduyet")
    stage.chi.presses(await told(stage, stage.chi, "thôi vai trò ở đâu"), "Xã Quảng La")
    await stage.sees(stage.desk2, "đã thôi vai trò")
    await stage.sees_nothing(stage.desk, "đã thôi vai trò", within=0.1)
    asked = stage.chi.says("/hangcho")
    await told(stage, stage.chi, "Không có tin nào cần xem", after=asked)


@pytest.mark.parametrize(
    "words",
    ["thanh niên tụ tập gây rối, hút ma tuý", "học sinh tụ tập la hét ở công viên", "karaoke ồn, trong đó đánh bạc"],
)
async def test_words_of_what_is_never_theirs_hide_a_tip_of_their_kinds(stage: Stage, words: str) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an, words)
    await write(stage, lambda work: work.run(update(t.tips).values(kind="gay_roi", danger=None)))
    asked = stage.chi.says("/hangcho")
    await told(stage, stage.chi, "Không có tin nào cần xem", after=asked)
    asked = stage.chi.says(f"/tin {code}")
    await told(stage, stage.chi, "không thấy tin nào có mã này", after=asked)


async def test_what_was_taken_back_or_set_aside_is_not_there(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await shown(stage, stage.chi, code)
    for values in ({"withdrawn_at": 1.0}, {"withdrawn_at": None, "aside": True}, {"aside": False, "danger": "fire"}):
        await write(stage, lambda work, values=values: work.run(update(t.tips).values(values)))
        asked = stage.chi.says(f"/tin {code}")
        await told(stage, stage.chi, "không thấy tin nào có mã này", after=asked)


async def test_a_ward_that_wants_words_in_no_chat_shows_them_none(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await write(stage, lambda work: work.run(update(t.wards).values(desk_shows="summary")))
    assert "karaoke" not in text_of(await shown(stage, stage.chi, code))


async def test_pages_go_on_where_hidden_ones_lie_between(stage: Stage) -> None:
    await begun(stage, stage.chi)
    codes = []
    for number in range(7):
        person = stage.sandbox.add_person(f"Dân {number}")
        codes.append(await reported(stage, person, f"karaoke ồn quá lần {number} ở nhà văn hoá"))
    await write(stage, lambda work: work.run(update(t.tips).where(t.tips.c.id == 6).values(text="có đứa hút ma tuý")))
    stage.chi.says("/hangcho")
    page = await told(stage, stage.chi, codes[6])
    assert [code for code in codes if code in text_of(page)] == [*codes[1:5], codes[6]]
    stage.chi.presses(page, "Sau")
    last = await told(stage, stage.chi, codes[0], after=page)
    assert codes[1] not in text_of(last)
    listed = await write(stage, lambda work: [row.subject for row in work.all(select(t.audit)) if "listed" in row.act])
    assert listed[0].split() == [codes[6], *codes[1:5][::-1]]
    assert listed[1:] == [codes[0]]


# --- what they propose


async def test_an_urgency_is_proposed_and_an_officer_sets_it(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Phân loại", "Cần sớm")
    proposal = await stage.sees(stage.desk, "mức Cần sớm")
    assert proposal["reply_to_message"]
    await answer(stage, stage.dung, proposal, "Đồng ý")
    assert await write(stage, lambda work: work.run(select(t.tips.c.urgency)).scalar()) == "high"
    assert "tip.ranked" in await write(stage, lambda work: [row.act for row in work.all(select(t.audit.c.act))])


async def test_two_who_propose_the_same_share_one_message_and_both_hear(stage: Stage) -> None:
    await begun(stage, stage.chi)
    await begun(stage, stage.binh)
    code = await reported(stage, stage.an)
    await asyncio.gather(proposed(stage, stage.chi, code, "Tin nhiễu"), proposed(stage, stage.binh, code, "Tin nhiễu"))
    await stage.rests()
    found = [message for message in stage.desk.messages if "đề xuất với tin" in text_of(message)]
    assert len(found) == 1
    proposal = stage.desk.history[found[0]["message_id"]]
    assert {"Chi", "Bình"} <= set(re.findall(r"\w+", text_of(proposal)))
    assert "Đã làm" in await answer(stage, stage.dung, proposal, "Đồng ý")
    await told(stage, stage.chi, "đã được dùng")
    await told(stage, stage.binh, "đã được dùng")
    assert await proposals(stage) == [("noise", True), ("noise", True)]


async def test_two_who_propose_different_things_are_decided_one_by_one(stage: Stage) -> None:
    await begun(stage, stage.chi)
    await begun(stage, stage.binh)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Đề xuất kết quả", "Đã hướng dẫn")
    await proposed(stage, stage.binh, code, "Tin nhiễu")
    guided, noise = await stage.sees(stage.desk, "kết quả Đã hướng dẫn"), await stage.sees(stage.desk, "tin nhiễu")
    first, second = await asyncio.gather(
        answer(stage, stage.dung, guided, "Đồng ý"), answer(stage, stage.giang, noise, "Đồng ý")
    )
    assert sorted("Đã làm" in said for said in (first, second)) == [False, True]
    await stage.rests()
    assert sorted(str(agreed) for _act, agreed in await proposals(stage)) == ["False", "True"]
    outcomes = [text_of(message) for message in stage.an.chat_with().messages if "Có kết quả" in text_of(message)]
    assert len(outcomes) == 1


async def test_fifty_presses_on_one_proposal_do_it_once(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    proposal = await stage.sees(stage.desk, "đề xuất với tin")
    presses = [stage.dung.presses(proposal, "Đồng ý") for _ in range(50)]
    assert await stage.sandbox.until(lambda: all(press.answer is not None for press in presses), timeout=20)
    await stage.rests()
    said = [str((press.answer or {}).get("text")) for press in presses]
    assert sum("Đã làm" in one for one in said) == 1


async def test_what_an_officer_did_meanwhile_settles_a_proposal_by_itself(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    proposal = await stage.sees(stage.desk, "đề xuất với tin")
    card = await with_button(stage, stage.desk, "Đóng", code)
    stage.dung.presses(card, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý", code), "Đã xử lý")
    thanks = await told(stage, stage.chi, "Cán bộ đã xem đề xuất")
    assert "Đã xử lý" not in text_of(thanks)
    await stage.rests()
    assert "tự khép" in text_of(stage.desk.history[proposal["message_id"]])
    assert await proposals(stage) == [("noise", False)]


async def test_a_tip_taken_back_meanwhile_settles_it_at_the_press(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    proposal = await stage.sees(stage.desk, "đề xuất với tin")
    await write(stage, lambda work: work.run(update(t.tips).values(withdrawn_at=work.now)))
    assert "đã xong" in await answer(stage, stage.dung, proposal, "Đồng ý")
    await told(stage, stage.chi, "Cán bộ đã xem đề xuất")
    assert await write(stage, lambda work: work.run(select(t.tips.c.outcome)).scalar()) is None


async def test_one_proposal_of_a_sort_waits_at_a_time(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    card = await shown(stage, stage.chi, code)
    assert "đang chờ cán bộ xem" in await answer(stage, stage.chi, card, "Tin nhiễu")
    assert await proposals(stage) == [("noise", None)]
    await answer(stage, stage.dung, await stage.sees(stage.desk, "đề xuất với tin"), "Bỏ qua")
    await proposed(stage, stage.chi, code, "Tin nhiễu")


async def test_a_question_is_words_and_not_too_many(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    stage.chi.presses(await shown(stage, stage.chi, code), "Hỏi thêm")
    await told(stage, stage.chi, "Xin gõ câu hỏi")
    asked = stage.chi.says("dài " * 100)
    await told(stage, stage.chi, "nhiều nhất 300 ký tự", after=asked)
    asked = stage.chi.sends_photo(sample_photo())
    await told(stage, stage.chi, "nhiều nhất 300 ký tự", after=asked)
    stage.chi.says("Ồn tới mấy giờ <b>ạ</b>?")
    await stage.sees(stage.desk, "Ồn tới mấy giờ <b>ạ</b>?")


async def test_a_moderator_whose_group_is_known_speaks_for_it(stage: Stage) -> None:
    stage.chi.starts(stage.bot, "g2")
    await told(stage, stage.chi, "Hoa Sữa")
    assert "Nhóm: Tổ 7" in text_of(await begun(stage, stage.chi))
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    proposal = text_of(await stage.sees(stage.desk, "đề xuất với tin"))
    assert "Người kiểm duyệt Tổ 7" in proposal
    assert "Chi" not in proposal


async def test_an_officer_of_another_desk_confirms_nothing(stage: Stage) -> None:
    await second_ward(stage)
    await begun(stage, stage.chi, stage.desk)
    stage.an.says("karaoke ồn quá")
    await told(stage, stage.an, "phường, xã nào")
    stage.an.says("1")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "Hoa Sữa"), "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    code = str(await write(stage, lambda work: work.run(select(t.tips.c.code)).scalar()))
    await proposed(stage, stage.chi, code, "Tin nhiễu")
    stage.giang.says("/hangcho", stage.desk2)
    page = await stage.sees(stage.desk2, "Hàng chờ")
    assert "Đã làm" not in await forges(stage, stage.giang, page, "proposal-yes:1")
    assert await proposals(stage) == [("noise", None)]


async def test_erased_words_take_what_was_proposed_with_them(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await proposed(stage, stage.chi, code, "Tin nhiễu")

    def erase(work: Work) -> tuple[int, int]:
        before = len(open_proposals(work, 1))
        erase_words(work, tip_by_id(work, 1))
        return before, len(open_proposals(work, 1))

    assert await write(stage, erase) == (1, 0)


async def test_what_a_ward_lists_decides_and_never_more_than_that(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code = await reported(stage, stage.an)
    await write(stage, lambda work: set_rule(work, 1, "moderated_kinds", "giao_thong"))
    asked = stage.chi.says(f"/tin {code}")
    await told(stage, stage.chi, "không thấy tin nào có mã này", after=asked)
