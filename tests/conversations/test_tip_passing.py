"""A tip goes to another authority, with a sealed file about it; its reporter hears four words only."""

import hashlib
import io
import re
import zipfile
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from bot.parcels import open_parcel
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import (
    accepted,
    answer,
    case_card,
    drafted,
    forges,
    labels,
    passes,
    reported,
    told,
    topic_of,
    with_button,
)
from tests.conversations.test_tip_cases import closed
from tests.conversations.timing import said, strikes

DAY = 86400.0
POLICE = "Cơ quan CSĐT công an tỉnh"


async def passed(stage: Stage, card: dict[str, Any], officer: Any, to: str = POLICE) -> dict[str, Any]:
    """An officer passes a tip on: what the desk is told."""
    officer.presses(card, "Chuyển")
    assert await stage.sandbox.until(lambda: to in labels(stage.desk.history[card["message_id"]]))
    officer.presses(card, to)
    return await stage.sees(stage.desk, "đã chuyển tin")


async def test_the_reporter_hears_that_it_was_passed_on_and_no_more(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    notice = await passed(stage, card, stage.dung)
    assert code in topic_of(stage, notice)
    assert POLICE in text_of(notice)
    heard = text_of(await told(stage, stage.an, "Đã chuyển"))
    assert "CSĐT" not in heard
    assert "Dũng" not in heard
    assert await stage.sandbox.until(lambda: POLICE in text_of(stage.desk.history[card["message_id"]]))
    word = stage.dung.says("xin liên hệ tôi", stage.desk, reply_to=notice)
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(word["message_id"]))
    await stage.sees_nothing(stage.an.chat_with(), "liên hệ tôi", within=0.1)


async def test_four_places_are_offered_and_two_are_named(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.presses(card, "Chuyển")
    assert await stage.sandbox.until(lambda: "UBND phường" in labels(stage.desk.history[card["message_id"]]))
    offered = labels(stage.desk.history[card["message_id"]])
    for place in (POLICE, "UBND phường", "Công an phường khác", "Đơn vị khác"):
        assert place in offered
    stage.dung.presses(card, "Công an phường khác")
    question = await stage.sees(stage.desk, "tới công an phường, xã nào")
    stage.dung.says("Công an phường Hoa Mai", stage.desk, reply_to=question)
    assert "Công an phường Hoa Mai" in text_of(await stage.sees(stage.desk, "đã chuyển tin"))
    await told(stage, stage.an, "Đã chuyển")


async def test_a_new_tip_that_is_passed_on_is_followed_by_whoever_did_it(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "đèn đường hỏng")
    await passed(stage, card, stage.dung, "UBND phường")
    own = await case_card(stage, code)
    assert "Dũng theo dõi" in text_of(own)
    assert "⏰" not in text_of(own)


async def test_only_whoever_has_it_passes_it_on(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    assert "Dũng đang xử lý" in await answer(stage, stage.giang, card, "Chuyển")
    for data in (
        "pass-to:1",
        "pass-to:1:nobody",
        "pass-to:9:other",
        "decided:1:prosecuted",
        "case-decide:1",
        "case-file:1",
    ):
        assert "cũ" in await forges(stage, stage.dung, card, data)
    await stage.sees_nothing(stage.an.chat_with(), "Đã chuyển", within=0)


async def test_the_investigators_have_twenty_days_and_decide_once(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await passed(stage, card, stage.dung)
    assert await stage.sandbox.until(
        lambda: "(cơ quan điều tra quyết định)" in text_of(stage.desk.history[card["message_id"]])
    )
    await strikes(stage, 16 * DAY, "tip-clock")
    await stage.sees(stage.desk, "Nhắc Dũng")
    stage.dung.presses(card, "Quyết định")
    assert await stage.sandbox.until(lambda: "Khởi tố" in labels(stage.desk.history[card["message_id"]]))
    assert "Tạm đình chỉ" in labels(stage.desk.history[card["message_id"]])
    stage.dung.presses(card, "Khởi tố")
    await stage.sees(stage.desk, "quyết định Khởi tố")
    await strikes(stage, 16 * DAY, "tip-clock")
    assert not said(stage, "Quá hạn")
    await closed(stage, card, stage.dung, "Đã xử lý")
    await told(stage, stage.an, "Có kết quả")
    await stage.sees_nothing(stage.an.chat_with(), "hởi tố", within=0)


# --- the file


def jpeg() -> bytes:
    """A picture with metadata."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "MÁY ẢNH BÍ MẬT"
    Image.new("RGB", (8, 8), "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


async def handed_over(stage: Stage, words: str, how: str = "Gửi") -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A tip with a picture is passed on and its file asked for: its code, the file's message, the password's."""
    await drafted(stage, stage.an, words)
    stage.an.sends_photo(jpeg())
    await stage.rests()
    draft = await with_button(stage, stage.an.chat_with(), "Gửi")
    stage.an.presses(draft, how)
    card = await with_button(stage, stage.desk, "Tiếp nhận")
    stage.dung.presses(card, "Tiếp nhận")
    code = text_of(await told(stage, stage.an, "Mã tin")).partition("Mã tin: ")[2].split()[0]
    card = await case_card(stage, code)
    notice = await passed(stage, card, stage.dung)
    stage.dung.says("cần xem camera ở cổng", stage.desk, reply_to=notice)
    stage.dung.says("/ghichu nghi là chị An báo", stage.desk, topic=card["message_thread_id"])
    await stage.rests()
    stage.dung.presses(notice, "Hồ sơ bàn giao")
    password = await stage.sees(stage.desk, "Mật khẩu hồ sơ", timeout=10)
    file = await stage.sandbox.wait_for(stage.desk, lambda m: "document" in m and "Hồ sơ bàn giao" in text_of(m))
    return code, file, password


def opened(stage: Stage, file: dict[str, Any], password: dict[str, Any]) -> dict[str, bytes]:
    """What is in it, for whoever has the password."""
    typed = re.search(r"([0-9A-Z]{5}-){3}[0-9A-Z]{5}", text_of(password))
    assert typed
    sealed = stage.sandbox.files.find(file["document"]["file_id"]).content
    with zipfile.ZipFile(io.BytesIO(open_parcel(sealed, typed[0]))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


async def test_the_file_holds_summary_originals_and_sums(stage: Stage) -> None:
    code, file, password = await handed_over(stage, "mất xe đạp")
    assert code in topic_of(stage, file)
    assert file["message_id"] != password["message_id"]
    inside = opened(stage, file, password)
    assert inside["tom-tat.pdf"].startswith(b"%PDF")
    for line in inside["SHA256SUMS"].decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(inside[name]).hexdigest() == digest
    assert set(inside) > {"tom-tat.pdf", "SHA256SUMS"}


async def test_the_password_is_taken_down_and_kept_nowhere(stage: Stage) -> None:
    _code, _file, password = await handed_over(stage, "mất xe đạp")
    await passes(stage, "handover-hide")
    assert await stage.sandbox.until(lambda: password["message_id"] not in stage.desk.history)
    assert stage.app is not None

    def read(work: Any) -> tuple[Any, list[str]]:
        row = work.one(select(t.handovers.c.sealed))
        return row.sealed, [line.act for line in work.all(select(t.audit.c.act))]

    sealed, acts = await stage.app.database.write(read)
    assert sealed is None
    assert "tip.exported" in acts


@pytest.mark.telegram_only("one platform is enough")
async def test_the_summary_says_what_happened_and_never_who_reported(stage: Stage) -> None:
    code, _file, _password = await handed_over(stage, "em An đây, mất xe đạp ở chợ", "Ẩn danh")
    assert stage.app is not None
    from bot.binder import Binder
    from bot.services import handover

    def again(work: Any) -> Any:
        work.run(
            t.handovers.update().values(made_at=None, sealed=work.seal.seal(b'{"by":"x","password":"y"}', "handover"))
        )
        return handover.next_job(work)

    job = await stage.app.database.write(again)
    app = stage.app
    data = str(Binder(app.database, app.vault, app.texts, app.around.content, app.settings.zone).summary(job))
    for words in (code, "mất xe đạp ở chợ", "cần xem camera ở cổng", POLICE, "Phường Hoa Sữa"):
        assert words in data
    assert "An" not in re.findall(r"\w+", data.replace("Công An", ""))
    assert "chị An báo" not in data


async def test_the_file_leaves_the_vault_after_a_day(stage: Stage) -> None:
    await handed_over(stage, "mất xe đạp")
    assert stage.app is not None

    def file(work: Any) -> str:
        return str(work.one(select(t.handovers.c.files)).files)

    name = await stage.app.database.write(file)
    assert stage.app.vault.get(name)
    await passes(stage, "handover-end")
    with pytest.raises(FileNotFoundError):
        stage.app.vault.get(name)


async def test_a_file_that_cannot_be_made_is_said_so(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    notice = await passed(stage, card, stage.dung)
    assert stage.app is not None

    def lose(work: Any) -> None:
        work.run(
            t.evidence.insert().values(
                tip_id=1, kind="photo", file="0" * 32, mime="", sha256="0" * 64, size=1, at=work.now
            )
        )

    await stage.app.database.write(lose)
    stage.dung.presses(notice, "Hồ sơ bàn giao")
    await stage.sees(stage.desk, "chưa lập được hồ sơ", timeout=10)
