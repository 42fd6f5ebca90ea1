"""How a ward can be reached: proposed by an officer, approved by a chief who did not propose it, taken down by one.

Residents are told that what stands there is really their police: one stolen account must not be enough to put a
swindler's number among it. Taking a number away can mislead nobody, and a wrong one must vanish at once.
"""

from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services.wards import check_chief, check_officer
from data import published
from data.audit import audit
from data.places import Ward
from data.published import Proposed, Published
from data.unit_of_work import Work

MOST = 20
LONGEST_LABEL, LONGEST_VALUE = 60, 120


def key_of(work: Work, person: Person) -> str:
    """Who proposed a contact, in this room only."""
    return work.seal.lookup("contact", person.address)


def propose(work: Work, ward: Ward, by: Person, standing: Standing | None, label: str, value: str) -> Proposed:
    """One more way to reach the ward, which nobody outside the desk sees yet."""
    check_officer(work, ward, by, standing)
    label, value = " ".join(label.split())[:LONGEST_LABEL], " ".join(value.split())[:LONGEST_VALUE]
    if not label or not value:
        raise Refused("contacts.how")
    if len(published.published(work, ward.id)) + len(published.proposed(work, ward.id)) >= MOST:
        raise Refused("contacts.full", most=MOST)
    audit(work, ward.id, by, "contact.proposed", label)
    return published.propose(work, ward.id, label, value, key_of(work, by))


def at_desk(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> Proposed:
    """One of this ward's that waits, for the desk's officers."""
    check_officer(work, ward, by, standing)
    found = next((one for one in published.proposed(work, ward.id) if one.id == number), None)
    if found is None:
        raise Refused("stale")
    return found


def approve(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> Proposed:
    """A chief who did not propose it agrees: residents are told from now on."""
    check_chief(work, ward, by, standing)
    found = at_desk(work, ward, number, by, standing)
    if found.author_key == key_of(work, by):
        raise Refused("contacts.own")
    published.publish(work, found)
    audit(work, ward.id, by, "contact.published", found.label)
    return found


def refuse(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> Proposed:
    """Any officer drops what is only proposed."""
    found = at_desk(work, ward, number, by, standing)
    published.take_away(work, found.id)
    audit(work, ward.id, by, "contact.refused", found.label)
    return found


def take_down(work: Work, ward: Ward, by: Person, standing: Standing | None, typed: str) -> Published:
    """One less, by its place in the list."""
    check_chief(work, ward, by, standing)
    found = published.published(work, ward.id)
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 0
    if not 1 <= number <= len(found):
        raise Refused("contacts.unknown")
    published.take_away(work, found[number - 1].id)
    audit(work, ward.id, by, "contact.taken_down", found[number - 1].label)
    return found[number - 1]
