"""Words made shorter for where there is little room: a caption, a caption's share, three lines of a LED board. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.impersonal import impersonal
from bot.domain.markup import units

LED_LETTERS = 60
PICTURES = ("So", "Sk", "Cs", "Co")  # kinds of signs that no type for text has
EMOJI_SIGN = "\ufe0f"  # makes a picture of the letter before it
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def sentences(text: str) -> list[str]:
    """A text's sentences and lines."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def shortened(text: str, room: int) -> str:
    """As many whole sentences as have room (UTF-16 units); where not even the first has, its first words."""
    kept, at = "", 0
    for part in sentences(text):
        at = text.index(part, at) + len(part)
        if units(text[:at]) > room:
            break
        kept = text[:at]
    return kept.strip() or cut(text, room)


def cut(text: str, room: int) -> str:
    """The first words, as far as there is room for them and for a sign that more is missing."""
    if units(text) <= room:
        return text
    kept = ""
    for word in re.findall(r"\S+\s*", text):
        if units(kept + word.rstrip()) + 1 > room:
            break
        kept += word
    return (kept.rstrip().rstrip(" ,;:") or text[: max(room - 1, 0) // 2]) + "…" if room > 0 else ""


def shared_out(texts: Sequence[str], room: int) -> list[str]:
    """Several texts in a room for all: the longest give way, the short ones stay whole."""
    limit, sizes = room, sorted(map(units, texts))
    left = room
    for place, size in enumerate(sizes):
        limit = left // (len(sizes) - place)
        if size > limit:
            break
        left -= size
        limit = room
    return [text if units(text) <= limit else shortened(text, limit) for text in texts]


def without_pictures(text: str) -> str:
    """Without emoji and other signs that are no letters."""
    return "".join(one for one in text if one != EMOJI_SIGN and unicodedata.category(one) not in PICTURES)


def spoken_signs(text: str) -> str:
    """Without pictures and bullets."""
    return without_pictures(text).replace("•", "")


def led_line(text: str, letters: int = LED_LETTERS) -> str:
    """One line of a LED board: capitals with their marks in one sign each, nothing personal, nothing to press."""
    words = " ".join(spoken_signs(impersonal(text)).split()).strip(" .,;:")
    return cut(unicodedata.normalize("NFC", words.upper()), letters)
