"""Pictures: decoded and encoded anew, so that nothing but pixels comes through."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 64_000_000  # 192 MB as RGB; the largest phone photos in ordinary modes have 50 million
_QUALITY = 92
_HAS_ALPHA = ("RGBA", "LA", "PA")


def strip_image(data: bytes, kind: str) -> bytes | None:
    """One clean picture of the same kind, upright; None for a broken or far too large one.

    EXIF, XMP, IPTC, comments, thumbnails and whatever follows the picture are gone. So are colour profiles, which name
    devices and dates, at the cost of slightly duller colours from wide-gamut phones; and quantization tables, which
    tell camera models apart. Of an animation the first frame stays.
    """
    from PIL import Image, ImageOps  # only here: 4 MB that a bot needs which was sent a picture

    try:
        with Image.open(BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            return _encode(_pixels(ImageOps.exif_transpose(image)), kind)
    except Exception:  # noqa: BLE001 - decoders meet hostile bytes and raise whatever they trip over
        return None


def _pixels(image: "Image.Image") -> "Image.Image":
    """The picture on a fresh canvas, which knows none of the original's `info`."""
    from PIL import Image

    alpha = image.mode in _HAS_ALPHA or "transparency" in image.info
    mode = "RGBA" if alpha else "L" if image.mode in {"1", "L"} else "RGB"
    canvas = Image.new(mode, image.size)
    canvas.paste(image.convert(mode))
    return canvas


def _encode(image: "Image.Image", kind: str) -> bytes:
    clean = BytesIO()
    if kind in {"JPEG", "WEBP"}:
        image.save(clean, kind, quality=_QUALITY)
    else:
        image.save(clean, kind)
    return clean.getvalue()
