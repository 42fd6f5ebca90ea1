"""`Sửa`: one line of a draft is put right, by a choice or in words."""

import pytest

from tests.cast import Stage, text_of
from tests.conversations.reporting import Message, drafted, labels, told
from tests.conversations.test_draft_facts import STORY, columns_of, shown


async def menu(stage: Stage, words: str = STORY) -> Message:
    """The menu of what can be put right."""
    stage.an.presses(await drafted(stage, stage.an, words), "Sửa")
    return await told(stage, stage.an, "chọn chỗ cần sửa")


async def test_the_menu_names_what_can_be_put_right_and_goes_back(stage: Stage) -> None:
    choice = await menu(stage)
    for word in ("Nội dung", "Loại việc", "Thời gian", "Địa điểm"):
        assert word in labels(choice)
    stage.an.presses(choice, "Quay lại")
    await shown(stage, stage.an, "mat xe may", after=choice)
    stage.an.says("xe màu đỏ")  # more, not instead
    await shown(stage, stage.an, "mat xe may", "xe màu đỏ")


async def test_new_words_take_the_place_of_the_old_ones_from_the_menu_too(stage: Stage) -> None:
    stage.an.presses(await menu(stage), "Nội dung")
    await told(stage, stage.an, "Ảnh, vị trí đã gửi vẫn giữ")
    stage.an.says("mất xe đạp")
    assert "xe may" not in text_of(await shown(stage, stage.an, "mất xe đạp"))


async def test_a_kind_is_chosen_likely_ones_first_and_wins_over_what_is_read(stage: Stage) -> None:
    stage.an.presses(await menu(stage), "Loại việc")
    question = await told(stage, stage.an, "Loại việc gì")
    assert labels(question).startswith("Trộm cắp")
    stage.an.presses(question, "Việc khác")
    card = await shown(stage, stage.an, "Nơi", after=question)
    assert "Loại:" not in text_of(card)
    stage.an.says("mất trộm thật mà")
    card = await shown(stage, stage.an, "mất trộm thật mà")
    stage.an.presses(card, "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    assert await columns_of(stage, "kind") == ["khac"]


async def test_kinds_have_pages_and_may_be_typed(stage: Stage) -> None:
    stage.an.presses(await menu(stage), "Loại việc")
    question = await told(stage, stage.an, "Loại việc gì")
    stage.an.presses(question, "Loại khác")
    second = await told(stage, stage.an, "Loại việc gì", after=question)
    assert "Trộm cắp" not in labels(second)
    stage.an.says("xyz abc")
    await told(stage, stage.an, "chưa tìm ra loại đó")
    stage.an.says("lừa đảo")
    found = await told(stage, stage.an, "Loại việc gì", after=second)
    assert "Lừa đảo trực tiếp" in labels(found)
    stage.an.says("ma tuý")
    await shown(stage, stage.an, "Loại: Ma tuý")


async def test_a_time_is_typed_and_read_or_kept_as_it_was_said(stage: Stage) -> None:
    stage.an.presses(await menu(stage), "Thời gian")
    await told(stage, stage.an, "lúc nào ạ? Xin chọn")
    stage.an.says("sáng hôm kia")
    card = await shown(stage, stage.an, "Lúc: sáng hôm kia (")
    stage.an.presses(card, "Sửa")
    stage.an.presses(await told(stage, stage.an, "chọn chỗ cần sửa", after=card), "Thời gian")
    await told(stage, stage.an, "lúc nào ạ? Xin chọn", after=card)
    stage.an.says("lúc ông Ba ra đồng")
    card = await shown(stage, stage.an, "Lúc: lúc ông Ba ra đồng\n")
    stage.an.presses(card, "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    assert await columns_of(stage, "happened_from") == [None]


async def test_not_remembering_takes_away_what_was_read(stage: Stage) -> None:
    stage.an.presses(await menu(stage), "Địa điểm")
    stage.an.presses(await told(stage, stage.an, "Việc này ở đâu"), "Không rõ")
    card = await stage.sandbox.wait_for(
        stage.an.chat_with(), lambda m: "Lúc" in text_of(m) and "Nơi" not in text_of(m) and "Gửi" in labels(m)
    )
    assert "❓" not in text_of(card).replace("❔", "")


async def test_a_typed_place_wins_and_hides_numbers_of_people(stage: Stage) -> None:
    stage.an.presses(await menu(stage), "Địa điểm")
    await told(stage, stage.an, "Việc này ở đâu")
    stage.an.says("nhà bà Tư 0987654321")
    card = await shown(stage, stage.an, "Nơi: nhà bà Tư [số điện thoại 1]")
    assert "987" not in text_of(card)


@pytest.mark.parametrize("word", ["huỷ", "Huy"])
async def test_words_work_as_buttons_do_though_another_question_is_open(stage: Stage, word: str) -> None:
    await menu(stage)
    stage.an.says(word)
    await told(stage, stage.an, "bỏ tin này")


async def test_send_typed_long_after_other_things_were_shown_still_sends(stage: Stage) -> None:
    await drafted(stage, stage.an, STORY)
    stage.an.says("/trogiup")
    await told(stage, stage.an, "/trangthai")
    stage.an.says("gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
