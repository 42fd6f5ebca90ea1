"""What is known and kept as files: scams, kinds of tips, emergency numbers, words of danger."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot.domain.danger import Lexicon
from bot.domain.holidays import Holiday
from bot.domain.kinds import Kinds
from bot.domain.lookalike import Names
from bot.domain.moderation import Barrier
from bot.domain.officials import Officials
from bot.domain.scam_patterns import Patterns
from bot.domain.tips import OTHER
from data.rules import Rule, Rules

FOLDER = Path(__file__).resolve().parent / "content"


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

    def questions_for(self, kind: str) -> Mapping[str, Sequence[str]]:
        """What officers commonly ask about a kind of tip, by language."""
        return self.questions.get(kind, self.questions[OTHER])

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Content":
        """Read the folder. Raises for a file that is missing or malformed: the start stops."""
        kinds, officials = Kinds.load(folder / "kinds.toml"), Officials.load(folder / "officials.toml")
        return cls(
            msgspec.json.decode((folder / "scams.json").read_bytes(), type=list[Scam]),
            msgspec.json.decode((folder / "categories.json").read_bytes(), type=list[Category]),
            tomllib.loads((folder / "numbers.toml").read_text("utf-8")),
            Lexicon.load(folder / "danger.toml"),
            msgspec.toml.decode((folder / "rules.toml").read_bytes(), type=dict[str, Rule]),
            kinds,
            officials,
            msgspec.toml.decode((folder / "questions.toml").read_bytes(), type=dict[str, dict[str, list[str]]]),
            Barrier.load(folder / "moderation.toml", kinds, officials),
            Patterns.load(folder / "scam_patterns.toml"),
            Names.load(folder / "trusted.toml"),
            msgspec.toml.decode((folder / "banks.toml").read_bytes(), type=dict[str, dict[str, str]])["bins"],
            msgspec.toml.decode((folder / "holidays.toml").read_bytes(), type=dict[str, list[Holiday]])["day"],
            msgspec.toml.decode((folder / "bulletin.toml").read_bytes(), type=BulletinMatter),
        )
