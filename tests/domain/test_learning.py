"""Where somebody is in the course, which lesson is next for a ward, and which numbers are told."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.learning import (
    QUESTIONS,
    Answered,
    Course,
    Guide,
    Question,
    check_html,
    next_given,
    share_right,
    told_count,
)

LESSONS = ["a", "b", "c"]


def done(*names: str) -> list[Answered]:
    return [Answered(name, number, right=True) for name in names for number in range(QUESTIONS)]


def test_the_next_lesson_follows_the_open_one_and_then_what_was_left_out() -> None:
    assert Course(LESSONS, []).after("") == "a"
    assert Course(LESSONS, done("a")).after("a") == "b"
    assert Course(LESSONS, done("c")).after("c") == "a"
    assert Course(LESSONS, done("a", "c")).after("c") == "b"
    assert Course(LESSONS, done("a", "b", "c")).after("c") is None


def test_a_lesson_is_done_once_every_question_has_an_answer_right_or_wrong() -> None:
    answers = [Answered("a", 0, right=True), Answered("a", 2, right=False)]
    assert Course(LESSONS, answers).next_question("a") == 1
    assert Course(LESSONS, answers).done == []
    course = Course(LESSONS, [*answers, Answered("a", 1, right=False)])
    assert (course.done, course.score("a"), course.next_question("a")) == (["a"], 1, QUESTIONS)


def test_a_lesson_that_is_no_longer_there_stops_nobody() -> None:
    assert Course(LESSONS, done("gone")).after("gone") == "a"


@given(st.lists(st.sampled_from([*LESSONS, "gone"]), max_size=30))
def test_a_ward_is_given_what_it_had_least_often(given_: list[str]) -> None:
    following = next_given(LESSONS, given_)
    assert given_.count(following) == min(given_.count(one) for one in LESSONS)


def test_weeks_go_round_and_a_new_lesson_is_not_left_out() -> None:
    given_: list[str] = []
    for _ in range(6):
        given_.append(next_given(LESSONS, given_))
    assert given_ == ["a", "b", "c", "a", "b", "c"]
    assert next_given(["a", "b", "c", "new"], given_) == "new"


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (2, None), (3, 3)])
def test_one_or_two_people_are_not_told_of(count: int, told: int | None) -> None:
    assert told_count(count) == told


def test_nothing_answered_is_no_share() -> None:
    assert (share_right(0, 0), share_right(2, 3)) == (0, 67)


@pytest.mark.parametrize("line", ["<script>x</script>", "a < b", "AT&T", '<a href="x">x</a>'])
def test_only_plain_formatting_is_allowed(line: str) -> None:
    with pytest.raises(ValueError, match="chỉ dùng được"):
        check_html(line)
    guide = {"title": "Tên", "ways": ["cách"], "steps": [line], "source": "nguồn", "checked": "2026-11-26"}
    with pytest.raises(msgspec.ValidationError, match="chỉ dùng được"):
        msgspec.convert(guide, Guide)


def test_what_people_may_read_is_allowed() -> None:
    check_html("<b>113</b> &amp; <code>LD</code> <i>x</i>", "")


@pytest.mark.parametrize("answer", [0, 3, -1])
def test_the_right_answer_is_one_of_the_choices(answer: int) -> None:
    with pytest.raises(msgspec.ValidationError, match="lựa chọn"):
        msgspec.convert({"ask": "Đúng?", "choices": ["có", "không"], "answer": answer, "why": "vì thế"}, Question)


def test_two_choices_are_never_the_same() -> None:
    with pytest.raises(msgspec.ValidationError, match="giống nhau"):
        msgspec.convert({"ask": "Đúng?", "choices": ["có", "có"], "answer": 1, "why": "vì thế"}, Question)
