"""The table of moves, exhaustively: every role, status and move."""

from itertools import product

import pytest

from bot.domain.cases import TABLE, Move, Role, Verdict, after
from bot.domain.tips import Status

EVERY = list(product(Move, Status, Role))
STAFF = {Role.OFFICER, Role.OTHER, Role.HANDLER, Role.CHIEF}


def expected(move: Move, status: Status, role: Role) -> Status | Verdict:
    """The same, told by the other end of the table."""
    targets = {(row.path[status], role in row.roles) for row in TABLE if row.move is move and status in row.path}
    if not targets:
        return Verdict.NOT_NOW
    mine = [target for target, allowed in targets if allowed]
    return mine[0] if mine else Verdict.NOT_YOU


@pytest.mark.parametrize("move", Move)
def test_every_role_status_and_move_has_one_answer(move: Move) -> None:
    for status, role in product(Status, Role):
        assert after(move, status, {role}) == expected(move, status, role)
        ends = {row.path[status] for row in TABLE if row.move is move and role in row.roles and status in row.path}
        assert len(ends) <= 1, (move, status, role)


def allowed(move: Move, role: Role) -> set[Status]:
    return {status for status in Status if isinstance(after(move, status, {role}), Status)}


def test_nobody_but_its_reporter_confirms_withdraws_or_judges_the_end() -> None:
    own = {Move.CONFIRM, Move.ADD, Move.WITHDRAW, Move.SOLVED, Move.UNSOLVED}
    for move, role in product(own, set(Role) - {Role.REPORTER}):
        assert not allowed(move, role)
    for move in set(Move) - own:
        assert not allowed(move, Role.REPORTER)


def test_a_moderator_only_proposes() -> None:
    assert {move for move in Move if allowed(move, Role.MODERATOR)} == {Move.PROPOSE}


def test_a_colleague_of_the_handler_only_sorts_links_and_notes() -> None:
    assert {move for move in Move if allowed(move, Role.OTHER)} == {Move.NOTE, Move.SORT, Move.LINK}


def test_an_outcome_is_given_once_and_by_staff() -> None:
    for status, role in product((Status.ANSWERED, Status.CLOSED), Role):
        assert not isinstance(after(Move.ANSWER, status, {role}), Status)
    assert {role for role in Role if allowed(Move.ANSWER, role)} == {Role.OFFICER, Role.HANDLER, Role.CHIEF}


def test_a_tip_is_accepted_once() -> None:
    for status, role in product(set(Status) - {Status.DRAFT, Status.NEW}, Role):
        assert not isinstance(after(Move.ACCEPT, status, {role}), Status)


def test_every_status_can_be_reached_and_none_but_closed_is_the_end() -> None:
    steps = {(before, then) for row in TABLE for before, then in row.path.items()}
    reached, fresh = {Status.DRAFT}, {Status.DRAFT}
    while fresh:
        fresh = {then for before, then in steps if before in fresh} - reached
        reached |= fresh
    assert reached == set(Status)
    assert all(any(before is status and then is not status for before, then in steps) for status in Status)


def test_only_a_reporter_leaves_the_end() -> None:
    for status, then in ((row, end) for row in TABLE for before, end in row.path.items() if before is Status.CLOSED):
        if then is not Status.CLOSED:
            assert status.roles == {Role.REPORTER}
