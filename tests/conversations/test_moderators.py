"""Moderators: trusted residents with a masked queue, whose proposals an officer confirms; ended at once."""

import re
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.codes import find_code
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import answer, forges, labels, reported, told, with_button

pytestmark = pytest.mark.telegram_only("a link invites; by a typed code the same is tried once below")
NOISE = "karaoke ồn quá ở nhà anh Tuấn số 5 ngõ 12 Láng Hạ, gọi 0912345678, xe 29A-123.45"
SECRETS = ("Tuấn", "0912345678", "912345678", "29A", "123.45", "số 5")


async def invited(stage: Stage, who: str = "Bác Năm tổ 7 90") -> str:
    """The code that a chief was given."""
    stage.em.says(f"/kiemduyet {who}", stage.desk)
    offer = await stage.sees(stage.desk, "Lời mời kiểm duyệt")
    return text_of(offer).rpartition("/kiemduyet ")[2].strip()


async def begun(stage: Stage, person: Any) -> dict[str, Any]:
    """This person is a moderator: the desk's announcement."""
    code = await invited(stage)
    person.says(f"/start m{code}")
    person.presses(await with_button(stage, person.chat_with(), "Đồng ý", "kiểm duyệt"), "Đồng ý")
    await told(stage, person, "Xem tin chờ")
    return await stage.sees(stage.desk, "đã nhận vai trò kiểm duyệt")


async def shown(stage: Stage, person: Any, code: str) -> dict[str, Any]:
    person.says(f"/tin {code}")
    return await with_button(stage, person.chat_with(), "Phân loại", code)


async def noisy(stage: Stage) -> tuple[str, dict[str, Any]]:
    """An reports something with all that must be hidden: its code, its card."""
    stage.an.says(NOISE)
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "karaoke"), "Gửi")
    code = find_code(text_of(await told(stage, stage.an, "Tin đã được ghi nhận")))
    assert code
    return code, await with_button(stage, stage.desk, "Tiếp nhận", code)


async def test_an_invitation_works_once_and_says_what_one_will_see(stage: Stage) -> None:
    code = await invited(stage)
    stage.chi.says(f"/start m{code}")
    offer = await with_button(stage, stage.chi.chat_with(), "Đồng ý")
    assert "không bao giờ thấy ai báo" in text_of(offer)
    assert "90 ngày" in text_of(offer)
    stage.chi.presses(offer, "Đồng ý")
    await stage.sees(stage.desk, "Chi đã nhận vai trò kiểm duyệt")
    stage.an.says(f"/start m{code}")
    await told(stage, stage.an, "Lời mời không đúng, đã dùng")


async def test_only_a_chief_invites(stage: Stage) -> None:
    stage.dung.says("/kiemduyet Bác Năm", stage.desk)
    await stage.sees(stage.desk, "dành cho chỉ huy")
    stage.em.says("/kiemduyet Bác Năm 999", stage.desk)
    await stage.sees(stage.desk, "SỐ-NGÀY")


async def test_nothing_personal_is_ever_shown_to_a_moderator(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code, _ = await noisy(stage)
    stage.chi.says("/hangcho")
    page = await with_button(stage, stage.chi.chat_with(), code)
    assert "karaoke" in text_of(page)
    stage.chi.presses(page, code)
    card = await with_button(stage, stage.chi.chat_with(), "Phân loại")
    assert "Láng Hạ" in text_of(card)
    for message in stage.chi.chat_with().messages:
        assert not [word for word in SECRETS if word in text_of(message)]
        assert not re.search(r"\bAn\b", text_of(message))
        assert "photo" not in message


async def test_kinds_that_are_not_theirs_do_not_exist_for_them(stage: Stage) -> None:
    await begun(stage, stage.chi)
    assert stage.app is not None
    for number, words in enumerate(("nhóm thanh niên bán ma tuý ở ngõ 12", "chồng đánh vợ ở ngõ 3")):
        person = stage.sandbox.add_person(f"Dân {number}")
        person.says(words)
        person.presses(await with_button(stage, person.chat_with(), "Ẩn danh"), "Ẩn danh")
        await told(stage, person, "Tin đã được ghi nhận")
    opened = "ma_tuy bao_luc_gia_dinh gay_roi khac"

    def allow(work: Any) -> list[str]:
        from data.rules import set_rule

        set_rule(work, 1, "moderated_kinds", opened)
        return [row.code for row in work.all(select(t.tips.c.code))]

    codes = await stage.app.database.write(allow)
    stage.chi.says("/hangcho")
    await told(stage, stage.chi, "Không có tin nào cần xem")
    for code in (*codes, "TB-000000-0000"):
        asked = stage.chi.says(f"/tin {code}")
        await told(stage, stage.chi, "không thấy tin nào", after=asked)


async def test_whoever_is_no_moderator_hears_that_there_is_no_such_command(stage: Stage) -> None:
    code, _ = await noisy(stage)
    for words in ("/hangcho", f"/tin {code}", "/thoikiemduyet"):
        asked = stage.binh.says(words)
        await told(stage, stage.binh, "Em chưa biết lệnh này", after=asked)


async def test_an_officer_confirms_what_is_proposed(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code, _ = await noisy(stage)
    card = await shown(stage, stage.chi, code)
    stage.chi.presses(card, "Phân loại")
    stage.chi.presses(await with_button(stage, stage.chi.chat_with(), "Rác, ô nhiễm"), "Rác, ô nhiễm")
    proposal = await stage.sees(stage.desk, "đề xuất với tin")
    assert "Chi" in text_of(proposal)
    assert "Đã làm" in await answer(stage, stage.dung, proposal, "Đồng ý")
    await told(stage, stage.chi, "đã được dùng")
    await stage.rests()
    assert stage.app is not None
    assert (await stage.app.database.write(lambda work: work.run(select(t.tips.c.kind)).scalar())) == "moi_truong"
    decided = stage.desk.history[proposal["message_id"]]
    assert "Dũng đồng ý" in text_of(decided)
    assert not labels(decided)
    assert "đã xong" in await forges(stage, stage.giang, proposal, "proposal-yes:1")


async def test_a_question_reaches_the_reporter_only_through_an_officer(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code, _ = await noisy(stage)
    stage.chi.presses(await shown(stage, stage.chi, code), "Hỏi thêm")
    await told(stage, stage.chi, "Xin gõ câu hỏi")
    stage.chi.says("Ồn tới mấy giờ ạ?")
    proposal = await stage.sees(stage.desk, "Ồn tới mấy giờ")
    await stage.sees_nothing(stage.an.chat_with(), "mấy giờ", within=0.2)
    stage.dung.presses(proposal, "Đồng ý")
    await told(stage, stage.an, "Ồn tới mấy giờ")


async def test_noise_an_outcome_and_the_same_thing_are_proposed_too(stage: Stage) -> None:
    await begun(stage, stage.chi)
    first, _ = await reported(stage, stage.an, "karaoke ồn quá ở nhà văn hoá")
    second, _ = await reported(stage, stage.binh, "hát karaoke om sòm gần nhà văn hoá")
    stage.chi.presses(await shown(stage, stage.chi, second), "Gộp")
    await told(stage, stage.chi, "Xin gõ mã")
    stage.chi.says(first)
    stage.dung.presses(await stage.sees(stage.desk, "gộp với"), "Đồng ý")
    await stage.sees(stage.desk, f"cùng việc với {first}")
    stage.chi.presses(await shown(stage, stage.chi, first), "Tin nhiễu")
    noise = await stage.sees(stage.desk, "tin nhiễu")
    assert "bỏ qua" in (await answer(stage, stage.dung, noise, "Bỏ qua")).lower()
    await told(stage, stage.chi, "Cán bộ đã xem")
    stage.chi.presses(await shown(stage, stage.chi, first), "Đề xuất kết quả")
    stage.chi.presses(await with_button(stage, stage.chi.chat_with(), "Đã hướng dẫn"), "Đã hướng dẫn")
    stage.dung.presses(await stage.sees(stage.desk, "kết quả Đã hướng dẫn"), "Đồng ý")
    await told(stage, stage.an, "Có kết quả")
    await told(stage, stage.binh, "Có kết quả")


async def test_an_ended_role_ends_at_once_and_hides_what_was_shown(stage: Stage) -> None:
    announced = await begun(stage, stage.chi)
    code, _ = await noisy(stage)
    card = await shown(stage, stage.chi, code)
    stage.em.presses(announced, "Kết thúc vai trò")
    await told(stage, stage.chi, "đã kết thúc")
    await stage.rests()
    assert "karaoke" not in text_of(stage.chi.chat_with().history[card["message_id"]])
    for words in ("/hangcho", f"/tin {code}"):
        asked = stage.chi.says(words)
        await told(stage, stage.chi, "Em chưa biết lệnh này", after=asked)
    for data in ("mod-show:1", "mod-noise:1", "mod-kind:1:khac", "mod-end:1:guided", "mod-on:9", "mod-ask:1"):
        await forges(stage, stage.chi, card, data)
    await stage.rests()
    await stage.sees_nothing(stage.desk, "đề xuất", within=0.1)
    assert "không còn" in await answer(stage, stage.em, announced, "Kết thúc vai trò")


async def test_an_expired_role_counts_for_nothing(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code, _ = await noisy(stage)
    card = await shown(stage, stage.chi, code)
    assert stage.app is not None
    over = update(t.roles).where(t.roles.c.role == "moderator").values(expires_at=1.0)
    await stage.app.database.write(lambda work: work.run(over))
    asked = stage.chi.says("/hangcho")
    await told(stage, stage.chi, "Em chưa biết lệnh này", after=asked)
    assert "lệnh" in await forges(stage, stage.chi, card, "mod-noise:1")


async def test_a_moderator_gives_the_role_up(stage: Stage) -> None:
    await begun(stage, stage.chi)
    stage.em.says("/kiemduyet", stage.desk)
    assert "Kết thúc vai trò: Chi" in labels(await stage.sees(stage.desk, "Người kiểm duyệt"))
    stage.chi.says("/thoikiemduyet")
    await stage.sees(stage.desk, "đã thôi vai trò")
    stage.em.says("/kiemduyet", stage.desk)
    await stage.sees(stage.desk, "Chưa có người kiểm duyệt")


async def test_every_act_is_audited(stage: Stage) -> None:
    await begun(stage, stage.chi)
    code, _ = await noisy(stage)
    stage.chi.presses(await shown(stage, stage.chi, code), "Tin nhiễu")
    stage.dung.presses(await stage.sees(stage.desk, "tin nhiễu"), "Đồng ý")
    await told(stage, stage.chi, "đã được dùng")
    assert stage.app is not None
    acts = await stage.app.database.write(lambda work: [row.act for row in work.all(select(t.audit.c.act))])
    wanted = {"moderator.invited", "moderator.began", "moderator.viewed", "moderator.proposed_noise"}
    assert wanted | {"tip.proposal_agreed", "tip.closed.not_enough"} <= set(acts)
