"""A picture of an identity card is known by its QR code; nothing else is taken for one."""

from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.media.papers import read_codes, shows_paper

CARD = "001099012345|123456789|Nguyễn Văn A|01011999|Nam|Số 5, Ngõ 12, Láng Hạ, Hà Nội|01012021"


def photo(text: str, size: tuple[int, int] = (3000, 2250), turn: float = 0.0, side: int = 520) -> bytes:
    """A photo with this QR code somewhere in it."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    view = memoryview(code)
    picture = Image.frombytes("L", (view.shape[1], view.shape[0]), bytes(view)).resize((side, side))
    canvas = Image.new("RGB", size, (205, 195, 180))
    canvas.paste(picture.rotate(turn, expand=True, fillcolor=255), (size[0] // 3, size[1] // 3))
    out = BytesIO()
    canvas.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0.0, 8.0, 90.0])
def test_a_card_is_seen_however_it_lies(turn: float) -> None:
    assert shows_paper(read_codes(photo(CARD, turn=turn)))


@pytest.mark.parametrize(
    "text", ["https://dichvucong.gov.vn", "00020101021138570010A000000727", "001099012345", "a|b|c|d|"]
)
def test_other_codes_are_no_cards(text: str) -> None:
    assert not shows_paper(read_codes(photo(text)))


def test_a_picture_without_a_code_is_no_card() -> None:
    out = BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 60)).save(out, "PNG")
    assert not shows_paper(read_codes(out.getvalue()))


@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    assert read_codes(data) == ()
