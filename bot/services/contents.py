"""What a broadcast says: its words, its files, and whether platforms can show it in one message."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.markup import length
from bot.errors import Refused, Why
from bot.messages import Attachment, Incoming, MediaKind, Outgoing
from bot.platforms.base import Capabilities
from bot.services.copies import Files, bundles, copied
from data.unit_of_work import Work
from data.vault import Vault

CAPTIONED = frozenset(
    {MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.ANIMATION, MediaKind.VOICE, MediaKind.AUDIO, MediaKind.DOCUMENT}
)
FILES_LAST = 48 * 3600.0  # after the last use: whoever still corrects its words or withdraws it needs no file


def content_of(event: Incoming, words: str) -> Outgoing:
    """What `/phat` is to send: its own words and pictures, or those of the message it replies to."""
    quoted = event.quoted
    if quoted and quoted.sender is None:
        raise Refused("broadcast.not_staff")  # a relayed message carries a resident's name
    html = words or (quoted.html if quoted else "")
    attachments = event.attachments or (quoted.attachments if quoted else ())
    if not html.strip() and not attachments:
        raise Refused("broadcast.how")
    return Outgoing(html=html.strip(), attachments=attachments)


def check_kinds(message: Outgoing) -> None:
    """Files that can go with words, in one message."""
    items = list(message.attachments)
    if any(item.kind not in CAPTIONED for item in items) or len(bundles(items)) > 1:
        raise Refused("broadcast.kinds")


def check_pages(pages: Sequence[Outgoing], can: Capabilities) -> None:
    """What a platform would show: its words in one message, or a polite refusal. A warning in two is read in halves."""
    worded = [page for page in pages if page.html]
    if worded and worded != [pages[0]]:
        limit = can.caption_length if pages[0].attachments else can.text_length
        raise Refused("broadcast.too_long", size=sum(length(page.html) for page in worded), limit=limit)


def keep_files(message: Outgoing, files: Files, vault: Vault, *, abroad: bool) -> Outgoing:
    """The message with copies without metadata, or for groups elsewhere (`abroad`), for as long as it is used."""
    for item in message.attachments:
        if isinstance(why := files.get(item.file_id), Why):
            raise Refused(f"relay.missing.{why.value}")
    return replace(message, attachments=tuple(kept(item, files, vault, abroad=abroad) for item in message.attachments))


def kept(item: Attachment, files: Files, vault: Vault, *, abroad: bool) -> Attachment:
    """One file as it is kept."""
    fetched = files.get(item.file_id)
    return item if fetched is None or isinstance(fetched, Why) else copied(item, fetched, vault, abroad=abroad)


def has_files(message: Outgoing, vault: Vault) -> bool:
    """Whether the copies that it needs are still kept."""
    return all(vault.has(item.stored) for item in message.attachments if item.stored)


def forget_files(work: Work, message: Outgoing) -> None:
    """Its copies are not needed much longer."""
    for item in message.attachments:
        if item.stored:
            work.remind(f"erase-copy:{item.stored}", work.now + FILES_LAST)
