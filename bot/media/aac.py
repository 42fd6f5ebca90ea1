"""AAC in ADTS frames, as Zalo records voices: nothing but sound has a place between the frames."""

from collections.abc import Iterator

_SHORTEST = 7  # bytes of a header without its checksum


def strip_aac(data: bytes) -> bytes | None:
    """The frames and nothing else, or None where the file is not wholly made of them (ISO/IEC 13818-7, 6.2)."""
    ends = list(_frame_ends(data))
    return data if ends and ends[-1] == len(data) else None


def _frame_ends(data: bytes) -> Iterator[int]:
    at = 0
    while size := _frame_size(data[at : at + _SHORTEST]):
        at += size
        yield at


def _frame_size(header: bytes) -> int:
    """Bytes of the frame that begins with this header, 0 if none does."""
    if len(header) < _SHORTEST or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
        return 0
    size = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return size if size >= _SHORTEST else 0
