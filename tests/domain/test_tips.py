"""What a tip can be, and what may be said of it."""

from bot.domain.tips import Outcome, Status, Told, public_status


def test_outside_only_four_words_are_heard_of_a_tip_that_was_sent() -> None:
    heard = {public_status(status, None) for status in (Status.NEW, Status.ACCEPTED)}
    heard |= {public_status(Status.CLOSED, outcome) for outcome in Outcome}
    assert heard == {Told.RECEIVED, Told.IN_WORK, Told.PASSED_ON, Told.ENDED}


def test_only_passing_on_is_told_as_passed_on() -> None:
    told = [outcome for outcome in Outcome if public_status(Status.CLOSED, outcome) is Told.PASSED_ON]
    assert told == [Outcome.PASSED_ON]
