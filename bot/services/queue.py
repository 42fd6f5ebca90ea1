"""The desk's queue: what is asked for, one page of it, and what is late."""

from dataclasses import dataclass, replace

from bot.domain.tips import Status
from bot.messages import Person
from data.queue import FARTHEST, PAGE, RANKS, Key, Shelf, Wish, key_of, page, page_before, tips_numbered
from data.rules import Rules, number_of
from data.search import find_tips
from data.tips import Tip
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Page:
    """Some tips in order, and whether there are more on either side."""

    tips: tuple[Tip, ...]
    earlier: bool
    later: bool


def wish_for(work: Work, rules: Rules, ward_id: int, shelf: Shelf, person: Person, **filters: object) -> Wish:
    """What somebody at the desk asks for."""
    handler = work.seal.lookup("handler", person.address) if shelf is Shelf.MINE else ""
    wish = Wish(ward_id, shelf, handler=handler, late=late_before(work, rules, ward_id))
    return replace(wish, **filters)  # type: ignore[arg-type]


def late_before(work: Work, rules: Rules, ward_id: int) -> tuple[float, float, float]:
    """For each urgency the moment before which a tip should have been looked at by now."""
    urgent, high, normal = (work.now - number_of(work, rules, ward_id, f"look_{rank}") for rank in RANKS)
    return urgent, high, normal


def is_late(tip: Tip, wish: Wish) -> bool:
    """Whether nobody has looked at it in time."""
    return tip.status in (Status.DRAFT, Status.NEW) and tip.created_at < wish.late[RANKS.index(tip.urgency)]


def first_page(work: Work, wish: Wish) -> Page:
    """Where the queue begins."""
    found = page(work, wish)
    return Page(tuple(found[:PAGE]), earlier=False, later=len(found) > PAGE)


def turn(work: Work, wish: Wish, at: Key, *, back: bool) -> Page:
    """The page after a tip's place, or before it. Where nothing is left there, the first one."""
    if not back:
        found = page(work, wish, at)
        return Page(tuple(found[:PAGE]), earlier=True, later=len(found) > PAGE) if found else first_page(work, wish)
    found = page_before(work, wish, at)
    return Page(tuple(found[-PAGE:]), earlier=len(found) > PAGE, later=True) if found else first_page(work, wish)


def search(work: Work, ward_id: int, typed: str, before: int = FARTHEST) -> Page:
    """The tips with these words, whatever the diacritics, newest first."""
    numbers = find_tips(work, ward_id, typed, before, PAGE + 1)
    found = tips_numbered(work, ward_id, numbers[:PAGE])
    return Page(tuple(found), earlier=before != FARTHEST, later=len(numbers) > PAGE)


def edges(page: Page) -> tuple[Key, Key]:
    """The places of its first and last tip."""
    return key_of(page.tips[0]), key_of(page.tips[-1])
