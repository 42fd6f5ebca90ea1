"""`/truc` at the desk: who is on duty, "Tôi trực", "Hết ca". What residents ask names whoever is, and pages them."""

import re
from collections.abc import Collection
from datetime import datetime

from bot.context import Context, Need
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, Outgoing, Priority
from bot.routing import Router
from bot.services import duties
from bot.services.wards import check_officer
from bot.texts import Html
from data.places import Here, Spot, Ward, find_ward
from data.rules import number_of
from handlers.desk_words import desk_button, desk_says

HOURS = re.compile(r"(\d{1,3}) ?(?:h|gio|tieng)?")
Rows = tuple[tuple[Button, ...], ...]


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("truc", "duty", spots=Spot.DESK, needs=Need.STANDING)(show)
    router.button("duty-take", spots=Spot.DESK, needs=Need.FRESH_STANDING)(press_take)
    router.button("duty-end", spots=Spot.DESK, needs=Need.FRESH_STANDING)(end)
    router.clock("duty-over")(tell_over)


def show(context: Context) -> None:
    """`/truc` says who is on duty; `/truc 12` takes a shift of so many hours."""
    if typed := fold(context.words).strip(" .!"):
        match = HOURS.fullmatch(typed)
        if match is None:
            raise Refused("duty.hours", most=duties.LONGEST)
        take(context, int(match[1]))
        return
    check_officer(context.work, context.ward, context.speaker, context.facts.standing)
    duty = duties.on_duty(context.work, context.ward.id)
    if duty is None:
        context.reply("duty.none", *take_rows(context))
        return
    since, until = (moment(context, at) for at in (duty.since, duty.until))
    rows = ((desk_button(context, "duty.me", "duty-take"), desk_button(context, "duty.end", "duty-end")),)
    context.reply("duty.on", *rows, name=duty.name, since=since, until=until)


def moment(context: Context, at: float) -> str:
    """A time and a day."""
    return f"{datetime.fromtimestamp(at, context.around.settings.zone):%H:%M %d/%m}"


def take_rows(context: Context) -> Rows:
    """Where nobody is on duty."""
    return ((desk_button(context, "duty.me", "duty-take"),),)


def press_take(context: Context) -> None:
    """`Tôi trực`, for as long as the ward's shifts are."""
    now = duties.on_duty(context.work, context.ward.id)
    if now is not None and now.address == context.speaker.address:
        raise Refused("duty.already", until=moment(context, now.until))
    seconds = number_of(context.work, context.around.content.rules, context.ward.id, "duty_hours")
    take(context, int(seconds // duties.HOUR))


def take(context: Context, hours: int) -> None:
    """Whoever speaks is on duty; the desk reads it, and how they can be called in private."""
    before = duties.on_duty(context.work, context.ward.id)
    duty = duties.take(context.work, context.ward, context.speaker, context.facts.standing, hours)
    words = [context.say("duty.taken", name=duty.name, until=moment(context, duty.until))]
    if before is not None and before.address != duty.address:
        words.append(context.say("duty.relieved", name=before.name))
    url = ""
    if duty.private_at is None:
        words.append(context.say("duty.write_privately", name=duty.name))
        url = context.platform.private_link("truc")
    opens = ((Button(context.say("duty.open_private"), url=url),),) if url else ()
    ends = (desk_button(context, "duty.end", "duty-end"),)
    context.answer(context.spoken(" ".join(words), ends, *opens))


def end(context: Context) -> None:
    """`Hết ca`."""
    duty = duties.end(context.work, context.ward, context.speaker, context.facts.standing)
    context.reply("duty.ended", *take_rows(context), name=duty.name, by=context.speaker.name)


def tell_over(context: Context) -> None:
    """A shift's time is over and nobody has begun another: the desk must know that nobody is called."""
    ward = find_ward(context.work, context.number)
    duty = duties.ended_by_itself(context.work, context.number, int(context.args[1])) if ward else None
    if ward is None or duty is None:
        return
    context.here = Here(Spot.DESK, ward)
    context.tell_desk("duty.over", *take_rows(context), name=duty.name)


def tell_left(context: Context, ward: Ward) -> None:
    """Whoever was on duty has left the desk, or may not act there any more."""
    context.work.post(Outgoing(html=desk_says(context, "duty.left"), buttons=take_rows(context)), ward.place)


# --- whom a question is put to


def line(context: Context, ward: Ward) -> str:
    """Who is on duty, so that they hear of it; or that nobody is."""
    duty = duties.on_duty(context.work, ward.id)
    if duty is None:
        return desk_says(context, "duty.nobody")
    who = Html(context.around.platforms[ward.place.platform].calling(duty.person))
    return desk_says(context, "duty.line", who=who)


def short(context: Context) -> str:
    """Who is on duty, named and not called."""
    duty = duties.on_duty(context.work, context.ward.id)
    return context.say("duty.line", who=duty.name) if duty else context.say("duty.nobody")


def page(
    context: Context,
    ward: Ward,
    key: str,
    *,
    priority: Priority = Priority.ANSWER,
    beside: Collection[str] = (),
    **values: object,
) -> None:
    """Tell whoever is on duty in private, where they let the bot write to them: that there is something, never what.

    `beside` are the addresses of those who are told anyway.
    """
    duty = duties.on_duty(context.work, ward.id)
    if duty is not None and duty.private_at is not None and duty.address not in beside:
        html = desk_says(context, key, ward=ward.name, **values)
        context.work.post(Outgoing(html=html, optional=True), duty.place, priority)
