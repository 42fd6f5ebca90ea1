"""Links in free text, also those made unclickable ("hxxp", "[.]", " chấm com "), and how to show them safely.

Source: domain facts 6.2, rule 6. Not handled: links broken over two lines, e-mail addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.cues import followed_by_currency
from bot.domain.spotting import Spot

_DOT = r"(?:\.| ?[\[({] ?(?:\.|dot|cham|chấm) ?[\])}] ?| (?:dot|cham|chấm) )"
_LABEL = r"[^\W_][\w-]{0,62}"
_SCHEME = r"(?:h(?:tt|xx)p(?P<secure>s?) ?(?:\[:\]|:) ?//)"
_LINK = re.compile(
    rf"(?<![\w@.-])(?:(?P<scheme>{_SCHEME})(?:[^\s@/]{{1,64}}@)?)?(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})"
    r"(?P<path>(?::\d{1,5})?(?:[/?#][^\s<>\"']*)?)(?![\w@-])"
)
_IP = re.compile(r"(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])){3}")
_TAIL = ".,;:!?)]}…"
_ENDINGS = (
    "com vn net org info top xyz club online site shop vip cc icu app tk ml cf gq link click live fun store tech biz"
    " asia space website work world buzz bet loan cloud dev page gov edu help support today finance bank money"
)
# Also words of everyday talk ("xong.co nguoi"): they make a link only with a path, "www" or "http".
_WORDLIKE = "me co ly gl gd ga io to la in pro ru cn us uk eu tv ws life win gy id sh so do be at"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads: the host in lower case and Unicode, the path with port and query; and as it was written."""

    scheme: str  # "http", "https" or empty
    host: str = field(repr=False)
    path: str = field(repr=False)
    written: str = field(repr=False)


def find_links(text: str) -> list[Spot[Link]]:
    """The links in text that `normalize` has seen, in order."""
    return list(_links(text))


def defanged(link: Link) -> str:
    """The link to look at and not to press: "hxxps://abc[.]com/x"."""
    scheme = f"{link.scheme.replace('tt', 'xx')}://" if link.scheme else ""
    return f"{scheme}{link.host.replace('.', '[.]')}{link.path}"


def _links(text: str) -> Iterator[Spot[Link]]:
    lower = _lower(text)
    for match in _LINK.finditer(lower):
        host = re.sub(_DOT, ".", match["host"])
        path = text[match.start("path") : match.end("path")].rstrip(_TAIL)
        end = match.start("path") + len(path)
        if match["scheme"] or _is_known(text, host, path, end):
            scheme = f"http{match['secure']}" if match["scheme"] else ""
            yield Spot(Link(scheme, _unicode(host), path, text[match.start() : end]), match.start(), end)


def _lower(text: str) -> str:
    """Lower case, every character in its place: "İ" would become two."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _is_known(text: str, host: str, path: str, end: int) -> bool:
    if re.fullmatch(r"[\d.]+", host):
        return bool(_IP.fullmatch(host)) and not followed_by_currency(text, end)
    ending = host.rsplit(".", 1)[-1]
    return ending in _ENDINGS.split() or (
        ending in _WORDLIKE.split() and (path.startswith("/") or host.startswith("www."))
    )


def _unicode(host: str) -> str:
    return ".".join(map(_decoded, host.split(".")))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label  # not punycode after all: shown as written
