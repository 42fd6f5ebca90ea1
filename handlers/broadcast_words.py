"""How broadcasts and schedules are worded: the message itself, its card at the desk, a rule in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.domain.broadcasting import Manner, Status
from bot.domain.calendar import Every, Rule, next_fire
from bot.domain.markup import escape, plain
from bot.messages import Action, Button, Outgoing, Priority
from bot.services import editions
from bot.services.broadcasts import Tally
from bot.services.contents import has_files
from bot.services.schedules import scam_of
from bot.texts import Html
from data.broadcasts import Broadcast
from data.copies import reached_groups
from handlers.local import local

NAMES_SHOWN = 20
EXCERPT = 60
HOUR = 3600.0
UNSEEN = "https://…"  # in a preview, where the link to a file would stand
LONGEST_LINK = "https://" + "-" * 260  # such a link: an address, and a token of at most 203 letters
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
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


def edition(context: Context, broadcast: Broadcast) -> Outgoing:
    """What every copy is to be now: the words, corrected or over, or that they were withdrawn."""
    if broadcast.status == Status.WITHDRAWN:
        gone = (
            Action.DELETE if broadcast.message.attachments else Action.SEND
        )  # of a picture words would leave it there
        return Outgoing(gone, context.say("broadcast.taken_back"))
    message = broadcast.message
    if broadcast.status == Status.OVER:
        message = headed(message, context.say("broadcast.over_head", **moment(context, context.work.now)))
    elif broadcast.corrected_at is not None:
        message = headed(message, context.say("broadcast.corrected_head", **moment(context, broadcast.corrected_at)))
    asks = broadcast.manner.asks_read and broadcast.status != Status.OVER and len(message.attachments) < 2
    replaces = broadcast.new_files and broadcast.status != Status.OVER and has_files(message, context.around.vault)
    return replace(
        dressed(context, message, emergency=broadcast.emergency),
        buttons=(*message.buttons, (read_button(context, broadcast.id),)) if asks else message.buttons,
        new_files=replaces,
    )


def longest_form(context: Context, message: Outgoing, *, asks_read: bool = False) -> Outgoing:
    """As long as it may become: an alert, with every button, and the line before it that one day says it is over."""
    over = headed(message, context.say("broadcast.over_head", **moment(context, context.work.now)))
    linked = tuple(replace(item, url=LONGEST_LINK, stored=item.stored or "-") for item in message.attachments)
    asks = ((read_button(context, 0),),) if asks_read else ()
    alert = dressed(context, over, emergency=True)
    return replace(alert, attachments=linked, buttons=(*message.buttons, *asks))


def headed(message: Outgoing, head: str) -> Outgoing:
    """With a line before it."""
    return replace(message, html="\n".join(filter(None, [head, message.html])))


def read_button(context: Context, number: int) -> Button:
    """By which somebody says that they read a broadcast; where there are no buttons, a word."""
    return replace(context.button("read.button", "read", number), typed=context.say("read.typed"))


def moment(context: Context, at: float) -> dict[str, str]:
    """A time and a date as people read them."""
    when = datetime.fromtimestamp(at, context.around.settings.zone)
    return {"time": f"{when:%H:%M}", "date": f"{when:%d/%m}"}


def waits_until(context: Context, broadcast: Broadcast, at: float | None = None) -> float | None:
    """Until when it waits for the morning, if it is to go now (or at `at`)."""
    rules, zone = context.around.content.rules, context.around.settings.zone
    return editions.waits_until(context.work, rules, broadcast, zone, at)


def scam_warning(context: Context, at: float) -> Outgoing:
    """The warning of the week in which `at` is."""
    scam = scam_of(local(context).scams, at, context.around.settings.zone)
    return Outgoing(html=context.say("scam.weekly", name=scam.ten, signs=scam.dau_hieu, advice=scam.loi_khuyen))


# --- the card at the desk


def reach(context: Context, manner: Manner) -> dict[str, object]:
    """How many groups, and which."""
    names = list(reached_groups(context.work, context.ward.id, manner).values())
    return {"count": len(names), "names": Html(listed(context, names))}


def manner_words(context: Context, manner: Manner) -> str:
    """How it goes, beside to whom; nothing where nothing was chosen."""
    chosen = [
        context.say("manner.pinned") if manner.pinned else "",
        context.say("manner.asks_read") if manner.asks_read else "",
        context.say("manner.holds", span=span(context, manner.lasts)) if manner.lasts else "",
    ]
    words = " · ".join(filter(None, chosen))
    return f"\n{words}" if words else ""


def span(context: Context, seconds: float) -> str:
    """A time as people say it."""
    hours = int(seconds // HOUR)
    if not hours:
        return context.say("manner.forever")
    days = hours > 24
    return context.say("manner.days" if days else "manner.hours", count=hours // 24 if days else hours)


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
    what = edition_name(broadcast)
    if found.waiting:
        key = "broadcast.paused" if broadcast.status == Status.PAUSED else f"broadcast.{what}.going"
        return context.say(key, done=found.done, total=found.total)
    had = found.total - (found.stopped if what in ("withdrawn", "over") else 0)
    lines = [context.say(f"broadcast.{what}.done", done=len(found.sent), total=had)]
    if broadcast.stopped_at is not None and found.stopped:
        lines.append(context.say("broadcast.cut_off", count=found.stopped))
    if broadcast.author.name:
        lines.append(context.say("broadcast.by", author=broadcast.author.name))
    if found.sent and what in ("first", "corrected"):
        lines.append(context.say("broadcast.reached", names=Html(listed(context, found.sent))))
    lines += [context.say(f"failed.{why}", where=name) for name, why in found.failed[:NAMES_SHOWN]]
    if len(found.failed) > NAMES_SHOWN:
        lines.append(context.say("broadcast.and_more", count=len(found.failed) - NAMES_SHOWN))
    return "\n".join(lines)


def edition_name(broadcast: Broadcast) -> str:
    """Which sentences tell how far it is."""
    if broadcast.status in (Status.WITHDRAWN, Status.OVER):
        return broadcast.status
    return "first" if broadcast.corrected_at is None else "corrected"


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
        return "month_last" if rule.day == LONGEST_MONTH else "month_end"
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
