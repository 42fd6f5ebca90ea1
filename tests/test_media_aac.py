"""Voices from Zalo keep every frame, and nothing that stands between or behind the frames gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media import strip_metadata
from tests.media_aac import adts_frame, voice


def test_a_voice_keeps_every_frame() -> None:
    assert strip_metadata(voice(), "audio/aac") == voice()


@pytest.mark.parametrize("hidden", [b"TAG" + b"An" * 60, b"ID3", b"\x00", adts_frame(b"x")[:-1]])
def test_what_stands_behind_the_frames_withholds_the_file(hidden: bytes) -> None:
    assert strip_metadata(voice() + hidden, "audio/aac") is None


@given(st.binary(max_size=200))
def test_no_bytes_break_it_and_what_passes_is_wholly_frames(data: bytes) -> None:
    kept = strip_metadata(b"\xff\xf1" + data, "audio/aac")
    assert kept is None or kept == b"\xff\xf1" + data
