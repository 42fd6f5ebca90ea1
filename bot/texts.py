"""Every sentence that a person reads: data/texts/<language>/<room>.toml, filled in with escaped values."""

import html
import tomllib
from collections.abc import Mapping
from pathlib import Path

DEFAULT = "vi"


class Html(str):
    """Text that is already escaped, formatted HTML."""

    __slots__ = ()


class Texts:
    """Sentences by language and dotted key. A sentence that one language lacks is said in Vietnamese."""

    def __init__(self, languages: Mapping[str, Mapping[str, str]]) -> None:
        self._languages = languages

    @classmethod
    def load(cls, folder: Path) -> "Texts":
        """Read `<language>/*.toml` in a folder. Raises ValueError for a sentence that stands in two files."""
        return cls({path.name: read_language(path) for path in folder.iterdir() if path.is_dir()})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, Vietnamese first."""
        return tuple(sorted(self._languages, key=lambda name: (name != DEFAULT, name)))

    def say(self, language: str, key: str, **values: object) -> str:
        """The sentence `key`, with `{names}` replaced. Raises KeyError for a sentence that does not exist."""
        sentence = self._languages.get(language, {}).get(key)
        if sentence is None:
            sentence = self._languages[DEFAULT][key]
        return sentence.format_map({name: escaped(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._languages[DEFAULT]

    def keys(self, language: str) -> frozenset[str]:
        """Every key of a language."""
        return frozenset(self._languages[language])


def escaped(value: object) -> str:
    """A value as it may stand in HTML."""
    return value if isinstance(value, Html) else html.escape(str(value), quote=False)


def read_language(folder: Path) -> dict[str, str]:
    """The sentences of one language, from all its files."""
    sentences: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        more = flatten(tomllib.loads(path.read_text("utf-8")))
        if twice := sentences.keys() & more.keys():
            raise ValueError(f"{path.name}: {min(twice)} stands in another file too")
        sentences |= more
    return sentences


def flatten(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """`{"tip": {"receipt": "..."}}` as `{"tip.receipt": "..."}`."""
    flat: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(value).strip()
    return flat
