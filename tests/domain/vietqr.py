"""VietQR codes as banks make them, for the tests."""

from bot.domain.vietqr import checksum


def field(tag: str, value: str) -> str:
    """Tag, length, value."""
    return f"{tag}{len(value):02}{value}"


def vietqr(bank: str = "970436", number: str = "0123456789", amount: int = 0, purpose: str = "") -> str:
    """The code of a transfer."""
    holder = field("00", bank) + field("01", number)
    account = field("00", "A000000727") + field("01", holder) + field("02", "QRIBFTTA")
    body = field("00", "01") + field("01", "12") + field("38", account) + field("53", "704")
    body += (field("54", str(amount)) if amount else "") + field("58", "VN")
    body += (field("62", field("08", purpose)) if purpose else "") + "6304"
    return f"{body}{checksum(body):04X}"
