"""`/truc` at the desk: who is on duty, "Tôi trực", "Hết ca". What residents ask names whoever is, and pages them."""

import re
from collections.abc import Collection
from datetime import datetime

from bot.context import Context, Need
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, Outgoing, Person, Priority
from bot.routing import Router
from bot.services import duties, rosters
from bot.services.wards import check_officer
from bot.texts import Html
from data.duties import Duty
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
    duty = now_on(context, context.ward)
    if duty is None:
        context.reply("duty.none", *take_rows(context))
        return
    times = {"since": moment(context, duty.since), "until": moment(context, duty.until)}
    if duty.planned:
        context.reply("duty.on_planned", *take_rows(context), name=duty.name, **times)
        return
    rows = ((desk_button(context, "duty.me", "duty-take"), desk_button(context, "duty.end", "duty-end")),)
    context.reply("duty.on", *rows, name=duty.name, **times)


def now_on(context: Context, ward: Ward) -> Duty | None:
    """Who is on duty at this moment."""
    return duties.on_duty(context.work, ward.id, context.around.settings.zone)


def moment(context: Context, at: float) -> str:
    """A time and a day."""
    return f"{datetime.fromtimestamp(at, context.around.settings.zone):%H:%M %d/%m}"


def take_rows(context: Context) -> Rows:
    """Where nobody is on duty."""
    return ((desk_button(context, "duty.me", "duty-take"),),)


def press_take(context: Context) -> None:
    """`Tôi trực`, for as long as the ward's shifts are."""
    now = now_on(context, context.ward)
    if now is not None and now.address == context.speaker.address:
        raise Refused("duty.already", until=moment(context, now.until))
    seconds = number_of(context.work, context.around.content.rules, context.ward.id, "duty_hours")
    take(context, int(seconds // duties.HOUR))


def take(context: Context, hours: int) -> None:
    """Whoever speaks is on duty; the desk reads it, and how they can be called in private."""
    before = now_on(context, context.ward)
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
    then = follows(context, context.ward)
    context.reply("duty.ended", *take_rows(context), name=duty.name, by=context.speaker.name, then=then)


def tell_over(context: Context) -> None:
    """A shift's time is over and nobody has begun another: the desk must know that nobody is called."""
    ward = find_ward(context.work, context.number)
    duty = duties.ended_by_itself(context.work, context.number, int(context.args[1])) if ward else None
    if ward is None or duty is None:
        return
    context.here = Here(Spot.DESK, ward)
    context.tell_desk("duty.over", *take_rows(context), name=duty.name, then=follows(context, ward))


def follows(context: Context, ward: Ward) -> Html:
    """Who is on duty now that a shift has ended: by the roster, or nobody."""
    planned = now_on(context, ward)
    if planned is None:
        return Html(desk_says(context, "duty.then_nobody"))
    return Html(desk_says(context, "duty.then_planned", name=planned.name, until=moment(context, planned.until)))


def leave(context: Context, ward: Ward, person: Person) -> None:
    """Whoever left the desk, or may not act there any more, is on duty no more, now or by the roster."""
    was_on = duties.leave(context.work, ward, person)
    name, count = rosters.drop_officer(context.work, ward, person)
    words = [desk_says(context, "duty.left", then=follows(context, ward))] if was_on else []
    words += [desk_says(context, "roster.left", name=name, count=count)] if count else []
    if words:
        context.work.post(Outgoing(html="\n".join(words), buttons=take_rows(context)), ward.place)


# --- whom a question is put to


def line(context: Context, ward: Ward) -> str:
    """Who is on duty, so that they hear of it; or that nobody is."""
    duty = now_on(context, ward)
    if duty is None:
        return desk_says(context, "duty.nobody")
    who = Html(context.around.platforms[ward.place.platform].calling(duty.person))
    return desk_says(context, "duty.line", who=who)


def short(context: Context) -> str:
    """Who is on duty, named and not called."""
    duty = now_on(context, context.ward)
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
    duty = now_on(context, ward)
    if duty is not None and duty.private_at is not None and duty.address not in beside:
        html = desk_says(context, key, ward=ward.name, **values)
        context.work.post(Outgoing(html=html, optional=True), duty.place, priority)
