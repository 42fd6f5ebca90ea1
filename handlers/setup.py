"""A desk is set up and has officers and chiefs; groups are invited, linked, unlinked."""

from bot.context import Context, Need
from bot.errors import Refused
from bot.messages import Action, Button, EventKind, Outgoing, Person
from bot.routing import Router
from bot.services import lessons, wards
from data.conversations import close_step, find_step, open_step
from data.places import Group, Spot, Ward, find_here, group_by_id
from handlers import aside, duty
from handlers.presence import greet
from handlers.ways import private_button, private_words

IN_GROUPS = Spot.GROUP | Spot.DESK | Spot.STRANGER


def register(router: Router) -> None:
    """Add this conversation to a router."""
    known = Need.STANDING | Need.CHAT
    router.command("thietlap", "setup", spots=IN_GROUPS | Spot.PRIVATE, needs=known)(set_up)
    router.command("nhom", "group", spots=Spot.DESK, needs=Need.STANDING)(invite)
    router.command("lienket", spots=Spot.STRANGER, needs=known, plain=True)(link)
    router.command("link", "start", spots=Spot.STRANGER, needs=known)(link)
    router.button("claim", needs=Need.FRESH_STANDING | Need.CHAT)(claim)
    router.command("chihuy", "chief", spots=Spot.DESK, needs=Need.FRESH_STANDING | Need.QUOTED)(name_chief)
    router.button("unlink", needs=Need.FRESH_STANDING, spots=Spot.DESK)(unlink)
    router.button("bar", needs=Need.FRESH_STANDING, spots=Spot.DESK)(bar)
    router.on(EventKind.MEMBER_JOINED, spots=Spot.DESK)(newcomer)
    router.on(EventKind.MEMBER_LEFT, spots=Spot.DESK)(goodbye)


# --- the desk


def set_up(context: Context) -> None:
    """`/thietlap CODE TÊN PHƯỜNG` by the owner or an admin of the chat."""
    code, _, name = context.words.partition(" ")
    wards.check_free(context.here)
    if not context.can.knows_members:
        raise Refused("setup.not_here")
    if not code or not name.strip():
        raise Refused("setup.how")
    if asks_proof(context, "setup", code, name):
        return
    wards.check_runs_chat(context.facts.standing)
    _set_up(context, code, name)


def _set_up(context: Context, code: str, name: str) -> None:
    event = context.event
    ward = wards.set_up(context.work, context.here, event.chat, context.speaker, context.facts.chat, code, name)
    context.here = find_here(context.work, event.chat)
    erase_code(context)
    context.reply("setup.done", ward=ward.name)
    if not context.facts.chat.forum:
        context.reply("setup.no_forum")
    elif not context.facts.chat.can_manage_topics:
        context.reply("setup.no_topics_right")


def newcomer(context: Context) -> None:
    """Whoever joins the desk is an officer from now on; the desk is told, and can take it back."""
    person = context.speaker
    context.tell_desk("desk.newcomer", (context.button("desk.bar", "bar", person.id),), name=person.name)


def goodbye(context: Context) -> None:
    """A chief who leaves the desk is none any more, in private too; the only one stays: who could name another?"""
    person = context.speaker
    if wards.end_chief(context.work, context.ward, person):
        aside.chief_left(context, person)
        context.tell_desk("desk.chief_left", name=person.name)
    lessons.leave_unit(context.work, context.ward, person)
    duty.leave(context, context.ward, person)


def bar(context: Context) -> None:
    """`Bỏ quyền`, by a chief."""
    wards.check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    if not any(context.args):
        raise Refused("stale")
    barred = Person(context.event.platform, context.args[0])
    wards.bar_officer(context.work, context.ward, context.speaker, barred)
    aside.chief_left(context, barred)
    context.reply("desk.barred", by=context.speaker.name)
    lessons.leave_unit(context.work, context.ward, barred)
    duty.leave(context, context.ward, barred)


def name_chief(context: Context) -> None:
    """`/chihuy` by a chief, as a reply to a member's message: one more who approves."""
    wards.check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    quoted = context.event.quoted
    if quoted is None or quoted.sender is None or quoted.sender.anonymous:
        raise Refused("desk.how_chief")
    wards.name_chief(context.work, context.ward, context.speaker, quoted.sender)
    button = context.button("desk.bar", "bar", quoted.sender.id)
    context.reply("desk.chief", (button,), name=quoted.sender.name, by=context.speaker.name)


# --- groups


def invite(context: Context) -> None:
    """`/nhom TÊN` at the desk: a link by which the group's admin adds the bot."""
    ward = context.ward
    wards.check_officer(context.work, ward, context.speaker, context.facts.standing)
    name = context.words
    code = wards.invite_group(context.work, ward, context.speaker, name)
    url = context.platform.group_link(code)
    head, here = context.say("group.link", name=name), context.say("group.link_by_url", url=url, code=code)
    button = Button(context.say("group.open_link"), url=url)
    context.answer(context.spoken("\n".join([head, *linked_by_words(context, code), here]), (button,)))


def linked_by_words(context: Context, code: str) -> list[str]:
    """How the group is linked instead if it is on a platform that has no links for that."""
    others = [platform for platform in context.around.platforms.values() if not platform.group_link(code)]
    return [
        context.say("group.link_by_words", where=context.say(f"platform.{one.name}"), bot=one.mention, code=code)
        for one in others
    ]


def link(context: Context) -> None:
    """`/start CODE` (Telegram sends it when the bot is added by the link) or `/lienket CODE` in a group."""
    code = context.words
    if not code:
        greet(context, context.place)
        return
    if asks_proof(context, "link", code, ""):
        return
    wards.check_may_link(context.facts.standing)
    _link(context, code)


def _link(context: Context, code: str) -> None:
    ward, group = wards.link_group(context.work, context.here, context.event.chat, context.speaker, code)
    erase_code(context)
    welcome(context, ward, group)
    announce(context, ward, group)


def welcome(context: Context, ward: Ward, group: Group) -> None:
    """Say in the group what the bot hears; pinned, with a button to the private chat."""
    key = "group.welcome_mention" if context.can.mention_only else "group.welcome"
    html = context.say(key, ward=ward.name, bot=context.platform.mention) + private_words(context, group)
    message = Outgoing(html=html, buttons=private_button(context, group))
    row = context.work.post(message, group.place)
    context.work.post(Outgoing(Action.PIN, optional=True), group.place, target_row=row)


def announce(context: Context, ward: Ward, group: Group) -> None:
    """Tell the desk which chat was linked, so that a wrong one is noticed."""
    facts = context.facts.chat
    title = facts.title or context.event.chat.title
    button = context.button("group.unlink", "unlink", group.id)
    key = "group.linked" if context.can.knows_members else "group.linked_unseen"
    where = context.say(f"platform.{context.platform.name}")
    text = context.say(
        key, name=group.name, title=title, size=facts.members, by=context.speaker.name, where=where, code=group.code
    )
    if Action.PIN in context.can.actions and not facts.can_pin:
        text += "\n" + context.say("group.no_pin")
    context.work.post(Outgoing(html=text, buttons=((button,),)), ward.place)


def unlink(context: Context) -> None:
    """`Huỷ liên kết` at the desk."""
    ward = context.ward
    wards.check_officer(context.work, ward, context.speaker, context.facts.standing)
    group = group_by_id(context.work, context.number)
    if group is None or group.ward_id != ward.id:
        raise Refused("group.unlinked_already")
    wards.unlink_group(context.work, group, context.speaker)
    context.work.post(Outgoing(html=context.say("group.goodbye")), group.place)
    context.work.post(Outgoing(Action.LEAVE), group.place)
    context.reply("group.unlinked", name=group.name, by=context.speaker.name)


# --- an anonymous admin must prove it


def asks_proof(context: Context, what: str, code: str, name: str) -> bool:
    """An anonymous admin is asked to press a button: only a person can be looked up among the admins."""
    if not context.speaker.anonymous:
        return False
    open_step(context.work, context.event.chat, "claim", what=what, code=code, title=name)
    erase_code(context)
    context.reply("setup.prove", (context.button("setup.prove_button", "claim", what),))
    return True


def claim(context: Context) -> None:
    """Whoever presses the button acts, if an admin of this chat."""
    wards.check_runs_chat(context.facts.standing)
    step = find_step(context.work, context.event.chat)
    if step is None or step.name != "claim":
        raise Refused("stale")
    if step.facts["what"] == "setup":
        _set_up(context, step.facts["code"], step.facts["title"])
    else:
        _link(context, step.facts["code"])
    close_step(context.work, context.event.chat)


def erase_code(context: Context) -> None:
    """Take the message with the code down where the platform lets us."""
    if context.event.message_id and context.event.kind is EventKind.MESSAGE:
        context.do(Outgoing(Action.DELETE, message_id=context.event.message_id, optional=True))
