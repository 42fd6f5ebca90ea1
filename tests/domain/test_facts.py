"""What is worth a question, what sounds like a place, and how a time is written."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.facts import (
    MOST_QUESTIONS,
    Chosen,
    Question,
    Span,
    Where,
    most_questions,
    names_place,
    next_question,
    spelled_span,
)
from bot.domain.kinds import Trait, Urgency

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CURIOUS = Trait(Urgency.NORMAL, ask_doing=True, ask_when=True)
HERE = Where("ngõ 12", "12")


def asked(chosen: Chosen, trait: Trait = CURIOUS, **known: object) -> Question | None:
    given = {"when": None, "where": None, "wordless": False, "located": False} | known
    return next_question(chosen, trait, **given)  # type: ignore[arg-type]


def test_the_most_useful_question_comes_first_and_none_twice() -> None:
    told = Chosen(forwarded=True)
    order = []
    while question := asked(told):
        order.append(question)
        told = Chosen(forwarded=True, settled=tuple(order))
    assert order == [Question.SOURCE, Question.DOING, Question.PLACE]
    assert len(order) == MOST_QUESTIONS


@pytest.mark.parametrize("obliged", [0, 1, 2, 3])
def test_however_much_must_be_answered_seven_messages_are_enough(obliged: int) -> None:
    its_words_and_send, typed_address = 2, 1
    assert its_words_and_send + obliged + most_questions(obliged) + typed_address <= 7
    assert most_questions(obliged) > 0


def test_what_is_known_is_not_asked() -> None:
    assert asked(Chosen(), Trait(Urgency.NORMAL), where=HERE) is None
    assert asked(Chosen(), Trait(Urgency.NORMAL), located=True) is None
    assert asked(Chosen(), Trait(Urgency.NORMAL, ask_place=False)) is None
    assert asked(Chosen(), Trait(Urgency.NORMAL, ask_when=True), where=HERE) is Question.WHEN
    assert asked(Chosen(), Trait(Urgency.NORMAL, ask_when=True), where=HERE, when=Span("hôm qua")) is None


def test_a_voice_or_a_place_alone_is_asked_nothing() -> None:
    assert asked(Chosen(seconds=3), wordless=True) is None
    assert asked(Chosen(), wordless=True, located=True) is None
    assert asked(Chosen(), Trait(Urgency.NORMAL), wordless=True) is Question.PLACE


@pytest.mark.parametrize("said", ["nhà bà Tư", "o cong cho", "Gần trường học.", "đối diện bưu điện", "đầu xóm"])
def test_short_answers_that_begin_as_places_do(said: str) -> None:
    assert names_place(said)


@pytest.mark.parametrize("said", ["", "xe màu xanh", "hai thằng", "nhà", "ở đó mấy đứa hay tụ tập đến khuya lắm ạ nhé"])
def test_more_of_the_story_is_no_place(said: str) -> None:
    assert not names_place(said)


def at(day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (at(25, 21), at(25, 21), "21:00 25/11"),
        (at(25, 18), at(25, 23, 30), "18:00–23:30 25/11"),
        (at(25, 0), at(25, 23, 59) + 59, "25/11"),
        (at(20, 0), at(25, 9), "20/11–25/11"),
        (at(24, 22), at(25, 3), "22:00 24/11–03:00 25/11"),
    ],
)
def test_times_are_written_no_longer_than_needed(start: float, end: float, written: str) -> None:
    assert spelled_span(Span("x", start, end), ZONE) == written
    assert spelled_span(Span("x"), ZONE) == ""
