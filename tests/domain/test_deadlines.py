"""The clocks of a tip: which runs, until when, and whom it tells."""

from dataclasses import replace

import pytest

from bot.domain.deadlines import Case, Clock, Limits, Rung, running
from bot.domain.tips import Status

HOUR, DAY = 3600.0, 86400.0
LIMITS = Limits(
    {"urgent": 900.0, "high": 2 * HOUR, "normal": DAY},
    {"urgent": DAY, "high": 7 * DAY, "normal": 7 * DAY},
    20 * DAY,
    0.75,
)
NEW = Case(Status.NEW, "normal", 1000.0)


def due(case: Case) -> tuple[Clock, float] | None:
    found = running(case, LIMITS)
    return (found.clock, found.due_at - 1000.0) if found else None


@pytest.mark.parametrize(("urgency", "within"), [("urgent", 900.0), ("high", 2 * HOUR), ("normal", DAY), ("?", DAY)])
def test_a_new_tip_is_looked_at_by_its_urgency(urgency: str, within: float) -> None:
    assert due(replace(NEW, urgency=urgency)) == (Clock.LOOK, within)


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.WAITING, Status.VERIFYING])
def test_what_is_in_work_is_passed_on_or_answered_in_time(status: Status) -> None:
    assert due(replace(NEW, status=status, acted_at=2000.0)) == (Clock.TRANSFER, 7 * DAY)
    assert due(replace(NEW, status=status, urgency="urgent")) == (Clock.TRANSFER, DAY)


def test_a_tip_that_was_reopened_has_its_time_anew() -> None:
    assert due(replace(NEW, status=Status.ACCEPTED, accepted_at=5000.0)) == (Clock.TRANSFER, 4000.0 + 7 * DAY)


def test_whoever_acted_has_looked() -> None:
    assert due(replace(NEW, acted_at=1500.0)) == (Clock.TRANSFER, 7 * DAY)


def test_only_investigators_have_to_decide() -> None:
    passed = replace(NEW, status=Status.PASSED, passed_at=5000.0, acted_at=5000.0)
    assert due(passed) is None
    assert due(replace(passed, investigated=True)) == (Clock.DECISION, 4000.0 + 20 * DAY)


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLOSED])
def test_nothing_runs_once_it_is_over(status: Status) -> None:
    assert due(replace(NEW, status=status, passed_at=5000.0, investigated=True)) is None


def test_the_ladder_is_climbed_one_rung_after_the_other() -> None:
    clock = running(NEW, LIMITS)
    assert clock
    assert clock.moments == {
        Rung.HANDLER: 1000 + 0.75 * DAY,
        Rung.DEPUTY: 1000 + DAY,
        Rung.CHIEF: 1000 + 1.25 * DAY,
    }
    assert clock.told_at(1000 + 0.7 * DAY) is None
    assert clock.told_at(1000 + 0.8 * DAY) is Rung.HANDLER
    assert clock.told_at(1000 + 1.1 * DAY) is Rung.DEPUTY
    assert clock.told_at(1000 + 9 * DAY) is Rung.CHIEF


def test_a_rung_is_quiet_when_somebody_acted_since_the_one_before() -> None:
    clock = running(NEW, LIMITS)
    assert clock
    assert not clock.is_quiet(Rung.DEPUTY, None)
    assert not clock.is_quiet(Rung.DEPUTY, 1000 + 0.7 * DAY)
    assert clock.is_quiet(Rung.DEPUTY, 1000 + 0.8 * DAY)
    assert not clock.is_quiet(Rung.CHIEF, 1000 + 0.8 * DAY)
