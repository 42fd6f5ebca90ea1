"""The boxes that MP4, MOV and M4A are made of (ISO/IEC 14496-12): reading, checking, and freeing in place."""

from collections.abc import Iterator
from typing import NamedTuple

_MAX_BOXES = 20_000  # an hour in fragments of two seconds

# Bytes after the header, by kind. A box of a known size cannot be forged or damaged to swallow its neighbour.
_FIXED = {
    b"mvhd": (100, 112), b"tkhd": (84, 96), b"mdhd": (24, 36), b"vmhd": (12,), b"smhd": (8,), b"gmin": (16,),
    b"clef": (12,), b"prof": (12,), b"enof": (12,), b"cslg": (24, 44),
    b"mehd": (8, 12), b"trex": (24,), b"mfhd": (8,), b"tfdt": (8, 12),
}  # fmt: skip
# Tables: version and flags, a count, then rows of this many bytes, by version 0 and 1.
_ROWS = {
    b"stts": (8, 8), b"ctts": (8, 8), b"stsc": (12, 12), b"stco": (4, 4), b"co64": (8, 8), b"stss": (4, 4),
    b"elst": (12, 20),
}  # fmt: skip


class BrokenError(Exception):
    """The file is not what it says it is."""


class Box(NamedTuple):
    """Where a box begins, where its content does, and where both end."""

    kind: bytes
    start: int
    body: int
    end: int

    @property
    def size(self) -> int:
        """Bytes of content."""
        return self.end - self.body


class Boxes:
    """A file as boxes, on a copy that is changed in place and never in length."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self._left = _MAX_BOXES

    def within(self, start: int, end: int) -> Iterator[Box]:
        """The boxes that fill the bytes from `start` to `end`; BrokenError if they do not."""
        while end - start >= 8 or any(self.data[start:end]):  # QuickTime may end a list with four zeros
            box = self._box(start, end)
            yield box
            start = box.end

    def check(self, box: Box) -> None:
        """Raises BrokenError when a box whose size is known has another one."""
        if box.size not in _FIXED.get(box.kind, (box.size,)) or box.size != self._table_size(box):
            raise BrokenError

    def number(self, at: int) -> int:
        """The 32-bit number at an offset."""
        return int.from_bytes(self.data[at : at + 4])

    def free(self, box: Box) -> None:
        """Makes it a box that players skip, and its content zeros."""
        self.data[box.start + 4 : box.start + 8] = b"free"
        self.zero(box.body, box.end)

    def zero(self, start: int, end: int) -> None:
        """Overwrites the bytes from `start` to `end`."""
        self.data[start:end] = bytes(max(0, end - start))

    def _box(self, start: int, end: int) -> Box:
        self._left -= 1
        if self._left < 0 or end - start < 8:
            raise BrokenError
        size, body = self.number(start), start + 8
        if size == 1:  # 64 bits follow
            size, body = int.from_bytes(self.data[body : body + 8]), body + 8
        elif size == 0:  # to the end of the file
            size = len(self.data) - start
        if not body <= start + size <= end:
            raise BrokenError
        return Box(bytes(self.data[start + 4 : start + 8]), start, body, start + size)

    def _table_size(self, box: Box) -> int:
        if box.kind == b"stsz":  # one size for all samples, or one for each
            return 12 if self.number(box.body + 4) else 12 + 4 * self.number(box.body + 8)
        if box.kind in _ROWS and box.size:
            return 8 + self.number(box.body + 4) * _ROWS[box.kind][self.data[box.body] & 1]
        return box.size
