"""The week's duty roster of a desk: a chief plans it, officers see it, and whoever goes drops out of it."""

from bot.domain.rosters import DAY, EVERY_DAY, Shifts, put
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services import assigning
from bot.services.wards import check_chief, check_officer
from data.audit import audit
from data.chiefs import private_since
from data.people import has_role
from data.places import Ward
from data.rosters import Roster, key_of, roster_of, rostered, save_roster
from data.unit_of_work import Work

MOST_SHIFTS = 50
MOST_OFFERED = 12
WHOLE_WEEK = Shifts(EVERY_DAY, 0, DAY)


def week(work: Work, ward: Ward, by: Person, standing: Standing | None) -> Roster:
    """The roster as officers may see it."""
    check_officer(work, ward, by, standing)
    return roster_of(work, ward.id)


def give(work: Work, ward: Ward, by: Person, standing: Standing | None, shifts: Shifts, to: Person | None) -> Roster:
    """These hours are somebody's from now on, or nobody's, whoever had them before; the week as it is then."""
    check_chief(work, ward, by, standing)
    roster = roster_of(work, ward.id)
    people = dict(roster.people)
    key = key_of(work, to) if to else ""
    if to is not None:
        check_may_serve(work, ward, to)
        people[key] = rostered(work, to)
    slots = put(roster.slots, shifts.slots(key))
    if len(slots) > MOST_SHIFTS:
        raise Refused("roster.too_many", most=MOST_SHIFTS)
    save_roster(work, ward.id, Roster(slots, people))
    days = "".join(str(day) for day in sorted(shifts.days))
    audit(work, ward.id, by, "roster.set" if to else "roster.cleared", f"{days} {shifts.start}+{shifts.length}")
    return roster_of(work, ward.id)


def check_may_serve(work: Work, ward: Ward, person: Person) -> None:
    """Somebody who may act at this desk, as far as a bot can know."""
    if person.anonymous:
        raise Refused("roster.anonymous")
    if has_role(work, ward.id, person, "barred"):
        raise Refused("roster.barred")


def cannot_be_written_to(work: Work, person: Person) -> bool:
    """Whether the bot would have to stay silent in private."""
    return private_since(work, person) is None


def drop_officer(work: Work, ward: Ward, person: Person) -> tuple[str, int]:
    """Whoever left the desk, or may not act there any more, has no shifts: their name, and how many they had."""
    roster, key = roster_of(work, ward.id), key_of(work, person)
    if key not in roster.people:
        return "", 0
    kept = [slot for slot in roster.slots if slot.who != key]
    save_roster(work, ward.id, Roster(kept, roster.people))
    audit(work, ward.id, person, "roster.left")
    return roster.people[key].holder.name, len(roster.slots) - len(kept)


# --- who there is


def officers_of(work: Work, ward: Ward) -> list[Person]:
    """Those who can be chosen: who has shifts already, then who acted at the desk lately."""
    planned = [one.holder.person for one in roster_of(work, ward.id).people.values()]
    known = {person.address: person for person in (*planned, *assigning.officers_of(work, ward, MOST_OFFERED))}
    return [person for person in known.values() if not has_role(work, ward.id, person, "barred")][:MOST_OFFERED]


def officer_by_id(work: Work, ward: Ward, number: str) -> Person | None:
    """One of those, by the number that a button carries."""
    return next((person for person in officers_of(work, ward) if person.id == number), None)


def officer_named(work: Work, ward: Ward, typed: str) -> Person | None:
    """The only one of those in whose name, folded, these words stand; none where that is said of two."""
    said = " ".join(typed.removeprefix("@").split())
    found = [person for person in officers_of(work, ward) if said and f" {said} " in f" {fold(person.name)} "]
    return found[0] if len(found) == 1 else None
