"""Vietnamese text as people type it: with diacritics, without them, and with what keyboards and scammers slip in."""

import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n\t]+")
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


def normalize(text: str) -> str:
    """The text in NFKC, without control and zero-width characters, every run of blanks one space.

    Newlines and tabs stay; lone surrogates, which no database takes, go. NFKC also turns the "bold" mathematical
    letters of scam messages into letters. Keep the original where it is evidence. Idempotent; never raises.
    """
    # Before composing, so that a letter and its mark meet across a zero-width character; blanks last, NFKC makes more.
    visible = "".join(filter(_visible, _BREAKS.sub("\n", text)))
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", visible))


def fold(text: str) -> str:
    """The key by which texts compare: lower case, no diacritics, đ as d; "hoà", "hòa" and "HOA" are one. Idempotent."""
    return _BLANKS.sub(" ", bare(normalize(text).lower()))  # a mark may have stood between two blanks


def words(text: str) -> list[str]:
    """The words of a text in order, lower case, diacritics kept; `words(fold(text))` gives them bare."""
    return _WORD.findall(normalize(text).lower())


def bare(lower: str) -> str:
    """What is left of text already normalized and in lower case once its marks are gone."""
    # đ has no decomposition: it has to be named.
    letters = unicodedata.normalize("NFD", lower.replace("đ", "d"))
    return letters if letters.isascii() else "".join(c for c in letters if unicodedata.category(c) != "Mn")


def marks(text: str) -> frozenset[str]:
    """The marks of a text as a set: combining characters, and "đ". Where in the word they sit does not matter."""
    if text.isascii():
        return frozenset()
    letters = unicodedata.normalize("NFD", normalize(text).lower())
    return frozenset(c for c in letters if c == "đ" or unicodedata.category(c) == "Mn")


def _visible(char: str) -> bool:
    return char.isprintable() or char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
