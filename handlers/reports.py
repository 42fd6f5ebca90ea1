"""Tips that begin in a group: `/tinbao TEXT` there, and `Lập tin` under a relayed message at the desk."""

from bot.context import Context, Need
from bot.domain.danger import Danger
from bot.errors import Refused
from bot.messages import Action, Attachment, Button, Outgoing, Person
from bot.routing import Router
from bot.services import evidence, own_tips, reports
from bot.services.casework import intake_topic
from bot.services.wards import check_officer
from data.places import Group, Spot, group_by_id
from data.relays import Relay, Source
from data.tips import Part, Tip
from handlers.cards import in_bundles
from handlers.danger import QUIET, show_numbers
from handlers.desk_words import desk_says, without_command
from handlers.incidents import show_tip
from handlers.letters import add_to_case, tell_troubles
from handlers.understood import known_of, may_show
from handlers.ways import private_button, private_words, say_with_way

MOST_CHOICES = 8
LABEL = 40


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("tinbao", spots=Spot.GROUP, needs=Need.EVIDENCE, plain=True)(report)
    router.command("tip", spots=Spot.GROUP, needs=Need.EVIDENCE)(report)
    router.command("tinbao", "tip", spots=Spot.DESK)(at_desk)
    router.button("tip-from", needs=Need.FRESH_STANDING, spots=Spot.DESK)(from_relay)


# --- in a group


def report(context: Context) -> None:
    """`/tinbao TEXT` in a group: a tip, with a receipt in reply. Bare, it continues in private."""
    if not (context.words or context.event.attachments):
        continue_privately(context)
        return
    if context.speaker.anonymous:  # a chat speaks, and nobody could be told how it ends
        say_with_way(context, "tip.anonymous_admin")
        return
    kinds = context.around.content.lexicon.dangers(context.words)
    if kinds and not QUIET.intersection(kinds):
        show_numbers(context, kinds)
    if context.around.content.officials.hinted(context.words):  # asked about in private, before anybody reads it
        continue_privately(context, "tip.privately_anew")
        return
    parts, rules = [Part(context.event.message_id, context.words)], context.around.content.rules
    full = own_tips.overflow(context.work, rules, context.speaker, context.ward.id, "group", anonymous=False)
    if full is not None and not kinds:
        gather(context, full)
        return
    tip = file_report(context, context.speaker, parts, context.group, "group", kinds)
    own_tips.count_tip(context.work, tip, context.speaker)
    troubles = evidence.keep(context.work, tip, context.event, context.facts.files, context.around.vault)
    tip = show_tip(context, tip)
    if not may_show(tip, known_of(context, tip)):  # of children and families a group reads nothing
        continue_privately(context)
        return
    say_with_way(context, "tip.receipt_group", code=tip.code)
    tell_troubles(context, troubles)


def gather(context: Context, tip: Tip) -> None:
    """One report more than the hour allows: kept as an addition to the newest."""
    seen = evidence.newest(context.work, tip)
    troubles = evidence.keep(context.work, tip, context.event, context.facts.files, context.around.vault)
    add_to_case(context, tip, context.words, seen, silent=True)
    say_with_way(context, "own.gathered", code=tip.code)
    tell_troubles(context, troubles)


def continue_privately(context: Context, key: str = "tip.privately") -> None:
    """The message is taken down where that can be, so that nobody sees who wants to report."""
    context.do(Outgoing(Action.DELETE, message_id=context.event.message_id, optional=True))
    html = context.say(key) + private_words(context, context.group)
    context.answer(Outgoing(html=html, buttons=private_button(context, context.group)))


def file_report(
    context: Context, person: Person, parts: list[Part], group: Group, source: str, kinds: tuple[Danger, ...]
) -> Tip:
    """Store a tip that begins in a group."""
    return reports.report(
        context.work,
        person,
        parts,
        ward_id=group.ward_id,
        group_id=group.id,
        source=source,
        kinds=context.around.content.kinds,
        danger=kinds[0] if kinds else None,
        zone=context.around.settings.zone,
    )


def at_desk(context: Context) -> None:
    """`/tinbao` at the desk: how staff make one."""
    context.reply("case.how_from_relay")


# --- at the desk


def from_relay(context: Context) -> None:
    """`Lập tin`: what was relayed becomes a tip; where several people's messages went as one, staff choose."""
    work, ward = context.work, context.ward
    check_officer(work, ward, context.speaker, context.facts.standing)
    relays = reports.pressed_relays(work, ward, context.event.chat, context.event.message_id, context.number)
    if len({relay.author_key for relay in relays}) > 1:
        offer_choice(context, relays)
        return
    reports.check_unused(work, relays)
    sources = reports.sources_of(work, relays)
    tip = make_tip(context, relays, sources)
    context.notice = desk_says(context, "case.made", code=tip.code)


def offer_choice(context: Context, relays: list[Relay]) -> None:
    """One button for each of the messages that went as one."""
    rows = []
    for relay in relays[-MOST_CHOICES:]:
        source = reports.sources_of(context.work, [relay])[0]
        rows.append((Button(f"{source.name}: {without_command(source.text)}"[:LABEL], f"tip-from:{relay.id}"),))
    context.reply("case.which_relay", *rows)


def make_tip(context: Context, relays: list[Relay], sources: list[Source]) -> Tip:
    """The tip, its card, and a receipt where the message was written."""
    group = group_by_id(context.work, relays[0].group_id)
    if group is None:
        raise Refused("relay.unlinked")
    first = sources[0]
    platform, _, number = first.address.partition(":")
    parts = [
        Part(relay.message_id, words)
        for relay, source in zip(relays, sources, strict=False)
        if (words := without_command(source.text))
    ]
    kinds = context.around.content.lexicon.dangers(" ".join(part.text for part in parts))
    tip = file_report(context, Person(platform, number, first.name), parts, group, "desk", kinds)
    reports.note_made(context.work, relays, tip, context.speaker)
    tip = show_tip(context, tip)
    show_relayed(context, tip, [item for source in sources for item in source.attachments])
    if not QUIET.intersection(kinds):
        html = desk_says(context, "tip.made_from_relay", code=tip.code)
        context.work.post(Outgoing(html=html, reply_to=relays[0].message_id), group.place)
    return tip


def intake(context: Context) -> int | None:
    """The topic of new tips."""
    return intake_topic(context.work, context.ward, desk_says(context, "case.intake"))


def show_relayed(context: Context, tip: Tip, items: list[Attachment]) -> None:
    """The pictures that were relayed, beside the card."""
    place, topic = context.ward.place, intake(context)
    for bundle in in_bundles(items):
        message = Outgoing(attachments=tuple(bundle))
        context.work.post(message, place, topic=topic, reply_row=tip.card_row, about=f"card:{tip.id}")
