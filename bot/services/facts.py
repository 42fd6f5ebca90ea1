"""What is known of a tip: its words are read again each time, what its reporter chose is kept sealed beside them."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from bot.domain import contacts
from bot.domain.addresses import find_address
from bot.domain.facts import (
    LONGEST_PLACE,
    Chosen,
    Known,
    Question,
    Span,
    Where,
    most_questions,
    names_place,
    next_question,
)
from bot.domain.kinds import Kinds, Urgency
from bot.domain.pasttime import Moment, read_moment
from bot.domain.understanding import Understood, understand
from bot.domain.vietnamese import fold, normalize
from bot.domain.weblinks import defanged
from bot.messages import Incoming, MediaKind
from data.evidence import evidence_of
from data.tips import Part, Tip, change_tip, parts_of
from data.unit_of_work import Work

RECORDED = frozenset({MediaKind.VOICE, MediaKind.AUDIO, MediaKind.VIDEO_NOTE})
LONGEST_KEY = 160
SEVERAL = 5  # of one sort of number are shown
reading = lru_cache(maxsize=64)(understand)  # one event asks several times about the same words


# --- what was chosen


def chosen_of(work: Work, tip: Tip) -> Chosen:
    """What its reporter chose."""
    if tip.sealed_facts is None:
        return Chosen()
    return msgspec.json.decode(work.seal.unseal(tip.sealed_facts, "tip facts"), type=Chosen)


def choose(work: Work, tip: Tip, settles: Question | None = None, **values: object) -> Tip:
    """Keep what a reporter chose, and that a question was answered or skipped."""
    before = chosen_of(work, tip)
    settled = before.settled if settles is None else tuple(dict.fromkeys((*before.settled, settles)))
    after = replace(before, settled=settled, **values)  # type: ignore[arg-type]
    if after == before:
        return tip
    sealed = work.seal.seal(msgspec.json.encode(after), "tip facts")
    return change_tip(work, tip, sealed_facts=sealed, touched_at=work.now)


def hear(work: Work, tip: Tip, event: Incoming, asked: Question | None) -> Tip:
    """How a message was told: passed on from somebody, spoken; and whether its words answer what was asked."""
    seconds = sum(item.seconds for item in event.attachments if item.kind in RECORDED)
    before = chosen_of(work, tip)
    tip = choose(work, tip, forwarded=before.forwarded or event.forwarded, seconds=before.seconds + seconds)
    if asked is Question.DOING and event.text:
        return choose(work, tip, asked)
    if asked is Question.PLACE and names_place(event.text):
        return choose(work, tip, asked, where=place_named(event.text))
    return tip


def place_named(text: str) -> Where:
    """A place as its reporter names it; numbers of people are hidden."""
    said = contacts.hide(" ".join(text.split())).text[:LONGEST_PLACE]
    found = find_address(normalize(said))
    return Where(said, (found.value.key if found else fold(said))[:LONGEST_KEY])


def time_named(text: str, now: datetime) -> Span:
    """A time as its reporter names it, whether it can be read or not."""
    said = " ".join(text.split())
    moment = read_moment(normalize(said), now)
    return Span(said, moment.start.timestamp(), moment.end.timestamp()) if moment else Span(said)


# --- what is known


def known_of(work: Work, tip: Tip, kinds: Kinds, zone: ZoneInfo, obliged: int = 0) -> Known:
    """What is known of a tip; what its reporter chose wins over what is read. `obliged`: see `most_questions`."""
    parts, chosen = parts_of(work, tip), chosen_of(work, tip)
    text = "\n".join(part.text for part in parts)
    read = reading(text, datetime.fromtimestamp(work.now, zone), kinds)
    when, where = time_of(chosen, parts, tip, zone), place_of(chosen, read)
    kind = chosen.kind or read.kind
    trait = kinds.trait(kind)
    located = any(item.kind is MediaKind.LOCATION for item in evidence_of(work, tip))
    wordless = not text.strip()
    most = most_questions(obliged)
    question = next_question(chosen, trait, when=when, where=where, wordless=wordless, located=located, most=most)
    return Known(
        kind=kind,
        urgency=Urgency.URGENT if tip.danger else kinds.urgency(kind, text),
        quiet=trait.quiet,
        when=when,
        where=where,
        hearsay=bool(chosen.hearsay),
        doing=chosen.doing,
        seconds=chosen.seconds,
        phones=len(read.phones),
        papers=read.papers,
        plates=read.plates[:SEVERAL],
        accounts=tuple(f"{one.number} {one.bank}".strip() for one in read.accounts[:SEVERAL]),
        links=tuple(defanged(link) for link in read.links[:SEVERAL]),
        wordless=wordless,
        question=question,
    )


def time_of(chosen: Chosen, parts: list[Part], tip: Tip, zone: ZoneInfo) -> Span | None:
    """When it was: each message is read from the time at which it was written."""
    if chosen.when is not None:
        return chosen.when if chosen.when.said else None
    read = (moment_in(part, datetime.fromtimestamp(part.at or tip.created_at, zone)) for part in parts)
    found = next((moment for moment in read if moment), None)
    return Span(found.said, found.start.timestamp(), found.end.timestamp()) if found else None


def moment_in(part: Part, written: datetime) -> Moment | None:
    """The time that one message speaks of."""
    return read_moment(normalize(part.text), written)


def place_of(chosen: Chosen, read: Understood) -> Where | None:
    """Where it was."""
    if chosen.where is not None:
        return chosen.where if chosen.where.said else None
    if read.place is None:
        return None
    return Where(contacts.hide(read.place.said).text[:LONGEST_PLACE], read.place.key[:LONGEST_KEY])


def columns(known: Known) -> dict[str, object]:
    """The same as a tip keeps it once its reporter has confirmed it."""
    return {
        "kind": known.kind,
        "urgency": str(known.urgency),
        "hearsay": known.hearsay,
        "place": known.where.said if known.where else "",
        "place_key": known.where.key if known.where else "",
        "happened_from": known.when.start if known.when else None,
        "happened_to": known.when.end if known.when else None,
    }
