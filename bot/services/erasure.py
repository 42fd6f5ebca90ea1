"""`/xoadulieu`: what the law lets go goes at once; what a ward must decide is asked of its chiefs, within a term.

A report that was received stays: the law wants it whole (BLTTHS 2015 art. 145). Who reported it is another matter.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.workdays import after_workdays
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services import casework
from bot.services.wards import check_chief
from data import erasure
from data import tables as t
from data.audit import audit
from data.duties import forget_duties
from data.expiry import LEAVING, erase_files, forget_reporters
from data.inquiries import count_since, forget_inquiries
from data.lessons import answers_of, forget_learner
from data.places import Here
from data.reporters import tips_reported
from data.rules import Rules, number_of
from data.tips import Tip, erase_words, note_event, tip_by_id
from data.unit_of_work import NEWEST, Work
from data.vault import Vault

ASKED, SETTLED = "erasure asked", "erasure settled"
SPREAD = 1800  # s, within which several requests of one person reach the desk: at once they would be known for one's
TRACES = 600.0  # s, by which the answer has left


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about somebody, in numbers."""

    drafts: tuple[Tip, ...]
    open: tuple[Tip, ...]
    over: tuple[Tip, ...]
    relays: int
    choices: bool
    role: bool
    inquiries: int
    lessons: int

    @property
    def counts(self) -> Mapping[str, int]:
        """How much of each, but for a role: that is no matter of the person's alone."""
        tips = {"drafts": len(self.drafts), "open": len(self.open), "over": len(self.over)}
        asked = {"inquiries": self.inquiries, "lessons": self.lessons}
        return tips | {"relays": self.relays, "choices": int(self.choices)} | asked


def kept_of(work: Work, person: Person) -> Kept:
    """What is kept about somebody."""
    tips = tips_reported(work, person)
    drafts = tuple(tip for tip in tips if tip.confirmed_at is None)
    sent = [tip for tip in tips if tip.confirmed_at is not None]
    return Kept(
        drafts,
        tuple(tip for tip in sent if not tip.status.is_over),
        tuple(tip for tip in sent if tip.status.is_over),
        erasure.count_relays(work, person),
        erasure.has_choices(work, person),
        erasure.has_any_role(work, person),
        count_since(work, person, 0.0),
        len(answers_of(work, person)),
    )


def erase(work: Work, person: Person, kept: Kept, *, stay: bool) -> None:
    """Everything that may go at once. `stay`: they want to hear how their open tips end."""
    gone = [*kept.drafts, *kept.over, *(() if stay else kept.open)]
    for tip in gone:
        note_event(work, tip, "reporter erased")
    for tip in kept.open if stay else ():
        note_event(work, tip, LEAVING)
    forget_reporters(work, [tip.id for tip in gone])
    erasure.forget_choices(work, person, language=not (stay and kept.open))
    erasure.forget_talk(work, person)
    forget_inquiries(work, person)
    forget_learner(work, person)
    forget_duties(work, person)
    audit(work, 0, None, "person.erased")


def erase_later(work: Work, person: Person) -> None:
    """Once the answer has left: to which messages it and everything before it were sent."""
    work.flush()
    newest = work.run(NEWEST).scalar() or 0
    data = f"forget-traces:{person.platform}:{person.id}:{newest}:{work.now:.3f}"
    work.remind(f"forget-traces:{secrets.token_hex(8)}", work.now + TRACES, data)


def erase_traces(work: Work, person: Person, newest: int, before: float) -> None:
    """The rest, but for what was said about tips whose end they want to hear."""
    tips = [tip for tip in tips_reported(work, person) if not tip.status.is_over]
    erasure.forget_traces(work, person, newest, before, {f"mine:{tip.id}" for tip in tips})


# --- what the chiefs decide


def ask_chiefs(work: Work, kept: Kept) -> list[Tip]:
    """Put a request for each open tip to its desk, once, in a while and apart; those that now wait for an answer.

    Never for a tip that the desk must not know of.
    """
    new = [tip for tip in kept.open if not tip.aside and tip.card_row is not None and not history(work, tip)]
    for tip in new:
        note_event(work, tip, ASKED)
        work.remind(f"forget-ask:{tip.id}", work.now + (secrets.randbelow(SPREAD) if len(new) > 1 else 0))
    return [tip for tip in kept.open if is_asked(work, tip)]


def history(work: Work, tip: Tip) -> dict[str, float]:
    """When a request was made, and when it was settled."""
    table = t.tip_events
    query = select(table.c.what, table.c.at).where(table.c.tip_id == tip.id, table.c.what.in_((ASKED, SETTLED)))
    return {row.what: row.at for row in work.all(query)}


def is_asked(work: Work, tip: Tip) -> bool:
    """Whether a request waits for the chiefs."""
    return set(history(work, tip)) == {ASKED}


def due_at(work: Work, tip: Tip, rules: Rules, zone: ZoneInfo) -> float:
    """By when it must be answered."""
    days = int(number_of(work, rules, tip.ward_id or 0, "erase_answer"))
    return after_workdays(history(work, tip).get(ASKED, work.now), days, zone)


def check_request(work: Work, here: Here, tip_id: int, person: Person, standing: Standing | None) -> Tip:
    """A request that waits, for a chief of the tip's own desk."""
    tip = casework.check_case(work, here, tip_id, person, standing)
    if here.ward is not None:
        check_chief(work, here.ward, person, standing)
    if not is_asked(work, tip):
        raise Refused("stale")
    return tip


def grant(work: Work, tip: Tip, by: Person, vault: Vault) -> Tip:
    """Words and files of a tip go before their time."""
    settle(work, tip, by, "erasure.granted")
    erase_files(work, [tip.id], vault)
    erase_words(work, tip)
    return tip_by_id(work, tip.id)


def settle(work: Work, tip: Tip, by: Person, what: str) -> None:
    """A chief has decided."""
    note_event(work, tip, SETTLED)
    audit(work, tip.ward_id or 0, by, f"tip.{what}", tip.code)


def counts_line(counts: Mapping[str, Any]) -> str:
    """What was erased, for the audit."""
    return ", ".join(f"{number} {what}" for what, number in sorted(counts.items()) if number)
