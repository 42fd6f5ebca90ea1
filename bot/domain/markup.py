"""The house's formatted text: an HTML subset. Measure it as platforms do, and cut it where it is too long."""

import html
import re
from collections.abc import Iterator

TOKEN = re.compile(r"<[^>]*>|&[^;\s]{1,10};|[^<&]+|.", re.DOTALL)
NAME = re.compile(r"</?([a-z-]+)")
ANCHOR = re.compile(r"""<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>""", re.DOTALL)


def plain(text: str) -> str:
    """The text without formatting, unescaped."""
    return html.unescape("".join(token for token in TOKEN.findall(text) if not token.startswith("<")))


def spelled(text: str) -> str:
    """The same formatted text with its links written out, `words (address)`, for whoever cannot press on words.

    Only web addresses are written out, and only where the words do not say them already. Idempotent.
    """
    return ANCHOR.sub(_written_out, text)


def _written_out(anchor: re.Match[str]) -> str:
    address, words = anchor[1], anchor[2]
    known = plain(words).strip() == html.unescape(address) or not address.startswith(("http://", "https://"))
    return words if known else f"{words} ({address})"


def escape(text: str) -> str:
    """Plain text as it may stand in formatted text."""
    return html.escape(text, quote=False)


def units(text: str) -> int:
    """UTF-16 code units: what Telegram and Zalo count."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def length(text: str) -> int:
    """How long a platform finds this formatted text."""
    return units(plain(text))


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` units each, cut between words where that can be, tags closed and opened again."""
    if length(text) <= limit:
        return [text]
    return [piece for piece in _pieces(text, limit) if plain(piece).strip()]


def _pieces(text: str, limit: int) -> Iterator[str]:
    piece, room, tags = "", limit, list[str]()
    for token in TOKEN.findall(text):
        if token.startswith("<"):
            piece += token
            _follow(tags, token)
            continue
        for word in atoms(token, limit):
            size = units(html.unescape(word))
            if size > room:
                yield piece + closing(tags)
                piece, room = "".join(tags), limit
            piece += word
            room -= size
    yield piece


def _follow(tags: list[str], token: str) -> None:
    if not token.startswith("</"):
        tags.append(token)
    elif tags:
        tags.pop()


def closing(tags: list[str]) -> str:
    """The end tags for these open ones."""
    names = (NAME.match(tag) for tag in reversed(tags))
    return "".join(f"</{name[1]}>" for name in names if name)


def atoms(token: str, limit: int) -> Iterator[str]:
    """Parts that are not to be cut: entities, words with the space behind them; a word beyond the limit in slices."""
    if token.startswith("&"):
        yield token
        return
    half = max(limit // 2, 1)  # a letter may be two units
    for word in re.findall(r"\S+\s*|\s+", token):
        yield from (word[start : start + half] for start in range(0, len(word), half))
