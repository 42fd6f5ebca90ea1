"""Posts that accuse somebody in a group are taken down where the ward wants it: `/locnhom`."""

from bot.context import Context, Need
from bot.domain.vietnamese import fold
from bot.messages import Action, EventKind, Outgoing
from bot.routing import Router
from bot.services import guards, notices, wards
from data.places import Group, Spot, group_of_topic
from data.topics import topic_by_thread
from handlers.ways import private_button, private_words

ON, OFF = frozenset({"bat", "on"}), frozenset({"tat", "off"})


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("locnhom", "guard", spots=Spot.DESK, needs=Need.FRESH_STANDING)(switch)
    router.on(EventKind.OBJECTION, spots=Spot.GROUP, needs=Need.CHAT)(take_down)


def switch(context: Context) -> None:
    """`/locnhom bật` or `tắt` in a group's topic, by a chief; the group is told."""
    wards.check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    group, wanted = group_here(context), fold(context.words)
    if group is None or wanted not in ON | OFF:
        context.reply("guard.how")
        return
    can = context.around.platforms[group.place.platform].capabilities
    if Action.DELETE not in can.actions or can.mention_only:
        context.reply("guard.not_there")
        return
    on = wanted in ON
    guards.set_guard(context.work, group, context.speaker, on=on)
    context.reply("guard.on" if on else "guard.off", name=group.name, by=context.speaker.name)
    html = context.say("guard.group_on" if on else "guard.group_off", ward=context.ward.name)
    row = context.work.post(Outgoing(html=html), group.place)
    context.work.post(Outgoing(Action.PIN, optional=True), group.place, target_row=row)  # the welcome says otherwise


def group_here(context: Context) -> Group | None:
    """The group whose topic of the desk this is."""
    topic = topic_by_thread(context.work, context.ward.id, context.event.topic) if context.event.topic else None
    return group_of_topic(context.work, topic) if topic is not None else None


def take_down(context: Context) -> None:
    """The post goes; the group hears why in neutral words, and its author how to go on in private."""
    if not context.facts.chat.can_delete:
        if notices.first_time(context.work, f"guard rights {context.group.id}"):
            context.tell_desk("guard.no_rights", name=context.group.name)
        return
    context.do(Outgoing(Action.DELETE, message_id=context.event.message_id, optional=True))
    if guards.note_taken(context.work, context.group):
        html = context.say("guard.taken_down") + private_words(context, context.group)
        context.work.post(Outgoing(html=html, buttons=private_button(context, context.group)), context.place)
