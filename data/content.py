"""Content: facts that staff change without touching code. Each names its source; a ward may lay its own over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.domain.codes import ward_code
from bot.domain.danger import Lexicon
from bot.domain.finding import Cue, Finder, Teencode
from bot.domain.kinds import Kinds, Trait
from bot.domain.lookalike import Names, Trusted
from bot.domain.moderation import Barrier
from bot.domain.officials import Officials
from bot.domain.scam_patterns import Patterns
from bot.domain.scam_weights import Weights
from data import tables as t
from data.local import Local, kinds_of_danger, local_parts, worded
from data.places import find_ward
from data.reading import Doc, Fault, Shelf
from data.rules import Rule, Rules
from data.unit_of_work import Work

FOLDER = Path(__file__).resolve().parent / "content"
PHRASES = list[str]


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of tip: code, name, and folded words that hint at it."""

    ma: str
    ten: str
    tu_khoa_khong_dau: tuple[str, ...]
    muc: str


@dataclass(frozen=True, slots=True)
class Content:
    """All of it, read once at the start. Things are judged alike in every ward; what people read is `of` a ward."""

    categories: Sequence[Category]
    lexicon: Lexicon
    rules: Rules
    kinds: Kinds
    officials: Officials
    barrier: Barrier
    patterns: Patterns
    names: Names
    banks: Mapping[str, str]
    teencode: Teencode
    everywhere: Local
    wards: Mapping[str, Local]
    """By the ward's code; what a ward does not word its own way is the very object of `everywhere`."""

    def of(self, work: Work, ward_id: int | None) -> Local:
        """What is said in this ward; where nobody knows the ward, what is said everywhere."""
        ward = find_ward(work, ward_id) if self.wards and ward_id is not None else None
        return self.wards.get(ward_code(ward.name), self.everywhere) if ward else self.everywhere

    @classmethod
    def load(cls, folder: Path = FOLDER, own: Path | None = None) -> "Content":
        """Read the folder, and an installation's own over it. Raises BadContent: every fault's file and line."""
        shelf = Shelf(folder, own)
        parts: dict[str, Any] = {
            "categories": shelf.load("categories.json", lambda doc: doc.items(Category)),
            "lexicon": shelf.load("danger.toml", lexicon_in),
            "rules": shelf.load("rules.toml", lambda doc: doc.table(Rule)),
            "kinds": shelf.load("kinds.toml", kinds_in),
            "teencode": shelf.load("teencode.toml", teencode_in),
            "names": shelf.load("trusted.toml", trusted_in),
            "banks": shelf.load("banks.toml", lambda doc: doc.value(dict[str, str], "bins")),
        }
        names = shelf.load("officials.toml", names_in)
        empty = shelf.load("teencode.toml", lambda doc: doc.value(PHRASES, "empty"))
        moderation = shelf.load("moderation.toml", moderation_in)
        weights = shelf.load("scam_weights.json", lambda doc: doc.value(Weights))
        patterns = shelf.load("scam_patterns.toml", lambda doc: patterns_in(doc, weights))
        local = local_parts(shelf)
        wards = {code: local_parts(ward) for code, ward in shelf.wards().items()}
        shelf.check()
        officials = Officials.of(names)
        barrier = Barrier.of(moderation, parts["kinds"], officials)
        everywhere = Local(**local, finder=Finder(worded(local["guides"]), parts["teencode"], empty))
        return cls(
            **parts,
            patterns=patterns,
            officials=officials,
            barrier=barrier,
            everywhere=everywhere,
            wards={code: everywhere.with_own(own_parts) for code, own_parts in wards.items()},
        )


def unknown_wards(work: Work, content: Content) -> list[str]:
    """The wards' folders that belong to none of the wards there are."""
    return sorted(set(content.wards) - {ward_code(row.name) for row in work.all(select(t.wards.c.name))})


# --- what each file has to say


def lexicon_in(doc: Doc) -> Lexicon:
    """Words of danger."""
    dangers = {kind: doc.value(dict[str, PHRASES], "danger", kind) for kind in kinds_of_danger(doc, "danger")}
    short = doc.value(dict[str, str], "short")
    return Lexicon.of({"danger": dangers, "harmless": doc.value(PHRASES, "harmless"), "short": short})


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
