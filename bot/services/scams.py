"""Is this a scam? What a ward's list says of a message, how entries come and go, and who may object."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.accounts import Account
from bot.domain.lookalike import Flag, Names, registered
from bot.domain.scamcheck import Answer, Listing, Reading, read_message, worse
from bot.domain.weblinks import Link
from bot.errors import Refused
from bot.messages import Person
from bot.services.verifying import is_published
from data import scams
from data.audit import audit
from data.content import Content
from data.places import Ward
from data.rules import Rules, number_of
from data.scams import Objection, Record, Value
from data.unit_of_work import Work

ABROAD = "+84"
LONGEST_NOTE = 120
Found = tuple[Listing, Value]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a message says by itself, and which of its values the ward has listed."""

    reading: Reading
    listed: tuple[Record, ...] = ()

    @property
    def answer(self) -> Answer:
        """A listed value is dangerous, but for an imported one that somebody objects to."""
        if any(one.stands for one in self.listed):
            return Answer.DANGEROUS
        return worse(self.reading.answer, Answer.SUSPICIOUS) if self.listed else self.reading.answer


def read(content: Content, text: str, codes: Sequence[str] = ()) -> Reading:
    """What a message says by itself."""
    return read_message(text, codes, content.patterns, content.names, content.banks)


def check(work: Work, ward_id: int | None, reading: Reading) -> Finding:
    """Look its values up in the list of a ward; where no ward is known there is no list."""
    if ward_id is None:
        return Finding(reading)
    records = scams.find_values(work, ward_id, lookups(reading))
    return Finding(reading, tuple(one for one in records if bank_fits(one, reading.accounts)))


def lookups(reading: Reading) -> list[tuple[Listing, str]]:
    """Under what the values of a message may be listed: a wallet's account is a phone, a host lies in a domain."""
    found = [(Listing.PLATE, plate) for plate in reading.plates]
    for phone in reading.phones:
        found += [(Listing.PHONE, phone), (Listing.ACCOUNT, f"0{phone.removeprefix(ABROAD)}")]
    for account in reading.accounts:
        found += [(Listing.ACCOUNT, account.number), (Listing.PHONE, f"{ABROAD}{account.number.removeprefix('0')}")]
    for link in reading.links:
        found += [(Listing.LINK, one) for one in (*hosts(link.host), address(link))]
    return found


def hosts(host: str) -> list[str]:
    """A host, and the domains it lies in that belong to one owner."""
    host, own = host.removeprefix("www."), registered(host)
    parts = host.split(".")
    return [one for at in range(len(parts)) if (one := ".".join(parts[at:])) and one.endswith(own)]


def address(link: Link) -> str:
    """A host with what stands behind it."""
    return link.host.removeprefix("www.") + link.path.rstrip("/")


def bank_fits(record: Record, accounts: Sequence[Account]) -> bool:
    """Whether an account is at the bank that is listed; where one of the two is not known it may be."""
    if record.kind is not Listing.ACCOUNT or not record.content.bank:
        return True
    named = {one.bank for one in accounts if one.number == record.content.value and one.bank}
    return not named or record.content.bank in named


# --- entries


def values_of(reading: Reading, names: Names) -> list[Found]:
    """What of a message can be listed."""
    found: list[Found] = [(Listing.PHONE, Value(phone)) for phone in reading.phones]
    found += [(Listing.ACCOUNT, Value(one.number, one.bank)) for one in reading.accounts]
    found += [(Listing.LINK, Value(one)) for link in reading.links if (one := listable(link, names))]
    return found + [(Listing.PLATE, Value(plate)) for plate in reading.plates]


def listable(link: Link, names: Names) -> str:
    """What is listed of a link: its host, or the page where the host is shared; nothing of a trusted host alone."""
    shared = names.is_trusted(link) or any(sign.flag is Flag.SHORT for sign in names.signs(link))
    if shared:
        return address(link) if len(link.path) > 1 else ""
    return link.host.removeprefix("www.")


def confirm(work: Work, rules: Rules, ward: Ward, by: Person, found: Found, tip: int | None = None) -> Record:
    """An officer says that this belongs to a scam: it is listed until it expires."""
    kind, value = found
    if is_published(work, ward.id, value.value):
        raise Refused("scamlist.ours")
    until = expiry(work, rules, ward.id)
    source = "officer" if tip is None else "tip"
    record = scams.add_record(work, ward.id, kind, value, by=by, source=source, tip=tip, until=until)
    audit(work, ward.id, by, "scam.confirmed", f"{kind} {record.id}")
    return record


def expiry(work: Work, rules: Rules, ward_id: int) -> float:
    """When what is listed now is no longer."""
    return work.now + number_of(work, rules, ward_id, "scam_days")


def listed_here(work: Work, ward: Ward, number: int) -> Record:
    """An entry of this ward."""
    record = scams.find_record(work, number)
    if record is None or record.ward_id != ward.id:
        raise Refused("scamlist.not_listed")
    return record


def remove(work: Work, record: Record, by: Person) -> list[Objection]:
    """It is no longer listed; who had objected and hears of it now."""
    waiting = scams.open_objections(work, record.id)
    scams.drop_record(work, record.id)
    audit(work, record.ward_id, by, "scam.removed", f"{record.kind} {record.id}")
    return waiting


# --- objections


def still_listed(work: Work, ward_id: int | None, number: int) -> bool:
    """Whether an entry of this ward is there yet."""
    record = scams.find_record(work, number)
    return record is not None and record.ward_id == ward_id


def disputable(work: Work, ward_id: int | None, number: int, person: Person) -> Record:
    """An entry of this person's ward that they have not objected to yet."""
    record = scams.find_record(work, number)
    if record is None or record.ward_id != ward_id:
        raise Refused("stale")
    if scams.has_objected(work, record, person):
        raise Refused("scamcheck.objected_already")
    return record


def object_to(work: Work, record: Record, person: Person, language: str, words: str) -> int:
    """Somebody says that an entry is theirs; its number among the objections."""
    audit(work, record.ward_id, None, "scam.disputed", f"{record.kind} {record.id}")
    return scams.add_objection(work, record, person, language, words)


def decide(work: Work, ward: Ward, by: Person, number: int, *, upheld: bool) -> tuple[list[Objection], Record]:
    """An officer has looked into it: the entry goes, and all who objected hear it; or it stays, and this one does."""
    objection = scams.find_objection(work, number)
    record = scams.find_record(work, objection.record_id) if objection else None
    if objection is None or record is None or record.ward_id != ward.id or objection.settled_at is not None:
        raise Refused("stale")
    act = "scam.objection_upheld" if upheld else "scam.objection_declined"
    audit(work, ward.id, by, act, f"{record.kind} {record.id}")
    if upheld:
        return remove(work, record, by), record
    scams.settle_objection(work, objection)
    return [objection], record
