"""A desk is set up with a code, and groups are linked with codes of their own."""

import pytest
from sqlalchemy import update

from data import tables as t
from data.unit_of_work import Work
from tests.cast import SETUP_CODE, Stage, text_of

pytestmark = pytest.mark.telegram_only("its parts on Zalo: test_zalo.py")

DESK_RIGHTS = {"can_manage_topics": True, "can_delete_messages": True}


async def add_to_desk(stage: Stage) -> None:
    stage.desk.promote(stage.giang)
    stage.desk.add_bot(stage.bot, by=stage.em, admin=True, rights=DESK_RIGHTS)


async def code_for(stage: Stage, name: str) -> str:
    offered = stage.em.says(f"/nhom {name}", stage.desk)["message_id"]
    offer = await stage.sees(stage.desk, f"Liên kết cho nhóm {name}", after=offered)
    return str(offer["text"].rpartition("/lienket ")[2]).strip()


def said(chat: object) -> str:
    return "\n".join(text_of(message) for message in chat.messages)  # type: ignore[attr-defined]


def expire_codes(work: Work) -> None:
    work.run(update(t.codes).values(expires_at=work.now - 1))


# --- the desk


async def test_a_wrong_setup_code_is_refused_and_the_right_one_still_works(bare_stage: Stage) -> None:
    stage = bare_stage
    await add_to_desk(stage)
    stage.em.says("/thietlap SAI1-SAI2-SAI3 Phường Hoa Sữa", stage.desk)
    await stage.sees(stage.desk, "Mã thiết lập không đúng")
    stage.em.says(f"/Thiếtlập {SETUP_CODE.lower()}   Phường   Hoa Sữa", stage.desk)
    await stage.sees(stage.desk, "Đã thiết lập Phường Hoa Sữa")
    assert await stage.sandbox.until(lambda: SETUP_CODE.lower() not in said(stage.desk))


async def test_a_setup_code_works_once(stage: Stage) -> None:
    other = stage.sandbox.add_group("Trực ban khác", stage.giang)
    other.add_bot(stage.bot)
    stage.giang.says(f"/thietlap {SETUP_CODE} Phường Khác", other)
    await stage.sees(other, "Mã thiết lập không đúng hoặc đã dùng")


async def test_setup_without_code_or_name_is_explained(bare_stage: Stage) -> None:
    await add_to_desk(bare_stage)
    for typed in ("/thietlap", f"/thietlap {SETUP_CODE}"):
        asked = bare_stage.em.says(typed, bare_stage.desk)["message_id"]
        await bare_stage.sees(bare_stage.desk, "/thietlap MÃ TÊN-PHƯỜNG", after=asked)


async def test_a_plain_member_cannot_set_a_desk_up(bare_stage: Stage) -> None:
    await add_to_desk(bare_stage)
    bare_stage.dung.says(f"/thietlap {SETUP_CODE} Phường Hoa Sữa", bare_stage.desk)
    refused = await bare_stage.sees(bare_stage.desk, "cần chủ nhóm hoặc quản trị viên")
    assert "Đã thiết lập" not in said(bare_stage.desk)
    assert refused["reply_to_message"]["from"]["id"] == bare_stage.dung.id


async def test_in_private_one_is_told_where_to_set_up(bare_stage: Stage) -> None:
    bare_stage.em.says(f"/thietlap {SETUP_CODE} Phường Hoa Sữa")
    await bare_stage.sees(bare_stage.em.chat_with(), "Lệnh này dùng trong nhóm trực ban")


async def test_a_desk_and_a_residents_group_cannot_be_set_up_again(stage: Stage) -> None:
    stage.em.says(f"/thietlap {SETUP_CODE} Phường Hai", stage.desk)
    await stage.sees(stage.desk, "đã là nhóm trực ban")
    stage.hoa.says(f"/thietlap {SETUP_CODE} Phường Hai", stage.group5)
    await stage.sees(stage.group5, "không thể là nhóm trực ban")


async def test_an_anonymous_admin_proves_it_by_a_button_that_a_member_cannot_use(bare_stage: Stage) -> None:
    stage = bare_stage
    await add_to_desk(stage)
    stage.desk.promote(stage.giang, anonymous=True)
    stage.giang.says(f"/thietlap {SETUP_CODE} Phường Hoa Sữa", stage.desk)
    asked = await stage.sees(stage.desk, "đang ẩn danh")
    assert await stage.sandbox.until(lambda: SETUP_CODE not in said(stage.desk))
    refused = await stage.sandbox.wait_answer(stage.dung.presses(asked, "Tôi là quản trị viên"))
    assert "quản trị viên" in refused["text"]
    assert "Đã thiết lập" not in said(stage.desk)
    stage.giang.presses(asked, "Tôi là quản trị viên")
    await stage.sees(stage.desk, "Đã thiết lập Phường Hoa Sữa")
    again = await stage.sandbox.wait_answer(stage.giang.presses(asked, "Tôi là quản trị viên"))
    assert again["text"]


# --- groups


async def test_a_group_is_linked_by_typing_its_code_and_the_code_disappears(stage: Stage) -> None:
    group = stage.sandbox.add_group("Xóm Chợ", stage.hoa, [stage.an])
    group.add_bot(stage.bot, admin=True, rights={"can_delete_messages": True, "can_pin_messages": True})
    code = await code_for(stage, "Tổ 9")
    stage.hoa.says(f"/lienket {code}", group)
    await stage.sees(group, "Chào bà con")
    told = await stage.sees(stage.desk, "Nhóm Tổ 9 đã liên kết")
    assert "Xóm Chợ · 3 người" in text_of(told)
    assert "Hoa" in text_of(told)
    assert await stage.sandbox.until(lambda: group.pinned)
    assert await stage.sandbox.until(lambda: f"/lienket {code}" not in said(group))
    assert "quyền ghim" not in text_of(told)


async def test_a_used_code_links_no_second_group(stage: Stage) -> None:
    code = await code_for(stage, "Tổ 9")
    for title, answer in (("Một", "Chào bà con"), ("Hai", "đã dùng hoặc quá 24 giờ")):
        group = stage.sandbox.add_group(title, stage.hoa)
        group.add_bot(stage.bot, startgroup=code)
        await stage.sees(group, answer)


async def test_a_code_older_than_a_day_links_nothing(stage: Stage) -> None:
    assert stage.app is not None
    code = await code_for(stage, "Tổ 9")
    await stage.app.database.write(expire_codes)
    group = stage.sandbox.add_group("Chậm", stage.hoa)
    group.add_bot(stage.bot, startgroup=code)
    await stage.sees(group, "quá 24 giờ")


async def test_a_setup_code_links_no_group_and_a_link_code_sets_up_no_desk(stage: Stage) -> None:
    assert stage.app is not None
    code = await code_for(stage, "Tổ 9")
    group = stage.sandbox.add_group("Lạ", stage.hoa)
    group.add_bot(stage.bot)
    stage.hoa.says(f"/thietlap {code} Phường Giả", group)
    await stage.sees(group, "Mã thiết lập không đúng")
    stage.hoa.says(f"/lienket {SETUP_CODE}", group)
    await stage.sees(group, "Mã liên kết không đúng")


async def test_a_plain_member_cannot_link_a_group(stage: Stage) -> None:
    code = await code_for(stage, "Tổ 9")
    group = stage.sandbox.add_group("Tổ 9", stage.hoa, [stage.an])
    group.add_bot(stage.bot)
    stage.an.says(f"/lienket {code}", group)
    await stage.sees(group, "cần chủ nhóm hoặc quản trị viên")
    stage.hoa.says(f"/lienket {code}", group)
    await stage.sees(group, "Chào bà con")


async def test_an_anonymous_owner_links_by_the_button(stage: Stage) -> None:
    code = await code_for(stage, "Tổ 9")
    group = stage.sandbox.add_group("Tổ 9", stage.hoa, [stage.an])
    group.add_bot(stage.bot)
    stage.hoa.says(f"/lienket {code}", group, anonymous=True)
    asked = await stage.sees(group, "đang ẩn danh")
    refused = await stage.sandbox.wait_answer(stage.an.presses(asked, "Tôi là quản trị viên"))
    assert "quản trị viên" in refused["text"]
    stage.hoa.presses(asked, "Tôi là quản trị viên")
    await stage.sees(group, "Chào bà con")
    await stage.sees(stage.desk, "Nhóm Tổ 9 đã liên kết")


async def test_only_officers_invite_groups(stage: Stage) -> None:
    stage.hoa.says("/nhom Tổ 9", stage.group5)
    asked = stage.giang.says("/nhom Tổ 9", stage.desk, anonymous=True)["message_id"]
    await stage.sees(stage.desk, "đang ẩn danh trong nhóm", after=asked)
    stage.dung.says("/nhom", stage.desk)
    await stage.sees(stage.desk, "Xin gõ tên nhóm")
    await stage.sees_nothing(stage.group5, "Liên kết cho nhóm", within=0.1)


async def test_unlinking_says_goodbye_leaves_and_nobody_hears_the_group_any_more(stage: Stage) -> None:
    linked = await stage.sees(stage.desk, "Nhóm Tổ 5 đã liên kết")
    stage.dung.presses(linked, "Huỷ liên kết")
    await stage.sees(stage.desk, "Đã huỷ liên kết nhóm Tổ 5. Người thực hiện: Dũng")
    await stage.sees(stage.group5, "Em xin rời nhóm")
    assert await stage.sandbox.until(lambda: stage.bot.id not in stage.group5.bots)
    again = await stage.sandbox.wait_answer(stage.em.presses(linked, "Huỷ liên kết"))
    assert "không còn liên kết" in again["text"]
    stage.group5.add_bot(stage.bot)
    stage.an.says("/gui còn ai nghe không", stage.group5)
    await stage.rests()
    await stage.sees_nothing(stage.desk, "còn ai nghe", within=0.1)
