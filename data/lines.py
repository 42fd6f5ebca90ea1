"""On which line of a TOML or JSON file something stands: parsers keep that for syntax errors only."""

import json
import re
from collections import Counter

Where = tuple[str | int, ...]
"""The keys and positions that lead to something: `("quiz", 1, "answer")`."""

_HEADER = re.compile(r"\s*(\[\[?)([^\]]+)\]")
_PART = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#|[\[\]{}]')


def toml_places(text: str) -> dict[Where, int]:
    """The line of each table and key."""
    found: dict[Where, int] = {(): 1}
    here: Where = ()
    count: Counter[Where] = Counter()
    state = ("", 0)
    for number, line in enumerate(text.splitlines(), 1):
        if state != ("", 0):
            state = after(line, state)
        elif header := _HEADER.match(line):
            here = parts_of(header[2])
            found.setdefault(here, number)
            if header[1] == "[[":
                count[here] += 1
                here = (*here, count[here] - 1)
                found[here] = number
        elif key := _KEY.match(line):
            found[(*here, *parts_of(key[1]))] = number
            state = after(line[key.end() :], state)
    return found


def parts_of(name: str) -> Where:
    """`a."b c"` as its parts."""
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))


def after(line: str, state: tuple[str, int]) -> tuple[str, int]:
    """What is still open after a line of a value: the quotes of a long string, and how many brackets."""
    quote, depth = state
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                break
            at, quote = end + len(quote), ""
        elif (token := _TOKEN.search(line, at)) is None or token[0] == "#":
            break
        else:
            at = token.end()
            quote = token[0] if len(token[0]) == 3 and token[0] in ('"""', "'''") else ""
            depth += (token[0] in "[{") - (token[0] in "]}") if len(token[0]) == 1 else 0
    return quote, depth


def json_places(text: str) -> dict[Where, int]:
    """The line of each entry of a list and of its keys."""
    found: dict[Where, int] = {(): 1}
    start = text.find("[") + 1
    decoder, at = json.JSONDecoder(), start
    for number in range(len(json.loads(text)) if start else 0):
        at += len(text[at:]) - len(text[at:].lstrip(", \t\r\n"))
        entry, end = decoder.raw_decode(text, at)
        found[(number,)] = text.count("\n", 0, at) + 1
        for key in entry if isinstance(entry, dict) else ():
            found[(number, key)] = text.count("\n", 0, text.index(f'"{key}"', at)) + 1
        at = end
    return found
