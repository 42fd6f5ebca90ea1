"""What a reporter does after sending: takes a tip back, adds to one, and keeps several apart by code."""

import pytest

from bot.sandbox import sample_photo
from data import tables as t
from tests.cast import Stage, is_picture, text_of
from tests.conversations.after import rows_of, sent
from tests.conversations.reporting import (
    accepted,
    drafted,
    forges,
    labels,
    passes,
    reported,
    told,
    topic_of,
    with_button,
)


async def test_a_tip_is_taken_back_by_its_code_and_both_sides_hear_it(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "nhà số 5 đánh bạc", "Ẩn danh")
    stage.an.says(f"/rut {code.lower()}")
    heard = text_of(await told(stage, stage.an, "Em đã báo trực ban"))
    assert "vẫn giữ theo luật" in heard
    await stage.sees(stage.desk, "rút tin")
    assert await stage.sandbox.until(lambda: "người báo đã huỷ" in text_of(stage.desk.history[card["message_id"]]))
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "đã rút rồi")


async def test_what_staff_may_have_seen_stays_after_a_withdrawal(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "nhà số 5 đánh bạc")
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "Em đã báo trực ban")
    await stage.rests()
    assert "đánh bạc" in text_of(stage.desk.history[card["message_id"]])
    stage.dung.presses(card, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý"), "Đã xử lý")
    await told(stage, stage.an, "Có kết quả")
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "đã rút rồi")


async def test_a_closed_tip_cannot_be_taken_back(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "nhà số 5 đánh bạc")
    stage.dung.presses(card, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý"), "Đã xử lý")
    await told(stage, stage.an, "Có kết quả")
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "đã có kết quả")


async def test_without_a_code_the_open_tips_are_listed_and_chosen_by_number(stage: Stage) -> None:
    first = await sent(stage, stage.an, "mất xe đạp")
    second = await sent(stage, stage.an, "nhà số 5 đánh bạc")
    stage.an.says("/rút")
    listed = await told(stage, stage.an, "rút tin nào")
    assert labels(listed).index(second) < labels(listed).index(first)
    assert "mất xe đạp" in labels(listed)
    stage.an.says("2")
    await told(stage, stage.an, f"rút tin {first}")
    stage.an.says("/rut")
    again = await told(stage, stage.an, "rút tin nào", after=listed)
    assert first not in labels(again)


async def test_quiet_tips_are_listed_by_code_alone(stage: Stage) -> None:
    stage.an.says("chồng đánh vợ bên nhà hàng xóm")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Ẩn danh"), "Ẩn danh")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    stage.an.says("/rut")
    listed = await told(stage, stage.an, "rút tin nào")
    assert "TB-" in labels(listed)
    assert "chồng" not in str(listed)


async def test_nothing_open_is_said_so(stage: Stage) -> None:
    stage.an.says("/withdraw")
    await told(stage, stage.an, "không có tin nào đang mở")


async def test_somebody_elses_code_is_answered_as_one_that_does_not_exist(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "mất xe đạp")
    stage.binh.says(f"/rut {code}")
    foreign = await told(stage, stage.binh, "không thấy tin")
    stage.binh.says("/rut TB-260101-0000")
    unknown = await told(stage, stage.binh, "không thấy tin", after=foreign)
    assert text_of(foreign) == text_of(unknown)
    for _ in range(3):
        stage.binh.says(f"/rut {code}")
    stage.binh.says("/rut TB-260101-0000")
    await told(stage, stage.binh, "đã thử nhiều mã")
    assert "đã huỷ" not in text_of(stage.desk.history[card["message_id"]])


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_a_changed_client_moves_nothing_that_is_not_its_own(stage: Stage) -> None:
    await reported(stage, stage.an, "mất xe đạp")
    mine = await drafted(stage, stage.binh, "đèn hỏng")
    for data in ("tip-back:1", "tip-back:x", "tip-back", "tip-join:2:1", "tip-join:1:1", "tip-join:2", "tip-join:2:x"):
        assert "cũ" in await forges(stage, stage.binh, mine, data)
    await stage.sees_nothing(stage.desk, "đèn hỏng", within=0.1)


# --- adding


async def test_a_new_draft_offers_the_open_tips_and_moves_into_one(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.an.says("xe màu xanh, có giỏ, gọi 0912 345 678")
    draft = await with_button(stage, stage.an.chat_with(), "Thêm vào", "xe màu xanh")
    assert f"Thêm vào {code}" in labels(draft)
    assert "mất xe đạp" in labels(draft)
    stage.an.presses(draft, f"Thêm vào {code}")
    passed = await stage.sees(stage.desk, "xe màu xanh")
    assert code in topic_of(stage, passed)
    assert "345 678" not in text_of(passed)
    await told(stage, stage.an, "Em đã chuyển lời")
    assert card["message_thread_id"] == passed["message_thread_id"]
    assert [row.code for row in await rows_of(stage, t.tips.c.code)] == [code]


async def test_pictures_move_with_the_draft(stage: Stage) -> None:
    code, _card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.an.sends_photo(sample_photo(note="xe"))
    draft = await with_button(stage, stage.an.chat_with(), f"Thêm vào {code}", "1 tệp")
    stage.an.presses(draft, f"Thêm vào {code}")
    shown = await stage.sandbox.wait_for(stage.desk, is_picture)
    assert code in topic_of(stage, shown)
    await stage.rests()
    assert [row.tip_id for row in await rows_of(stage, t.evidence.c.tip_id)] == [1]


async def test_the_three_newest_are_offered_and_an_ended_one_is_not(stage: Stage) -> None:
    codes = [await sent(stage, stage.an, f"việc thứ {number}") for number in range(4)]
    draft = await drafted(stage, stage.an, "nói thêm")
    assert [code in labels(draft) for code in codes] == [False, True, True, True]
    stage.an.says("/huy")
    await told(stage, stage.an, "bỏ tin này")
    stage.an.says(f"/rut {codes[3]}")
    await told(stage, stage.an, "Em đã báo trực ban")
    draft = await drafted(stage, stage.an, "nói nữa")
    assert [code in labels(draft) for code in codes] == [True, True, True, False]


async def test_somebody_without_open_tips_is_offered_none(stage: Stage) -> None:
    await reported(stage, stage.an, "mất xe đạp")
    assert "Thêm vào" not in labels(await drafted(stage, stage.binh, "đèn hỏng"))


async def test_an_urgent_draft_goes_to_the_desk_and_is_not_offered_elsewhere(stage: Stage) -> None:
    await reported(stage, stage.an, "mất xe đạp")
    stage.an.says("có người cầm dao đuổi nhau")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    assert "Thêm vào" not in labels(await with_button(stage, stage.an.chat_with(), "Gửi", "cầm dao"))


async def test_words_with_the_code_of_an_own_tip_go_to_it(stage: Stage) -> None:
    first = await sent(stage, stage.an, "mất xe đạp")
    second = await sent(stage, stage.an, "nhà số 5 đánh bạc")
    stage.an.says(f"{first}: nhớ thêm là xe có giỏ")
    passed = await stage.sees(stage.desk, "xe có giỏ")
    assert text_of(passed).startswith(f"💬 Người báo {first}")
    assert second not in text_of(passed)
    heard = await told(stage, stage.an, "Em đã chuyển lời")
    assert first in text_of(heard)
    await drafted(stage, stage.an, "việc mới hẳn")
    stage.an.says(f"tin {second.lower().replace('-', ' ')} là việc khác")
    await stage.rests()
    await stage.sees_nothing(stage.desk, "việc khác", within=0.1)
    stage.an.says(f"{second} tối nay lại chơi")
    await stage.sees(stage.desk, "tối nay lại chơi")


async def test_the_code_alone_asks_how_the_tip_stands(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    stage.an.says(code.lower())
    await told(stage, stage.an, f"Tin {code}: Đã nhận")
    assert [row.what for row in await rows_of(stage, t.tip_events.c.what)] == ["named"]


async def test_the_code_of_somebody_else_is_only_words(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    draft = await drafted(stage, stage.binh, f"{code}: tôi biết ai lấy")
    assert "Gửi" in labels(draft)
    await stage.sees_nothing(stage.desk, "biết ai lấy", within=0.2)


async def test_an_answer_that_names_another_tip_goes_to_that_one(stage: Stage) -> None:
    first, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    second = await sent(stage, stage.an, "nhà số 5 đánh bạc")
    stage.dung.says("/gui Xe màu gì ạ?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "Xe màu gì")
    stage.an.says(f"{second} tối nay lại chơi")
    assert first not in topic_of(stage, await stage.sees(stage.desk, "tối nay lại chơi"))
    stage.an.says("màu xanh")
    assert first in topic_of(stage, await stage.sees(stage.desk, "màu xanh"))


async def test_after_a_withdrawal_the_officers_question_waits_no_longer(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/gui Xe màu gì ạ?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "Xe màu gì")
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "Em đã báo trực ban")
    await drafted(stage, stage.an, "hôm nay trời đẹp")
    await stage.sees_nothing(stage.desk, "trời đẹp", within=0.1)


async def test_english_speakers_are_told_in_english(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    stage.an.says("/language en")
    await told(stage, stage.an, "English")
    stage.an.says("/withdraw")
    assert "Take back" in labels(await told(stage, stage.an, "Which report"))
    stage.an.says(f"/withdraw {code}")
    await told(stage, stage.an, "I have told the desk")


async def test_a_moved_draft_is_neither_recalled_nor_erased(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    stage.an.presses(await drafted(stage, stage.an, "xe màu xanh"), f"Thêm vào {code}")
    await told(stage, stage.an, "Em đã chuyển lời")
    await passes(stage, "draft-recall")
    await passes(stage, "draft-erase")
    await stage.sees_nothing(stage.an.chat_with(), "chưa gửi", within=0.1)
