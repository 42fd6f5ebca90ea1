"""VietQR: the transfer that a QR code in a picture asks for.

Format: EMVCo merchant-presented QR (tag, length, value), Napas template in tag 38 with the GUID A000000727, a BIN and
an account, and a CRC at the end (domain facts 6.2, rule 5). Not handled: codes of single wallets, which are no VietQR.
"""

import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field

NAPAS = "A000000727"
LONGEST = 512  # characters; a code that people print holds far less
_CRC_HEAD = "6304"
_CRC_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where the money would go: the bank's BIN and the account; the amount in đồng, 0 where the payer types it."""

    bin: str
    number: str = field(repr=False)
    amount: int = 0
    purpose: str = field(default="", repr=False)


def find_transfers(codes: Iterable[str]) -> tuple[Transfer, ...]:
    """The transfers among what was read from the QR codes of a picture, each once."""
    return tuple(dict.fromkeys(found for code in codes if (found := read_transfer(code))))


def read_transfer(payload: str) -> Transfer | None:
    """The transfer that a code asks for; none where it is no VietQR, or not whole. Total: no text raises."""
    payload = payload.strip()
    if not is_whole(payload):
        return None
    fields = split(payload)
    account = split(fields.get("38", ""))
    holder = split(account.get("01", ""))
    bank, number = holder.get("00", ""), holder.get("01", "")
    if account.get("00") != NAPAS or not (bank.isdecimal() and len(bank) == 6 and number.isalnum()):
        return None
    return Transfer(bank, number, amount_of(fields.get("54", "")), split(fields.get("62", "")).get("08", ""))


def is_whole(payload: str) -> bool:
    """Whether the checksum at the end belongs to what stands before it."""
    body, crc = payload[:-_CRC_DIGITS], payload[-_CRC_DIGITS:]
    if len(payload) > LONGEST or not body.endswith(_CRC_HEAD) or not payload.startswith("000201"):
        return False
    return f"{checksum(body):04X}" == crc.upper()


def checksum(text: str) -> int:
    """CRC-16/CCITT-FALSE of the text in UTF-8."""
    return binascii.crc_hqx(text.encode("utf-8", "replace"), 0xFFFF)


def split(text: str) -> dict[str, str]:
    """Tags and values; nothing at all where a length leads past the end."""
    fields, at = {}, 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (is_number(tag) and is_number(length)) or at + 4 + int(length) > len(text):
            return {}
        fields[tag] = text[at + 4 : at + 4 + int(length)]
        at += 4 + int(length)
    return fields


def is_number(text: str) -> bool:
    """Two plain digits."""
    return len(text) == 2 and text.isascii() and text.isdecimal()


def amount_of(written: str) -> int:
    """An amount in đồng, "150000" or "150000.00"; 0 where there is none."""
    whole = written.partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdecimal() and len(whole) <= 13 else 0
