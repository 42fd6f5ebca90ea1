"""The clocks of a ward's tips: which runs, when it is looked at, and which tips nobody has looked at yet."""

import math
from collections.abc import Sequence

from bot.domain.deadlines import URGENT, Case, Clock, Deadline, Limits, Rung, running
from bot.domain.tips import INVESTIGATORS, WORKED, Status
from bot.services import mutes
from data import tables as t
from data.chiefs import Chief, chiefs_of
from data.notices import note_said, once, said_at
from data.rules import Rules, number_of, numbers_of
from data.tips import Tip, find_tips, handler_of
from data.unit_of_work import Work

NAMES = ("look_urgent", "look_high", "look_normal", "transfer_urgent", "transfer", "decision", "remind_at")
GRID = 300.0  # s; reminders about tips of one ward come together at these moments, so that they share a message
MOST_PAGES = 10
SELDOM = 3600.0
PRIVATE_FROM = 3  # from which page on chiefs are also told in private
TOLERANCE = 0.9  # of the pause between two pages: a second chain of them ends here


# --- which clock runs


def limits_of(work: Work, rules: Rules, ward_id: int) -> Limits:
    """A ward's own times."""
    own = numbers_of(work, rules, ward_id, *NAMES)
    slow = own["transfer"]
    return Limits(
        {URGENT: own["look_urgent"], "high": own["look_high"], "normal": own["look_normal"]},
        {URGENT: own["transfer_urgent"], "high": slow, "normal": slow},
        own["decision"],
        own["remind_at"],
    )


def is_urgent(tip: Tip) -> bool:
    """Whether somebody may be in danger."""
    return tip.danger is not None or tip.urgency == URGENT


def reported_at(tip: Tip) -> float:
    """When the desk could first see a tip."""
    return tip.confirmed_at or tip.created_at


def case_of(tip: Tip) -> Case:
    """A tip as its clock sees it."""
    return Case(
        tip.status,
        URGENT if is_urgent(tip) else tip.urgency,
        reported_at(tip),
        tip.accepted_at,
        tip.passed_at,
        investigated=tip.passed_to == INVESTIGATORS and tip.decision is None,
    )


def deadline_of(work: Work, rules: Rules, tip: Tip) -> Deadline | None:
    """The clock that runs for a tip; none for one kept from the desk, or that follows another."""
    if tip.ward_id is None or tip.aside or tip.lead_id is not None:
        return None
    if tip.withdrawn_at is not None and tip.handler_key is None:
        return None
    return running(case_of(tip), limits_of(work, rules, tip.ward_id))


# --- when it is looked at


def plan(work: Work, rules: Rules, tip: Tip) -> None:
    """Have the clock come back to a tip; once, however often this is asked."""
    found = deadline_of(work, rules, tip)
    if found is None:
        return
    if found.clock is not Clock.LOOK:
        plan_moments(work, found, f"tip-clock:{tip.id}")
    elif is_urgent(tip):
        plan_page(work, rules, tip.ward_id or 0)
    else:
        plan_moments(work, found, f"look:{tip.ward_id}", GRID)


def plan_all(work: Work, rules: Rules, ward_id: int) -> None:
    """The ward's times have changed: they count for what is open now, too."""
    table = t.tips
    ours = (
        table.c.ward_id == ward_id,
        table.c.card_row.is_not(None),
        table.c.status.in_((Status.DRAFT, Status.NEW, *WORKED)),
    )
    for tip in find_tips(work, table.c.lead_id.is_(None), *ours):
        plan(work, rules, tip)


def plan_moments(work: Work, found: Deadline, subject: str, grid: float = 1.0) -> None:
    """An event at each rung that is still to come."""
    for at in found.moments.values():
        if at > work.now:
            work.remind(subject, math.ceil(at / grid) * grid)


def rung_for(work: Work, rules: Rules, tip: Tip) -> tuple[Deadline, Rung] | None:
    """What is to be said about a tip now, once; nothing where somebody has acted, or where there is still time."""
    found = deadline_of(work, rules, tip)
    rung = found.told_at(work.now) if found else None
    if found is None or rung is None:
        return None
    if not once(work, f"clock {tip.id} {found.clock} {found.began_at:.0f} {rung}"):
        return None
    return None if found.is_quiet(rung, tip.acted_at) else (found, rung)


def told_people(work: Work, tip: Tip, rung: Rung) -> list[str]:
    """The names of those whom a rung is for."""
    handler = handler_of(work, tip)
    if rung is Rung.HANDLER:
        return [handler.name] if handler else []
    chiefs = chiefs_of(work, tip.ward_id or 0)
    deputies = [chief for chief in chiefs[1:] if not (handler and chief.address == handler.address)]
    return [chief.name for chief in (deputies if deputies and rung is Rung.DEPUTY else chiefs[:1])]


# --- what nobody has looked at


def unseen_tips(work: Work, ward_id: int) -> list[Tip]:
    """Those at the desk that nobody has taken on, oldest first; a follower of another tip is that tip's matter."""
    table = t.tips
    return find_tips(
        work,
        table.c.ward_id == ward_id,
        table.c.status.in_((Status.DRAFT, Status.NEW)),
        table.c.card_row.is_not(None),
        table.c.withdrawn_at.is_(None),
        table.c.lead_id.is_(None),
        table.c.aside.is_(False),
    )


def looks_due(work: Work, rules: Rules, ward_id: int) -> dict[Rung, list[Tip]]:
    """Those that are not urgent and have come to a new rung; where none has, the clock comes back to them later."""
    waiting = [tip for tip in unseen_tips(work, ward_id) if not is_urgent(tip)]
    found: dict[Rung, list[Tip]] = {}
    for tip in waiting:
        if told := rung_for(work, rules, tip):
            found.setdefault(told[1], []).append(tip)
    if not found:
        for tip in waiting:
            plan(work, rules, tip)
    return found


# --- urgent ones: the desk is paged


def plan_page(work: Work, rules: Rules, ward_id: int) -> None:
    """The next page comes so soon; of several that are planned the later ones say nothing."""
    work.remind(f"page:{ward_id}", work.now + number_of(work, rules, ward_id, "page_again"))


def tips_to_page(work: Work, rules: Rules, ward_id: int) -> list[Tip]:
    """The urgent tips that nobody has accepted, and the next page is planned; nothing where one was just said."""
    waiting = [tip for tip in unseen_tips(work, ward_id) if is_urgent(tip) and not mutes.silences(work, tip)]
    if not waiting:
        return []
    pause = number_of(work, rules, ward_id, "page_again")
    fresh = any(work.now - reported_at(tip) < MOST_PAGES * pause for tip in waiting)
    following = pause if fresh else SELDOM
    before = said_at(work, f"page {ward_id}")
    if work.now - before < pause * TOLERANCE:
        work.remind(f"page:{ward_id}", before + following)  # the same moment that the last page named
        return []
    note_said(work, f"page {ward_id}")
    work.remind(f"page:{ward_id}", work.now + following)
    return waiting


def page_number(work: Work, rules: Rules, tips: Sequence[Tip]) -> int:
    """How often the tip was paged that has waited longest, of those that are not paged seldom already."""
    pause = number_of(work, rules, tips[0].ward_id or 0, "page_again")
    counts = [int((work.now - reported_at(tip)) / pause + (1 - TOLERANCE)) for tip in tips]
    return max((count for count in counts if count <= MOST_PAGES), default=0)


def chiefs_to_page(work: Work, rules: Rules, tips: Sequence[Tip]) -> list[Chief]:
    """From the third page on: the chiefs. Only to some may the bot write."""
    if page_number(work, rules, tips) < PRIVATE_FROM:
        return []
    return chiefs_of(work, tips[0].ward_id or 0)
