"""What a group or somebody beside the phone must not read: neutral words, and nothing in a group."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.codes import find_code
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import answer, case_card, told, with_button

PREVIEW = 40  # letters of a message that a locked phone shows at least
BEATEN = "cô giáo đánh các cháu ở lớp mẫu giáo"
SUBJECT = ("cô giáo", "cháu", "trẻ", "đánh", "xâm hại", "bạo", "mẫu giáo", "karaoke", "ồn", "gây rối")


def previews(stage: Stage, person: object) -> list[str]:
    """How each message of the bot to somebody begins; an edit is announced by no phone."""
    said = [m for m in person.chat_with().messages if m["from"]["is_bot"]]  # type: ignore[attr-defined]
    return [text_of(m)[:PREVIEW].lower() for m in said if "edit_date" not in m]


@pytest.mark.parametrize("words", [BEATEN, "karaoke ồn quá ở nhà văn hoá"])
async def test_no_preview_names_what_a_tip_is_about(stage: Stage, words: str) -> None:
    code, case = await taken_on(stage, words)
    if words == BEATEN:  # of anything else what an officer writes is shown as it is
        await written(stage, code, case, "Cô giáo đánh các cháu lúc mấy giờ ạ?")
        stage.an.says("chiều hôm qua")
        await told(stage, stage.an, "đã chuyển lời")
    await answer(stage, stage.dung, await case_card(stage, code), "Đóng")
    await answer(stage, stage.dung, await with_button(stage, stage.desk, "Đã xử lý", code), "Đã xử lý")
    await told(stage, stage.an, "Việc đã ổn chưa")
    named = [(said, word) for said in previews(stage, stage.an) for word in SUBJECT if word in said]
    assert named == []


@pytest.mark.telegram_only("no formatting")
async def test_of_children_and_families_a_letter_is_covered(stage: Stage) -> None:
    code, case = await taken_on(stage, BEATEN)
    letter = await written(stage, code, case, "Cô giáo đánh các cháu lúc mấy giờ ạ?")
    assert text_of(letter).startswith("🔔 Có lời nhắn")
    assert [entity["type"] for entity in letter["entities"]][-1] == "spoiler"


async def test_the_numbers_come_first_for_what_is_urgent_without_words_of_danger(stage: Stage) -> None:
    stage.an.says("ngã tư có vụ tông trúng cột đèn")
    assert text_of(await with_button(stage, stage.an.chat_with(), "Gửi")).startswith("☎️ Có người bị thương gọi 115")


async def taken_on(stage: Stage, words: str) -> tuple[str, dict[str, Any]]:
    """A tip of which its own draft may not say what it is about: its code, and the card in its topic."""
    stage.an.says(words)
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi"), "Gửi")
    code = find_code(text_of(await told(stage, stage.an, "Tin đã được ghi nhận")))
    assert code
    stage.dung.presses(await with_button(stage, stage.desk, "Tiếp nhận", code), "Tiếp nhận")
    return code, await case_card(stage, code)


async def written(stage: Stage, code: str, case: dict[str, Any], words: str) -> dict[str, Any]:
    """An officer asks; what arrives."""
    stage.dung.presses(case, "Hỏi thêm")
    prompt = await stage.sees(stage.desk, "hỏi người báo tin " + code)
    stage.dung.says(words, stage.desk, reply_to=prompt)
    return await told(stage, stage.an, words)


async def test_what_is_urgent_without_words_of_danger_begins_with_the_numbers(stage: Stage) -> None:
    stage.an.says(BEATEN)
    draft = await with_button(stage, stage.an.chat_with(), "Gửi")
    assert text_of(draft).startswith("Cần giúp ngay")
    assert "111" in text_of(draft)
    assert "cháu" not in text_of(draft)


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_in_a_group_a_tip_about_children_is_kept_and_taken_down(stage: Stage) -> None:
    stage.group5.promote(stage.bot, can_delete_messages=True)
    said = stage.an.says(f"/tinbao {BEATEN}", stage.group5)
    await stage.sees(stage.desk, "mẫu giáo")
    await stage.sees(stage.group5, "nhắn riêng cho em")
    await stage.rests()
    assert said["message_id"] not in stage.group5.history
    assert not [text for text in stage.group5.texts() if "TB-" in text]


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_in_a_group_what_hints_at_an_officer_is_taken_down_and_kept_nowhere(stage: Stage) -> None:
    stage.group5.promote(stage.bot, can_delete_messages=True)
    said = stage.an.says("/tinbao công an phường bảo kê sòng bạc", stage.group5)
    await stage.sees(stage.group5, "chưa gửi cho ai")
    await stage.rests()
    assert said["message_id"] not in stage.group5.history
    await stage.sees_nothing(stage.desk, "bảo kê", within=0.2)
    assert stage.app is not None
    count = select(func.count()).select_from(t.tips)
    assert (await stage.app.database.write(lambda work: work.run(count).scalar())) == 0


async def test_what_is_going_on_is_said_so(stage: Stage) -> None:
    stage.an.says("dang co nguoi hat karaoke on qua o nha van hoa")
    assert "Lúc: đang xảy ra" in text_of(await with_button(stage, stage.an.chat_with(), "Gửi"))
