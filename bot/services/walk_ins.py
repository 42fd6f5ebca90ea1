"""What somebody tells an officer in person or by phone, recorded for them."""

import re
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain import contacts
from bot.domain.danger import Danger
from bot.domain.kinds import Urgency
from bot.domain.tips import Status
from bot.domain.understanding import Understood
from bot.errors import Refused
from bot.messages import Person
from bot.services import casework
from bot.services.drafts import fresh_code
from data import tables as t
from data.places import Ward
from data.reporters import add_tip, caller_of, keep_contacts
from data.tips import Part, Tip, change_tip, parts_of, sealed_parts
from data.unit_of_work import Work

STAFF = "staff"
NAMED = re.compile(
    r"(?:^|(?<=[\n,;.]))\s*(?:tên|ten|người báo|nguoi bao)(?: là| la|\s*:)\s*(?P<name>[^\n,;.\d:]{2,60})[,;.]?",
    re.IGNORECASE,
)


def take_name(words: str) -> tuple[str, str]:
    """(name, the words without it), where a text says "tên: ..." or "người báo là ..."."""
    match = NAMED.search(words)
    if match is None:
        return "", words
    return match["name"].strip(), f"{words[: match.start()]} {words[match.end() :]}".strip()


def record(
    work: Work, ward: Ward, by: Person, part: Part, read: Understood, *, danger: Danger | None, zone: ZoneInfo
) -> Tip:
    """A tip without a chat to tell its reporter in; their name and numbers go into the vault."""
    name, words = take_name(part.text)
    hidden = contacts.hide(words)
    tip = add_tip(
        work,
        Person("", "", name),
        ward_id=ward.id,
        group_id=None,
        code=fresh_code(work, zone),
        status=Status.NEW,
        kind=read.kind,
        danger=danger,
        urgency=Urgency.URGENT if danger else read.urgency,
        text=hidden.text,
        sealed=sealed_parts(work, [part]),
        source=STAFF,
        confirmed_at=work.now,
        **facts_of(read),
    )
    keep_contacts(work, tip, [contact.value for contact in hidden.contacts])
    casework.record(work, tip, by, "recorded", by.name)
    return tip


def facts_of(read: Understood) -> dict[str, object]:
    """The columns of what was understood; what was not said changes none."""
    place, when = read.place, read.when
    facts: dict[str, object] = {"place": place.said, "place_key": place.key[:160]} if place else {}
    return facts | ({"happened_from": when.start.timestamp(), "happened_to": when.end.timestamp()} if when else {})


def add(work: Work, tip: Tip, by: Person, part: Part, read: Understood, *, asked: str) -> Tip:
    """The answer to the one or the other question; a place that nobody could read is kept as it was said."""
    if tip.source != STAFF or tip.status.is_over:
        raise Refused("stale")
    hidden = contacts.hide(part.text)
    keep_contacts(work, tip, [contact.value for contact in hidden.contacts])
    facts = facts_of(read)
    if asked == "place":
        facts = {"place": hidden.text[:200]} | facts
    casework.record(work, tip, by, "completed")
    sealed = sealed_parts(work, [*parts_of(work, tip), part])
    return change_tip(work, tip, text=f"{tip.text}\n{hidden.text}", sealed=sealed, **facts)


def recorder_of(work: Work, tip: Tip) -> str:
    """The name of the officer who recorded a tip."""
    table = t.tip_events
    row = work.one(select(table.c.sealed).where(table.c.tip_id == tip.id, table.c.what == "recorded"))
    return work.seal.unseal(row.sealed, "tip event").decode() if row and row.sealed else ""


def can_be_called(work: Work, tip: Tip) -> bool:
    """Whether a number was left."""
    caller = caller_of(work, tip)
    return caller is not None and any(number.startswith("+") for number in caller.contacts)
