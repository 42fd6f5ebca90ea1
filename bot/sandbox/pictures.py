"""Photos as Telegram keeps them: re-encoded JPEG without any metadata."""

import io

from PIL import Image, ImageOps

__all__ = ["clean_photo", "sample_photo"]

LONGEST_SIDE = 1280
GPS_TAG = 0x8825
DESCRIPTION_TAG = 0x010E


def clean_photo(content: bytes) -> list[tuple[bytes, int, int]]:
    """(bytes, width, height) of a thumbnail and of the photo, both free of EXIF; ValueError if it is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture") from error
    sizes = [90, LONGEST_SIDE] if max(picture.size) > 90 else [LONGEST_SIDE]
    return [shrunk(picture, side) for side in sizes]


def shrunk(picture: Image.Image, side: int) -> tuple[bytes, int, int]:
    copy = picture.copy()
    copy.thumbnail((side, side))
    copy.info.clear()  # Pillow would carry a comment or a profile over
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=87)
    return out.getvalue(), copy.width, copy.height


def sample_photo(width: int = 320, height: int = 240, note: str = "") -> bytes:
    """A JPEG as a phone makes it; `note` goes into its EXIF beside a GPS position."""
    picture = Image.new("RGB", (width, height), (120, 160, 90))
    out = io.BytesIO()
    exif = Image.Exif()
    if note:
        exif[DESCRIPTION_TAG] = note
        exif.get_ifd(GPS_TAG).update({1: "N", 2: (21.0, 2.0, 0.0), 3: "E", 4: (105.0, 50.0, 0.0)})
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
