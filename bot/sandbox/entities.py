"""HTML parse mode: tagged text in, plain text and Telegram entities out.

Offsets and lengths count UTF-16 units. Error sentences follow tdlib's MessageEntity.cpp (parse_html).
"""

import re
from html import unescape
from typing import Any

from bot.sandbox.autolinks import find_entities
from bot.sandbox.errors import bad_request

__all__ = ["CAPTION_LIMIT", "TEXT_LIMIT", "formatted", "parse_html", "utf16_len"]

TEXT_LIMIT = 4096  # UTF-16 units after entities are parsed (Bot API: sendMessage)
CAPTION_LIMIT = 1024

PLAIN_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
KNOWN_TAGS = {*PLAIN_TAGS, "a", "span", "tg-emoji"}
# Only these names and numbers are character references in a Bot API text; &nbsp; stays as written.
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
ATTRIBUTE = re.compile(r"\s*([^\s=>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")


def utf16_len(text: str) -> int:
    """How many UTF-16 units the text takes: what Telegram counts by."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities; 400 "can't parse entities: ..." where Telegram says so."""
    if "<" not in source and "&" not in source:
        return source, []
    return Parser(source).parse()


class Parser:
    """One pass over the source; `open_tags` holds (tag, offset, attributes) still waiting for their end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.open_tags: list[tuple[str, int, dict[str, str]]] = []
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        place = 0
        while (found := self.source.find("<", place)) >= 0:
            self.write(self.source[place:found])
            place = self.end_tag(found) if self.source[found + 1 : found + 2] == "/" else self.start_tag(found)
        self.write(self.source[place:])
        if self.open_tags:
            raise refusal(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1][0]}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def write(self, raw: str) -> None:
        text = REFERENCE.sub(lambda match: unescape(match[0]), raw) if "&" in raw else raw
        self.parts.append(text)
        self.length += utf16_len(text)

    def start_tag(self, begin: int) -> int:
        match = re.compile(r"<([^\s>]*)").match(self.source, begin)
        tag = match[1].lower() if match else ""
        end = self.source.find(">", begin)
        if end < 0:
            raise refusal(f"Unclosed start tag at byte offset {self.bytes_before(begin)}")
        if tag not in KNOWN_TAGS:
            raise refusal(f'Unsupported start tag "{tag}" at byte offset {self.bytes_before(begin)}')
        attributes, end = read_attributes(self.source, begin + 1 + len(tag))
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self.bytes_before(begin)}')
        self.open_tags.append((tag, self.length, attributes))
        return end + 1

    def end_tag(self, begin: int) -> int:
        end = self.source.find(">", begin)
        if end < 0:
            raise refusal(f"Unclosed end tag at byte offset {self.bytes_before(begin)}")
        if not self.open_tags:
            raise refusal(f"Unexpected end tag at byte offset {self.bytes_before(begin)}")
        found = self.source[begin + 2 : end].strip().lower()
        tag, offset, attributes = self.open_tags.pop()
        if found and found != tag:
            where = self.bytes_before(begin)
            raise refusal(f'Unmatched end tag at byte offset {where}, expected "</{tag}>", found "</{found}>"')
        if self.length > offset:
            self.close(tag, offset, attributes)
        return end + 1

    def close(self, tag: str, offset: int, attributes: dict[str, str]) -> None:
        entity: dict[str, Any] = {"offset": offset, "length": self.length - offset, "type": PLAIN_TAGS.get(tag, "")}
        if tag == "a":
            entity |= link_of(attributes.get("href") or text_from(self.parts, offset))
        elif tag == "span":
            entity["type"] = "spoiler"
        elif tag == "tg-emoji":
            entity |= {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        elif tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif tag == "code" and self.inside_pre(offset, attributes):
            return
        elif tag == "pre" and "language" in attributes:
            entity["language"] = attributes["language"]
        if entity["type"]:
            self.entities.append(entity)

    def inside_pre(self, offset: int, attributes: dict[str, str]) -> bool:
        """<pre><code class="language-x"> is one `pre` entity with a language."""
        if not self.open_tags or self.open_tags[-1][0] != "pre" or self.open_tags[-1][1] != offset:
            return False
        style = attributes.get("class", "")
        if style.startswith("language-"):
            self.open_tags[-1][2]["language"] = style.removeprefix("language-")
        return True

    def bytes_before(self, place: int) -> int:
        return len(self.source[:place].encode())


def read_attributes(source: str, place: int) -> tuple[dict[str, str], int]:
    """Attributes from `place` on, and where the closing `>` stands; a quoted value may hold a `>`."""
    attributes: dict[str, str] = {}
    while place < len(source) and source[place] != ">":
        match = ATTRIBUTE.match(source, place)
        if not match:
            place += 1
            continue
        attributes[match[1].lower()] = unescape(match[2] or match[3] or match[4] or "")
        place = match.end()
    if place >= len(source):
        raise refusal("Unclosed start tag")
    return attributes, place


def text_from(parts: list[str], offset: int) -> str:
    raw = "".join(parts).encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 :].decode("utf-16-le", "replace")


def link_of(address: str) -> dict[str, Any]:
    """A link nobody can open becomes plain text, as Telegram does it."""
    if address.startswith("tg://user?id=") and address[13:].isdigit():
        user = {"id": int(address[13:]), "is_bot": False, "first_name": "?"}
        return {"type": "text_mention", "user": user}
    if re.match(r"(?:https?|tg|ftp|tonsite)://\S+$", address):
        return {"type": "text_link", "url": address}
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?$", address):
        return {"type": "text_link", "url": f"http://{address}"}
    return {}


def refusal(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")


def formatted(
    text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None, limit: int
) -> tuple[str, list[dict[str, Any]]]:
    """What a message shows: markup parsed, ends trimmed, links found, length checked against `limit`."""
    marks: list[dict[str, Any]] = list(entities or [])
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, marks = parse_html(text)
    text, marks = trimmed(text, marks)
    # A text of n letters takes at most 2n units, so most need no counting.
    if len(text) * 2 > limit and utf16_len(text) > limit:
        raise bad_request("message is too long" if limit == TEXT_LIMIT else "message caption is too long")
    return text, find_entities(text, marks)


def trimmed(text: str, marks: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    short = text.strip()
    if short == text or not marks:
        return short, marks
    lead = utf16_len(text[: len(text) - len(text.lstrip())])
    total = utf16_len(short)
    kept = []
    for mark in marks:
        begin = max(0, mark["offset"] - lead)
        end = min(total, mark["offset"] + mark["length"] - lead)
        if end > begin:
            kept.append(mark | {"offset": begin, "length": end - begin})
    return short, kept
