"""`/caidat`: a chief sees and changes what the ward may set, within its bounds, and it is written down."""

from typing import Any

import pytest
from sqlalchemy import select

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import reported

pytestmark = pytest.mark.telegram_only("a desk is on Telegram")


async def test_the_rules_are_listed_with_their_values(stage: Stage) -> None:
    stage.em.says("/caidat", stage.desk)
    listed = text_of(await stage.sees(stage.desk, "Cài đặt của phường"))
    for words in ("Tin khẩn: cán bộ xem trong: 15 phút (look_urgent)", "75%", "7 giờ", "Gây rối"):
        assert words in listed
    assert stage.app is not None
    assert listed.count("\n") == len(stage.app.around.content.rules) + 1


async def test_a_chief_changes_one_and_it_is_audited(stage: Stage) -> None:
    stage.em.says("/caidat look_urgent 10 phút", stage.desk)
    assert "Người đổi: Em" in text_of(await stage.sees(stage.desk, "nay là 10 phút"))
    stage.em.says("/settings 10 8h", stage.desk)
    await stage.sees(stage.desk, "Điểm tin buổi sáng lúc: nay là 8 giờ")
    stage.em.says("/caidat remind_at 80%", stage.desk)
    await stage.sees(stage.desk, "nay là 80%")
    stage.em.says("/caidat moderated_kinds that_lac, gay_roi", stage.desk)
    await stage.sees(stage.desk, "nay là Gây rối")
    assert stage.app is not None

    def read(work: Any) -> tuple[list[str], list[tuple[str, str]]]:
        acts = work.all(select(t.audit.c.subject).where(t.audit.c.act == "rule.set").order_by(t.audit.c.id))
        return [row.subject for row in acts], [
            tuple(row) for row in work.all(select(t.ward_rules.c.name, t.ward_rules.c.value))
        ]

    subjects, values = await stage.app.database.write(read)
    assert subjects == ["look_urgent=10", "digest_hour=8", "remind_at=0.8", "moderated_kinds=gay_roi that_lac"]
    assert ("digest_hour", "8") in values


async def test_a_desk_that_shows_summaries_reads_no_story(stage: Stage) -> None:
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)
    await stage.sees(stage.desk, "nay là tóm tắt")
    stage.em.says("/caidat desk_shows", stage.desk)
    await stage.sees(stage.desk, "hiện: tóm tắt")
    _, card = await reported(stage, stage.an, "mất xe đạp ở ngõ 12")
    assert "Trộm cắp" in text_of(card)
    assert "xe đạp" not in text_of(card)
    stage.dung.says("/start", to=stage.bot)
    stage.dung.presses(card, "Đọc riêng")
    assert "ngõ 12" in text_of(await stage.sees(stage.dung.chat_with(stage.bot), "mất xe đạp"))
    await stage.sees_nothing(stage.desk, "xe đạp", within=0.1)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("desk_shows nửa", "đầy đủ"),
        ("look_urgent 2", "từ 3 đến 120"),
        ("look_urgent nhiều", "gõ một số"),
        ("look_urgent 10 ngày", "gõ một số"),
        ("look_urgent -5", "gõ một số"),
        ("look_urgent 1e9", "gõ một số"),
        ("digest_hour 7,5", "từ 0 đến 23"),
        ("remind_at 99%", "từ 50% đến 95%"),
        ("lương 5", "không có cài đặt nào"),
        ("99 5", "không có cài đặt nào"),
        ("moderated_kinds ma_tuy", "chọn trong các loại này"),
        ("look_urgent", "Đổi: /caidat look_urgent"),
    ],
)
async def test_what_is_out_of_bounds_is_refused_politely(stage: Stage, typed: str, answer: str) -> None:
    stage.em.says(f"/caidat {typed}", stage.desk)
    await stage.sees(stage.desk, answer)
    assert stage.app is not None
    assert not await stage.app.database.write(lambda work: work.all(select(t.ward_rules)))


async def test_only_chiefs(stage: Stage) -> None:
    for words in ("/caidat", "/caidat look_urgent 100"):
        stage.dung.says(words, stage.desk)
        await stage.sees(stage.desk, "dành cho chỉ huy")
    await stage.sees_nothing(stage.desk, "Cài đặt của phường", within=0.1)
