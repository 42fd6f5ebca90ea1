"""What happens to the bot in a chat: added, addressed by strangers, removed, given other rights, moved."""

from bot.context import Context, Need
from bot.messages import Action, EventKind, Outgoing
from bot.routing import Router
from bot.services import wards
from bot.services.notices import first_time
from data.moves import move_chat
from data.places import Spot, here_at
from data.topics import forget_thread, has_forum
from data.unit_of_work import Place

PATIENCE = 60.0  # s; the code usually follows at once
LEAVES = 24 * 3600.0


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.on(EventKind.MESSAGE, spots=Spot.STRANGER)(greet_once)
    router.on(EventKind.BOT_JOINED, spots=Spot.STRANGER)(joined)
    router.on(EventKind.BOT_LEFT, spots=Spot.GROUP)(removed)
    router.on(EventKind.BOT_RIGHTS, spots=Spot.GROUP | Spot.DESK, needs=Need.CHAT)(rights_changed)
    router.on(EventKind.CHAT_MOVED, spots=Spot.GROUP | Spot.DESK | Spot.STRANGER)(moved)
    router.on(EventKind.TOPIC_CLOSED, spots=Spot.DESK)(topic_closed)
    router.clock("stranger")(greet_stranger)
    router.clock("leave")(leave_stranger)


def joined(context: Context) -> None:
    """In a chat that nobody linked yet: wait a moment for the code that usually follows."""
    address = context.event.chat.address
    context.work.remind(f"stranger:{address}", context.work.now + PATIENCE)
    context.work.remind(f"leave:{address}", context.work.now + LEAVES)


def greet_stranger(context: Context) -> None:
    """Still not linked: say once how that is done."""
    place = Place.of(":".join(context.args))
    if here_at(context.work, place.address).spot is Spot.STRANGER:
        greet(context, place)


def greet_once(context: Context) -> None:
    """Addressed in a chat that nobody linked, where no joining was heard of: say it, but not at every word."""
    if not context.can.knows_members and first_time(context.work, f"stranger {context.event.chat.address}"):
        greet(context, context.place)


def greet(context: Context, place: Place) -> None:
    """What the bot is, and how a chat is linked."""
    mention = context.around.platforms[place.platform].mention
    context.work.post(Outgoing(html=context.say("group.stranger", bot=mention)), place)


def leave_stranger(context: Context) -> None:
    """A chat that stayed unlinked is left."""
    place = Place.of(":".join(context.args))
    if here_at(context.work, place.address).spot is Spot.STRANGER:
        context.work.post(Outgoing(Action.LEAVE), place)


def removed(context: Context) -> None:
    """The bot was taken out of a group: the desk must know that nobody hears that group now."""
    group = context.group
    context.tell_desk("group.removed", name=group.name)
    wards.unlink_group(context.work, group, context.event.sender)


def rights_changed(context: Context) -> None:
    """The bot's rights changed: say at the desk what it can no longer do; make topics once it can."""
    ward, group, chat = context.ward, context.here.group, context.facts.chat
    if group is None and chat.forum and chat.can_manage_topics:
        has_forum(context.work, ward.desk)
    elif group is None and ward.desk_forum and not chat.can_manage_topics:
        context.tell_desk("setup.no_topics_right")
    elif group is not None and context.event.data == "restricted":
        context.tell_desk("group.restricted", name=group.name)


def moved(context: Context) -> None:
    """The chat became a supergroup with a new id; the old chat says so, and the new one."""
    chat, data = context.event.chat, context.event.data
    if data.startswith("from:"):
        move_chat(context.work, f"{chat.platform}:{data.removeprefix('from:')}", chat.address)
    else:
        move_chat(context.work, chat.address, f"{chat.platform}:{data}")


def topic_closed(context: Context) -> None:
    """The next message makes the topic again, so that nothing is lost in a closed one."""
    forget_thread(context.work, context.ward.id, context.event.topic)
