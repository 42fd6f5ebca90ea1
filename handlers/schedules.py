"""`Hẹn giờ` and `/lich`: when something is sent, once or again and again; the clock sends it."""

from datetime import datetime

from bot.context import Context, Need
from bot.domain.calendar import Due, next_fire
from bot.domain.timewords import When, read_when
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import broadcasts, schedules, timetable
from bot.texts import Html
from data.broadcasts import Broadcast, change
from data.copies import reached_groups
from data.places import Here, Spot, ward_by_id
from data.schedules import Schedule, schedules_of
from handlers import weekly_lessons
from handlers.broadcast_words import (
    Rows,
    dressed,
    excerpt,
    moment,
    rule_words,
    scam_warning,
    waits_until,
    weekday_name,
)
from handlers.broadcasts import ask, check_groups, check_officer, check_reaches, own_draft, post_card
from handlers.desk_words import gives_up
from handlers.local import local
from handlers.spreading import launch

TONIGHT = 20


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("send-later", spots=Spot.DESK, needs=Need.STANDING)(ask_when)
    router.button("send-when", spots=Spot.DESK, needs=Need.STANDING)(choose_when)
    router.reply_to("send-when", spots=Spot.DESK, needs=Need.STANDING)(answer_when)
    router.command("lich", "schedule", spots=Spot.DESK, needs=Need.STANDING)(show_schedules)
    router.button("schedule-stop", spots=Spot.DESK, needs=Need.STANDING)(stop)
    router.button("schedule-scams", spots=Spot.DESK, needs=Need.STANDING)(offer_scams)
    router.clock("schedule")(fire)


# --- when


def ask_when(context: Context) -> None:
    """`Hẹn giờ`, by the author."""
    draft = own_draft(context)
    if draft.emergency:
        raise Refused("stale")
    question(context, draft, "schedule.ask")


def question(context: Context, draft: Broadcast, key: str) -> None:
    """Ask; a reply to it comes back to `answer_when`."""
    message = Outgoing(html=context.say(key), buttons=suggestions(context, draft))
    context.work.post(message, context.ward.place, reply_row=draft.card_row, about=f"send-when:{draft.id}")


def suggestions(context: Context, draft: Broadcast) -> Rows:
    """Common choices. What a button carries is read like what is typed."""
    now = local_now(context)
    tonight = [choice(context, draft, "tonight", "toi nay 20h")] if now.hour < TONIGHT else []
    day = weekday_name(context, now.weekday())
    weekly = choice(context, draft, "weekly", f"{fold(day)} hang tuan 8h", weekday=day)
    monthly = choice(context, draft, "monthly", "ngay 1 hang thang 8h")
    return ((*tonight, choice(context, draft, "tomorrow", "mai 7h")), (weekly, monthly))


def choice(context: Context, draft: Broadcast, key: str, typed: str, **values: object) -> Button:
    """A button that answers like these words."""
    return context.button(f"schedule.{key}", "send-when", draft.id, typed, **values)


def local_now(context: Context) -> datetime:
    """Now, in the ward's time zone."""
    return datetime.fromtimestamp(context.work.now, context.around.settings.zone)


def choose_when(context: Context) -> None:
    """A suggestion was pressed."""
    settle_when(context, own_draft(context), context.args[1] if len(context.args) > 1 else "")


def answer_when(context: Context) -> None:
    """The author replied to the question."""
    settle_when(context, own_draft(context), context.event.text)


def settle_when(context: Context, draft: Broadcast, typed: str) -> None:
    """Read it, say how it was understood, and ask the chiefs; what is unclear is asked again."""
    if gives_up(typed):
        context.reply("schedule.given_up")
    elif (when := read_when(typed, local_now(context))) is None:
        question(context, draft, "schedule.unclear")
    elif next_fire(when.rule, context.work.now, context.around.settings.zone) is None:
        question(context, draft, "schedule.past_again")
    else:
        propose(context, draft, when)


def propose(context: Context, draft: Broadcast, when: When) -> None:
    """By this rule, once another chief agrees."""
    check_reaches(context, draft)
    hours = schedules.LATE_HOURS if when.late_hours is None else when.late_hours
    words = rule_words(context, when.rule, context.work.now)
    quiet = quiet_words(context, draft, when)
    context.reply("schedule.understood", when=words, hours=f"{hours:g}", quiet=Html(quiet))
    ask(context, broadcasts.ask_approval(context.work, draft, context.speaker, when.rule, hours))


def quiet_words(context: Context, draft: Broadcast, when: When) -> str:
    """That this is an hour at which nobody is woken, and when it goes then."""
    first = next_fire(when.rule, context.work.now, context.around.settings.zone) or context.work.now
    until = waits_until(context, draft, first)
    return "" if until is None else "\n" + context.say("schedule.in_quiet_hours", time=moment(context, until)["time"])


# --- what there is


def show_schedules(context: Context) -> None:
    """`/lich`: what will be sent when, and how to make or stop one."""
    check_officer(context)
    found = schedules_of(context.work, context.ward.id)
    rows = [row_of(context, number, schedule) for number, schedule in enumerate(found, 1)]
    if all(schedule.content != "scams" for schedule in found):
        rows.append((context.button("schedule.scams", "schedule-scams"),))
    if all(schedule.content != "lessons" for schedule in found):
        rows.append((context.button("schedule.lessons", "schedule-lessons"),))
    words = context.say("schedule.list", lines=lines_of(context, found)) if found else context.say("schedule.none")
    context.answer(context.spoken(words, *rows))


def row_of(context: Context, number: int, schedule: Schedule) -> tuple[Button, ...]:
    """Open a schedule, or stop it at once."""
    return (
        context.button("schedule.open", "schedule-open", schedule.id, number=number),
        context.button("schedule.stop", "schedule-stop", schedule.id, number=number),
    )


def lines_of(context: Context, found: list[Schedule]) -> Html:
    """One entry for each schedule."""
    return Html("\n".join(line_of(context, number, schedule) for number, schedule in enumerate(found, 1)))


def line_of(context: Context, number: int, schedule: Schedule) -> str:
    """When, and what."""
    when = rule_words(context, schedule.rule, max(context.work.now, schedule.checked_at))
    what = excerpt(context, schedule.content, schedule.message)
    key = "schedule.line_paused" if schedule.paused else "schedule.line"
    return context.say(key, number=number, when=when, what=what)


def stop(context: Context) -> None:
    """`Dừng`, by its author or a chief."""
    check_officer(context)
    schedule = schedules.stop(context.work, context.ward, context.number, context.speaker)
    when = rule_words(context, schedule.rule, context.work.now)
    context.reply("schedule.stopped", when=when, by=context.speaker.name)


def offer_scams(context: Context) -> None:
    """`Cảnh báo lừa đảo hằng tuần`: like any other, another chief approves it."""
    check_officer(context)
    work, ward = context.work, context.ward
    schedules.check_no_scams(work, ward)
    check_groups(context, ward)
    first = next_fire(schedules.SCAM_RULE, work.now, context.around.settings.zone) or work.now
    draft = broadcasts.draft(work, ward, context.speaker, scam_warning(context, first), "scams")
    shown = work.post(dressed(context, draft.message, emergency=False), context.place)
    draft = change(work, draft, preview_row=shown)
    ask(context, broadcasts.ask_approval(work, draft, context.speaker, schedules.SCAM_RULE, schedules.LATE_HOURS))


# --- the clock


def fire(context: Context) -> None:
    """A moment of a schedule has come: send, or say at the desk that it is too late for it."""
    at = float(context.args[1])
    settled = schedules.settle(context.work, context.number, at, context.around.settings.zone)
    if settled is None:
        return
    schedule, due = settled
    context.here = Here(Spot.DESK, ward_by_id(context.work, schedule.ward_id))
    what = excerpt(context, schedule.content, schedule.message)
    if due.older:
        context.tell_desk("schedule.older", what=what, count=due.older)
    holiday = timetable.is_holiday(schedule, due.at, local(context).holidays, context.around.settings.zone)
    if holiday:
        context.tell_desk("schedule.holiday", what=what, name=holiday)
    elif due.too_late:
        tell_skipped(context, schedule, due, what)
    elif not reached_groups(context.work, schedule.ward_id, schedule.manner):
        context.tell_desk("schedule.unsent", what=what)
    else:
        send_scheduled(context, schedule, due)


def tell_skipped(context: Context, schedule: Schedule, due: Due, what: str) -> None:
    """Staff may still send it by hand."""
    missed = datetime.fromtimestamp(due.at, context.around.settings.zone)
    hours = f"{schedule.late_hours:g}"
    context.tell_desk("schedule.skipped", what=what, date=f"{missed:%d/%m/%Y}", time=f"{missed:%H:%M}", hours=hours)


def send_scheduled(context: Context, schedule: Schedule, due: Due) -> None:
    """To every group, with a card of its own at the desk."""
    work = context.work
    message = message_of(context, schedule, due)
    fired = schedules.broadcast_for(work, schedule, message)
    carded = post_card(context, fired, context.say("schedule.sets_out"))
    if schedule.content == "lessons":
        weekly_lessons.follow(context, carded)
    launch(context, carded, scheduled_words(context, schedule, due))


def message_of(context: Context, schedule: Schedule, due: Due) -> Outgoing:
    """What goes now: some content is made at each time."""
    if schedule.content == "lessons":
        return weekly_lessons.lesson_now(context)
    return scam_warning(context, due.at) if schedule.content == "scams" else schedule.message


def scheduled_words(context: Context, schedule: Schedule, due: Due) -> str:
    """Why this goes now, and how late."""
    words = [context.say("broadcast.by_schedule", when=excerpt(context, schedule.content, schedule.message))]
    late = int((context.work.now - due.at) // 60)
    if late > 0:
        words.append(context.say("broadcast.sent_late", minutes=late))
    return " ".join(words)
