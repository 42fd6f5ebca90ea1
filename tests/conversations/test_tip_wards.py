"""Which ward a private tip goes to."""

import pytest

from bot.services.wards import new_setup_code
from tests.cast import Stage, text_of
from tests.conversations.reporting import drafted, forges, reported, told, with_button


async def second_ward(stage: Stage) -> None:
    """Another ward with a desk that is no forum."""
    assert stage.app is not None
    code = await stage.app.database.write(new_setup_code)
    stage.desk2 = stage.sandbox.add_group("Trực ban 2", stage.giang, [stage.hoa])
    stage.desk2.add_bot(stage.bot, by=stage.giang, admin=True)
    stage.giang.says(f"/thietlap {code} Xã Quảng La", stage.desk2)
    await stage.sees(stage.desk2, "Đã thiết lập")


async def test_with_several_wards_one_numbered_question_is_asked(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.says("mất xe đạp")
    await told(stage, stage.an, "phường, xã nào")
    stage.an.says("2")
    card = await with_button(stage, stage.an.chat_with(), "Gửi", "Quảng La")
    stage.an.presses(card, "Gửi")
    seen = await with_button(stage, stage.desk2, "Tiếp nhận", "mất xe đạp")
    await stage.sees_nothing(stage.desk, "mất xe đạp", within=0.1)
    stage.giang.presses(seen, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    await drafted(stage, stage.an, "mất thêm cái ghế")  # the last one chosen


async def test_a_typed_name_answers_too_and_more_of_the_story_does_not(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.says("mất xe đạp")
    await told(stage, stage.an, "phường, xã nào")
    stage.an.says("xe màu xanh")
    stage.an.says("ở hoa sua nhé")
    card = await with_button(stage, stage.an.chat_with(), "Gửi", "Hoa Sữa")
    assert "xe màu xanh" in text_of(card)
    assert "hoa sua nhé" not in text_of(card)


@pytest.mark.telegram_only("no deep links")
async def test_a_groups_link_decides_the_ward(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.starts(stage.bot, "g1")
    await told(stage, stage.an, "Phường Hoa Sữa")
    assert "Hoa Sữa" in text_of(await drafted(stage, stage.an, "mất xe đạp"))


async def test_numbers_never_wait_for_the_ward(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.says("cháy nhà rồi")
    numbers = await told(stage, stage.an, "gọi ngay")
    question = await told(stage, stage.an, "phường, xã nào")
    assert numbers["message_id"] < question["message_id"]
    stage.an.says("2")
    await stage.sees(stage.desk2, "CHƯA XÁC NHẬN")


async def test_a_desk_cannot_touch_another_wards_tip(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, "mất xe đạp")
    await second_ward(stage)
    own = await stage.sees(stage.desk2, "Đã thiết lập")
    assert "cũ" in await forges(stage, stage.giang, own, "case-accept:1")
    await stage.rests()
    assert "Chưa ai nhận" in text_of(stage.desk.history[card["message_id"]])


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_a_ward_that_does_not_exist_cannot_be_chosen(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.says("mất xe đạp")
    question = await told(stage, stage.an, "phường, xã nào")
    for data in (
        "tip-ward:1",
        "tip-ward:1:99",
        "tip-ward:1:x",
        "tip-ward:1:2:3",
        "tip-ward:1:²",
        "tip-ward:1:" + "9" * 40,
    ):
        assert "cũ" in await forges(stage, stage.an, question, data)


async def test_with_a_ward_and_an_officer_to_be_named_it_still_takes_seven_messages(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.says("mất xe đạp, anh cảnh sát khu vực lấy")
    stage.an.presses(await told(stage, stage.an, "phường, xã nào"), "Hoa Sữa")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Chỗ khác"), "Chỗ khác")
    await told(stage, stage.an, "gõ địa chỉ")
    stage.an.says("nhà bà Tư")
    card = await with_button(stage, stage.an.chat_with(), "Ẩn danh", "nhà bà Tư")
    assert "lúc nào" not in text_of(card)
    stage.an.presses(card, "Ẩn danh")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Có", "liên quan tới cán bộ"), "Có")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Không rõ"), "Không rõ")
    await told(stage, stage.an, "cất kín")
