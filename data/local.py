"""Content that one ward may word its own way: what people read, and nothing by which anything is judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.domain.danger import Danger
from bot.domain.finding import Finder
from bot.domain.holidays import Holiday
from bot.domain.learning import Guide, Lesson, Target
from bot.domain.tips import OTHER
from data.reading import Doc, Fault, Shelf

LONGEST_ID = 24  # letters: buttons carry it


@dataclass(frozen=True, slots=True)
class Scam:
    """One trick: its name, how to recognise it, what to do. Source: `nguon` in scams.json."""

    id: int
    ten: str
    dau_hieu: str
    loi_khuyen: str


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
class Local:
    """All of it, as one ward has it or as every ward that says nothing else."""

    scams: Sequence[Scam]
    numbers: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, Mapping[str, Sequence[str]]]
    holidays: Sequence[Holiday]
    bulletin: BulletinMatter
    target: Target
    guides: Mapping[str, Guide]
    lessons: Mapping[str, Lesson]
    finder: Finder

    def questions_for(self, kind: str) -> Mapping[str, Sequence[str]]:
        """What officers commonly ask about a kind of tip, by language."""
        return self.questions.get(kind, self.questions[OTHER])

    def with_own(self, parts: Mapping[str, Any]) -> "Local":
        """The same with the parts that one ward words its own way; lessons stay in the order of their names."""
        own: dict[str, Any] = {part: parts[part] for part in FILES if part in parts}
        for part in FOLDERS:
            if parts[part]:
                own[part] = dict(sorted((getattr(self, part) | parts[part]).items()))
        return replace(self, **own, finder=self.finder.also(worded(parts["guides"])))


def local_parts(shelf: Shelf) -> dict[str, Any]:
    """The parts of a Local that a shelf's newest folder has a say in; guides and lessons one by one, by name."""
    files = {part: shelf.load(file, build) for part, (file, build) in FILES.items() if shelf.has(file)}
    return files | {part: shelf.folder(part, partial(named, kind=kind)) for part, kind in FOLDERS.items()}


def worded(guides: Mapping[str, Guide]) -> dict[str, list[str]]:
    """How people ask for each guide."""
    return {name: [guide.title, *guide.ways] for name, guide in guides.items()}


# --- what each file has to say


def named(name: str, doc: Doc, kind: type[Any]) -> Any:  # noqa: ANN401 - a guide or a lesson
    """A file of a folder; its name stands on buttons."""
    if len(name) > LONGEST_ID or set(":@") & set(name):
        raise Fault((), f"tên tệp dài nhất {LONGEST_ID} ký tự, không có dấu hai chấm hay @")
    return doc.value(kind)


def numbers_in(doc: Doc) -> dict[str, dict[str, str]]:
    """Numbers by who answers, and which to show first in which danger."""
    known = doc.table(str, "all")
    first = {danger: doc.value(str, "first", danger) for danger in kinds_of_danger(doc, "first")}
    for danger, names in first.items():
        if unknown := set(names.split()) - set(known):
            raise Fault(("first", danger), f"không có số nào tên là {min(unknown)} trong [all]")
    return {"all": known, "first": first}


def kinds_of_danger(doc: Doc, table: str) -> list[str]:
    """The entries of a table that has one for each kind of danger."""
    found = list(doc.value(dict[str, Any], table))
    if unknown := set(found) - set(Danger):
        raise Fault((table, min(unknown)), f"không có loại nguy hiểm nào tên là {min(unknown)}")
    return found


FILES: Mapping[str, tuple[str, Callable[[Doc], Any]]] = {
    "scams": ("scams.json", lambda doc: doc.items(Scam)),
    "numbers": ("numbers.toml", numbers_in),
    "questions": ("questions.toml", lambda doc: doc.table(dict[str, list[str]])),
    "holidays": ("holidays.toml", lambda doc: doc.value(list[Holiday], "day")),
    "bulletin": ("bulletin.toml", lambda doc: doc.value(BulletinMatter)),
    "target": ("learning.toml", lambda doc: doc.value(Target, "target")),
}
FOLDERS: Mapping[str, type[Guide | Lesson]] = {"guides": Guide, "lessons": Lesson}
