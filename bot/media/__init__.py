"""Copies of files without what they say about their maker: place, time, device, names.

What a file is, its first bytes decide; a claimed type or name never does. Not handled: what can be seen or heard, marks
hidden in pixels or samples, and data that encoders put inside the video stream itself (SEI messages).
"""

from bot.media.aac import strip_aac
from bot.media.images import strip_image
from bot.media.movies import strip_movie
from bot.media.mp3 import strip_mp3
from bot.media.ogg import strip_ogg

_MP3_STARTS = (b"ID3", *(bytes([0xFF, second]) for second in (0xE2, 0xE3, 0xF2, 0xF3, 0xFA, 0xFB)))


def strip_metadata(data: bytes, mime: str | None = None, name: str | None = None) -> bytes | None:
    """A copy of the same type without metadata, or None where that cannot be promised: then withhold the file.

    Pictures come back as one encoded image, upright; MP4, MOV, M4A, Ogg Opus, MP3 and ADTS keep every sample. HEIC, PDF
    and all else give None, and so does a broken file. Pure, but a large photo takes up to a second: use a thread.
    """
    del mime, name  # a sender's claim is no evidence
    if data[:3] == b"\xff\xd8\xff":
        return strip_image(data, "JPEG")
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return strip_image(data, "PNG")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return strip_image(data, "WEBP")
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return strip_image(data, "GIF")
    return _strip_sound_or_video(data)


def _strip_sound_or_video(data: bytes) -> bytes | None:
    if data[4:8] == b"ftyp":
        return strip_movie(data)
    if data[:4] == b"OggS":
        return strip_ogg(data)
    if data[:2] in (b"\xff\xf0", b"\xff\xf1", b"\xff\xf8", b"\xff\xf9"):
        return strip_aac(data)
    return strip_mp3(data) if data.startswith(_MP3_STARTS) else None
