"""Residents find bulletins by month, by number, or the newest, in their group and in private, with or without `/`."""

from typing import Any

import pytest

from data import tables as t
from tests.cast import Stage, is_picture, text_of
from tests.conversations.after import rows_of
from tests.conversations.broadcasting import forges
from tests.conversations.bulletining import issued, opened, previewed
from tests.conversations.reporting import labels, told


async def two_issues(stage: Stage) -> None:
    """Number 1 of March 2025, and number 2 of April 2025."""
    await issued(stage, stage.dung, stage.em, "/bantin tháng 3/2025")
    await stage.rests()
    card = (await opened(stage, stage.dung, "/bantin tháng 4/2025"))["message_id"]
    newest = stage.desk.history[card]
    stage.dung.presses(newest, "Xem và gửi")
    preview = await stage.sees(stage.desk, "Xem trước", timeout=10, after=card)
    stage.dung.presses(preview, "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt", after=preview["message_id"]), "Duyệt")
    await stage.sees(stage.group5, "Bản tin số 2")
    await stage.sees(stage.group7, "Bản tin số 2")


async def test_before_the_first_one_there_is_a_kind_word(stage: Stage) -> None:
    stage.an.says("/bantin")
    await told(stage, stage.an, "Chưa có bản tin nào")
    stage.an.says("/bantin", stage.group5)
    await stage.sees(stage.group5, "Chưa có bản tin nào")


async def test_a_draft_is_nobodys_to_read(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    await previewed(stage, stage.dung, card)
    stage.an.says("ban tin")
    await told(stage, stage.an, "Chưa có bản tin nào")
    stage.an.says("/start b1")
    await stage.sees_nothing(stage.an.chat_with(), "Bản tin số 1", within=0.3)


async def test_it_is_found_by_month_number_and_in_free_words(stage: Stage) -> None:
    await two_issues(stage)
    for words, number in (
        ("/bantin", 2),
        ("bản tin tháng 3", 1),
        ("cho em xem ban tin thang 4 a", 2),
        ("/bantin 1", 1),
        ("/BẢNTIN tháng 4/2025", 2),
        ("ban tin so 1", 1),
        ("/bantin nang nong", 2),  # April's reminder
        ("/bantin 4", 2),  # there is no number 4: the month is meant
    ):
        before = max((m["message_id"] for m in stage.an.chat_with().messages), default=0)
        stage.an.says(words)
        found = await told(stage, stage.an, f"Bản tin số {number} ·", after={"message_id": before})
        assert "ảnh căn cước, hay bảo cài ứng dụng" in text_of(found), words
        assert "Không tự ý vây bắt" in text_of(found)
    assert not await rows_of(stage, t.tips.c.id)  # nothing of this was taken for a tip


async def test_what_there_is_not_is_answered_with_what_there_is(stage: Stage) -> None:
    await two_issues(stage)
    stage.an.says("bản tin tháng 7")
    offered = await told(stage, stage.an, "không thấy bản tin đó")
    assert "Số 1 · 3/2025" in labels(offered)
    stage.an.presses(offered, "Số 1")
    shown = await told(stage, stage.an, "Bản tin số 1 ·")
    stage.an.presses(shown, "Các số khác")
    assert "Số 2" in labels(await told(stage, stage.an, "muốn đọc số nào"))
    stage.an.says("/bantin hôm qua")
    await told(stage, stage.an, "không thấy bản tin nào như vậy")


async def test_in_a_group_it_answers_and_is_not_relayed(stage: Stage) -> None:
    await issued(stage, stage.dung, stage.em)
    await stage.rests()
    before = max(m["message_id"] for m in stage.group5.messages)
    stage.an.says("@binhyen_bot bản tin mới nhất", stage.group5)
    await stage.sees(stage.group5, "Bản tin số 1 ·", after=before)
    await stage.sees_nothing(stage.desk, "bản tin mới nhất", within=0.2)


async def test_what_only_begins_like_it_is_a_tip(stage: Stage) -> None:
    stage.an.says("bản tin hôm qua nói sai, xe tôi mất ở ngõ 5")
    await told(stage, stage.an, "mất ở ngõ 5")
    assert len(await rows_of(stage, t.tips.c.id)) == 1


@pytest.mark.telegram_only("the printed code opens Telegram")
async def test_the_printed_code_opens_the_issue_with_its_picture(stage: Stage) -> None:
    await issued(stage, stage.dung, stage.em)
    stage.an.says("/start b1")
    await told(stage, stage.an, "Bản tin số 1 ·")
    assert any(is_picture(m) for m in stage.an.chat_with().messages)


@pytest.mark.telegram_only("buttons")
async def test_a_forged_number_opens_nothing(stage: Stage) -> None:
    await two_issues(stage)
    stage.an.says("/bantin 1")
    shown: dict[str, Any] = await told(stage, stage.an, "Bản tin số 1 ·")
    assert "Nút này đã cũ" in await forges(stage, stage.an, shown, "bulletin-read:77")
