"""What a tip can be, and what may be said of it."""

import pytest

from bot.domain.tips import OTHER, Outcome, Status, Told, guess_kind, public_status

KINDS = [("trom", ["trom", "mat xe"]), ("lua", ["lua dao", "mat tien"]), ("cu_tru", ["phong tro la"])]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("bị mất xe máy", "trom"),
        ("MẤT TIỀN vì lừa đảo", "lua"),
        ("phong tro la co trom", "cu_tru"),
        ("trộmm", OTHER),
        ("", OTHER),
        ("họp tổ dân phố", OTHER),
    ],
)
def test_the_longest_hint_decides_the_kind(said: str, kind: str) -> None:
    assert guess_kind(said, KINDS) == kind


def test_outside_only_four_words_are_heard_of_a_tip_that_was_sent() -> None:
    heard = {public_status(status, None) for status in (Status.NEW, Status.ACCEPTED)}
    heard |= {public_status(Status.CLOSED, outcome) for outcome in Outcome}
    assert heard == {Told.RECEIVED, Told.IN_WORK, Told.PASSED_ON, Told.ENDED}


def test_only_passing_on_is_told_as_passed_on() -> None:
    told = [outcome for outcome in Outcome if public_status(Status.CLOSED, outcome) is Told.PASSED_ON]
    assert told == [Outcome.PASSED_ON]
