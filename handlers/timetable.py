"""One schedule of `/lich`: its next times; paused, resumed, its next time skipped, silent on holidays, moved."""

from datetime import datetime

from bot.context import Context, Need
from bot.domain.timewords import read_when
from bot.routing import Router
from bot.services import schedules, timetable
from bot.texts import Html
from data.places import Spot
from data.schedules import Schedule
from handlers.broadcast_words import Rows, excerpt, moment, reach, rule_words, weekday_name
from handlers.broadcasts import check_officer
from handlers.desk_words import gives_up
from handlers.local import local
from handlers.schedules import local_now


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("schedule-open", spots=Spot.DESK, needs=Need.STANDING)(open_one)
    router.button("schedule-pause", spots=Spot.DESK, needs=Need.STANDING)(pause)
    router.button("schedule-resume", spots=Spot.DESK, needs=Need.STANDING)(resume)
    router.button("schedule-skip", spots=Spot.DESK, needs=Need.STANDING)(skip_next)
    router.button("schedule-silence", spots=Spot.DESK, needs=Need.STANDING)(switch_holidays)
    router.button("schedule-move", spots=Spot.DESK, needs=Need.STANDING)(ask_when)
    router.reply_to("schedule-move", spots=Spot.DESK, needs=Need.STANDING)(move)


def open_one(context: Context) -> None:
    """A schedule was chosen from the list."""
    check_officer(context)
    show(context, schedules.schedule_of(context.work, context.ward, context.number))


def show(context: Context, schedule: Schedule, said: str = "") -> None:
    """What it sends, when next, and what can be done about it."""
    words = context.say(
        "schedule.one",
        when=rule_words(context, schedule.rule, max(context.work.now, schedule.checked_at)),
        what=excerpt(context, schedule.content, schedule.message),
        state=state_of(context, schedule),
        zone=zone_name(context),
        **reach(context, schedule.manner),
        times=Html("\n".join(times_of(context, schedule))),
    )
    context.answer(context.spoken("\n".join(filter(None, [said, words])), *rows_of(context, schedule)))


def zone_name(context: Context) -> str:
    """The time zone as people here call it; any other by its name in the IANA database."""
    key = f"schedule.zone.{context.around.settings.zone.key}"
    return context.say(key) if context.around.texts.has(key) else context.around.settings.zone.key


def state_of(context: Context, schedule: Schedule) -> str:
    """Whether it runs, and on holidays too."""
    holidays = context.say("schedule.silent" if schedule.skips_holidays else "schedule.speaks")
    return context.say("schedule.is_paused" if schedule.paused else "schedule.runs", holidays=holidays)


def times_of(context: Context, schedule: Schedule) -> list[str]:
    """Its next times, one a line."""
    zone = context.around.settings.zone
    whens = [datetime.fromtimestamp(at, zone) for at in coming(context, schedule)]
    lines = [
        context.say(
            "schedule.time",
            weekday=weekday_name(context, when.weekday()),
            date=f"{when:%d/%m/%Y}",
            time=f"{when:%H:%M}",
        )
        for when in whens
    ]
    return lines or [context.say("schedule.no_times")]


def coming(context: Context, schedule: Schedule) -> list[float]:
    """Its next moments."""
    return timetable.coming(context.work, schedule, local(context).holidays, context.around.settings.zone)


def rows_of(context: Context, schedule: Schedule) -> Rows:
    """What can be done about it. A button names what it skips or switches to: pressed twice, it is done once."""
    skipped = next(iter(coming(context, schedule)), 0.0)
    pauses = context.button("schedule.pause", "schedule-pause", schedule.id)
    resumes = context.button("schedule.resume", "schedule-resume", schedule.id)
    silence = "schedule.unsilence" if schedule.skips_holidays else "schedule.silence"
    first = (
        resumes if schedule.paused else pauses,
        context.button("schedule.skip", "schedule-skip", schedule.id, f"{skipped:.0f}"),
    )
    second = (
        context.button("schedule.move", "schedule-move", schedule.id),
        context.button(silence, "schedule-silence", schedule.id, int(not schedule.skips_holidays)),
    )
    return (first, second, (context.button("schedule.end", "schedule-stop", schedule.id),))


def pause(context: Context) -> None:
    """`Tạm dừng`."""
    check_officer(context)
    schedule = timetable.pause(context.work, context.ward, context.number, context.speaker)
    show(context, schedule, context.say("schedule.paused", by=context.speaker.name))


def resume(context: Context) -> None:
    """`Chạy tiếp`."""
    check_officer(context)
    schedule = timetable.resume(context.work, context.ward, context.number, context.speaker)
    show(context, schedule, context.say("schedule.resumed", by=context.speaker.name))


def skip_next(context: Context) -> None:
    """`Bỏ lần tới`."""
    check_officer(context)
    holidays, zone = local(context).holidays, context.around.settings.zone
    skipped = named(context)
    by = context.speaker
    schedule = timetable.skip(context.work, context.ward, context.number, by, skipped, holidays, zone)
    show(context, schedule, context.say("schedule.skipped_next", by=by.name, **moment(context, skipped)))


def named(context: Context) -> float:
    """The number that a button carries behind its schedule's."""
    typed = context.args[1] if len(context.args) > 1 else ""
    return float(typed) if typed.isdecimal() and len(typed) < 12 else -1.0


def switch_holidays(context: Context) -> None:
    """`Không gửi ngày lễ`, and back."""
    check_officer(context)
    silent = named(context) == 1
    schedule = timetable.set_silent(context.work, context.ward, context.number, context.speaker, silent=silent)
    state = context.say("schedule.silent" if silent else "schedule.speaks")
    show(context, schedule, context.say("schedule.silenced", holidays=state, by=context.speaker.name))


# --- another hour


def ask_when(context: Context) -> None:
    """`Đổi giờ`: a reply to the question comes back to `move`."""
    check_officer(context)
    schedule = schedules.own_schedule(context.work, context.ward, context.number, context.speaker)
    ask(context, schedule.id, "schedule.ask_move")


def ask(context: Context, number: int, key: str) -> None:
    """A question whose answer is another hour."""
    about = f"schedule-move:{number}"
    context.ask(about, key)


def move(context: Context) -> None:
    """Read it, and say how it was understood; what is unclear is asked again."""
    check_officer(context)
    work, typed, zone = context.work, context.event.text, context.around.settings.zone
    schedules.own_schedule(work, context.ward, context.number, context.speaker)
    if gives_up(typed):
        context.reply("schedule.kept")
        return
    when = read_when(typed, local_now(context))
    if when is None:
        ask(context, context.number, "schedule.unclear_move")
        return
    schedule = timetable.move(work, context.ward, context.number, context.speaker, when.rule, when.late_hours, zone)
    said = context.say("schedule.moved", when=rule_words(context, schedule.rule, work.now), by=context.speaker.name)
    show(context, schedule, said)
