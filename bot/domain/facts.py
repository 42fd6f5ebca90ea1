"""What is known of a tip: read from its words, corrected by its reporter; and what is still worth a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from bot.domain.kinds import Trait, Urgency
from bot.domain.vietnamese import fold

MOST_QUESTIONS = 3
MOST_MESSAGES = 7  # a report takes of its reporter, and three are the tip itself, a typed address and `Gửi`
LONGEST_PLACE = 120  # letters; longer words tell a story
WHOLE_DAY = timedelta(hours=23, minutes=59)
_MOMENT = timedelta(minutes=2)  # shorter spans are shown as one time
_PLACE_WORDS = re.compile(
    r"(?:o|tai|gan|canh|doi dien|dau|cuoi|goc|ngay|truoc (?:cua|cong|nha)|sau (?:nha|cho|truong)|nha)(?: [^\s]+){1,8}"
)


class Question(StrEnum):
    """What may be asked of a reporter, the most useful first."""

    SOURCE = "source"  # seen, or heard from somebody
    DOING = "doing"  # what the person does who looks suspicious
    PLACE = "place"
    WHEN = "when"


class Doing(StrEnum):
    """What somebody suspicious does. Looks alone are no report, and are sent all the same."""

    PEERING = "peering"
    ASKING = "asking"
    FOLLOWING = "following"
    LOOKS = "looks"


@dataclass(frozen=True, slots=True)
class Span:
    """When, as it was said, and from when to when (UTC) where that could be read."""

    said: str = field(default="", repr=False)
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it was said, and a key by which two places compare."""

    said: str = field(default="", repr=False)
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reporter chose, or the way they told it: it wins over what is read. None, or empty: nothing was chosen.

    `settled` are the questions that were answered or skipped; `seconds` is how much of their voice there is.
    """

    kind: str = ""
    when: Span | None = field(default=None, repr=False)
    where: Where | None = field(default=None, repr=False)
    hearsay: bool | None = None
    doing: Doing | None = None
    forwarded: bool = False
    seconds: int = 0
    settled: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a tip now, and the question to ask, if any. Links are made harmless."""

    kind: str
    urgency: Urgency
    quiet: bool
    when: Span | None = field(repr=False)
    where: Where | None = field(repr=False)
    hearsay: bool
    doing: Doing | None
    seconds: int
    phones: int
    papers: int
    plates: tuple[str, ...] = field(repr=False)
    accounts: tuple[str, ...] = field(repr=False)
    links: tuple[str, ...] = field(repr=False)
    wordless: bool
    question: Question | None


def most_questions(obliged: int) -> int:
    """How many may be asked of somebody with so many others to answer: which ward, is an officer involved."""
    return min(MOST_QUESTIONS, MOST_MESSAGES - 3 - obliged)


def next_question(
    chosen: Chosen,
    trait: Trait,
    *,
    when: Span | None,
    where: Where | None,
    wordless: bool,
    located: bool,
    most: int = MOST_QUESTIONS,
) -> Question | None:
    """The one question worth asking now. A voice alone is asked nothing: it may have said everything."""
    if len(chosen.settled) >= most or (wordless and (chosen.seconds or located)):
        return None
    missing = {
        Question.SOURCE: chosen.forwarded and chosen.hearsay is None,
        Question.DOING: trait.ask_doing and chosen.doing is None,
        Question.PLACE: trait.ask_place and not (where or located),
        Question.WHEN: trait.ask_when and when is None,
    }
    return next((one for one in Question if missing[one] and one not in chosen.settled), None)


def names_place(text: str) -> bool:
    """Whether a short answer to "where?" begins as places do: "nhà bà Tư", "đối diện trường"."""
    return bool(_PLACE_WORDS.fullmatch(fold(text).strip(" .,!")))


def spelled_span(span: Span, zone: tzinfo) -> str:
    """ "18:00–23:59 25/11"; days alone where the hours say nothing; empty where nothing could be read."""
    if span.start is None or span.end is None:
        return ""
    start, end = datetime.fromtimestamp(span.start, zone), datetime.fromtimestamp(span.end, zone)
    if end - start <= _MOMENT:
        return f"{end:%H:%M %d/%m}"
    if start.date() == end.date():
        whole = end - start >= WHOLE_DAY
        return f"{start:%d/%m}" if whole else f"{start:%H:%M}–{end:%H:%M %d/%m}"
    whole = (start.hour, start.minute) == (0, 0)
    return f"{start:%d/%m}–{end:%d/%m}" if whole else f"{start:%H:%M %d/%m}–{end:%H:%M %d/%m}"


def page_of(codes: Sequence[str], page: int, size: int) -> Sequence[str]:
    """One page of kinds to choose from; the first again where there is none."""
    start = page * size
    return codes[start : start + size] or codes[:size]
