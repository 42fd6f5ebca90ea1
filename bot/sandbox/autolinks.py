"""The entities Telegram finds by itself: commands, mentions, addresses, hashtags.

Not found here: cashtags, phone numbers, bank cards, dates.
"""

import re
from typing import Any

__all__ = ["find_entities"]

ENDINGS = (
    "com|net|org|info|vn|io|me|gov|edu|app|dev|xyz|top|site|online|shop|club|vip|cc|tv|co|asia|link|live|store|win"
)
PATTERN = re.compile(
    r"(?P<url>(?:https?://[^\s<>\"]+)"
    rf"|(?<![\w@./-])(?:[\w-]+\.)+(?:{ENDINGS})(?![\w-])(?:[/?#][^\s<>\"]*)?)"
    r"|(?P<email>(?<!\w)[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w/])@[A-Za-z]\w{3,31}(?!\w))"
    r"|(?P<bot_command>(?<![\w/>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/]))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)",
    re.IGNORECASE | re.ASCII,
)
# Hashtags and hosts may carry Vietnamese letters, so the pattern above is tried again without ASCII where needed.
UNICODE_PATTERN = re.compile(PATTERN.pattern, re.IGNORECASE)
SIGNS = re.compile(r"[/@#.]")


def find_entities(text: str, marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`marks` plus what is found between them, sorted by offset; nothing is found inside code or a link."""
    if not SIGNS.search(text):
        return marks
    pattern = PATTERN if text.isascii() else UNICODE_PATTERN
    taken = [(mark["offset"], mark["offset"] + mark["length"]) for mark in marks if mark["type"] in OPAQUE]
    found = []
    for match in pattern.finditer(text):
        begin, end = span_of(text, match)
        if not any(begin < stop and start < end for start, stop in taken):
            found.append({"offset": begin, "length": end - begin, "type": match.lastgroup})
    if not found:
        return marks
    return sorted([*marks, *found], key=lambda mark: (mark["offset"], -mark["length"])) if marks else found


OPAQUE = {"code", "pre", "text_link", "text_mention", "mention", "url", "bot_command", "hashtag", "email"}


def span_of(text: str, match: re.Match[str]) -> tuple[int, int]:
    begin, end = match.span()
    if match.lastgroup == "url":  # a full stop after an address ends the sentence
        end = begin + len(match[0].rstrip(".,;:!?)]}'"))
    if text.isascii():
        return begin, end
    start = len(text[:begin].encode("utf-16-le", "surrogatepass")) // 2
    return start, start + len(text[begin:end].encode("utf-16-le", "surrogatepass")) // 2
