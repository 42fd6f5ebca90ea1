"""Content: facts that staff change without touching code. Each names its source; a ward may lay its own over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.danger import Danger, Lexicon
from bot.domain.finding import Cue, Finder, Teencode
from bot.domain.holidays import Holiday
from bot.domain.kinds import Kinds, Trait
from bot.domain.learning import Guide, Lesson, Target
from bot.domain.lookalike import Names, Trusted
from bot.domain.moderation import Barrier
from bot.domain.officials import Officials
from bot.domain.scam_patterns import Patterns
from bot.domain.scam_weights import Weights
from bot.domain.tips import OTHER
from data.reading import Doc, Fault, Shelf
from data.rules import Rule, Rules

FOLDER = Path(__file__).resolve().parent / "content"
LONGEST_ID = 24  # letters: buttons carry it
PHRASES = list[str]


@dataclass(frozen=True, slots=True)
class Scam:
    """One trick: its name, how to recognise it, what to do. Source: `nguon` in scams.json."""

    id: int
    ten: str
    dau_hieu: str
    loi_khuyen: str


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of tip: code, name, and folded words that hint at it."""

    ma: str
    ten: str
    tu_khoa_khong_dau: tuple[str, ...]
    muc: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to be careful about in a month of the year."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulletinMatter:
    """What a bulletin is drafted from beside the month's tips, and how a loudspeaker says what is written short."""

    never_counted: tuple[str, ...]
    dialled: tuple[str, ...]
    fillers: tuple[str, ...]
    spoken: Mapping[str, str]
    reminder: Mapping[str, Reminder]


@dataclass(frozen=True, slots=True)
class Content:
    """All of it, read once at the start."""

    scams: Sequence[Scam]
    categories: Sequence[Category]
    numbers: Mapping[str, Mapping[str, str]]
    lexicon: Lexicon
    rules: Rules
    kinds: Kinds
    officials: Officials
    questions: Mapping[str, Mapping[str, Sequence[str]]]
    barrier: Barrier
    patterns: Patterns
    names: Names
    banks: Mapping[str, str]
    holidays: Sequence[Holiday]
    bulletin: BulletinMatter
    teencode: Teencode
    guides: Mapping[str, Guide]
    lessons: Mapping[str, Lesson]
    target: Target
    finder: Finder

    def questions_for(self, kind: str) -> Mapping[str, Sequence[str]]:
        """What officers commonly ask about a kind of tip, by language."""
        return self.questions.get(kind, self.questions[OTHER])

    @classmethod
    def load(cls, folder: Path = FOLDER, own: Path | None = None) -> "Content":
        """Read the folder, and a ward's own over it. Raises BadContent, which names every fault's file and line."""
        shelf = Shelf(folder, own)
        parts: dict[str, Any] = {
            "scams": shelf.load("scams.json", lambda doc: doc.items(Scam)),
            "categories": shelf.load("categories.json", lambda doc: doc.items(Category)),
            "numbers": shelf.load("numbers.toml", numbers_in),
            "lexicon": shelf.load("danger.toml", lexicon_in),
            "rules": shelf.load("rules.toml", lambda doc: doc.table(Rule)),
            "kinds": shelf.load("kinds.toml", kinds_in),
            "questions": shelf.load("questions.toml", lambda doc: doc.table(dict[str, list[str]])),
            "teencode": shelf.load("teencode.toml", teencode_in),
            "target": shelf.load("learning.toml", lambda doc: doc.value(Target, "target")),
            "names": shelf.load("trusted.toml", trusted_in),
            "banks": shelf.load("banks.toml", lambda doc: doc.value(dict[str, str], "bins")),
            "holidays": shelf.load("holidays.toml", lambda doc: doc.value(list[Holiday], "day")),
            "bulletin": shelf.load("bulletin.toml", lambda doc: doc.value(BulletinMatter)),
            "guides": shelf.folder("guides", lambda name, doc: named(name, doc, Guide)),
            "lessons": shelf.folder("lessons", lambda name, doc: named(name, doc, Lesson)),
        }
        names = shelf.load("officials.toml", names_in)
        empty = shelf.load("teencode.toml", lambda doc: doc.value(PHRASES, "empty"))
        moderation = shelf.load("moderation.toml", moderation_in)
        weights = shelf.load("scam_weights.json", lambda doc: doc.value(Weights))
        patterns = shelf.load("scam_patterns.toml", lambda doc: patterns_in(doc, weights))
        shelf.check()
        officials = Officials.of(names)
        barrier = Barrier.of(moderation, parts["kinds"], officials)
        ways = {name: [guide.title, *guide.ways] for name, guide in parts["guides"].items()}
        finder = Finder(ways, parts["teencode"], empty)
        return cls(**parts, patterns=patterns, officials=officials, barrier=barrier, finder=finder)


# --- what each file has to say


def named(name: str, doc: Doc, kind: type[Any]) -> Any:  # noqa: ANN401 - a guide or a lesson
    """A file of a folder; its name stands on buttons."""
    if len(name) > LONGEST_ID or ":" in name:
        raise Fault((), f"tên tệp dài nhất {LONGEST_ID} ký tự, không có dấu hai chấm")
    return doc.value(kind)


def numbers_in(doc: Doc) -> dict[str, dict[str, str]]:
    """Numbers by who answers, and which to show first in which danger."""
    known = doc.value(dict[str, str], "all")
    first = {danger: doc.value(str, "first", danger) for danger in kinds_of_danger(doc, "first")}
    for danger, names in first.items():
        if unknown := set(names.split()) - set(known):
            raise Fault(("first", danger), f"không có số nào tên là {min(unknown)} trong [all]")
    return {"all": known, "first": first}


def lexicon_in(doc: Doc) -> Lexicon:
    """Words of danger."""
    dangers = {kind: doc.value(dict[str, PHRASES], "danger", kind) for kind in kinds_of_danger(doc, "danger")}
    short = doc.value(dict[str, str], "short")
    return Lexicon.of({"danger": dangers, "harmless": doc.value(PHRASES, "harmless"), "short": short})


def kinds_of_danger(doc: Doc, table: str) -> list[str]:
    """The entries of a table that has one for each kind of danger."""
    found = list(doc.value(dict[str, Any], table))
    if unknown := set(found) - set(Danger):
        raise Fault((table, min(unknown)), f"không có loại nguy hiểm nào tên là {min(unknown)}")
    return found


@dataclass(frozen=True, slots=True)
class KindEntry(Trait):
    """A kind in kinds.toml, as it must be written: what it is like, and its phrases."""

    loose: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


def kinds_in(doc: Doc) -> Kinds:
    """Words of kinds."""
    known = set(KindEntry.__dataclass_fields__)
    for code, entry in doc.table(dict[str, Any], "kind").items():
        doc.value(KindEntry, "kind", code)
        if unknown := set(entry) - known:
            raise Fault(("kind", code, min(unknown)), f"không có mục nào tên là {min(unknown)}")
    kinds, short = doc.value(dict[str, Any], "kind"), doc.value(dict[str, str], "short")
    phrases = {name: doc.value(PHRASES, name) for name in ("harmless", "urgent")}
    return Kinds.of({"kind": kinds, "short": short, **phrases})


def names_in(doc: Doc) -> dict[str, list[str]]:
    """Words about officers."""
    return {name: doc.value(PHRASES, name) for name in ("hints", "harmless", "heads", "titles", "family")}


def moderation_in(doc: Doc) -> dict[str, list[str]]:
    """Words that moderators never see."""
    return {name: doc.value(PHRASES, name) for name in ("never", "words", "harmless")}


def teencode_in(doc: Doc) -> Teencode:
    """Short forms."""
    beside = doc.table(dict[str, PHRASES], "beside")
    cues = [Cue(short, meant, frozenset(near)) for short, all_ in beside.items() for meant, near in all_.items()]
    return Teencode(doc.value(dict[str, str], "always"), cues)


def patterns_in(doc: Doc, weights: Weights) -> Patterns:
    """How scams sound."""
    try:
        return Patterns(doc.value(dict[str, Any]), weights)
    except (KeyError, TypeError, AttributeError) as error:
        raise Fault((), f"không đúng cấu trúc ({error})") from None


def trusted_in(doc: Doc) -> Names:
    """Whose names links borrow."""
    short, cheap = doc.value(PHRASES, "short", "hosts"), doc.value(PHRASES, "endings", "cheap")
    return Names(doc.value(list[Trusted], "trusted"), short, cheap)
