"""Does a caption say that its picture shows an identity paper? Then it is kept like one whose code was read.

Not handled: a paper that is only spoken of ("mất căn cước", "giật túi có cả cccd") is no picture of one.
"""

import re

from bot.domain.vietnamese import fold

SHORT = 6  # words; a caption of a few words that names a paper says what is seen
_PAPER = r"(?:can cuoc|cccd|cmnd|cmtnd|cmt|chung minh (?:nhan dan|thu)|ho chieu|passport|giay to tuy than|the tuy than)"
_NAMED = re.compile(rf"\b{_PAPER}\b")
_SHOWN = re.compile(
    rf"\b(?:anh|hinh|chup|gui|day la|mat truoc|mat sau)(?: \w+)? {_PAPER}\b|\b{_PAPER}(?: \w+){{0,3}} day\b"
)
_GONE = re.compile(r"\b(?:mat(?! truoc| sau)|roi|rot|nhat|giat|trom|cuop|lam|cap|doi|gia|khong|xin|hoi|bat|bao|dua)\b")


def says_paper(caption: str) -> bool:
    """Whether these words say that the picture beside them shows an identity card or a passport."""
    said = fold(caption)
    if _NAMED.search(said) is None:
        return False
    return bool(_SHOWN.search(said)) or (len(said.split()) <= SHORT and _GONE.search(said) is None)
