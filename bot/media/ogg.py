"""Ogg Opus, as voice messages are: the comment header is emptied in place (RFC 3533, RFC 7845)."""

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

_HEADER = struct.Struct("<4sBBqIIIB")  # capture, version, flags, granule, serial, sequence, checksum, segments
_CHECKSUM_AT = 22
_STARTS = 0x02  # this page begins a stream
_POLYNOMIAL = 0x04C11DB7
_NO_TAGS = b"OpusTags" + bytes(8)  # a vendor of no letters and no comments; zeros after them are padding


class _Page(NamedTuple):
    start: int
    body: int
    end: int
    flags: int
    serial: int
    lacing: bytes


def strip_ogg(data: bytes) -> bytes | None:
    """The same sound with an empty comment header; None for anything but one whole Opus stream."""
    pages = list(_pages(data))
    if len(pages) < 2 or pages[-1].end != len(data) or not _one_stream(pages):
        return None
    if data[pages[0].body : pages[0].body + 8] != b"OpusHead" or data[pages[1].body : pages[1].body + 8] != b"OpusTags":
        return None
    tags = _packet(pages[1:])
    clean = bytearray(data)
    if not tags or not all(_intact(data, page) for page in tags):
        return None
    _empty(clean, tags)
    return bytes(clean)


def _pages(data: bytes) -> Iterator[_Page]:
    at = 0
    while at + _HEADER.size <= len(data):
        capture, version, flags, _, serial, _, _, segments = _HEADER.unpack_from(data, at)
        lacing = data[at + _HEADER.size : at + _HEADER.size + segments]
        body = at + _HEADER.size + segments
        if capture != b"OggS" or version or len(lacing) != segments or body + sum(lacing) > len(data):
            return
        yield _Page(at, body, body + sum(lacing), flags, serial, lacing)
        at = body + sum(lacing)


def _one_stream(pages: Sequence[_Page]) -> bool:
    first, *others = pages
    return bool(first.flags & _STARTS) and all(
        page.serial == first.serial and not page.flags & _STARTS for page in others
    )


def _packet(pages: Sequence[_Page]) -> Sequence[_Page]:
    """The pages of the first packet, which must fill them: sound starts on a page of its own."""
    for i, page in enumerate(pages):
        ends = [n for n, length in enumerate(page.lacing) if length < 255]
        if ends:
            return pages[: i + 1] if ends == [len(page.lacing) - 1] else ()
    return ()


def _empty(data: bytearray, pages: Sequence[_Page]) -> None:
    for page in pages:
        data[page.body : page.end] = bytes(page.end - page.body)
    first = pages[0]
    data[first.body : first.body + len(_NO_TAGS)] = _NO_TAGS
    for page in pages:
        struct.pack_into("<I", data, page.start + _CHECKSUM_AT, _checksum(data, page))


def _intact(data: bytes, page: _Page) -> bool:
    at = page.start + _CHECKSUM_AT
    return int.from_bytes(data[at : at + 4], "little") == _checksum(data, page)


def _checksum(data: bytes | bytearray, page: _Page) -> int:
    """The page's CRC-32, unreflected and with its own field as zero, as Ogg wants it."""
    content = data[page.start : page.start + _CHECKSUM_AT] + bytes(4) + data[page.start + _CHECKSUM_AT + 4 : page.end]
    crc, table = 0, _table()
    for byte in content:
        crc = (crc << 8) & 0xFFFFFFFF ^ table[(crc >> 24) ^ byte]
    return crc


@cache
def _table() -> tuple[int, ...]:
    return tuple(_shifted(byte << 24) for byte in range(256))


def _shifted(crc: int) -> int:
    for _ in range(8):
        crc = (crc << 1) & 0xFFFFFFFF ^ (_POLYNOMIAL if crc & 0x80000000 else 0)
    return crc
