"""Copies of relayed files: which go together, and how each may be shown in another chat."""

from collections.abc import Mapping
from dataclasses import replace

from bot.errors import Why
from bot.messages import WITH_METADATA, Attachment, MediaKind
from bot.platforms.base import FetchedFile
from data.unit_of_work import Work
from data.vault import Vault

Files = Mapping[str, FetchedFile | Why]  # what was fetched of each file, or why it was not
KEEP_COPIES = 48 * 3600.0


def bundles(items: list[Attachment]) -> list[list[Attachment]]:
    """What may go as one album: pictures and films together, documents, audio; anything else alone; ten at most."""
    bundled: list[list[Attachment]] = []
    for item in items:
        if bundled and len(bundled[-1]) < 10 and shelf(item) and shelf(item) == shelf(bundled[-1][0]):
            bundled[-1].append(item)
        else:
            bundled.append([item])
    return bundled


def shelf(item: Attachment) -> str:
    """Which album a file may join; empty for none."""
    match item.kind:
        case MediaKind.PHOTO | MediaKind.VIDEO:
            return "seen"
        case MediaKind.DOCUMENT | MediaKind.AUDIO:
            return item.kind.value
    return ""


def shareable(work: Work, item: Attachment, files: Files, vault: Vault, *, abroad: bool) -> Attachment | Why:
    """A file as it may be passed on: without its metadata where that can be done, or why it cannot go."""
    fetched = files.get(item.file_id)
    if isinstance(fetched, Why):
        return fetched
    if fetched is None:
        return item
    if fetched.paper:
        return Why.PAPER
    copy = copied(item, fetched, vault, abroad=abroad)
    if copy.stored:
        work.remind(f"erase-copy:{copy.stored}", work.now + KEEP_COPIES)
    return copy


def copied(item: Attachment, fetched: FetchedFile, vault: Vault, *, abroad: bool) -> Attachment:
    """A file with a copy of our own: without its metadata, or (`abroad`) because no other platform has it.

    Where the handle is as good as the copy it stays; what cannot be cleaned goes as it is.
    """
    cleans = fetched.clean is not None and item.kind in WITH_METADATA
    if not (cleans or abroad):
        return item
    return replace(item, stored=vault.put(fetched.clean or fetched.original), file_id="" if cleans else item.file_id)
