"""Files of a tip: originals sealed, copies without metadata for whoever works on it."""

import hashlib
import mimetypes
import secrets
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from bot.domain.filetypes import PROGRAM, type_of
from bot.errors import Why
from bot.messages import Attachment, Incoming, MediaKind, Person
from bot.platforms.base import FetchedFile
from data.audit import audit
from data.evidence import Evidence, add_evidence, evidence_of
from data.tips import Tip
from data.unit_of_work import Work
from data.vault import Vault

Files = Mapping[str, FetchedFile | Why]
MOST_BYTES = 50 * 1024 * 1024  # Telegram gives 20 MB, Zalo 5: this bounds what other ways may bring
MOST_FILES = 100  # of one tip
LINE = 8  # numbers of files in one line of the audit
WORDLESS = frozenset({MediaKind.STICKER, MediaKind.CONTACT})
"""A sticker is no evidence; a contact card is words."""


class Withheld(StrEnum):
    """Why a file that was kept is not shown."""

    METADATA = "metadata"


class Unfit(StrEnum):
    """Why a file is not kept at all."""

    EMPTY = "empty"
    PROGRAM = "program"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"


Trouble = Why | Withheld | Unfit


def keep(work: Work, tip: Tip, event: Incoming, files: Files, vault: Vault) -> list[Trouble]:
    """Seal what is attached to a message; why some of it cannot be had, kept or shown, if so."""
    troubles: list[Trouble] = []
    for item in event.attachments:
        if item.kind in WORDLESS:
            continue
        if item.kind is MediaKind.LOCATION:
            _keep_place(work, tip, item, vault)
        elif trouble := _keep_file(work, tip, item, files, vault):
            troubles.append(trouble)
    return troubles


def _keep_file(work: Work, tip: Tip, item: Attachment, files: Files, vault: Vault) -> Trouble | None:
    fetched = files.get(item.file_id, Why.GAVE_UP)
    if isinstance(fetched, Why):
        return fetched
    mime = type_of(fetched.original)
    if unfit := _unfit(work, tip, fetched.original, mime):
        return unfit
    shown = vault.put(fetched.clean) if fetched.clean is not None else None
    _note(work, tip, _kind(item, mime), mime, vault.put(fetched.original), shown, fetched.original)
    return None if shown else Withheld.METADATA


def _unfit(work: Work, tip: Tip, content: bytes, mime: str) -> Unfit | None:
    if not content:
        return Unfit.EMPTY
    if len(content) > MOST_BYTES:
        return Unfit.TOO_BIG
    if mime == PROGRAM:
        return Unfit.PROGRAM
    return Unfit.TOO_MANY if len(evidence_of(work, tip)) >= MOST_FILES else None


def _kind(item: Attachment, mime: str) -> MediaKind:
    """A picture that is none is shown as a file."""
    return item.kind if item.kind is not MediaKind.PHOTO or mime.startswith("image/") else MediaKind.DOCUMENT


def _keep_place(work: Work, tip: Tip, item: Attachment, vault: Vault) -> None:
    # Salted: a position has so few values that its bare hash would tell it.
    content = msgspec.json.encode([item.latitude, item.longitude, secrets.token_hex(16)])
    name = vault.put(content)
    _note(work, tip, item.kind, "", name, name, content)


def _note(work: Work, tip: Tip, kind: MediaKind, mime: str, file: str, shown: str | None, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    add_evidence(work, tip, kind=kind, file=file, shown=shown, mime=mime, sha256=digest, size=len(content))


def shown(work: Work, tip: Tip, vault: Vault, after: int = 0) -> list[Attachment]:
    """What staff may see of a tip's files, ready to be sent; names of files are left out, they may tell a name."""
    return [_shown(item, vault) for item in evidence_of(work, tip, after) if item.shown]


def _shown(item: Evidence, vault: Vault) -> Attachment:
    if item.kind is MediaKind.LOCATION:
        latitude, longitude, _salt = msgspec.json.decode(vault.get(item.file))
        return Attachment(item.kind, latitude=latitude, longitude=longitude)
    name = f"{item.id}{mimetypes.guess_extension(item.mime) or ''}"
    return Attachment(item.kind, name=name, mime=item.mime, stored=item.shown or "")


def note_seen(work: Work, tip: Tip, by: Person | None, after: int = 0) -> None:
    """Write down that the desk was shown a tip's files; by whom, where somebody asked for it."""
    _log(work, tip, by, "evidence.shown", [item.id for item in evidence_of(work, tip, after) if item.shown])


def note_exported(work: Work, tip: Tip, by: Person, numbers: Sequence[int]) -> None:
    """Write down that somebody took files of a tip out of this house."""
    _log(work, tip, by, "evidence.exported", numbers)


def _log(work: Work, tip: Tip, by: Person | None, act: str, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), LINE):
        some = ",".join(str(number) for number in numbers[start : start + LINE])
        audit(work, tip.ward_id or 0, by, act, f"{tip.code} #{some}")


def newest(work: Work, tip: Tip) -> int:
    """The number of the newest file of a tip; 0 without any."""
    return max((item.id for item in evidence_of(work, tip)), default=0)


def erase(work: Work, tip: Tip, vault: Vault) -> None:
    """Take every file of a tip off the disk."""
    for item in evidence_of(work, tip):
        for name in filter(None, {item.file, item.shown}):
            vault.erase(name)
