"""Residents and their desk talk: what is relayed, answered, edited, taken back."""

from dataclasses import replace

from bot.context import COMMAND, Context, Need
from bot.domain.markup import plain
from bot.errors import Why
from bot.messages import Button, EventKind
from bot.routing import Router
from bot.services import notices, relay
from bot.texts import Html
from data.places import Spot, group_by_id
from data.relays import relays_of_message
from handlers import archive, letters, reading, withheld
from handlers.ways import say_with_way

SENT_ON = "👍"
TAKEN_BACK = "👌"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("gui", "send", spots=Spot.GROUP, needs=Need.FILES)(send_in)
    router.command("gui", "send", spots=Spot.DESK, needs=Need.FILES | Need.COPIES | Need.STANDING)(send_out)
    router.command("rut", "withdraw", spots=Spot.GROUP)(take_back)
    router.command("xoa", "delete", spots=Spot.DESK)(delete)
    router.on(EventKind.MESSAGE, spots=Spot.GROUP, needs=Need.FILES)(send_in)
    router.on(EventKind.MESSAGE, spots=Spot.DESK, needs=Need.FILES | Need.COPIES)(answer_out)
    router.on(EventKind.EDIT, spots=Spot.GROUP)(edit_in)
    router.on(EventKind.EDIT, spots=Spot.DESK)(edit_out)
    router.clock("erase-copy")(erase_copy)


def send_in(context: Context) -> None:
    """From a group to the desk."""
    event, work = context.event, context.work
    if event.withheld:
        withheld.hear(context)
        return
    if not (words_of(context) or event.attachments):
        context.reply("relay.how" if context.command else "relay.called", bot=context.platform.mention)
        return
    if not (event.attachments or event.reply_to) and reading.hears(context, plain(words_of(context))):
        return
    if not context.command and archive.said(context):
        return
    path = replace(relay.inward_path(work, context.ward, context.group, event), buttons=tip_button(context))
    html = context.say("relay.in", name=context.speaker.name, text=words_of(context))
    missing = relay.relay(work, path, event, context.speaker, html, context.facts.files, context.around.vault)
    tell_missing(context, missing)
    if notices.first_notice(work, context.group, context.speaker):
        say_with_way(context, "relay.notice" if context.can.quotes else "relay.notice_unquoted")


def tip_button(context: Context) -> tuple[tuple[Button, ...], ...]:
    """Lets staff make a tip of what was relayed. Which one it is, the pressed message tells: merged ones share it."""
    return ((context.button("case.from_relay", "tip-from"),),)


def send_out(context: Context) -> None:
    """`/gui` at the desk."""
    if not (context.words or context.event.attachments):
        context.reply("relay.how_desk")
        return
    if not letters.writes_to_reporter(context, words_of(context)):
        _send_out(context, asked=True)


def answer_out(context: Context) -> None:
    """A message at the desk: an answer to a relayed one leaves, anything else stays among staff."""
    _send_out(context, asked=False)


def _send_out(context: Context, *, asked: bool) -> None:
    event, work = context.event, context.work
    path = relay.outward_path(work, context.ward, event, asked=asked)
    if path is None:
        return
    html = context.say("relay.out", ward=context.ward.name, text=words_of(context))
    if path.asker and not context.around.platforms[path.to.platform].capabilities.quotes:
        html = context.say("relay.out_to", ward=context.ward.name, name=path.asker, text=words_of(context))
    missing = relay.relay(work, path, event, context.speaker, html, context.facts.files, context.around.vault)
    tell_missing(context, missing)
    context.react(SENT_ON)


def edit_in(context: Context) -> None:
    """What was edited in a group is edited at the desk."""
    html = context.say("relay.in", name=context.speaker.name, text=words_of(context))
    for item in relays_of_message(context.work, context.event.chat.address, context.event.message_id):
        place, topic = context.ward.place, context.group.topic_id
        relay.follow_edit(context.work, item, place, topic, html, context.event, tip_button(context))


def edit_out(context: Context) -> None:
    """What staff edited at the desk is edited in the group."""
    html = context.say("relay.out", ward=context.ward.name, text=words_of(context))
    for item in relays_of_message(context.work, context.event.chat.address, context.event.message_id):
        if group := group_by_id(context.work, item.group_id):
            relay.follow_edit(context.work, item, group.place, None, html, context.event)


def take_back(context: Context) -> None:
    """`/rut`: whoever wrote a relayed message takes it back, the one replied to or else their last."""
    number = context.event.reply_to or relay.last_said(context.work, context.group, context.speaker)
    if not number:
        context.reply("relay.how_withdraw")
        return
    event, words = context.event, context.say("relay.withdrawn")
    relay.withdraw(context.work, context.ward, context.group, event.chat.address, number, context.speaker, words)
    context.confirm(TAKEN_BACK, "relay.taken_back")


def delete(context: Context) -> None:
    """`/xoa` as a reply at the desk: its copy in the group goes."""
    if not context.event.reply_to:
        context.reply("relay.how_delete")
        return
    relay.delete_copy(context.work, context.ward, context.event, context.say("relay.withdrawn"))
    context.react(TAKEN_BACK)


def words_of(context: Context) -> Html:
    """What was written, formatted, without the command before it and without the call to the bot."""
    html = context.command.html if context.command else COMMAND.sub("", context.event.html, count=1)
    mention = context.platform.mention
    return Html(" ".join(html.split(mention)).strip() if mention in html else html)


def tell_missing(context: Context, missing: list[Why]) -> None:
    """Say to whoever sent it what could not be passed on, why, and what to do instead."""
    for why in dict.fromkeys(missing):
        context.reply(f"relay.missing.{why.value}")


def erase_copy(context: Context) -> None:
    """A file copied for a relay is no longer needed."""
    context.around.vault.erase(context.args[0])
