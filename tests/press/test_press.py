"""Pictures and documents look as they did when somebody last looked at them, and are read by machines too.

`GOLDEN=1 pytest tests/press` draws the stored pictures anew; look at them before they are committed.
"""

import io
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from bot import press, typesetting
from bot.sealing import Seal
from data.engine import Database
from data.migrate import migrate
from data.people import RoleHolder
from data.sheets import Block, Job, Sheet
from data.vault import Vault
from tests.press.sheets import LINK, LONGEST, ORDINARY

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 240  # of a stored picture
ALIKE = 3.0  # mean difference of a channel, of 255: another type's edges make less, another line of words more
SHEETS = {"ordinary": ORDINARY, "longest": LONGEST}
MAKERS: dict[str, Callable[[Sheet, str], bytes]] = {
    "phone": press.phone,
    "a5": press.leaflet,
    "page": lambda sheet, theme: press.document(sheet, theme, "png"),
}


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def small(image: Image.Image) -> Image.Image:
    return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("maker", MAKERS)
def test_it_looks_as_it_did(maker: str, sheet: str, theme: str) -> None:
    drawn = small(opened(MAKERS[maker](SHEETS[sheet], theme)))
    file = GOLDEN / f"{maker}-{sheet}-{theme}.png"
    if os.environ.get("GOLDEN"):
        drawn.quantize(64).save(file, optimize=True)
    stored = Image.open(file).convert("RGB")
    assert drawn.size == stored.size
    difference = ImageStat.Stat(ImageChops.difference(drawn, stored)).mean
    assert max(difference) < ALIKE, difference


def test_the_measure_notices_another_line() -> None:
    other = small(opened(press.phone(ORDINARY, "dark")))
    stored = Image.open(GOLDEN / "phone-ordinary-light.png").convert("RGB")
    assert max(ImageStat.Stat(ImageChops.difference(other, stored)).mean) > ALIKE


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_picture_for_phones_is_1080_wide_and_telegram_takes_it(sheet: str) -> None:
    image = opened(press.phone(SHEETS[sheet]))
    assert image.width == 1080
    assert image.width + image.height <= 10_000  # sendPhoto
    assert image.height / image.width < 20


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_runs_over_an_edge(sheet: str, theme: str) -> None:
    """Beside the cards there is nothing but the ground, between the head and the foot."""
    image = opened(press.phone(SHEETS[sheet], theme))
    for x in (8, image.width - 9):
        column = [image.getpixel((x, y)) for y in range(0, image.height, 3)]
        assert len(set(column[len(column) // 3 : -len(column) // 6])) == 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_page_for_print_is_one_a5_and_its_code_leads_to_the_bot(sheet: str) -> None:
    image = opened(press.leaflet(SHEETS[sheet]))
    assert image.size == (1748, 2480)  # 148 x 210 mm at 300 dots an inch
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [LINK]


def test_the_code_is_read_on_a_dark_page_too() -> None:
    assert [code.text for code in zxingcpp.read_barcodes(opened(press.leaflet(ORDINARY, "dark")))] == [LINK]


def test_without_a_link_there_is_no_code() -> None:
    sheet = Sheet(ORDINARY.masthead, ORDINARY.month, ORDINARY.unit, ORDINARY.blocks, ORDINARY.endings)
    assert not zxingcpp.read_barcodes(opened(press.leaflet(sheet)))


def test_the_document_says_that_it_can_be_read_aloud() -> None:
    """PDF/UA-1: the typesetter refuses a document with pictures without words, or headings out of order."""
    made = press.document(LONGEST)
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    assert b"/Lang(vi" in made or b"/Lang (vi" in made
    assert re.search(rb"pdfuaid", made)


def test_what_looks_like_markup_is_only_words() -> None:
    sheet = Sheet("#panic()", "$x$", "*đậm*", (*ORDINARY.blocks[:1],), ORDINARY.endings, LINK, "@nobody <label>")
    assert press.phone(sheet)
    assert press.document(sheet)


async def test_files_of_a_draft_that_was_given_up_meanwhile_are_not_kept(tmp_path: Path) -> None:
    url, seal = f"sqlite+aiosqlite:///{tmp_path}/test.db", Seal([bytes(range(32))])
    migrate(url, tmp_path)
    database, vault = Database(url, seal), Vault(tmp_path / "vault", seal)
    job = Job(7, 1, "send", ORDINARY, RoleHolder("telegram:1", "Em"))
    worker = press.Press(database, vault)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(press, "next_sheet", lambda _: job)
        assert await worker._make_next()
    assert not list((tmp_path / "vault").iterdir())
    await database.close()


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "import time; time.sleep(60)"])
def test_a_typesetter_that_crashes_or_hangs_is_an_error_and_no_end(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(program, "utf-8")
    monkeypatch.setattr(typesetting, "TYPESETTER", tmp_path / "broken.py")
    monkeypatch.setattr(typesetting, "LONGEST", 0.5)
    with pytest.raises(RuntimeError):
        typesetting.typeset("poster.typ", {}, "png")


def test_a_correction_is_typeset_as_any_other_section() -> None:
    corrected = replace(ORDINARY, blocks=(Block("correction", "Đính chính", "Số đúng là 5."), *ORDINARY.blocks))
    assert press.phone(corrected).startswith(b"\x89PNG")
    assert press.document(corrected).startswith(b"%PDF")
