"""Guides: found by what is typed; a ward's own are proposed by officers, approved by a chief who did not word them."""

from dataclasses import dataclass, replace

from bot.domain import contacts
from bot.domain.brevity import cut
from bot.domain.finding import FOUND
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services.wards import check_chief, check_officer
from data.audit import audit
from data.guides import WardGuide, add_guide, change_guide, find_guide, guide_from, guides_of
from data.inquiries import Inquiry
from data.local import Local
from data.places import Ward
from data.published import published
from data.unit_of_work import Work

OWN = "w"  # before a ward guide's number: no content file is called so
LONGEST_TITLE, LONGEST_BODY = 80, 1200


@dataclass(frozen=True, slots=True)
class Found:
    """The guide that answers, and others that may be meant, by name. Without an answer the others are the nearest."""

    best: str
    others: tuple[str, ...]


def look_up(work: Work, local: Local, ward_id: int | None, typed: str) -> Found:
    """The guide that these words ask for, in what is said in the ward and in what its chiefs approved."""
    own = all_own(work, ward_id)
    hits = local.finder.also({f"{OWN}{one.id}": [one.title] for one in own}).find(typed)
    if hits and hits[0].score >= FOUND:
        return Found(hits[0].name, tuple(hit.name for hit in hits[1:] if hit.score >= FOUND))
    return Found("", tuple(hit.name for hit in hits))


def own_guide(work: Work, name: str, ward_id: int | None) -> WardGuide | None:
    """A ward's own guide by its name; one of another ward, or that is gone, does not exist."""
    number = name.removeprefix(OWN)
    if not (name.startswith(OWN) and number.isdecimal() and len(number) < 16):
        return None
    found = find_guide(work, int(number))
    return found if found and found.ward_id == ward_id and found.status == "live" else None


def all_own(work: Work, ward_id: int | None) -> list[WardGuide]:
    """The guides that a ward made itself."""
    return guides_of(work, ward_id) if ward_id else []


# --- from an answer to a guide


def key_of(work: Work, person: Person) -> str:
    """Who worded a guide, in this room only."""
    return work.seal.lookup("guide", person.address)


def propose(work: Work, ward: Ward, inquiry: Inquiry, by: Person, title: str) -> WardGuide:
    """An answer is put to the chiefs as a guide, once."""
    if inquiry.answer is None:
        raise Refused("stale")
    if guide_from(work, inquiry.id):
        raise Refused("guides.proposed_already")
    title = cut(" ".join(title.split()), LONGEST_TITLE)
    check_words(work, ward.id, title, inquiry.answer)
    audit(work, ward.id, by, "guide.proposed", str(inquiry.id))
    return add_guide(work, ward.id, title, inquiry.answer, key_of(work, by), inquiry.id)


def check_words(work: Work, ward_id: int, title: str, body: str) -> None:
    """A guide is for everybody: short, and no numbers but those that the ward itself has published."""
    public = {found.contact for one in published(work, ward_id) for found in contacts.find_contacts(one.value)}
    if set(contacts.hide(f"{title}\n{body}").contacts) - public:
        raise Refused("guides.personal")
    if not (title.strip() and body.strip()) or len(title) > LONGEST_TITLE or len(body) > LONGEST_BODY:
        raise Refused("guides.length", title=LONGEST_TITLE, body=LONGEST_BODY)


def at_desk(
    work: Work, ward: Ward, number: int, by: Person, standing: Standing | None, status: str = "asked"
) -> WardGuide:
    """A guide of this ward that waits for its chief, or is in use, for the desk's officers."""
    check_officer(work, ward, by, standing)
    found = find_guide(work, number)
    if found is None or found.ward_id != ward.id or found.status != status:
        raise Refused("stale")
    return found


def reword(work: Work, guide: WardGuide, by: Person, title: str, body: str) -> WardGuide:
    """Other words; whoever wrote them does not approve them."""
    check_words(work, guide.ward_id, title, body)
    audit(work, guide.ward_id, by, "guide.reworded", str(guide.id))
    change_guide(work, guide.id, title=title, body=body, author_key=key_of(work, by))
    return replace(guide, title=title, body=body, author_key=key_of(work, by))


def approve(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> WardGuide:
    """A chief who did not word it agrees: it is found from now on."""
    check_chief(work, ward, by, standing)
    guide = at_desk(work, ward, number, by, standing)
    if guide.author_key == key_of(work, by):
        raise Refused("guides.own")
    change_guide(work, guide.id, status="live", approved_at=work.now)
    audit(work, guide.ward_id, by, "guide.approved", str(guide.id))
    return guide


def take_down(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> WardGuide:
    """A chief wants that nobody finds it any more."""
    check_chief(work, ward, by, standing)
    guide = at_desk(work, ward, number, by, standing, "live")
    drop(work, guide, by)
    return guide


def drop(work: Work, guide: WardGuide, by: Person) -> None:
    """It is not used, or not any more."""
    change_guide(work, guide.id, status="gone")
    audit(work, guide.ward_id, by, "guide.dropped", str(guide.id))
