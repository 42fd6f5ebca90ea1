"""Files of a tip: typed by what they are, refused politely where they are nothing, and every look is written down."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.cli import main
from bot.messages import Person
from bot.sandbox import sample_photo
from bot.services import evidence
from data import tables as t
from data.tips import tip_by_id
from data.unit_of_work import Work
from tests.cast import Stage
from tests.conversations.reporting import case_card, reported, told, with_button
from tests.test_cli import away_from_home, use

__all__ = ["away_from_home"]
pytestmark = pytest.mark.telegram_only("a Zalo bot is sent no files other than pictures and voices")


async def kept(stage: Stage) -> list[Any]:
    """Every row of evidence."""
    assert stage.app is not None
    return list(await stage.app.database.write(lambda work: work.all(select(t.evidence).order_by(t.evidence.c.id))))


async def acts(stage: Stage, act: str) -> list[tuple[str, str]]:
    """(who, subject) of the audit lines of one kind."""
    assert stage.app is not None

    def read(work: Work) -> list[tuple[str, str]]:
        rows = work.all(select(t.audit).where(t.audit.c.act == act).order_by(t.audit.c.id))
        return [(work.seal.unseal(row.sealed_actor, "actor").decode(), row.subject) for row in rows]

    return await stage.app.database.write(read)


async def test_a_file_is_what_it_contains_not_what_its_sender_says(stage: Stage) -> None:
    stage.an.sends_document(sample_photo(), "ghi-am.mp3", "audio/mpeg")
    await with_button(stage, stage.an.chat_with(), "Ẩn danh", "1 tệp")
    assert [row.mime for row in await kept(stage)] == ["image/jpeg"]


@pytest.mark.parametrize(
    ("content", "answer"),
    [(b"MZ\x90\0" + bytes(99), "là chương trình"), (b"\x7fELF" + bytes(99), "ảnh chụp màn hình")],
)
async def test_a_program_is_refused_politely_and_nothing_of_it_is_kept(
    stage: Stage, tmp_path: Path, content: bytes, answer: str
) -> None:
    stage.an.sends_document(content, "anh.jpg", "image/jpeg")
    await told(stage, stage.an, answer)
    assert await kept(stage) == []
    assert not (tmp_path / "vault").exists() or not list((tmp_path / "vault").iterdir())


async def test_a_file_beyond_the_limit_and_one_too_many_are_refused(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.evidence.MOST_FILES", 1)
    stage.an.sends_document(sample_photo(), "a.jpg", "image/jpeg")
    await with_button(stage, stage.an.chat_with(), "Ẩn danh", "1 tệp")
    stage.an.sends_document(sample_photo(), "b.jpg", "image/jpeg")
    await told(stage, stage.an, "không giữ thêm được")
    monkeypatch.setattr("bot.services.evidence.MOST_BYTES", 100)
    stage.binh.sends_document(sample_photo(), "c.jpg", "image/jpeg")
    await told(stage, stage.binh, "lớn quá")
    assert len(await kept(stage)) == 1


async def test_every_showing_is_audited_with_the_numbers_of_the_files_and_never_the_reporter(stage: Stage) -> None:
    stage.an.says("xe lạ đỗ trước nhà")
    stage.an.sends_document(sample_photo(), "a.jpg", "image/jpeg")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Ẩn danh", "1 tệp"), "Ẩn danh")
    card = await with_button(stage, stage.desk, "Tiếp nhận", "xe lạ")
    await stage.rests()
    (number,) = [row.id for row in await kept(stage)]
    code = card["text"].partition("TB-")[2][:11]
    assert await acts(stage, "evidence.shown") == [("clock ", f"TB-{code} #{number}")]
    stage.dung.presses(card, "Tiếp nhận")
    await case_card(stage, f"TB-{code}")
    await stage.rests()
    assert (await acts(stage, "evidence.shown"))[1] == (f"telegram:{stage.dung.id} Dũng", f"TB-{code} #{number}")


async def test_an_export_is_audited_with_who_and_which_in_lines_that_fit(stage: Stage) -> None:
    assert stage.app is not None
    await reported(stage, stage.an, "hàng xóm ồn")
    dung = Person("telegram", str(stage.dung.id), "Dũng")

    def export(work: Work) -> str:
        tip = tip_by_id(work, 1)
        evidence.note_exported(work, tip, dung, range(1_000_001, 1_000_013))
        return tip.code

    code = await stage.app.database.write(export)
    first, second = await acts(stage, "evidence.exported")
    assert first[0] == f"telegram:{stage.dung.id} Dũng"
    assert first[1].startswith(f"{code} #1000001,")
    assert second[1].endswith(",1000012")
    assert len(first[1]) <= 96


async def test_evidence_verify_finds_what_is_missing_or_changed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    for number in range(3):
        stage.an.sends_document(sample_photo(note=str(number)), "a.jpg", "image/jpeg")
    stage.an.sends_location(21.03, 105.84)
    await with_button(stage, stage.an.chat_with(), "Ẩn danh", "4 tệp")
    assert await asyncio.to_thread(main, ["evidence", "verify"]) == 0
    assert "4 files, 4 as received" in capsys.readouterr().out
    first, second, third, _place = await kept(stage)
    vault = tmp_path / "vault"
    (vault / first.file).unlink()
    (vault / second.file).write_bytes((vault / third.file).read_bytes())
    assert await asyncio.to_thread(main, ["evidence", "verify"]) == 1
    said = capsys.readouterr().out
    assert "4 files, 2 as received" in said
    assert f"missing: {first.id}\nchanged: {second.id}" in said
