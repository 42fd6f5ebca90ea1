"""What a month's bulletin is drafted from: verified tips as far as they may be counted, its scam, its reminder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.domain import bulletins as rules
from bot.domain.bulletins import Counted, Month
from data.bulletins import verified_counts, verified_words
from data.content import Content
from data.local import Local, Scam
from data.places import Ward
from data.unit_of_work import Work

ONLINE_SCAM = "lua_dao_mang"


@dataclass(frozen=True, slots=True)
class Matter:
    """What the month's bulletin is drafted from."""

    month: Month
    counted: Counted
    scam: Scam
    scam_told: bool  # it is the one that was told of most, not just its turn
    reminder: tuple[str, Sequence[str]] = field(repr=False)


def gather(work: Work, ward: Ward, month: Month, content: Content, zone: ZoneInfo) -> Matter:
    """What may be told of a month."""
    span = month.span(zone)
    local, counts = content.of(work, ward.id), verified_counts(work, ward.id, span)
    counted = rules.publishable(counts, countable(content, local))
    told = rules.most_told(
        [f"{scam.ten} {scam.dau_hieu}" for scam in local.scams], verified_words(work, ward.id, ONLINE_SCAM, span)
    )
    place = (month.year * rules.MONTHS + month.number) % len(local.scams) if told is None else told
    reminder = local.bulletin.reminder[str(month.number)]
    return Matter(month, counted, local.scams[place], told is not None, (reminder.title, reminder.points))


def countable(content: Content, local: Local) -> frozenset[str]:
    """The kinds that may be counted in public; a ward keeps back more than others do, never less."""
    every = [category.ma for category in content.categories]
    kept = {*content.everywhere.bulletin.never_counted, *local.bulletin.never_counted}
    return frozenset(content.barrier.allowed(every)) - kept
