"""Small files made by hand, each with a place planted wherever its format keeps one."""

import struct
from io import BytesIO

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from bot.media import ogg

PLACE = b"+10.7769+106.7009-SAIGON"
TIME = 0xE1234567


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def long_box(kind, body):
    return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body


def clock(kind, size, version=0):
    times = struct.pack(">QQ" if version else ">II", TIME, TIME)
    return box(kind, bytes([version, 0, 0, 0]), times, bytes(size - 4 - len(times)))


def track(handler=b"vide", *extra):
    entry = box(
        b"avc1", bytes(42), b"\x06" + PLACE + bytes(7), b"\x00\x18\xff\xff", box(b"udta", PLACE), box(b"avcC", b"codec")
    )
    tables = [box(b"stsd", bytes(4), struct.pack(">I", 1), entry), box(b"stco", struct.pack(">III", 0, 1, 4242))]
    sources = box(b"dinf", box(b"dref", bytes(4), struct.pack(">I", 1), box(b"alis", b"\0\0\0\1", PLACE)))
    media = box(b"minf", box(b"vmhd", bytes(12)), sources, box(b"stbl", *tables), box(b"uuid", PLACE))
    name = box(b"hdlr", bytes(8), handler, b"appl" + bytes(8), PLACE + b"\0")
    return box(b"trak", clock(b"tkhd", 84), box(b"mdia", clock(b"mdhd", 24), name, media, box(b"udta", PLACE)), *extra)


def movie(*tracks, brand=b"isom", clean=False):
    """A movie whose samples come last; `clean` leaves the planted boxes of `moov` away."""
    planted = [
        box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0), PLACE)),
        box(b"meta", PLACE),
        box(b"gps ", PLACE),
    ]
    tracks = tracks or (track(b"vide", box(b"udta", PLACE), box(b"meta", PLACE)),)
    header = clock(b"mvhd", 112, version=1)
    moov = box(b"moov", header, *tracks, *([] if clean else planted))
    return (
        box(b"ftyp", brand, bytes(4), brand)
        + box(b"free", PLACE)
        + moov
        + box(b"uuid", PLACE)
        + box(b"mdat", b"SAMPLES" * 9)
    )


def photo(kind="JPEG", size=(40, 20), orientation=6):
    """Left half red, right half blue, with position, comment, XMP and what a format adds."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = orientation, "PHONE", PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: tuple(IFDRational(n) for n in (10, 46, 37)), 29: PLACE.decode()})
    extra = {"JPEG": {"comment": PLACE, "xmp": PLACE}, "PNG": {"pnginfo": _png_text()}, "WEBP": {"xmp": PLACE}}.get(
        kind, {}
    )
    if kind == "GIF":
        extra = {"comment": PLACE}
    else:
        extra |= {"exif": exif, "icc_profile": PLACE}
    saved = BytesIO()
    image.save(saved, kind, **extra)
    return saved.getvalue() + (PLACE if kind in {"JPEG", "PNG", "GIF"} else b"")


def _png_text():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", PLACE.decode())
    text.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    return text


def page(sequence, body, lacing, flags=0, serial=7):
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, 0, serial, sequence, 0, len(lacing)) + bytes(lacing)
    whole = head + body
    crc = ogg._checksum(whole, ogg._Page(0, len(head), len(whole), flags, serial, bytes(lacing)))
    return whole[:22] + struct.pack("<I", crc) + whole[26:]


def voice(tags=PLACE):
    """An Opus voice message; long tags run over two pages."""
    comments = b"OpusTags" + struct.pack("<I", 5) + b"phone" + struct.pack("<II", 1, len(tags)) + tags
    full, rest = divmod(len(comments), 255)
    lacing = [255] * full + [rest]
    pages = [page(1, comments[: 255 * 250], lacing[:250])]
    if lacing[250:]:
        pages.append(page(2, comments[255 * 250 :], lacing[250:], flags=1))
    start = page(0, b"OpusHead" + bytes(11), [19], flags=2)
    return start + b"".join(pages) + page(len(pages) + 1, b"sound" * 20, [100], flags=4)


def song(tags=True, frames=6):
    """MPEG 1 layer III at 128 kbit/s, 44.1 kHz, between an ID3v2 tag, an APE tag and an ID3v1 tag."""
    audio = (b"\xff\xfb\x90\x00" + bytes(413)) * frames
    before = b"ID3\x04\0\0" + bytes([0, 0, 0, len(PLACE) + 10]) + PLACE + bytes(10)
    return before + audio + b"APETAGEX" + PLACE + (b"TAG" + PLACE).ljust(128, b"\0") if tags else audio
