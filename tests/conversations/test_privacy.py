"""`/riengtu` tells the truth: its numbers are those by which things are erased."""

import pytest

from bot.config import RetentionSettings
from tests.cast import Stage, text_of
from tests.conversations.reporting import told, with_button


async def test_privacy_says_what_is_kept_how_long_who_sees_it_and_how_to_erase(stage: Stage) -> None:
    stage.an.says("/riengtu")
    message = await with_button(stage, stage.an.chat_with(), "Chi tiết", "Em giữ gì")
    said = text_of(message)
    for words in ("24 giờ", "90 ngày sau khi xong", "1 năm sau khi xong", "công an phường xem", "/xoadulieu"):
        assert words in said
    assert "Telegram, Zalo vẫn giữ" in said
    assert len(said.split("\n1. ")[0].strip().split("\n")) <= 12
    stage.an.presses(message, "Chi tiết")
    more = text_of(await told(stage, stage.an, "không phải không ai biết"))
    for words in ("48 giờ", "180 ngày", "30 ngày sau khi xong", "2 năm sau khi xong", "sau 5 năm", "2 ngày làm việc"):
        assert words in more


async def test_the_numbers_are_those_of_the_settings(stage: Stage) -> None:
    assert stage.app is not None
    terms = RetentionSettings(informant_days=45, feedback_days=731)
    object.__setattr__(stage.app.settings, "retention", terms)
    stage.an.says("/riengtu")
    said = text_of(await told(stage, stage.an, "Em giữ gì"))
    assert "45 ngày sau khi xong" in said
    assert "2 năm sau khi xong" in said


async def test_it_is_told_in_groups_and_at_the_desk_too(stage: Stage) -> None:
    stage.an.says("/riengtu", stage.group5)
    await stage.sees(stage.group5, "Em giữ gì")
    stage.dung.says("/riengtu", stage.desk)
    await stage.sees(stage.desk, "Em giữ gì")


@pytest.mark.telegram_only("said in the words of the phone, which are the same")
async def test_in_english_too(stage: Stage) -> None:
    stage.an.says("/language en")
    await told(stage, stage.an, "From now on")
    stage.an.says("/privacy")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Details", "90 days after the end"), "Details")
    await told(stage, stage.an, "not unknown")
