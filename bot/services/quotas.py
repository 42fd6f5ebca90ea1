"""What a platform's plan allows, how much of it was used, and when the desk must hear of it.

Only platforms that declare a quota are counted.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.quotas import Level, level, month_level, month_of
from bot.messages import ChatKind, Incoming
from bot.platforms.base import Quota
from data import usage
from data.unit_of_work import Work

MESSAGES, PEOPLE, GROUPS = "messages", "people", "groups"


@dataclass(frozen=True, slots=True)
class Plan:
    """A platform by its name, what it allows, and the time zone in which its months begin."""

    platform: str
    quota: Quota
    zone: ZoneInfo

    @property
    def allowed(self) -> Mapping[str, int]:
        """What is limited, and to how much."""
        quota = self.quota
        limits = {MESSAGES: quota.messages_per_month, PEOPLE: quota.users, GROUPS: quota.groups}
        return {what: limit for what, limit in limits.items() if limit}

    def month(self, at: float) -> str:
        """The month in which a moment (UTC, seconds) is counted."""
        return month_of(at, self.zone)


@dataclass(frozen=True, slots=True)
class Count:
    """How much of one thing was used."""

    what: str
    used: int
    allowed: int

    @property
    def level(self) -> Level:
        """How far it is used up."""
        return (month_level if self.what == MESSAGES else level)(self.used, self.allowed)


def count(work: Work, plan: Plan, what: str) -> Count:
    """How much of messages, people or groups is used now."""
    used = usage.used(work, plan.platform, what, plan.month(work.now))
    return Count(what, used, plan.allowed.get(what, 0))


# --- counting


def spend(work: Work, plan: Plan, messages: int) -> None:
    """So many messages went out."""
    if messages and MESSAGES in plan.allowed:
        total = usage.add_messages(work, plan.platform, plan.month(work.now), messages)
        notice_rise(work, plan, MESSAGES, total - messages, total)


def meet(work: Work, plan: Plan, people: Collection[str]) -> None:
    """These private chats (their addresses) were written to or heard from."""
    if PEOPLE in plan.allowed and (new := usage.add_people(work, plan.platform, people)):
        total = count(work, plan, PEOPLE).used
        notice_rise(work, plan, PEOPLE, total - new, total)


def hear(work: Work, plan: Plan, events: Sequence[Incoming]) -> None:
    """These events came in, of whatever platforms."""
    chats = [event.chat for event in events if event.platform == plan.platform]
    meet(work, plan, {chat.address for chat in chats if chat.kind is ChatKind.PRIVATE})


# --- warning


def notice_rise(work: Work, plan: Plan, what: str, before: int, after: int) -> None:
    """Have the clock look at a count that has reached a new level; whether it is news is decided there."""
    allowed = plan.allowed.get(what, 0)
    reached = Count(what, after, allowed).level
    if reached > Count(what, before, allowed).level:
        look_at(work, plan.platform, what, reached.name)


def look_at(work: Work, platform: str, what: str, cause: object) -> None:
    """Have the clock look at a count, in a transaction of its own; `cause` tells two looks in one second apart."""
    work.remind(f"quota:{platform}:{what}:{cause}", work.now)


def news(work: Work, plan: Plan, what: str) -> Count | None:
    """The count where it stands at a level that this month has not heard of; none where there is nothing to say.

    Lower levels count as said with it. People and groups are told anew in another month, when more of them come.
    """
    found, month = count(work, plan, what), plan.month(work.now)
    levels = range(Level.NEAR, found.level + 1)
    subjects = [f"quota:{plan.platform}:{what}:{month}:{reached}" for reached in levels]
    fresh = [usage.first_time(work, subject) for subject in subjects]
    return found if any(fresh) else None
