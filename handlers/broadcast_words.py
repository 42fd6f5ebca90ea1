"""How broadcasts and schedules are worded: the message itself, its card at the desk, a rule in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.domain.calendar import Every, Rule, next_fire
from bot.domain.markup import escape, plain
from bot.messages import Action, Button, Outgoing, Priority
from bot.services.broadcasts import Tally
from bot.services.schedules import scam_of
from bot.texts import Html
from data.broadcasts import Broadcast
from data.places import groups_of

NAMES_SHOWN = 20
EXCERPT = 60
SHORTEST_MONTH = 28
Rows = tuple[tuple[Button, ...], ...]


# --- the message itself


def dressed(context: Context, message: Outgoing, *, emergency: bool) -> Outgoing:
    """As it is sent: every one says what the bot never asks for; an alert ends by calling nobody to the chase."""
    alert = context.say("broadcast.alert")
    words = message.html
    endings = [context.say("broadcast.footer")]
    if emergency:
        words = words.removesuffix(alert).removesuffix(plain(alert)).rstrip()
        endings.append(alert)
    return replace(message, html="\n\n".join(filter(None, [words, "\n".join(endings)])))


def scam_warning(context: Context, at: float) -> Outgoing:
    """The warning of the week in which `at` is."""
    scam = scam_of(context.around.content.scams, at, context.around.settings.zone)
    return Outgoing(html=context.say("scam.weekly", name=scam.ten, signs=scam.dau_hieu, advice=scam.loi_khuyen))


# --- the card at the desk


def reach(context: Context) -> dict[str, object]:
    """How many groups, and which."""
    names = [group.name for group in groups_of(context.work, context.ward.id)]
    return {"count": len(names), "names": Html(listed(context, names))}


def listed(context: Context, names: Sequence[str]) -> str:
    """Names in a row; of very many the first."""
    shown = ", ".join(escape(name) for name in names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return f"{shown} {context.say('broadcast.and_more', count=more)}" if more > 0 else shown


def change_card(
    context: Context, broadcast: Broadcast, html: str, rows: Rows = (), priority: Priority = Priority.ANSWER
) -> None:
    """Let the card of a broadcast say this."""
    if broadcast.card_row is not None:
        edit(context, broadcast.card_row, html, rows, priority=priority)


def edit(
    context: Context,
    row: int,
    html: str,
    rows: Rows = (),
    like: Outgoing | None = None,
    priority: Priority = Priority.ANSWER,
) -> None:
    """Edit what an outbox row became at the desk; `like` carries the attachments that it has."""
    message = Outgoing(Action.EDIT, html, rows, attachments=like.attachments if like else ())
    place = context.here.ward.place if context.here.ward else context.place
    context.work.post(message, place, priority, target_row=row, coalesce=f"card:{row}")


def progress(context: Context, broadcast: Broadcast, found: Tally) -> str:
    """How far a broadcast is; at its end each group that failed, and why."""
    if found.waiting:
        return context.say("broadcast.sending", done=found.done, total=found.total)
    lines = [context.say("broadcast.sent", done=len(found.sent), total=found.total)]
    if broadcast.author.name:
        lines.append(context.say("broadcast.by", author=broadcast.author.name))
    if found.sent:
        lines.append(context.say("broadcast.reached", names=Html(listed(context, found.sent))))
    lines += [context.say(f"failed.{why}", where=name) for name, why in found.failed[:NAMES_SHOWN]]
    if len(found.failed) > NAMES_SHOWN:
        lines.append(context.say("broadcast.and_more", count=len(found.failed) - NAMES_SHOWN))
    return "\n".join(lines)


# --- rules in words


def rule_words(context: Context, rule: Rule, after: float) -> str:
    """ "Thứ Năm hằng tuần lúc 08:00, bắt đầu 26/11/2026", as seen from `after`."""
    zone = context.around.settings.zone
    first = datetime.fromtimestamp(next_fire(rule, after, zone) or after, zone)
    weekday = first.weekday() if rule.every is Every.ONCE else rule.weekday
    return context.say(
        f"schedule.{sentence_of(rule)}",
        weekday=weekday_name(context, weekday),
        day=rule.day,
        nth=context.say(f"schedule.nth.{rule.nth}"),
        time=f"{rule.hour:02}:{rule.minute:02}",
        date=f"{first:%d/%m/%Y}",
    )


def sentence_of(rule: Rule) -> str:
    """Which sentence says this rule."""
    if rule.every is Every.MONTH_DAY and rule.day > SHORTEST_MONTH:
        return "month_end"
    return rule.every.value


def weekday_name(context: Context, weekday: int) -> str:
    """Monday is 0."""
    return context.say(f"schedule.weekday.{weekday}")


def excerpt(context: Context, content: str, message: Outgoing) -> str:
    """What a schedule is about, in a few words."""
    if content in ("scams", "lessons"):
        return context.say(f"schedule.{content}")
    words = " ".join(plain(message.html).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rstrip()}…"
