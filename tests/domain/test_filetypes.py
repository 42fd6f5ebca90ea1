"""A file is what its first bytes say."""

import zipfile
from io import BytesIO

import pytest

from bot.domain.filetypes import PROGRAM, UNKNOWN, type_of
from bot.sandbox import sample_photo
from tests.media_samples import movie, photo


def packed(*names: str) -> bytes:
    """A zip archive with these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (sample_photo(), "image/jpeg"),
        (photo("PNG"), "image/png"),
        (photo("WEBP"), "image/webp"),
        (movie(), "video/mp4"),
        (movie(brand=b"qt  "), "video/quicktime"),
        (movie(brand=b"M4A "), "audio/mp4"),
        (movie(brand=b"heic"), "image/heic"),
        (b"OggS\0\2" + bytes(20), "audio/ogg"),
        (b"\xff\xf1\x50\x80" + bytes(20), "audio/aac"),
        (b"\xff\xfb\x90\x64" + bytes(20), "audio/mpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
        ("Biển số 29H-123.45".encode(), "text/plain"),
        (("ở" * 1000).encode(), "text/plain"),
        (packed("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (packed("anh.jpg"), "application/zip"),
        (packed("AndroidManifest.xml", "classes.dex"), PROGRAM),
        (b"MZ\x90\0" + bytes(60), PROGRAM),
        (b"\x7fELF\2\1" + bytes(60), PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", PROGRAM),
        (b"\0\1\2\3", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_what_a_file_is(data: bytes, mime: str) -> None:
    assert type_of(data) == mime
