"""No copy that is shown or relayed says where, when or by whom it was made."""

import struct
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.media import images, ogg, strip_metadata
from tests.media_samples import PLACE, TIME, box, long_box, movie, page, photo, song, track, voice

PICTURES = ["JPEG", "PNG", "WEBP", "GIF"]
SAMPLES = [*map(photo, PICTURES), movie(), voice(), song()]


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_keeps_its_kind_and_loses_its_place(kind):
    dirty = photo(kind)
    clean = strip_metadata(dirty)
    assert PLACE in dirty
    assert PLACE not in clean
    with Image.open(BytesIO(clean)) as image:
        assert image.format == kind
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop", "Comment"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_upright(kind):
    with Image.open(BytesIO(strip_metadata(photo(kind)))) as image:
        assert image.size == (20, 40)
        red, blue = image.convert("RGB").getpixel((10, 4)), image.convert("RGB").getpixel((10, 35))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


@pytest.mark.parametrize(("mode", "kept"), [("P", "RGB"), ("LA", "RGBA"), ("RGBA", "RGBA"), ("1", "L"), ("L", "L")])
def test_modes_become_plain_ones_and_transparency_stays(mode, kept):
    saved = BytesIO()
    Image.new(mode, (4, 4)).save(saved, "PNG")
    with Image.open(BytesIO(strip_metadata(saved.getvalue()))) as image:
        assert image.mode == kept


def test_a_picture_too_large_to_decode_is_withheld(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 799)
    assert strip_metadata(photo(size=(40, 20))) is None


def test_a_broken_picture_is_withheld():
    assert strip_metadata(photo("JPEG", size=(400, 400))[:900]) is None


def test_what_a_file_is_called_does_not_matter():
    assert strip_metadata(photo("PNG"), "image/jpeg", "x.jpg").startswith(b"\x89PNG")
    assert strip_metadata(b"%PDF-1.7 " + PLACE, "image/jpeg", "x.jpg") is None


@pytest.mark.parametrize("brand", [b"isom", b"qt  ", b"M4A ", b"3gp4"])
def test_a_movie_loses_place_time_and_names_and_no_offset_moves(brand):
    dirty = movie(brand=brand)
    clean = strip_metadata(dirty)
    assert len(clean) == len(dirty)
    assert PLACE in dirty
    assert PLACE not in clean
    assert struct.pack(">I", TIME) not in clean
    assert b"udta" not in clean
    assert clean[clean.index(b"stco") :][:16] == dirty[dirty.index(b"stco") :][:16]
    assert clean.endswith(b"SAMPLES" * 9)
    assert b"avcC" + b"codec" in clean


def test_a_clean_movie_is_cleaned_alike():
    assert strip_metadata(strip_metadata(movie())) == strip_metadata(movie())


def test_boxes_of_64_bits_and_to_the_end_are_read():
    start = movie()[: movie().index(b"mdat") - 4]
    assert strip_metadata(start + long_box(b"mdat", b"SAMPLES")).endswith(b"SAMPLES")
    assert strip_metadata(start + b"\0\0\0\0mdatSAMPLES").endswith(b"SAMPLES")
    assert PLACE not in strip_metadata(start + long_box(b"uuid", PLACE) + box(b"sefd", PLACE))


def test_no_single_damaged_byte_brings_a_place_through_a_movie():
    sample = movie()
    for at in range(sample.index(b"mdat")):
        for byte in {0, 1, 8, 255, sample[at] ^ 32, (sample[at] + 32) % 256, (sample[at] + len(PLACE) + 8) % 256}:
            clean = strip_metadata(sample[:at] + bytes([byte]) + sample[at + 1 :])
            assert clean is None or PLACE not in clean


@pytest.mark.parametrize("handler", [b"meta", b"camm", b"gpmd", b"text", b"sbtl", b"tmcd"])
def test_a_track_of_positions_or_subtitles_withholds_the_movie(handler):
    assert strip_metadata(movie(track(), track(handler))) is None


DOUBTFUL = {
    "heic": movie(brand=b"heic"),
    "avif": movie(brand=b"avif"),
    "cut": movie()[:-1],
    "tail": movie() + b"tail",
    "no size": movie() + struct.pack(">I", 2) + b"moov",
    "dashcam": movie() + box(b"mdat", b"\0\0freeGPS 1"),
    "no track": movie().replace(b"mvhd", b"mvhx").replace(b"trak", b"trax"),
    "no handler": movie().replace(b"hdlr", b"hdlx"),
    "no samples": movie().replace(b"stsd", b"stsx"),
    "swallowed box": movie().replace(b"\0\0\0\x14vmhd", b"\0\0\0\x50vmhd"),
    "empty": box(b"ftyp", b"isom"),
    "no brand": box(b"ftyp", b"i\1om") + movie(),
    "many boxes": box(b"ftyp", b"isom") + box(b"free") * 30_000,
}


@pytest.mark.parametrize("data", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_movie_that_cannot_be_vouched_for_is_withheld(data):
    assert strip_metadata(data) is None


@pytest.mark.parametrize("size", [24, 70_000])
def test_a_voice_message_loses_its_tags_and_keeps_its_sound(size):
    dirty = voice(PLACE.ljust(size, b"x"))
    clean = strip_metadata(dirty)
    assert PLACE in dirty
    assert PLACE not in clean
    assert b"phone" not in clean
    assert len(clean) == len(dirty)
    assert clean[-100:] == dirty[-100:]
    assert all(ogg._intact(clean, page) for page in ogg._pages(clean))


def test_the_checksum_is_that_of_ogg():
    whole = bytes(26) + b"123456789"
    assert ogg._checksum(whole, ogg._Page(0, 26, len(whole), 0, 0, b"")) == 0x765E7680 ^ 0xFFFFFFFF, (
        "CRC-32/CKSUM, inverted"
    )


@pytest.mark.parametrize(
    "data",
    [
        voice()[:-1],
        voice() + b"tail",
        voice() + voice(),
        voice() + page(9, b"x", [1], serial=8),
        voice().replace(PLACE, PLACE.lower()),
        page(0, b"\x01vorbis", [7], flags=2) + page(1, b"\x03vorbis" + PLACE, [7 + len(PLACE)]),
        voice()[: voice().index(b"OggS", 4)],
    ],
    ids=["cut", "tail", "chained", "second stream", "wrong checksum", "vorbis", "no tags"],
)
def test_other_ogg_is_withheld(data):
    assert strip_metadata(data) is None


def test_a_song_is_its_frames_and_nothing_else():
    assert strip_metadata(song()) == song(tags=False)
    assert strip_metadata(song(tags=False)) == song(tags=False)


@pytest.mark.parametrize("data", [song(tags=False) + b"x" * 5000, song(frames=2), b"ID3" + PLACE, song()[:60]])
def test_what_is_not_plainly_mp3_is_withheld(data):
    assert strip_metadata(data) is None


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\xff\xd8\xff", b"OggS", b"ID3", b"RIFF0000WEBP", b"PK\3\4", b"\0\0\0\x08ftyp"]
)
def test_stumps_and_unknown_kinds_are_withheld(data):
    assert strip_metadata(data, None, None) is None


@given(st.sampled_from([b"", *(sample[:12] for sample in SAMPLES)]), st.binary(max_size=300))
def test_random_bytes_never_raise(start, rest):
    strip_metadata(start + rest)


@settings(max_examples=400)
@given(
    st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4)
)
def test_a_damaged_file_never_keeps_its_place(sample, damage):
    data = bytearray(sample)
    for where, byte in damage:
        data[int(where * len(data))] = byte
    clean = strip_metadata(bytes(data))
    assert clean is None or PLACE not in clean
