"""Files of a tip: originals sealed, copies without metadata for whoever works on it."""

import hashlib
import mimetypes
import secrets
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from bot.errors import Why
from bot.messages import Attachment, Incoming, MediaKind
from bot.platforms.base import FetchedFile
from data.evidence import Evidence, add_evidence, evidence_of
from data.tips import Tip
from data.unit_of_work import Work
from data.vault import Vault

Files = Mapping[str, FetchedFile | Why]
WORDLESS = frozenset({MediaKind.STICKER, MediaKind.CONTACT})
"""A sticker is no evidence; a contact card is words."""


class Withheld(StrEnum):
    """Why a file that was kept is not shown."""

    METADATA = "metadata"


def keep(work: Work, tip: Tip, event: Incoming, files: Files, vault: Vault) -> list[Why | Withheld]:
    """Seal what is attached to a message; why some of it cannot be had or shown, if so."""
    troubles: list[Why | Withheld] = []
    for item in event.attachments:
        if item.kind in WORDLESS:
            continue
        if item.kind is MediaKind.LOCATION:
            _keep_place(work, tip, item, vault)
        elif trouble := _keep_file(work, tip, item, files, vault):
            troubles.append(trouble)
    return troubles


def _keep_file(work: Work, tip: Tip, item: Attachment, files: Files, vault: Vault) -> Why | Withheld | None:
    fetched = files.get(item.file_id, Why.GAVE_UP)
    if isinstance(fetched, Why):
        return fetched
    shown = vault.put(fetched.clean) if fetched.clean is not None else None
    _note(work, tip, item, vault.put(fetched.original), shown, fetched.original)
    return None if shown else Withheld.METADATA


def _keep_place(work: Work, tip: Tip, item: Attachment, vault: Vault) -> None:
    # Salted: a position has so few values that its bare hash would tell it.
    content = msgspec.json.encode([item.latitude, item.longitude, secrets.token_hex(16)])
    name = vault.put(content)
    _note(work, tip, item, name, name, content)


def _note(work: Work, tip: Tip, item: Attachment, file: str, shown: str | None, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    add_evidence(
        work, tip, kind=item.kind, file=file, shown=shown, mime=item.mime[:96], sha256=digest, size=len(content)
    )


def shown(work: Work, tip: Tip, vault: Vault, after: int = 0) -> list[Attachment]:
    """What staff may see of a tip's files, ready to be sent; names of files are left out, they may tell a name."""
    return [_shown(item, vault) for item in evidence_of(work, tip, after) if item.shown]


def _shown(item: Evidence, vault: Vault) -> Attachment:
    if item.kind is MediaKind.LOCATION:
        latitude, longitude, _salt = msgspec.json.decode(vault.get(item.file))
        return Attachment(item.kind, latitude=latitude, longitude=longitude)
    name = f"{item.id}{mimetypes.guess_extension(item.mime) or ''}"
    return Attachment(item.kind, name=name, mime=item.mime, stored=item.shown or "")


def newest(work: Work, tip: Tip) -> int:
    """The number of the newest file of a tip; 0 without any."""
    return max((item.id for item in evidence_of(work, tip)), default=0)


def erase(work: Work, tip: Tip, vault: Vault) -> None:
    """Take every file of a tip off the disk."""
    for item in evidence_of(work, tip):
        for name in filter(None, {item.file, item.shown}):
            vault.erase(name)
