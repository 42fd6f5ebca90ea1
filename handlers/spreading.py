"""A broadcast on its way: when it may leave, how far it is, paused, stopped, sent again, pinned, over."""

from bot.context import Context, Need
from bot.domain.broadcasting import Status
from bot.errors import Refused, Why
from bot.messages import Action, Button, Priority
from bot.routing import Router
from bot.services import broadcasts, contents, editions, wards
from bot.services.broadcasts import Tally
from data.broadcasts import Broadcast, find_broadcast
from data.copies import count_reads, reached_groups
from data.places import Here, Spot, ward_by_id
from handlers.broadcast_words import Rows, change_card, edition, moment, progress, waits_until


def register(router: Router) -> None:
    """Add this conversation to a router."""
    for name, handler in (
        ("spread-pause", pause),
        ("spread-resume", resume),
        ("spread-stop", stop),
        ("spread-again", resend),
        ("spread-pin", pin),
        ("spread-unpin", unpin),
    ):
        router.button(name, spots=Spot.DESK, needs=Need.FRESH_STANDING)(handler)
    router.clock("broadcast-launch")(launch_in_the_morning)
    router.clock("broadcast-spread")(go_on)
    router.clock("broadcast-progress")(show_progress)
    router.clock("broadcast-pin")(pin_some)
    router.clock("broadcast-over")(end)


# --- leaving


def launch(context: Context, broadcast: Broadcast, why: str) -> Broadcast:
    """To every group it is for; the card tells how far it is. In the ward's quiet hours only an alert leaves."""
    until = waits_until(context, broadcast)
    if until is not None:
        return wait(context, broadcast, why, until)
    sending, found = broadcasts.send(context.work, broadcast, edition(context, broadcast))
    show_result(context, sending, found, why)
    return sending


def wait(context: Context, broadcast: Broadcast, why: str, until: float) -> Broadcast:
    """Until the morning; it can still be cancelled, or leave as an alert."""
    waiting = editions.wait(context.work, broadcast, until)
    lines, rows = [context.say("broadcast.quiet", **moment(context, until)), why], []
    if broadcast.content == "text":  # a lesson, the scam of the week: never an alert
        lines.append(context.say("broadcast.how_to_wake"))
        rows.append((context.button("broadcast.wake", "send-wake", waiting.id),))
    rows.append((context.button("broadcast.cancel", "send-cancel", waiting.id),))
    change_card(context, waiting, "\n".join(filter(None, lines)), tuple(rows))
    return waiting


def launch_in_the_morning(context: Context) -> None:
    """The quiet hours are over."""
    broadcast = found_by_clock(context)
    if broadcast is None or broadcast.status != Status.WAITING:
        return
    if reached_groups(context.work, broadcast.ward_id, broadcast.manner):
        launch(context, broadcast, "")
        return
    broadcasts.cancel(context.work, broadcast, None, "broadcast.no_groups")
    change_card(context, broadcast, context.say("broadcast.night_no_groups"))


def found_by_clock(context: Context) -> Broadcast | None:
    """The broadcast that a clock event is about, and its desk as the place of what is said."""
    broadcast = find_broadcast(context.work, context.number)
    if broadcast is not None:
        context.here = Here(Spot.DESK, ward_by_id(context.work, broadcast.ward_id))
    return broadcast


def go_on(context: Context) -> None:
    """The next groups of an edition under way."""
    broadcast = found_by_clock(context)
    if broadcast is not None and broadcast.is_moving:
        broadcasts.spread(context.work, broadcast, edition(context, broadcast))


# --- how far it is


def show_progress(context: Context) -> None:
    """Every few seconds while it goes; the last time with each group's result."""
    broadcast = found_by_clock(context)
    if broadcast is None or not broadcast.is_moving:
        return
    found = broadcasts.tally(context.work, broadcast)
    if broadcasts.note_progress(context.work, broadcast, found):
        show_result(context, broadcast, found, priority=Priority.RELAY)


def show_result(
    context: Context, broadcast: Broadcast, found: Tally, why: str = "", priority: Priority = Priority.ANSWER
) -> None:
    """The card: how far, what became of each group, how many read it, and what can be done about it."""
    html = "\n".join(filter(None, [result_words(context, broadcast, found), why]))
    change_card(context, broadcast, html, result_rows(context, broadcast, found), priority)


def result_words(context: Context, broadcast: Broadcast, found: Tally) -> str:
    """How far it is, and how many say that they read it."""
    words = progress(context, broadcast, found)
    if not broadcast.manner.asks_read:
        return words
    return "\n".join([words, context.say("read.count", count=count_reads(context.work, broadcast.id))])


def result_rows(context: Context, broadcast: Broadcast, found: Tally) -> Rows:
    """What can be done about it as it stands."""
    match broadcast.status:
        case Status.WITHDRAWN:
            mending = () if found.waiting else again(context, broadcast, found)
            return (mending,) if mending else ()
        case Status.OVER:
            return ((button(context, "withdraw", "withdraw", broadcast),),)
        case Status.PAUSED:
            return (going(context, broadcast, "resume"), changing(context, broadcast))
    if found.waiting:
        return (going(context, broadcast, "pause"), changing(context, broadcast))
    pinned = "unpin" if broadcast.manner.pinned else "pin"
    last = (button(context, pinned, f"spread-{pinned}", broadcast),)
    return (changing(context, broadcast), again(context, broadcast, found) + last)


def going(context: Context, broadcast: Broadcast, key: str) -> tuple[Button, ...]:
    """Pause or resume; a correction is not stopped halfway, or some groups would keep the wrong words."""
    stops = (button(context, "stop", "spread-stop", broadcast),) if broadcast.corrected_at is None else ()
    return (button(context, key, f"spread-{key}", broadcast), *stops)


def changing(context: Context, broadcast: Broadcast) -> tuple[Button, ...]:
    """Correct or withdraw it."""
    return (button(context, "correct", "correct", broadcast), button(context, "withdraw", "withdraw", broadcast))


def again(context: Context, broadcast: Broadcast, found: Tally) -> tuple[Button, ...]:
    """Once more where it failed."""
    mendable = any(why != Why.UNLINKED for _, why in found.failed)
    return (button(context, "resend", "spread-again", broadcast),) if mendable else ()


def button(context: Context, key: str, action: str, broadcast: Broadcast) -> Button:
    """One of them."""
    return context.button(f"broadcast.{key}", action, broadcast.id)


# --- what staff do meanwhile


def live(context: Context, *states: Status) -> Broadcast:
    """The broadcast of the button, for its author or a chief."""
    wards.check_officer(context.work, context.ward, context.speaker, context.facts.standing)
    return editions.live(context.work, context.ward, context.number, context.speaker, *states)


def shown_as_it_is(context: Context, broadcast: Broadcast, why: str = "") -> None:
    """The card, counted anew."""
    show_result(context, broadcast, broadcasts.tally(context.work, broadcast), why)


def pause(context: Context) -> None:
    """`Tạm dừng`: what has not left yet stays."""
    broadcast = live(context, Status.SENDING)
    shown_as_it_is(context, editions.pause(context.work, broadcast, context.speaker))


def resume(context: Context) -> None:
    """`Tiếp tục`: the groups that have not got it."""
    broadcast = live(context, Status.PAUSED)
    check_awake(context, broadcast)
    resumed = editions.resume(context.work, broadcast, context.speaker)
    broadcasts.begin(context.work, resumed, edition(context, resumed))
    shown_as_it_is(context, resumed)


def stop(context: Context) -> None:
    """`Dừng hẳn`."""
    broadcast = live(context, Status.SENDING, Status.PAUSED)
    if broadcast.corrected_at is not None:
        raise Refused("stale")
    stopped = editions.stop(context.work, broadcast, context.speaker)
    broadcasts.begin(context.work, stopped, edition(context, stopped))
    shown_as_it_is(context, stopped)


def resend(context: Context) -> None:
    """`Gửi lại nhóm lỗi`: to these and no other."""
    broadcast = live(context, Status.SENT, Status.WITHDRAWN)
    if broadcast.status == Status.SENT:  # what was taken back needs no file, and does not stand until the morning
        check_awake(context, broadcast)
        check_files(context, broadcast)
    resent = editions.resend(context.work, broadcast, context.speaker)
    broadcasts.begin(context.work, resent, edition(context, resent))
    shown_as_it_is(context, resent)


def check_files(context: Context, broadcast: Broadcast) -> None:
    """What it is to be sent with is still kept."""
    if not contents.has_files(broadcast.message, context.around.vault):
        raise Refused("broadcast.files_gone")


def check_awake(context: Context, broadcast: Broadcast) -> None:
    """It is not the ward's quiet hours, or an alert."""
    until = waits_until(context, broadcast)
    if until is not None:
        raise Refused("broadcast.quiet_now", time=moment(context, until)["time"])


# --- pinned, over


def pin(context: Context) -> None:
    """`Ghim`."""
    set_pinned(context, pinned=True)


def unpin(context: Context) -> None:
    """`Bỏ ghim`."""
    set_pinned(context, pinned=False)


def set_pinned(context: Context, *, pinned: bool) -> None:
    """In every group that has it."""
    broadcast = live(context, Status.SENT)
    shown_as_it_is(context, editions.set_pinned(context.work, broadcast, context.speaker, pinned=pinned))


def pin_some(context: Context) -> None:
    """The next groups of a pinning."""
    if broadcast := found_by_clock(context):
        editions.pin_part(context.work, broadcast, Action(context.args[1]), int(context.args[2]))


def end(context: Context) -> None:
    """What was said to hold so long holds no more: every copy says so, and none stays pinned. Not at night."""
    broadcast = found_by_clock(context)
    if broadcast is None or broadcast.status not in editions.LIVE:
        return
    until = waits_until(context, broadcast)
    if until is not None:
        context.work.remind(f"broadcast-over:{broadcast.id}", until)
        return
    over = editions.end(context.work, broadcast)
    broadcasts.begin(context.work, over, edition(context, over))
    shown_as_it_is(context, over)
