"""What a file is, by its first bytes: a claimed type or name is no evidence of anything."""

UNKNOWN = "application/octet-stream"
PROGRAM = "application/x-executable"

STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", PROGRAM),  # Windows
    (b"\x7fELF", PROGRAM),  # Linux, Android
    (b"dex\n", PROGRAM),  # Android
    (b"#!", PROGRAM),  # scripts
    (b"\xca\xfe\xba\xbe", PROGRAM),  # macOS, Java
    (b"\xfe\xed\xfa\xce", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),  # a Windows shortcut
)
BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4"}
HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
APPS = (b"AndroidManifest.xml", b"classes.dex", b"META-INF/MANIFEST.MF", b"Payload/")


def type_of(data: bytes) -> str:
    """The media type of a file; `PROGRAM` for what a machine could run, `UNKNOWN` for what is not recognised."""
    if data[:4] == b"PK\x03\x04":
        return _packed(data)
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/x-wav", b"AVI ": "video/x-msvideo"}.get(data[8:12], UNKNOWN)
    if data[4:8] == b"ftyp":
        return "image/heic" if data[8:12] in HEIC else BRANDS.get(data[8:12], "video/mp4")
    found = next((mime for start, mime in STARTS if data.startswith(start)), None)
    return found or _stream(data) or _text(data)


def _packed(data: bytes) -> str:
    if any(name in data for name in APPS):  # the names stand in clear, at the end of the file
        return PROGRAM
    return next((mime for folder, mime in OFFICE.items() if folder in data), "application/zip")


def _stream(data: bytes) -> str:
    if data[:1] != b"\xff" or len(data) < 4:
        return ""
    if data[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return "audio/mpeg" if data[1] & 0xE0 == 0xE0 and data[1] & 0x06 else ""


def _text(data: bytes) -> str:
    if not data or b"\0" in data[:1024]:
        return UNKNOWN
    try:
        data[:1024].decode("utf-8")
    except UnicodeDecodeError as error:
        return "text/plain" if error.start > min(len(data), 1024) - 4 else UNKNOWN
    return "text/plain"
