"""`/lichtruc` at the desk: the week's duty roster. A chief plans it by typed lines or by buttons."""

from bot.context import Context, Need
from bot.domain.rosters import DAY, EVERY_DAY, Shifts, Slot, coming, minute_of, read_line
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, Outgoing, Person
from bot.routing import Router
from bot.services import rosters
from bot.services.wards import check_chief
from bot.texts import Html
from data.places import Spot
from data.rosters import Roster
from handlers import duty
from handlers.broadcast_words import weekday_name
from handlers.lists import edit_list, in_rows, say_list

DAYS = (("01234", "56", "0123456"), tuple("0123"), tuple("456"))
HOURS = ((7 * 60, 12 * 60), (19 * 60, 12 * 60), (7 * 60, DAY))
DROP = "bo "
DROP_ALL = ("bo het", "bo tat ca", "xoa het")
NOBODY = "0"
NEXT = 2


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("lichtruc", "roster", spots=Spot.DESK, needs=Need.FRESH_STANDING | Need.QUOTED)(plan)
    router.button("roster", spots=Spot.DESK, needs=Need.STANDING)(show_again)
    router.button("roster-days", spots=Spot.DESK, needs=Need.STANDING)(ask_days)
    router.button("roster-hours", spots=Spot.DESK, needs=Need.STANDING)(ask_hours)
    router.button("roster-who", spots=Spot.DESK, needs=Need.STANDING)(ask_who)
    router.button("roster-set", spots=Spot.DESK, needs=Need.FRESH_STANDING)(give_pressed)


# --- typed


def plan(context: Context) -> None:
    """`/lichtruc` shows the week; `/lichtruc t2-t6 7h-19h Dũng` plans shifts; `bỏ` before them leaves them empty."""
    typed = fold(context.words).strip(" .!")
    if not typed:
        say_list(context, listed(context, week_of(context)))
    elif typed in DROP_ALL:
        give(context, rosters.WHOLE_WEEK, None)
    elif typed.startswith(DROP):
        give(context, read(typed.removeprefix(DROP))[0], None)
    else:
        plan_for(context, *read(typed))


def read(typed: str) -> tuple[Shifts, str]:
    """The shifts of a typed line, and the words left over."""
    line = read_line(typed)
    if line is None:
        raise Refused("roster.unclear")
    return line.shifts, line.who


def plan_for(context: Context, shifts: Shifts, named: str) -> None:
    """For whoever is named, or wrote the message that this one answers; who that is, is asked where it is not clear."""
    quoted = context.event.quoted
    to = rosters.officer_named(context.work, context.ward, named) or (quoted.sender if quoted else None)
    if to is not None:
        give(context, shifts, to)
        return
    check(context)
    unknown = context.say("roster.unknown") if named else ""
    say_list(context, choices_of_who(context, shifts, unknown))


def give(context: Context, shifts: Shifts, to: Person | None) -> None:
    """The typed line is done: what changed, and the week."""
    say_list(context, changed(context, shifts, to))


# --- pressed


def show_again(context: Context) -> None:
    """The week."""
    edit_list(context, listed(context, week_of(context)))


def ask_days(context: Context) -> None:
    """`Xếp ca`: on which days?"""
    check(context)
    rows = [tuple(days_button(context, days) for days in row) for row in DAYS]
    edit_list(context, context.spoken(context.say("roster.which_days"), *rows, back_row(context)))


def ask_hours(context: Context) -> None:
    """From when to when?"""
    check(context)
    days = pressed_days(context)
    shifts = [Shifts(frozenset(map(int, days)), *hours) for hours in HOURS]
    buttons = [Button(hours_words(one.start, one.length), f"roster-who:{carried(one)}") for one in shifts]
    words = context.say("roster.which_hours", days=days_words(context, shifts[0].days))
    edit_list(context, context.spoken(words, tuple(buttons), back_row(context)))


def ask_who(context: Context) -> None:
    """Who shall have these shifts?"""
    check(context)
    edit_list(context, choices_of_who(context, pressed_shifts(context)))


def give_pressed(context: Context) -> None:
    """A name was pressed, or nobody."""
    shifts, number = pressed_shifts(context), context.args[-1]
    to = None if number == NOBODY else chosen(context, number)
    edit_list(context, changed(context, shifts, to))


def chosen(context: Context, number: str) -> Person:
    """The officer of a button."""
    if number == context.speaker.id:
        return context.speaker
    to = rosters.officer_by_id(context.work, context.ward, number)
    if to is None:
        raise Refused("give.unknown")
    return to


def check(context: Context) -> None:
    """Only a chief plans."""
    check_chief(context.work, context.ward, context.speaker, context.facts.standing)


def pressed_days(context: Context) -> str:
    """The days that a button carries."""
    days = context.args[0] if context.args else ""
    if not days or not set(days) <= set("0123456"):
        raise Refused("stale")
    return days


def pressed_shifts(context: Context) -> Shifts:
    """The shifts that a button carries."""
    days, numbers = frozenset(map(int, pressed_days(context))), context.args[1:3]
    if len(numbers) < 2 or not all(number.isdecimal() and len(number) < 5 for number in numbers):
        raise Refused("stale")
    start, length = map(int, numbers)
    if start >= DAY or not 0 < length <= DAY:
        raise Refused("stale")
    return Shifts(days, start, length)


def carried(shifts: Shifts) -> str:
    """Shifts as a button carries them."""
    return f"{''.join(map(str, sorted(shifts.days)))}:{shifts.start}:{shifts.length}"


# --- how it looks


def week_of(context: Context) -> Roster:
    """The week, for officers."""
    return rosters.week(context.work, context.ward, context.speaker, context.facts.standing)


def changed(context: Context, shifts: Shifts, to: Person | None) -> Outgoing:
    """These shifts are somebody's, or nobody's: said, and the week behind it."""
    roster = rosters.give(context.work, context.ward, context.speaker, context.facts.standing, shifts, to)
    what = {"days": days_words(context, shifts.days), "hours": hours_words(shifts.start, shifts.length)}
    by = context.speaker.name
    if to is None:
        return listed(context, roster, context.say("roster.emptied", by=by, **what))
    said = [context.say("roster.given", name=to.name, by=by, **what)]
    if rosters.cannot_be_written_to(context.work, to):
        said.append(context.say("duty.write_privately", name=to.name))
    return listed(context, roster, " ".join(said))


def listed(context: Context, roster: Roster, said: str = "") -> Outgoing:
    """The week, who is on duty now, who comes next, and how it is planned."""
    if roster.slots:
        days = Html("\n".join(day_line(context, roster, day) for day in range(7)))
        words = context.say(
            "roster.week", days=days, duty=Html(duty.short(context)), then=Html(next_ones(context, roster))
        )
    else:
        words = context.say("roster.none")
    lines = filter(None, [said, words, context.say("roster.how")])
    return context.spoken("\n".join(lines), (context.button("roster.plan", "roster-days"),))


def day_line(context: Context, roster: Roster, day: int) -> str:
    """The shifts that begin on a day."""
    shifts = [shift_words(context, roster, slot) for slot in roster.slots if slot.start // DAY == day]
    words = Html(" · ".join(shifts)) if shifts else context.say("roster.empty")
    return context.say("roster.day", day=weekday_name(context, day), shifts=words)


def shift_words(context: Context, roster: Roster, slot: Slot) -> str:
    """ "07:00–19:00 Dũng"."""
    return context.say("roster.shift", hours=hours_words(slot.start % DAY, slot.length), name=roster.name(slot))


def next_ones(context: Context, roster: Roster) -> str:
    """The shifts to come."""
    found = coming(roster.slots, minute_of(context.now), NEXT)
    parts = [f"{weekday_name(context, slot.start // DAY)} {shift_words(context, roster, slot)}" for slot in found]
    return "; ".join(parts)


def hours_words(start: int, length: int) -> str:
    """ "07:00–19:00"."""
    return f"{clock(start)}–{clock(start + length)}"


def clock(minute: int) -> str:
    """A minute as a clock shows it; midnight at the end of a day is 24:00."""
    shown = minute if minute <= DAY else minute - DAY
    return f"{shown // 60:02}:{shown % 60:02}"


def days_words(context: Context, days: frozenset[int]) -> str:
    """ "Hằng ngày", "Thứ Hai đến Thứ Sáu", "Thứ Ba, Thứ Năm"."""
    if days == EVERY_DAY:
        return context.say("roster.every_day")
    found = sorted(days)
    names = [weekday_name(context, day) for day in found]
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return context.say("roster.from_to", first=names[0], last=names[-1])
    return ", ".join(names)


def days_button(context: Context, days: str) -> Button:
    """A button with the same."""
    return Button(days_words(context, frozenset(map(int, days))), f"roster-hours:{days}")


def choices_of_who(context: Context, shifts: Shifts, said: str = "") -> Outgoing:
    """The officers that can be chosen, two a row; nobody; and back."""
    what = {"days": days_words(context, shifts.days), "hours": hours_words(shifts.start, shifts.length)}
    known = {person.id: person for person in (context.speaker, *rosters.officers_of(context.work, context.ward))}
    names = [Button(f"👮 {person.name}", f"roster-set:{carried(shifts)}:{person.id}") for person in known.values()]
    nobody = context.button("roster.nobody", "roster-set", carried(shifts), NOBODY)
    words = "\n".join(filter(None, [said, context.say("roster.which_officer", **what)]))
    return context.spoken(words, *in_rows(names, 2), (nobody, *back_row(context)))


def back_row(context: Context) -> tuple[Button, ...]:
    """Back to the week."""
    return (context.button("case.back", "roster"),)
