"""MP3: only the bytes that are audio frames come through, so no tag does, whatever its kind."""

from collections.abc import Iterator

_KBITS = {  # by bit rate index 1..14, layer III
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5
}
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by version bits
_TAGS = (b"ID3", b"3DI", b"TAG+")  # may follow the frames, and are dropped with all that comes after
_LATE_TAGS = (b"APETAGEX", b"LYRICSBEGIN")  # long enough never to occur by chance
_ID3V1 = 128
_MIN_FRAMES = 3
_MAX_FRAME = 1441


def strip_mp3(data: bytes) -> bytes | None:
    """The frames of an MP3 without ID3, APE and other tags; None when something between them is neither."""
    data = _before_late_tags(data)
    start = _after_id3(data)
    ends = list(_frame_ends(data, start))
    if len(ends) < _MIN_FRAMES:
        return None
    rest = data[ends[-1] :]
    return data[start : ends[-1]] if rest.startswith(_TAGS) or len(rest.strip(b"\0")) < _MAX_FRAME else None


def _before_late_tags(data: bytes) -> bytes:
    if data[-_ID3V1:].startswith(b"TAG"):
        data = data[:-_ID3V1]
    return data[: min((at for tag in _LATE_TAGS if (at := data.find(tag)) > 0), default=len(data))]


def _after_id3(data: bytes) -> int:
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[at + 6 : at + 10], (21, 14, 7, 0), strict=True))
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)  # a footer repeats the header
    while data[at : at + 1] == b"\0":  # padding
        at += 1
    return at


def _frame_ends(data: bytes, at: int) -> Iterator[int]:
    while (size := _frame_size(data[at : at + 4])) and at + size <= len(data):
        at += size
        yield at


def _frame_size(header: bytes) -> int:
    """Bytes of the frame that begins with this header, 0 if none does (ISO/IEC 11172-3 and 13818-3, layer III)."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, speed = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version not in _HERTZ or not 0 < rate < 15 or speed == 3:
        return 0
    first = version == 3
    slots = (144_000 if first else 72_000) * _KBITS[first][rate - 1] // _HERTZ[version][speed]
    return slots + (header[2] >> 1 & 1)
