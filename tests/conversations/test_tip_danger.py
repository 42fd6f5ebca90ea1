"""Somebody may be in danger: numbers first, the desk at once, and no false hope."""

from tests.cast import Stage, text_of
from tests.conversations.reporting import passes, told, with_button


async def test_numbers_come_before_any_question(stage: Stage) -> None:
    stage.an.says("cháy nhà số 12 rồi")
    numbers = await told(stage, stage.an, "gọi ngay")
    draft = await with_button(stage, stage.an.chat_with(), "Gửi")
    assert text_of(numbers).index("114") < text_of(numbers).index("113")
    assert numbers["message_id"] < draft["message_id"]


async def test_an_urgent_draft_is_at_the_desk_before_it_is_confirmed(stage: Stage) -> None:
    stage.an.says("có người cầm dao đuổi nhau")
    card = await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    assert "KHẨN" in text_of(card)
    assert "An" not in text_of(card).split()
    stage.an.says("ở cổng chợ")
    assert await stage.sandbox.until(lambda: "cổng chợ" in text_of(stage.desk.history[card["message_id"]]))
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi"), "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    assert await stage.sandbox.until(lambda: "CHƯA XÁC NHẬN" not in text_of(stage.desk.history[card["message_id"]]))
    assert "Người báo: An" in text_of(stage.desk.history[card["message_id"]])


async def test_children_and_families_get_neutral_words(stage: Stage) -> None:
    stage.an.says("chồng đánh vợ bên nhà hàng xóm")
    numbers = text_of(await told(stage, stage.an, "Cần giúp"))
    assert "111" in numbers
    assert "113" in numbers
    draft = await with_button(stage, stage.an.chat_with(), "Gửi")
    assert "đánh" not in text_of(draft)
    assert "đánh vợ" in text_of(await stage.sees(stage.desk, "CHƯA XÁC NHẬN"))


async def test_an_urgent_tip_that_nobody_accepts_warns_its_reporter(stage: Stage) -> None:
    stage.an.says("cháy nhà số 12 rồi")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    await passes(stage, "tip-unseen")
    warned = await told(stage, stage.an, "chưa có cán bộ nào xem")
    assert "113" in text_of(warned)
    await stage.sees(stage.desk, "đã 5 phút")


async def test_an_accepted_one_does_not(stage: Stage) -> None:
    stage.an.says("cháy nhà số 12 rồi")
    stage.dung.presses(await stage.sees(stage.desk, "CHƯA XÁC NHẬN"), "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    await passes(stage, "tip-unseen")
    await stage.sees_nothing(stage.an.chat_with(), "chưa có cán bộ nào", within=0.1)


async def test_more_about_an_accepted_urgent_draft_goes_straight_to_its_officer(stage: Stage) -> None:
    stage.an.says("cháy nhà số 12 rồi")
    stage.dung.presses(await stage.sees(stage.desk, "CHƯA XÁC NHẬN"), "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    stage.an.says("lửa lan sang nhà 14")
    await stage.sees(stage.desk, "lửa lan sang nhà 14")


async def test_an_urgent_draft_is_never_recalled_or_erased(stage: Stage) -> None:
    stage.an.says("cháy nhà số 12 rồi")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    await passes(stage, "draft-recall")
    await passes(stage, "draft-erase")
    await stage.sees_nothing(stage.an.chat_with(), "chưa gửi", within=0.1)
    assert "số 12" in text_of(await stage.sees(stage.desk, "KHẨN"))


async def test_a_cancelled_urgent_draft_is_marked_at_the_desk(stage: Stage) -> None:
    stage.an.says("cháy nhà số 12 rồi")
    card = await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Huỷ"), "Huỷ")
    await told(stage, stage.an, "báo lại là anh/chị huỷ")
    assert await stage.sandbox.until(lambda: "người báo đã huỷ" in text_of(stage.desk.history[card["message_id"]]))
