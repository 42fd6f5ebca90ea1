"""Lists of confirmed numbers and links that a ward already has: read from CSV, line by line."""

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.accounts import find_accounts
from bot.domain.contacts import find_contacts
from bot.domain.lookalike import Names
from bot.domain.plates import find_plates
from bot.domain.scamcheck import Listing
from bot.domain.vietnamese import fold, normalize
from bot.domain.weblinks import find_links
from bot.messages import Person
from bot.services import scams
from bot.services.scams import LONGEST_NOTE, Found
from bot.services.verifying import is_published
from data.audit import audit
from data.rules import Rules
from data.scams import IMPORTED, Value, add_record, find_values, renew_record
from data.unit_of_work import Work

MOST_LINES = 1000  # in one transaction: nobody waits long for it
MOST_BYTES = 1_000_000
NAMES = {
    "sdt": Listing.PHONE, "so dien thoai": Listing.PHONE, "phone": Listing.PHONE,
    "stk": Listing.ACCOUNT, "so tai khoan": Listing.ACCOUNT, "account": Listing.ACCOUNT,
    "link": Listing.LINK, "duong dan": Listing.LINK, "website": Listing.LINK,
    "bien so": Listing.PLATE, "bks": Listing.PLATE, "plate": Listing.PLATE,
}  # fmt: skip
HEADS = frozenset({"loai", "kind", "gia tri", "value"})


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines were new, how many known, and the numbers of those that nobody could read."""

    added: int
    known: int
    unread: tuple[int, ...]
    more: bool = False


def import_list(work: Work, rules: Rules, ward_id: int, by: Person | None, data: bytes, names: Names) -> Imported:
    """Add every line of a file that can be read; what is listed already only stays longer. Raises nothing.

    A file takes nothing from what officers confirmed themselves, and lists no number of the ward's own.
    """
    added = known = 0
    unread: list[int] = []
    lines, until = rows_of(data), scams.expiry(work, rules, ward_id)
    for number, cells in lines[:MOST_LINES]:
        found = read_row(cells, names)
        if found is None or is_published(work, ward_id, found[1].value):
            unread.append(number)
            continue
        if listed := find_values(work, ward_id, [(found[0], found[1].value)]):
            renew_record(work, listed[0].id, until)
            known += 1
        else:
            add_record(work, ward_id, *found, by=by, source=IMPORTED, tip=None, until=until)
            added += 1
    audit(work, ward_id, by, "scam.imported", f"{added} new, {known} known")
    return Imported(added, known, tuple(unread), more=len(lines) > MOST_LINES)


def rows_of(data: bytes) -> list[tuple[int, list[str]]]:
    """The lines of a file with their numbers; empty ones and the head are none. Of a broken file nothing."""
    text = text_in(data)
    split = max(",;\t", key=text.partition("\n")[0].count)
    try:
        lines = list(csv.reader(text.splitlines(), delimiter=split))
    except csv.Error:  # a quotation that never ends
        return []
    said = ((number, [cell.strip() for cell in cells]) for number, cells in enumerate(lines, 1))
    return [(number, cells) for number, cells in said if any(cells) and not HEADS.intersection(map(fold, cells))]


def text_in(data: bytes) -> str:
    """What a file says, as spreadsheets save it; nothing of what is no text, or too long."""
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        return data.decode(encoding).replace("\0", "") if len(data) <= MOST_BYTES else ""
    except UnicodeDecodeError:
        return ""


def read_row(cells: Sequence[str], names: Names) -> Found | None:
    """(kind,) value, note: as they are written; the kind is guessed where it is not named."""
    kind = NAMES.get(fold(cells[0]))
    written, rest = (cells[1] if len(cells) > 1 else "", cells[2:]) if kind else (cells[0], cells[1:])
    note = " ".join(part for part in rest if part)[:LONGEST_NOTE]
    kinds = [kind] if kind else list(GUESSED)
    found = ((one, value) for one in kinds if (value := GUESSED[one](normalize(written), note, names)))
    return next(found, None)


def as_phone(written: str, note: str, _names: Names) -> Value | None:
    """A phone number."""
    phones = [one.contact.value for one in find_contacts(written) if one.contact.kind.is_phone]
    return Value(phones[0], note=note) if phones else None


def as_account(written: str, note: str, _names: Names) -> Value | None:
    """An account; its bank may stand beside it or in the note."""
    accounts = find_accounts(normalize(f"stk {written} {note}"))
    return Value(accounts[0].value.number, accounts[0].value.bank, note) if accounts else None


def as_link(written: str, note: str, names: Names) -> Value | None:
    """A link, also one without its http."""
    for text in (written, f"http://{written}"):
        listable = [one for spot in find_links(text) if (one := scams.listable(spot.value, names))]
        if listable and " " not in written:
            return Value(listable[0], note=note)
    return None


def as_plate(written: str, note: str, _names: Names) -> Value | None:
    """A plate."""
    plates = find_plates(f"biển số {written}")
    return Value(plates[0].value, note=note) if plates else None


GUESSED = {Listing.PHONE: as_phone, Listing.PLATE: as_plate, Listing.LINK: as_link, Listing.ACCOUNT: as_account}
