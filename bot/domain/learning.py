"""What people look up and learn: how-to cards, lessons with three questions, and how far somebody is."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

QUESTIONS = 3
SUPPRESSED = 3  # fewer people than this are not told of
Line = Annotated[str, msgspec.Meta(min_length=2, max_length=240)]
Title = Annotated[str, msgspec.Meta(min_length=3, max_length=60)]
Origin = Annotated[str, msgspec.Meta(min_length=3, max_length=200)]


_TAG = re.compile(r"</?(?:b|i|code)>")
_AMP = re.compile(r"&(?!lt;|gt;|amp;)")


def check_html(*lines: str) -> None:
    """Lines that are sent as they stand have no other formatting than bold, slanted and code. Raises ValueError."""
    for line in lines:
        bare = _TAG.sub("", line)
        if "<" in bare or ">" in bare or _AMP.search(bare):
            raise ValueError(f"chỉ dùng được <b>, <i>, <code>; dấu &, <, > viết là &amp;, &lt;, &gt;: {line[:40]}…")


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A how-to card. `ways` are how people ask for it; `checked` is when it was last compared with its source."""

    title: Title
    ways: Annotated[list[Line], msgspec.Meta(min_length=1)]
    steps: Annotated[list[Line], msgspec.Meta(min_length=1, max_length=8)]
    source: Origin
    checked: dt.date
    warning: Annotated[str, msgspec.Meta(max_length=240)] = ""
    numbered: bool = True
    quiet: bool = False  # not shown in a group

    def __post_init__(self) -> None:
        check_html(self.warning, *self.steps)


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a quiz; `answer` counts its choices from 1, as people do. Lengths: those of a Telegram poll."""

    ask: Annotated[str, msgspec.Meta(min_length=5, max_length=300)]
    choices: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=100)]], msgspec.Meta(min_length=2, max_length=4)
    ]
    answer: int
    why: Annotated[str, msgspec.Meta(min_length=5, max_length=180)]

    def __post_init__(self) -> None:
        if not 1 <= self.answer <= len(self.choices):
            raise ValueError(f"answer = {self.answer}, nhưng chỉ có {len(self.choices)} lựa chọn (đếm từ 1)")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError("có hai lựa chọn giống nhau")

    @property
    def right(self) -> str:
        """The right choice."""
        return self.choices[self.answer - 1]


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One skill in two minutes, short enough to stand under a picture, and three questions about it."""

    title: Title
    points: Annotated[list[Line], msgspec.Meta(min_length=2, max_length=4)]
    practice: Line
    source: Origin
    checked: dt.date
    quiz: Annotated[list[Question], msgspec.Meta(min_length=QUESTIONS, max_length=QUESTIONS)]


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which share of a unit's officers is to have learned everything by when."""

    share: Annotated[float, msgspec.Meta(gt=0, le=1)]
    by: dt.date
    source: Origin


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of somebody."""

    lesson: str
    question: int
    right: bool


@dataclass(frozen=True, slots=True)
class Course:
    """How far somebody is in a row of lessons."""

    lessons: Sequence[str]
    answers: Sequence[Answered]

    def next_question(self, lesson: str) -> int:
        """The first question of a lesson that has no answer yet, from 0; QUESTIONS when all have one."""
        done = {one.question for one in self.answers if one.lesson == lesson}
        return next((number for number in range(QUESTIONS) if number not in done), QUESTIONS)

    def score(self, lesson: str) -> int:
        """How many of its questions were answered rightly."""
        return sum(one.right for one in self.answers if one.lesson == lesson)

    @property
    def done(self) -> list[str]:
        """The lessons whose every question was answered."""
        return [one for one in self.lessons if self.next_question(one) == QUESTIONS]

    def after(self, lesson: str) -> str | None:
        """The lesson to go on with: the next one in order that is not done, from the start again; none at the end."""
        start = self.lessons.index(lesson) + 1 if lesson in self.lessons else 0
        row = [*self.lessons[start:], *self.lessons[:start]]
        return next((one for one in row if one not in self.done), None)


def next_given(lessons: Sequence[str], given: Sequence[str]) -> str:
    """The lesson of the week: the one given least often, the first of those; so a new one is not left out."""
    counts: Mapping[str, int] = {one: given.count(one) for one in lessons}
    return min(lessons, key=lambda one: (counts[one], lessons.index(one)))


def told_count(count: int) -> int | None:
    """A number of people as it may be told; none where it is so small that somebody could be known by it."""
    return count if count >= SUPPRESSED or count == 0 else None


def share_right(right: int, total: int) -> int:
    """Percent, rounded."""
    return round(100 * right / total) if total else 0
