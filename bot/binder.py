"""Makes hand-over files beside the conversations: typesetting and sealing never hold up a transaction."""

import asyncio
import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.delivery.intake import Intake
from bot.errors import BinhYenError
from bot.logs import error_place
from bot.parcels import close_parcel
from bot.services.handover import Exhibit, Happening, Job, finish, next_job
from bot.services.passing import AUTHORITIES
from bot.texts import Texts
from bot.typesetting import keep_making, typeset
from data.content import Content
from data.engine import Database
from data.vault import Vault

log = logging.getLogger(__name__)
MOST = 40_000_000  # bytes of evidence in one file: a bot may send 50 MB (Telegram Bot API, sendDocument)
SUMMARY, SUMS = "tom-tat.pdf", "SHA256SUMS"
UNBROKEN = re.compile(r"\S{30}")


class Binder:
    """Runs while this process holds the lease."""

    def __init__(self, database: Database, vault: Vault, texts: Texts, content: Content, zone: ZoneInfo) -> None:
        self._database = database
        self._vault = vault
        self._texts = texts
        self._content = content
        self._zone = zone

    async def run(self, _intake: Intake) -> None:
        """Make what was asked for, for ever."""
        await keep_making("hand-over files", self._make_next)

    async def _make_next(self) -> bool:
        job = await self._database.write(next_job)
        if job is None:
            return False
        try:
            files = await asyncio.to_thread(self._bind, job)
        except (OSError, ValueError, RuntimeError, BinhYenError) as error:
            log.error("hand-over %s failed (%s at %s)", job.id, type(error).__name__, error_place(error))  # noqa: TRY400
            files = ()
        await self._database.write(lambda work: finish(work, job.id, files))
        return True

    # --- in a thread of its own

    def _bind(self, job: Job) -> tuple[str, ...]:
        """The names under which the sealed archives lie in the vault."""
        summary = document(self.summary(job))
        return tuple(self._put(job, summary, part) for part in parts_of(job.exhibits))

    def _put(self, job: Job, summary: bytes, part: Sequence[Exhibit]) -> str:
        files = {SUMMARY: summary} | {item.name: self._vault.get(item.file) for item in part}
        return self._vault.put(close_parcel(archive(files), job.wish.password))

    # --- what the summary says

    def say(self, key: str) -> str:
        """A sentence of the summary."""
        return self._texts.say("vi", f"handover.pdf.{key}")

    def time(self, at: float | None) -> str:
        """A moment in the ward's time zone."""
        return f"{datetime.fromtimestamp(at, self._zone):%H:%M %d/%m/%Y}" if at else ""

    def summary(self, job: Job) -> dict[str, object]:
        """The data of `handover.typ`."""
        return {
            "title": self.say("title"),
            "subtitle": job.ward,
            "code": job.tip.code,
            "facts": [[self.say(name), breakable(value)] for name, value in self._facts(job) if value],
            "sections": [self._section(*section) for section in self._sections(job)],
            "exhibits_title": self.say("exhibits"),
            "exhibits": [self._exhibit(item) for item in job.exhibits],
            "remark": self.say("remark"),
        }

    def _sections(self, job: Job) -> list[tuple[str, Sequence[str]]]:
        told = [("text", job.text.splitlines()), ("others", job.others), ("history", self._history(job))]
        return [(name, lines) for name, lines in told if lines]

    def _section(self, name: str, lines: Sequence[str]) -> dict[str, object]:
        return {"title": self.say(name), "lines": [breakable(line) for line in lines if line]}

    def _facts(self, job: Job) -> list[tuple[str, str]]:
        tip = job.tip
        happened = " – ".join(filter(None, (self.time(tip.happened_from), self.time(tip.happened_to))))
        return [
            ("code", tip.code),
            ("kind", next((kind.ten for kind in self._content.categories if kind.ma == tip.kind), tip.kind)),
            ("reported", self.time(tip.confirmed_at or tip.created_at)),
            ("happened", happened),
            ("place", tip.place),
            ("accepted", self.time(tip.accepted_at)),
            ("passed", f"{self._authority(tip.passed_to or '')}, {self.time(tip.passed_at)}"),
            ("by", job.wish.by),
            ("informant", self.say("informant_kept")),
        ]

    def _authority(self, to: str) -> str:
        return self._texts.say("vi", f"case.to.{to}") if to in AUTHORITIES else to

    def _history(self, job: Job) -> list[str]:
        """What happened; what has no sentence of its own may be about the reporter, and is left out."""
        known = self._texts.keys("vi")
        keys = {what: f"handover.event.{re.sub(r'[^a-z]+', '_', what)}" for what in {one.what for one in job.history}}
        return [self._line(one, keys[one.what]) for one in job.history if keys[one.what] in known]

    def _line(self, one: Happening, key: str) -> str:
        words = self._authority(one.words) if one.what == "passed" else one.words
        return f"{self.time(one.at)}: {self._texts.say('vi', key)}" + (f": {words}" if words else "")

    def _exhibit(self, item: Exhibit) -> dict[str, str]:
        kind = self._texts.say("vi", f"plain.kind.{item.kind}")
        size = f"{item.size:,}".replace(",", ".")
        return {"name": item.name, "about": f"{kind}, {size} byte, {self.time(item.at)}", "sha256": item.sha256}


def document(summary: dict[str, object]) -> bytes:
    """The summary as a PDF."""
    return typeset("handover.typ", summary, "pdf")[0]


def breakable(text: str) -> str:
    """Text whose longest words may go over the end of a line."""
    return UNBROKEN.sub(lambda match: match[0] + "\u200b", text)


def parts_of(exhibits: Sequence[Exhibit]) -> list[list[Exhibit]]:
    """Evidence in as many archives as the limit of a file needs; without any there is one archive."""
    parts: list[list[Exhibit]] = [[]]
    for item in exhibits:
        if parts[-1] and sum(other.size for other in parts[-1]) + item.size > MOST:
            parts.append([])
        parts[-1].append(item)
    return parts


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP with these files and their SHA-256 sums."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        for name, content in {**files, SUMS: sums.encode()}.items():
            packed.writestr(name, content)
    return made.getvalue()


def unpack(parcel: bytes, to: Path) -> list[Path]:
    """Write an archive's files into a new folder. Raises FileExistsError where there is one."""
    to.mkdir(parents=True, mode=0o700)
    with zipfile.ZipFile(io.BytesIO(parcel)) as packed:
        packed.extractall(to)
        return [to / name for name in packed.namelist()]
