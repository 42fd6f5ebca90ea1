"""The desk's queue: what is asked for, one page of it, and what is late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.deadlines import running
from bot.messages import Person
from bot.services import clocks
from data.queue import FARTHEST, PAGE, Key, Shelf, Wish, count_open, key_of, page, page_before, tips_numbered
from data.rules import Rules
from data.search import find_newer, find_tips
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
    wish = Wish(ward_id, clocks.limits_of(work, rules, ward_id), work.now, shelf, handler=handler)
    return replace(wish, **filters)  # type: ignore[arg-type]


def is_late(tip: Tip, wish: Wish) -> bool:
    """Whether something should have been done about it by now."""
    clock = running(clocks.case_of(tip), wish.limits)
    return clock is not None and clock.due_at < wish.now


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
    """The tips with these words, whatever the diacritics, newest first; the first page where none is left below."""
    numbers = find_tips(work, ward_id, typed, before, PAGE + 1)
    if not numbers and before != FARTHEST:
        return search(work, ward_id, typed)
    found = tips_numbered(work, ward_id, numbers[:PAGE])
    return Page(tuple(found), earlier=before != FARTHEST, later=len(numbers) > PAGE)


def search_back(work: Work, ward_id: int, typed: str, after: int) -> Page:
    """The page of such a search just before this tip; where there is none, the first."""
    numbers = find_newer(work, ward_id, typed, after, PAGE + 1)
    if not numbers:
        return search(work, ward_id, typed)
    found = tips_numbered(work, ward_id, numbers[:PAGE])
    return Page(tuple(found), earlier=len(numbers) > PAGE, later=True)


def kinds_open(work: Work, ward_id: int) -> Sequence[tuple[str, int]]:
    """The kinds of which tips are open, and how many; the most first."""
    return count_open(work, ward_id, "kind")


def groups_open(work: Work, ward_id: int) -> Sequence[tuple[int, int]]:
    """The groups out of which tips are open, and how many; the most first."""
    return count_open(work, ward_id, "group_id")


def edges(page: Page) -> tuple[Key, Key]:
    """The places of its first and last tip."""
    return key_of(page.tips[0]), key_of(page.tips[-1])
