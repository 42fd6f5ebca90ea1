"""Content files: read, laid over by an installation's own and a ward's, and checked; faults have file and line.

Each folder has the same layout. Tables are merged entry by entry, entries of a list by their `id` (or `ma`);
anything else replaces ours. The sentences here are Vietnamese: whoever mends content is an officer, and no text has
been read yet.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from bot.errors import BadContent
from data.lines import Where, json_places, toml_places

T = TypeVar("T")
IDS = ("id", "ma")
READ = frozenset({".toml", ".json"})
WARDS = "wards"
SAME_EVERYWHERE = (
    "không đặt riêng cho một phường được, xin để ở thư mục chung cho mọi phường "
    "(quy định riêng của một phường: /caidat ở nhóm trực ban)"
)

_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")
_TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_TOML_END = re.compile(r"\s*\(at end of document\)$")
_TYPES = {
    "str": "chữ", "int": "số", "float": "số", "bool": "true hoặc false", "array": "danh sách", "object": "bảng",
    "date": "ngày (2026-11-26)", "null": "trống",
}  # fmt: skip
_SAID = (
    (r"Object missing required field `(.+?)`", "thiếu mục {0}"),
    (r"Object contains unknown field `(.+?)`", "không có mục nào tên là {0}"),
    (r"Expected `(.+?)` of length >= (\d+)", "cần {0} dài ít nhất {1}"),
    (r"Expected `(.+?)` of length <= (\d+)", "cần {0} dài nhiều nhất {1}"),
    (r"Expected `(.+?)`, got `(.+?)`", "cần {0}, đang là {1}"),
    (r"Invalid RFC3339 encoded date", "cần ngày, viết như 2026-11-26, không có ngoặc kép"),
    (r"Invalid enum value '?(.+?)'?$", "giá trị {0} không có trong các giá trị được dùng"),
)


class Fault(ValueError):
    """What is wrong, and where in the tree of the file."""

    def __init__(self, where: Where, why: str) -> None:
        super().__init__(why)
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Source:
    """One file: how it is called in a sentence, what it says, and the same as a tree."""

    name: str
    text: str
    tree: Any

    def line(self, where: Where) -> int:
        """The line where this stands, or the nearest thing around it."""
        found = (json_places if self.name.endswith(".json") else toml_places)(self.text)
        return next(found[where[:length]] for length in range(len(where), -1, -1) if where[:length] in found)

    def has(self, where: Where) -> bool:
        """Whether this file says something there."""
        tree = self.tree
        for step in where:
            try:
                tree = tree[step]
            except (LookupError, TypeError):
                return False
        return True


class Doc:
    """What a file says, after newer files of the same name were laid over it."""

    def __init__(self, sources: list[Source]) -> None:
        self._sources = sources
        self.tree: Any = sources[0].tree
        for source in sources[1:]:
            self.tree = laid_over(self.tree, source.tree)

    def value(self, kind: type[T], *where: str) -> T:
        """What stands there, as this type. Raises Fault."""
        tree = self.tree
        for step in where:
            if not isinstance(tree, Mapping) or step not in tree:
                raise Fault(where, f"thiếu mục {'.'.join(where)}")
            tree = tree[step]
        try:
            return msgspec.convert(tree, kind)
        except msgspec.ValidationError as error:
            raise fault_of(error, where) from None

    def table(self, kind: type[T], *where: str) -> dict[str, T]:
        """A table whose every entry is of this type."""
        names = self.value(dict[str, Any], *where)
        return {name: self.value(kind, *where, name) for name in names}

    def items(self, kind: type[T]) -> list[T]:
        """A file that is one list."""
        return self.value(list[kind])  # type: ignore[valid-type]

    def blame(self, fault: Fault) -> str:
        """`lessons/03-otp.toml, dòng 12: ...`: the newest file that says anything there is meant."""
        source = next((one for one in reversed(self._sources) if one.has(fault.where)), self._sources[-1])
        return f"{source.name}, dòng {source.line(fault.where)}: {fault.why}"


class Shelf:
    """Our content folder, and an installation's own over it. Faults are gathered, so that one start tells of all."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self.folders = [folder, *([own] if own else [])]
        self.newest: Path | None = None
        self._seen: set[Path] = set()
        self.faults: list[str] = []
        if own and not own.is_dir():
            self.faults.append(f"BINHYEN_CONTENT_DIR: không có thư mục {own}")

    def wards(self) -> dict[str, "Shelf"]:
        """For each ward with a folder of its own a shelf with that folder on top, by its name; faults are told here."""
        folders = self.folders[1:]
        return {path.name: self._under(path) for own in folders for path in sorted((own / WARDS).glob("*/"))}

    def _under(self, ward: Path) -> "Shelf":
        shelf = copy(self)  # what was seen and what is wrong they have in common
        shelf.folders, shelf.newest = [*self.folders, ward], ward
        return shelf

    def has(self, name: str) -> bool:
        """Whether a ward says something in this file; of what all wards have, every file is wanted."""
        return self.newest is None or (self.newest / name).is_file()

    def load(self, name: str, build: Callable[[Doc], T]) -> T:
        """What `build` makes of a file; where it is at fault that is noted, and `check` will raise."""
        doc = self._doc(name)
        if doc is not None:
            try:
                return build(doc)
            except Fault as fault:
                self.faults.append(doc.blame(fault))
        return cast("T", None)

    def folder(self, name: str, build: Callable[[str, Doc], T]) -> dict[str, T]:
        """What `build` makes of each file in a folder, by the file's name without its ending, in their order."""
        found = sorted({path.stem for folder in self.folders for path in (folder / name).glob("*.toml")})
        wanted = [one for one in found if self.has(f"{name}/{one}.toml")]
        return {one: self.load(f"{name}/{one}.toml", lambda doc, one=one: build(one, doc)) for one in wanted}  # type: ignore[misc]

    def check(self) -> None:
        """Raises BadContent if anything was wrong, also a file of somebody's own that nothing reads."""
        for own in self.folders[1:]:
            unread = (path for path in sorted(own.rglob("*")) if path.suffix in READ and path not in self._seen)
            self.faults += [f"{path}: {self._unread_words(path.relative_to(own))}" for path in unread]
        if self.faults:
            raise BadContent(list(dict.fromkeys(self.faults)))  # under two wards the same file may be at fault

    def _unread_words(self, path: Path) -> str:
        if path.parts[0] == WARDS and self.folders[0].joinpath(*path.parts[2:]) in self._seen:
            return SAME_EVERYWHERE
        return "không có nội dung nào tên như vậy, xin xem lại tên tệp và thư mục"

    def _doc(self, name: str) -> Doc | None:
        paths = [path for folder in self.folders if (path := folder / name).is_file()]
        self._seen |= set(paths)
        if not paths:
            self.faults.append(f"{name}: thiếu tệp này")
            return None
        sources = [self._source(path, name if path.is_relative_to(self.folders[0]) else str(path)) for path in paths]
        return Doc([one for one in sources if one]) if all(sources) else None

    def _source(self, path: Path, name: str) -> Source | None:
        try:
            text = path.read_text("utf-8-sig")
            return Source(name, text, json.loads(text) if path.suffix == ".json" else tomllib.loads(text))
        except UnicodeDecodeError:
            self.faults.append(f"{name}: không phải UTF-8, xin lưu lại tệp với mã hoá UTF-8")
        except json.JSONDecodeError as error:
            self.faults.append(f"{name}, dòng {error.lineno}: sai cú pháp JSON ({error.msg})")
        except tomllib.TOMLDecodeError as error:
            self.faults.append(f"{name}, {toml_fault(str(error), text)}")
        return None


def toml_fault(said: str, text: str) -> str:
    """What the parser said, with the line first."""
    if at := _TOML_LINE.search(said):
        return f"dòng {at[1]}: sai cú pháp TOML ({said[: at.start()]})"
    return f"dòng {len(text.splitlines()) or 1}: sai cú pháp TOML ({_TOML_END.sub('', said)}, đến hết tệp)"


def laid_over(ours: Any, own: Any) -> Any:  # noqa: ANN401 - a tree of JSON or TOML
    """One tree over another: tables entry by entry, lists of entries by their ids, anything else replaced."""
    if isinstance(ours, dict) and isinstance(own, dict):
        return ours | {key: laid_over(ours[key], value) if key in ours else value for key, value in own.items()}
    name = next((one for one in IDS if named_by(ours, one) and named_by(own, one)), "")
    if not name:
        return own
    entries = {entry[name]: entry for entry in ours}
    for entry in own:
        entries[entry[name]] = laid_over(entries.get(entry[name], {}), entry)
    return list(entries.values())


def named_by(tree: Any, name: str) -> bool:  # noqa: ANN401
    """Whether this is a list of entries with such an id."""
    return isinstance(tree, list) and bool(tree) and all(isinstance(one, dict) and name in one for one in tree)


def fault_of(error: msgspec.ValidationError, where: Where) -> Fault:
    """A validation error with the whole way to what is wrong, in words."""
    said, _, path = str(error).partition(" - at `")
    steps: list[str | int] = [match[1] or int(match[2]) for match in _STEP.finditer(path)]
    return Fault((*where, *steps), in_words(said))


def in_words(said: str) -> str:
    """What msgspec says, for people."""
    for pattern, words in _SAID:
        if match := re.match(pattern, said):
            return words.format(*(kinds_in_words(part) for part in match.groups()))
    return said


def kinds_in_words(part: str) -> str:
    """`str | null` in words; a name or a number as it is."""
    return " hoặc ".join(_TYPES.get(one, one) for one in part.split(" | "))
