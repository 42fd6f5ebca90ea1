"""The numbered choices a message offers where there are no buttons."""

import re
import unicodedata

__all__ = ["choice_number"]

CHOICE = re.compile(r"^\s*(?P<number>\d{1,2})[.)]\s*(?P<label>\S.*)$", re.MULTILINE)
EMOJI_KINDS = {"So", "Sk", "Cf", "Me", "Cs"}
VARIATION = "\ufe0f"


def choice_number(text: str, label: str) -> str | None:
    """The number of the first line such as "1. Gửi" or "1) Gửi" that contains `label`, emoji aside."""
    wanted = plain(label)
    found = (match["number"] for match in CHOICE.finditer(text) if wanted in plain(match["label"]))
    return next(found, None)


def plain(words: str) -> str:
    kept = [letter for letter in unicodedata.normalize("NFC", words) if not is_emoji(letter)]
    return " ".join("".join(kept).split())


def is_emoji(letter: str) -> bool:
    return letter == VARIATION or unicodedata.category(letter) in EMOJI_KINDS
