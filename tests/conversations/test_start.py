"""Beginning, help, privacy, language, status, and commands that are not there yet."""

import re

import pytest

from tests.cast import Stage, text_of
from tests.conversations.reporting import labels, reported, told


@pytest.mark.telegram_only("no deep links")
async def test_start_says_what_the_bot_never_asks_for(stage: Stage) -> None:
    stage.an.starts(stage.bot)
    said = text_of(await told(stage, stage.an, "bot tự động"))
    for word in ("OTP", "mật khẩu", "tiền", "ảnh căn cước", "113"):
        assert word in said


async def test_help_names_no_command_that_is_not_there(stage: Stage) -> None:
    stage.an.says("/trợgiúp")
    said = text_of(await told(stage, stage.an, "/trangthai"))
    assert stage.app is not None
    named = set(re.findall(r"(?:^|\s)/(\w+)", said))
    assert len(named) > 10
    assert named <= stage.app.router.commands


@pytest.mark.parametrize("command", ["/thongke", "/STATS", "/console"])
async def test_a_command_whose_time_has_not_come_says_so(stage: Stage, command: str) -> None:
    stage.dung.says(command, stage.desk)
    await stage.sees(stage.desk, "chưa có")


async def test_english_is_spoken_where_it_was_chosen(stage: Stage) -> None:
    stage.an.says("/language")
    stage.an.presses(await told(stage, stage.an, "Which language"), "English")
    await told(stage, stage.an, "From now on")
    stage.an.says("noise every night")
    assert "Anonymous" in labels(await told(stage, stage.an, "This is what I noted"))
    stage.an.says("anonymous")
    await told(stage, stage.an, "Your report has been recorded")
    assert "Người báo ẩn danh" in text_of(await stage.sees(stage.desk, "noise every night"))


async def test_what_is_ones_own_is_not_said_in_a_group(stage: Stage) -> None:
    stage.an.says("/trangthai", stage.group5)
    await stage.sees(stage.group5, "chỉ trả lời riêng")


async def test_cancel_with_nothing_open(stage: Stage) -> None:
    stage.an.says("/huy")
    await told(stage, stage.an, "Không có việc gì")


async def test_a_code_opens_the_status_and_nothing_else(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "nhà số 5 đánh bạc")
    stage.binh.says(f"/trangthai {code.lower()}")
    said = text_of(await told(stage, stage.binh, "Đã nhận"))
    assert "đánh bạc" not in said
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    stage.an.says("/trangthai")
    assert code in text_of(await told(stage, stage.an, "Tin của anh/chị"))
    stage.an.says(f"/trangthai {code}")
    await told(stage, stage.an, "Đang xử lý")


async def test_guessing_codes_is_stopped_after_five(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "nhà số 5 đánh bạc")
    for number in range(5):
        stage.binh.says(f"/trangthai TB-260101-000{number}")
    stage.binh.says(f"/trangthai {code}")
    await told(stage, stage.binh, "sau một giờ")
    await stage.sees_nothing(stage.binh.chat_with(), "Đã nhận", within=0.1)


async def test_gui_in_private_becomes_a_draft(stage: Stage) -> None:
    stage.an.says("/gui đèn đường hỏng")
    await told(stage, stage.an, "đèn đường hỏng")
    stage.binh.says("/gui")
    await told(stage, stage.binh, "Không cần lệnh")


async def test_english_says_nothing_that_vietnamese_does_not(bare_stage: Stage) -> None:
    assert bare_stage.app is not None
    texts = bare_stage.app.texts
    assert texts.keys("en") <= texts.keys("vi")
    names = re.compile(r"{(\w+)}")
    for key in texts.keys("en"):
        said = [set(names.findall(texts._languages[language][key])) for language in ("vi", "en")]
        assert said[0] == said[1], key
