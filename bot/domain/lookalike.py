"""Links that look like what they are not: names of the state, of banks and of shops on other people's domains.

Which names, and where they really live, is content (trusted.toml). Public suffixes come from `publicsuffixlist`, the
snapshot that is installed with it; nothing is looked up on the network. Not handled: what stands behind a shortener, a
page on a trusted host that anybody may fill (a form, a video), and names that only look alike to the ear.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from publicsuffixlist import PublicSuffixList
from rapidfuzz.distance import OSA

from bot.domain.vietnamese import bare
from bot.domain.weblinks import Link

STATE = "gov.vn"
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PACKAGE = re.compile(r"\.(?:apk|xapk|apks)(?:[?#].*)?$", re.IGNORECASE)
_STATE_LIKE = re.compile(r"gov-?vn|(?:^|[.-])gov[.-]vn(?:[.-]|$)|(?:^|[.-])gov(?:[.-]|$)")
_INSIDE = 5  # a name this long is found inside of other letters; a shorter one only by itself
_LONG, _LONGER = 7, 11  # letters from which one, or two, may be wrong
_LOOK = str.maketrans("асеорхуіѕјԁһӏѵαοινρτκυıłøđ015$", "aceopxyisjdhlvaoivptkuilodolss")  # drawn like Latin letters
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


class Flag(StrEnum):
    """What is wrong with a link."""

    STATE = "state"  # pretends to be of the state
    NAME = "name"  # bears somebody's name and is not theirs
    LETTERS = "letters"  # mixes letters of different scripts
    DISGUISED = "disguised"  # what stands before the @ is not where it leads
    PACKAGE = "package"  # installs something past the shop
    ADDRESS = "address"  # numbers in place of a name
    SHORT = "short"  # hides where it leads
    ENDING = "ending"  # an ending that is nearly given away


GRAVE = frozenset({Flag.STATE, Flag.LETTERS, Flag.DISGUISED, Flag.PACKAGE})


@dataclass(frozen=True, slots=True)
class Trusted:
    """A name, where it really lives, the words by which it is known. `grave`: whoever borrows it means harm."""

    name: str
    domains: tuple[str, ...]
    words: tuple[str, ...]
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is wrong with a link, and whose name it borrows."""

    flag: Flag
    link: Link = field(repr=False)
    name: str = ""
    home: str = ""
    grave: bool = False


class Names:
    """The names that people trust, and what they are known by."""

    def __init__(self, trusted: Iterable[Trusted], short: Iterable[str], endings: Iterable[str]) -> None:
        self._trusted = tuple(trusted)
        self._homes = frozenset(domain for one in self._trusted for domain in one.domains)
        self._short, self._endings = frozenset(short), frozenset(endings)

    def is_trusted(self, link: Link) -> bool:
        """Whether it leads to somebody known: it says nothing of what stands there."""
        host = link.host
        return host.isascii() and any(ends_in(host, home) for home in (*self._homes, STATE))

    def signs(self, link: Link) -> tuple[Sign, ...]:
        """Everything that is wrong with a link, the worst first; of a trusted host only what it would install."""
        if self.is_trusted(link):
            found: list[Sign] = []
        else:
            found = [*self._borrowed(link), *(Sign(flag, link, grave=flag in GRAVE) for flag in self._plain(link))]
        if _PACKAGE.search(link.path) or _PACKAGE.search(link.host):
            found.append(Sign(Flag.PACKAGE, link, grave=True))
        if is_disguised(link):
            found.append(Sign(Flag.DISGUISED, link, grave=True))
        return tuple(sorted(found, key=lambda sign: not sign.grave))

    def _plain(self, link: Link) -> Iterable[Flag]:
        """What can be said without knowing any name."""
        host = link.host
        if _IP.fullmatch(host):
            yield Flag.ADDRESS
            return
        if mixes_scripts(host):
            yield Flag.LETTERS
        if any(ends_in(host, short) for short in self._short):
            yield Flag.SHORT
        if host.rpartition(".")[2] in self._endings:
            yield Flag.ENDING

    def _borrowed(self, link: Link) -> Iterable[Sign]:
        """Whose name it bears."""
        named = next((one for one in self._trusted if bears(link.host, one.words)), None)
        if _STATE_LIKE.search(skeleton(own_part(link.host))):
            yield Sign(Flag.STATE, link, named.name if named else "", grave=True)
        elif named is not None:
            yield Sign(Flag.NAME, link, named.name, named.domains[0] if named.domains else STATE, grave=named.grave)


def ends_in(host: str, domain: str) -> bool:
    """Whether a host is this domain, or lies in it."""
    return host == domain or host.endswith(f".{domain}")


def bears(host: str, words: Iterable[str]) -> bool:
    """Whether one of these words stands in what its owner chose of a host, as it is or as it looks."""
    shapes = {bare(own_part(host)), skeleton(own_part(host)), paired(skeleton(own_part(host)))}
    return any(has_word(shape, word) for shape in shapes for word in words)


def has_word(shape: str, word: str) -> bool:
    """A short word has to stand alone; a long one may have a letter wrong."""
    parts = [part for part in re.split(r"[.-]", shape) if part]
    whole = [label.replace("-", "") for label in shape.split(".")]
    if word in parts or (len(word) >= _INSIDE and any(word in label for label in whole)):
        return True
    slips = 0 if len(word) < _LONG else 1 if len(word) < _LONGER else 2
    return bool(slips) and any(0 < OSA.distance(word, part) <= slips for part in {*parts, *whole})


def skeleton(text: str) -> str:
    """A host as the eye reads it: letters of other scripts and digits as the Latin letters that they resemble."""
    return bare(text.translate(_LOOK))


def paired(shape: str) -> str:
    """The same with pairs of letters that look like one."""
    for pair, one in _PAIRS:
        shape = shape.replace(pair, one)
    return shape


def own_part(host: str) -> str:
    """What somebody chose: the host without its public suffix. Of a host that has nothing else, the whole of it."""
    suffix = suffixes().publicsuffix(host) or ""
    return host[: -len(suffix) - 1] if suffix and host != suffix else host


def registered(host: str) -> str:
    """The part of a host that belongs to one owner: `a.b.com.vn` is of `b.com.vn`."""
    return str(suffixes().privatesuffix(host) or host)


@cache
def suffixes() -> PublicSuffixList:
    """The list, read once: it takes a tenth of a second that no start needs."""
    return PublicSuffixList()


def mixes_scripts(host: str) -> bool:
    """Whether one label has Latin letters and others."""
    return any(len({is_latin(char) for char in label if char.isalpha()}) > 1 for label in host.split("."))


def is_latin(char: str) -> bool:
    """Whether a letter is Latin, with whatever marks."""
    return unicodedata.name(char, "").startswith("LATIN")


def is_disguised(link: Link) -> bool:
    """ "https://vietcombank.com.vn@abc.top": the host is what follows."""
    before, at, _ = link.written.partition("@")
    return bool(at) and "//" in before and "/" not in before.partition("//")[2]
