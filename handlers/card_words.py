"""Words of a tip's card that others say too: which authority has it, and by when something has to be done."""

from datetime import datetime

from bot.context import Context
from bot.services import clocks, passing
from data.tips import Tip
from handlers.desk_words import desk_says

UNITS = (("days", 86400.0), ("hours", 3600.0), ("minutes", 60.0))


def passed_name(context: Context, tip: Tip) -> str:
    """Which authority has a tip: one of those with buttons, or a name that was typed."""
    to = tip.passed_to or ""
    return desk_says(context, f"case.to.{to}") if to in passing.AUTHORITIES else to


def clock_line(context: Context, tip: Tip) -> str:
    """By when something has to be done, or for how long it should have been."""
    found = clocks.deadline_of(context.work, context.around.content.rules, tip)
    if found is None:
        return ""
    what = desk_says(context, f"clock.what.{found.clock}")
    late = context.work.now - found.due_at
    if late > 0:
        return desk_says(context, "clock.late", what=what, late=span(context, late))
    due = datetime.fromtimestamp(found.due_at, context.around.settings.zone)
    return desk_says(context, "clock.due", what=what, time=f"{due:%H:%M}", date=f"{due:%d/%m}")


def span(context: Context, seconds: float) -> str:
    """A length of time as people say it: its largest unit."""
    unit, size = next(((unit, size) for unit, size in UNITS if seconds >= size), UNITS[-1])
    return desk_says(context, f"clock.{unit}", count=max(1, int(seconds // size)))
