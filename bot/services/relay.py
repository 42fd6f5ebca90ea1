"""Messages between a group and its desk, both ways."""

from dataclasses import dataclass, field

from sqlalchemy import select

from bot.domain.paperwords import says_paper
from bot.errors import Refused, Why
from bot.messages import Action, Attachment, Button, Incoming, MediaKind, Outgoing, Person, Priority
from bot.services.copies import Files, bundles, shareable
from data import tables as t
from data.people import has_role
from data.places import Group, Ward, group_by_id, group_of_topic
from data.relays import (
    Relay,
    Source,
    author_key,
    change_source,
    mark_withdrawn,
    relays_of_message,
    relays_of_row,
    sealed_source,
    source_of,
)
from data.sent import row_of_message
from data.topics import topic_by_thread
from data.unit_of_work import Place, Work
from data.vault import Vault

UNCAPTIONED = frozenset({MediaKind.STICKER, MediaKind.VIDEO_NOTE, MediaKind.LOCATION, MediaKind.CONTACT})
PICTURES = frozenset({MediaKind.PHOTO, MediaKind.DOCUMENT})
TAKE_BACK = 900.0


@dataclass(frozen=True, slots=True)
class Path:
    """From where to where a message is relayed."""

    group: Group
    inward: bool
    to: Place
    priority: Priority
    topic: int | None
    reply_to: str = ""
    asker: str = field(default="", repr=False)
    buttons: tuple[tuple[Button, ...], ...] = ()


def inward_path(work: Work, ward: Ward, group: Group, event: Incoming) -> Path:
    """From a group to its desk; an answer to what the desk said goes there as an answer."""
    answered = ""
    if event.reply_to and (found := row_of_message(work, group.address, event.reply_to)):
        answered = next((r.message_id for r in relays_of_row(work, found[0]) if r.source == ward.desk), "")
    return Path(group, True, ward.place, Priority.RELAY, group.topic_id, answered)


def outward_path(work: Work, ward: Ward, event: Incoming, *, asked: bool) -> Path | None:
    """From a desk to a group: a reply to a relayed message, or (when `asked` by a command) the topic's group.

    None for staff talking among themselves. Raises Refused when a command names no group.
    """
    if relay := answered_relay(work, ward, event):
        check_speaks(work, ward, event)
        group = group_by_id(work, relay.group_id)
        if group is None or group.ward_id != ward.id:
            raise Refused("relay.unlinked")
        reply_to = relay.message_id if relay.source == group.address else ""
        source = source_of(work, relay)
        return Path(group, False, group.place, Priority.ANSWER, None, reply_to, asker=source.name if source else "")
    if not asked:
        return None
    check_speaks(work, ward, event)
    topic = topic_by_thread(work, ward.id, event.topic) if event.topic else None
    group = group_of_topic(work, topic) if topic is not None else None
    if group is None:
        raise Refused("relay.which_group")
    return Path(group, False, group.place, Priority.ANSWER, None)


def check_speaks(work: Work, ward: Ward, event: Incoming) -> None:
    """Whoever writes at the desk speaks for it, but for somebody whose rights were taken away."""
    if event.sender is None or has_role(work, ward.id, event.sender, "barred"):
        raise Refused("only_officer")


def answered_relay(work: Work, ward: Ward, event: Incoming) -> Relay | None:
    """The relayed message that a message at the desk answers; of several merged into one, the last."""
    if not event.reply_to or (found := row_of_message(work, ward.desk, event.reply_to)) is None:
        return None
    relays = [relay for relay in relays_of_row(work, found[0]) if relay.inward and relay.ward_id == ward.id]
    same_part = [relay for relay in relays if relay.part == found[1]]
    candidates = same_part or relays
    return candidates[-1] if candidates else None


def relay(work: Work, path: Path, event: Incoming, sender: Person, html: str, files: Files, vault: Vault) -> list[Why]:
    """Send a message on and remember where it came from; why parts of it stay behind, if any do."""
    attachments, missing = [], []
    told = says_paper(event.text)
    for item in event.attachments:
        if told and item.kind in PICTURES:
            missing.append(Why.PAPER)
            continue
        prepared = shareable(work, item, files, vault, abroad=item.origin != path.to.platform)
        if isinstance(prepared, Why):
            missing.append(prepared)
        else:
            attachments.append(prepared)
    if missing and not attachments and not event.text:
        return missing
    for row, parts in post_parts(work, path, html, attachments):
        note(work, path, event, sender, row, parts)
    return missing


def post_parts(work: Work, path: Path, html: str, attachments: list[Attachment]) -> list[tuple[int, list[Attachment]]]:
    """One row for each message that is needed: things without a caption follow the words as messages of their own.

    All that a group says to its desk has one merge key, so it stays in order; only words that answer nothing merge.
    """
    captioned = [item for item in attachments if item.kind not in UNCAPTIONED]
    merge = f"relay:{path.group.id}" if path.inward else None
    rows: list[tuple[int, list[Attachment]]] = []
    for bundle in bundles(captioned) or [[]]:
        words, buttons = (html, path.buttons) if not rows else ("", ())
        message = Outgoing(html=words, buttons=buttons, attachments=tuple(bundle), reply_to=path.reply_to)
        alone = bool(bundle or path.reply_to)
        row = work.post(message, path.to, path.priority, topic=path.topic, merge=merge, alone=alone)
        rows.append((row, bundle))
    for item in attachments:
        if item.kind in UNCAPTIONED:
            row = work.post(
                Outgoing(attachments=(item,)),
                path.to,
                path.priority,
                topic=path.topic,
                reply_row=rows[0][0],
                merge=merge,
                alone=True,
            )
            rows.append((row, [item]))
    return rows


def note(work: Work, path: Path, event: Incoming, sender: Person, row: int, parts: list[Attachment]) -> None:
    """Remember a relayed row, for each message that it came from."""
    numbers = [item.message_id for item in parts] or [event.message_id]
    for part, number in enumerate(numbers):
        work.note_relay(
            ward_id=path.group.ward_id,
            group_id=path.group.id,
            inward=path.inward,
            source=event.chat.address,
            message_id=number,
            part=part,
            row_id=row,
            author_key=author_key(work, sender),
            sealed=sealed_source(work, source(event, sender, number, parts[part : part + 1])) if path.inward else None,
            at=work.now,
        )


def source(event: Incoming, sender: Person, number: str, parts: list[Attachment]) -> Source:
    """What a tip is made from, should staff want one; of an album the words are kept once."""
    text = event.text if number == event.message_id else ""
    return Source(sender.address, sender.name, text, tuple(parts))


def follow_edit(
    work: Work,
    relay: Relay,
    to: Place,
    topic: int | None,
    html: str,
    event: Incoming,
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> None:
    """Change the copy of a message that was edited; an edit without its buttons would take them away."""
    change_source(work, relay, event.text)
    message = Outgoing(Action.EDIT, html, buttons, event.attachments, part=relay.part)
    priority = Priority.RELAY if relay.inward else Priority.ANSWER
    work.post(message, to, priority, topic=topic, target_row=relay.row_id, coalesce=f"edit:{relay.row_id}:{relay.part}")


def withdraw(work: Work, ward: Ward, group: Group, source: str, message_id: str, by: Person, words: str) -> None:
    """Take a relayed message back from the desk, for whoever wrote it. Raises Refused for anybody else."""
    relays = relays_of_message(work, source, message_id)
    if not relays:
        raise Refused("relay.nothing_to_withdraw")
    if any(relay.author_key != author_key(work, by) for relay in relays):
        raise Refused("relay.not_yours")
    take_down(work, relays, ward.place, group.topic_id, words)


def last_said(work: Work, group: Group, by: Person) -> str:
    """The id of what somebody last said to the desk from this group, while they may still mean it by "take back"."""
    table = t.relays
    query = select(table.c.message_id).where(
        table.c.source == group.address,
        table.c.author_key == author_key(work, by),
        table.c.at > work.now - TAKE_BACK,
        table.c.withdrawn_at.is_(None),
    )
    return work.run(query.order_by(table.c.id.desc()).limit(1)).scalar() or ""


def delete_copy(work: Work, ward: Ward, event: Incoming, words: str) -> None:
    """Staff delete: what a message of the desk became in a group, or a relayed message at the desk itself."""
    relays = relays_of_message(work, ward.desk, event.reply_to)
    if relays and (group := group_by_id(work, relays[0].group_id)):
        take_down(work, relays, group.place, None, words)
        return
    if relay := answered_relay(work, ward, event):
        group = group_by_id(work, relay.group_id)
        take_down(work, [relay], ward.place, group.topic_id if group else None, words)
        return
    raise Refused("relay.nothing_to_delete")


def take_down(work: Work, relays: list[Relay], place: Place, topic: int | None, words: str) -> None:
    """Delete copies; where the platform no longer lets us, they come to say `words`."""
    rows = list(dict.fromkeys(relay.row_id for relay in relays))
    mark_withdrawn(work, rows)
    for row in rows:
        work.post(Outgoing(Action.DELETE, words), place, relays_priority(relays), topic=topic, target_row=row)


def relays_priority(relays: list[Relay]) -> Priority:
    """The lane in which the copy went, so that its deletion stays behind it."""
    return Priority.RELAY if relays[0].inward else Priority.ANSWER
