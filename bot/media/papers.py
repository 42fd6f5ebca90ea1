"""The QR codes in a picture, and whether one of them is an identity card's: number, name, date of birth, split by bars.

Not handled: cards without a code in view, the old nine-digit cards, passports; a blurred code.
"""

import re
from collections.abc import Iterable
from io import BytesIO

from bot.media.images import MAX_PIXELS

SIDE = 2400  # pixels; finds a code 160 pixels wide in a photo of 12 million, where 1600 needs 200; 0.08 to 0.17 s
_CARD = re.compile(r"\d{12}\|(?:\d{9})?\|[^|]{2,80}\|\d{8}\|")


def read_codes(data: bytes) -> tuple[str, ...]:
    """What the codes in a picture say. Never raises; nothing for what is no picture. Slow: use a thread."""
    import zxingcpp  # only here, both: 6 MB that a bot needs which was sent a picture
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                return ()
            image.draft("L", (SIDE, SIDE))
            image.thumbnail((SIDE, SIDE))
            found = zxingcpp.read_barcodes(
                image.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
            )
    except Exception:  # noqa: BLE001 - decoders meet hostile bytes and raise whatever they trip over
        return ()
    return tuple(code.text for code in found)


def shows_paper(codes: Iterable[str]) -> bool:
    """Whether one of these codes is that of an identity card."""
    return any(_CARD.match(code) for code in codes)
