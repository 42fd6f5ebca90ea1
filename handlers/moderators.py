"""`/kiemduyet`: a chief invites a trusted resident by a one-time link, and ends the role at once."""

from datetime import datetime

from bot.context import Context, Need
from bot.messages import Action, Button, Outgoing, Person
from bot.routing import Router
from bot.services import moderators, wards
from data.conversations import choice_of, close_step, find_step, show_menu
from data.moderation import KEY, Moderator, moderators_of, shown_of, shown_to
from data.places import Spot, Ward, find_ward
from data.tips import find_tip
from data.unit_of_work import Place, Work
from handlers.cards import own_chat
from handlers.setup import erase_code

MINE = "mod-"  # steps and buttons of a moderator


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("kiemduyet", "moderator", spots=Spot.DESK, needs=Need.FRESH_STANDING)(invite)
    router.command("kiemduyet", spots=Spot.PRIVATE, plain=True)(offer_typed)
    router.command("moderator", spots=Spot.PRIVATE)(offer_typed)
    router.command("thoikiemduyet", spots=Spot.PRIVATE)(leave)
    router.button("mod-leave", spots=Spot.PRIVATE)(leave_pressed)
    router.button("mod-begin", spots=Spot.PRIVATE)(begin)
    router.button("mod-decline", spots=Spot.PRIVATE)(decline)
    router.button("mod-over", spots=Spot.DESK, needs=Need.FRESH_STANDING)(end)
    router.clock("moderator-over")(expire)
    router.clock("masked-over")(hide_tip)


# --- at the desk


def invite(context: Context) -> None:
    """`/kiemduyet TÊN [SỐ NGÀY]`: a link that works once. Bare: who holds the role."""
    wards.check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    if not context.words:
        list_all(context)
        return
    code = moderators.invite(context.work, context.ward, context.speaker, context.words)
    url = context.platform.private_link(f"m{code}")
    context.reply("moderator.link", name=context.words, url=url or code, code=code)


def list_all(context: Context) -> None:
    """Who holds the role, with a button to end each."""
    found = moderators_of(context.work, context.ward.id)
    if not found:
        context.reply("moderator.none")
        return
    lines = [context.say("moderator.line", name=one.holder.name, until=day(context, one.expires_at)) for one in found]
    rows = [(end_button(context, one),) for one in found]
    context.answer(context.spoken("\n".join([context.say("moderator.list"), *lines]), *rows))


def end_button(context: Context, one: Moderator) -> Button:
    """`Kết thúc …`."""
    return Button(context.say("moderator.end", name=one.holder.name), f"mod-over:{one.key[:KEY]}")


def end(context: Context) -> None:
    """The role ends at once, and what was shown is hidden."""
    wards.check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    found = moderators.end(context.work, context.ward, context.args[-1] if context.args else "", context.speaker)
    close_down(context, context.ward, found.holder.person)
    context.tell_desk("moderator.ended", name=found.holder.name, by=context.speaker.name)


def close_down(context: Context, ward: Ward, person: Person) -> None:
    """Hide what somebody was shown, and tell them that the role is over."""
    work, place = context.work, Place(person.platform, person.id, ward.id, private=True)
    hidden = Outgoing(Action.EDIT, context.say("moderator.hidden"), optional=True)
    for row in shown_to(work, person, ward.id):
        work.post(hidden, place, target_row=row)
    forget_question(work, person)
    work.post(Outgoing(html=context.say("moderator.over", ward=ward.name)), place)


def forget_question(work: Work, person: Person) -> None:
    """No number and no words answer a moderator's question any more; what they write as a resident stays open."""
    chat = own_chat(person)
    step, choice = find_step(work, chat), choice_of(work, chat, person, "1", work.now)
    if step is not None and step.name.startswith(MINE):
        close_step(work, chat)
    if choice is not None and any(button.data.startswith(MINE) for button in choice.buttons):
        show_menu(work, chat, person, [])


def expire(context: Context) -> None:
    """The time of a role is over: it counted for nothing from that moment on; now its holder is told."""
    ward = find_ward(context.work, context.number)
    if ward is not None:
        for one in moderators.drop_expired(context.work, ward.id):
            close_down(context, ward, one.person)
            context.work.post(Outgoing(html=context.say("moderator.expired", name=one.name)), ward.place)


def hide_tip(context: Context) -> None:
    """A tip has been over for a day: what moderators were shown of it is hidden."""
    tip = find_tip(context.work, context.number)
    if tip is None or not tip.status.is_over:
        return
    hidden = Outgoing(Action.EDIT, context.say("moderator.hidden_over"), optional=True)
    for one in moderators_of(context.work, tip.ward_id or 0):
        person = one.holder.person
        place = Place(person.platform, person.id, tip.ward_id or 0, private=True)
        for row in shown_of(context.work, person, tip):
            context.work.post(hidden, place, target_row=row)


# --- in private


def offer_typed(context: Context) -> None:
    """`/kiemduyet CODE`, where no link leads here."""
    offer(context, context.words)


def offer(context: Context, code: str) -> None:
    """What the role is, what one sees and what not; then `Đồng ý`. The message with the code is taken down."""
    _key, ward, days = moderators.invited_to(context.work, code, context.speaker)
    yes = context.button("moderator.yes", "mod-begin", code)
    context.reply("moderator.offer", (yes, context.button("moderator.no", "mod-decline")), ward=ward.name, days=days)
    erase_code(context)


def begin(context: Context) -> None:
    """`Đồng ý`: the role begins, and the desk sees who took it."""
    ward, until, meant = moderators.begin(context.work, context.args[-1] if context.args else "", context.speaker)
    context.reply("moderator.began", ward=ward.name, until=day(context, until))
    mine = next(one for one in moderators_of(context.work, ward.id) if one.holder.address == context.speaker.address)
    group = moderators.group_of(context.work, ward.id, context.speaker) or context.say("moderator.no_group")
    values = {"name": context.speaker.name, "meant": meant, "group": group, "until": day(context, until)}
    html = context.say("moderator.announced", **values)
    context.work.post(Outgoing(html=html, buttons=((end_button(context, mine),),)), ward.place)


def decline(context: Context) -> None:
    """`Thôi`."""
    context.notice = context.say("moderator.declined")


def leave(context: Context) -> None:
    """`/thoikiemduyet`: given up by its holder; who holds it in several wards is asked where."""
    helped = moderators.wards_helped(context.work, context.speaker)
    if not helped:
        context.reply("start.unknown")
    elif len(helped) == 1:
        leave_ward(context, helped[0].id)
    else:
        rows = [(Button(ward.name, f"mod-leave:{ward.id}"),) for ward in helped]
        context.reply("moderator.leave_which", *rows)


def leave_pressed(context: Context) -> None:
    """The ward was chosen."""
    leave_ward(context, context.number)


def leave_ward(context: Context, ward_id: int) -> None:
    """Over in this ward, at once."""
    ward = moderators.leave(context.work, context.speaker, ward_id)
    close_down(context, ward, context.speaker)
    html = context.say("moderator.left", name=context.speaker.name)
    context.work.post(Outgoing(html=html), ward.place)


def day(context: Context, at: float) -> str:
    """A date."""
    return datetime.fromtimestamp(at, context.around.settings.zone).strftime("%d/%m/%Y")
