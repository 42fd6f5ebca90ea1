"""Typesets bulletins beside the conversations: pictures for phones and print, and a document. No transaction waits."""

import asyncio
import io
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from bot.delivery.intake import Intake
from bot.domain.brevity import shared_out
from bot.errors import BinhYenError
from bot.logs import error_place
from bot.typesetting import Form, Standard, keep_making, softened, typeset
from data.engine import Database
from data.sheets import Job, Sheet, finish_sheet, next_sheet
from data.vault import Vault

log = logging.getLogger(__name__)
PHONE_PPI = 216.0  # 360 pt are 1,080 pixels
PRINT_PPI = 300.0
PICTURE_ROOM = 700  # letters of sections' texts: Telegram makes a picture smaller that is much higher than 2,560 pixels
Maker = Callable[[Sheet], bytes]


class Press:
    """Runs while this process holds the lease."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def run(self, _intake: Intake) -> None:
        """Make what was asked for, for ever."""
        await keep_making("bulletins", self._make_next)

    async def _make_next(self) -> bool:
        job = await self._database.write(next_sheet)
        if job is None:
            return False
        try:
            files = await asyncio.to_thread(self._typeset, job)
        except (OSError, ValueError, TypeError, RuntimeError, BinhYenError) as error:
            log.error("sheet %s failed (%s at %s)", job.id, type(error).__name__, error_place(error))  # noqa: TRY400
            files = {}
        if not await self._database.write(lambda work: finish_sheet(work, job.id, files)):
            for name in files.values():
                self._vault.erase(name)
        return True

    def _typeset(self, job: Job) -> dict[str, str]:
        """In a thread of its own: the names under which the files lie in the vault. None where one cannot be made."""
        makers = PURPOSES[job.purpose]
        made = {make: make(job.sheet) for make in dict.fromkeys(makers.values())}
        return {name: self._vault.put(made[make]) for name, make in makers.items()}


def phone(sheet: Sheet, theme: str = "light") -> bytes:
    """The long picture for phones, 1,080 pixels wide."""
    return set_in("poster.typ", concise(sheet), "png", PHONE_PPI, theme=theme, layout="phone")


def night(sheet: Sheet) -> bytes:
    """The same on a dark ground, for screens."""
    return phone(sheet, "dark")


def leaflet(sheet: Sheet, theme: str = "light") -> bytes:
    """One A5 page for print, with a code that leads to the bot."""
    return set_in("poster.typ", concise(sheet), "png", PRINT_PPI, theme=theme, layout="a5")


def document(sheet: Sheet, theme: str = "light", form: Form = "pdf") -> bytes:
    """The whole bulletin to read and to print: tagged, so that a screen reader can."""
    try:
        return set_in("bulletin.typ", sheet, form, PHONE_PPI / 2, standard="ua-1", theme=theme, layout="a4")
    except RuntimeError:  # a letter that the type does not have: it is shown all the same, but cannot be vouched for
        return set_in("bulletin.typ", sheet, form, PHONE_PPI / 2, theme=theme, layout="a4")


def concise(sheet: Sheet) -> Sheet:
    """What a picture has room for: long texts give way, and it says where to read on."""
    texts = shared_out([one.text for one in sheet.blocks], PICTURE_ROOM)
    blocks = tuple(replace(one, text=text) for one, text in zip(sheet.blocks, texts, strict=True))
    return replace(sheet, blocks=blocks, more=sheet.more if blocks != sheet.blocks else "")


PURPOSES: Mapping[str, Mapping[str, Maker]] = {
    "send": {"picture": phone, "kept": phone},
    "correct": {"picture": phone},
    "print": {"phone": phone, "night": night, "leaflet": leaflet, "document": document},
}
"""What is made for what. A broadcast erases its picture in time, so the archive keeps one of its own."""


def set_in(template: str, sheet: Sheet, form: Form, ppi: float, standard: Standard | None = None, **how: str) -> bytes:
    """A sheet in one of the templates, in the house's type. Of several pages as pictures the first."""
    data = softened(asdict(sheet)) | how | {"qr": code_of(sheet.link)}
    return typeset(template, data, form, ppi=ppi, standard=standard)[0]


def code_of(link: str) -> str:
    """The QR code of a link as SVG; none without a link."""
    if not link:
        return ""
    import segno

    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=0, dark="#15223b", svgns=True)
    return drawn.getvalue().decode()
