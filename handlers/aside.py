"""A report that involves an officer goes to one chief in private, and nothing of it stays at the desk."""

from bot.context import Context, Need
from bot.messages import Action, Outgoing, Person
from bot.routing import Router
from bot.services import aside, drafts, evidence
from bot.services.aside import Accused
from data.alike import part_ways, pass_lead, show_under
from data.conversations import close_step, open_step
from data.places import Spot, ward_by_id
from data.rules import rule_value
from data.sent import rows_about
from data.tips import Tip, handler_of, note_event, tip_by_id
from handlers import letters
from handlers.cards import edit_cards, post_card, tell_case, tell_reporter
from handlers.drafts import respond, retire_draft
from handlers.officers import tell_unanswered


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("tip-aside", spots=Spot.PRIVATE)(ask_who)
    router.button("tip-aside-no", spots=Spot.PRIVATE)(go_on)
    router.button("tip-aside-unnamed", spots=Spot.PRIVATE)(unnamed)
    router.during("officer", needs=Need.FILES)(hear_who)
    router.clock("officer-unanswered")(tell_unanswered)


# --- its reporter is asked


def go_on(context: Context) -> None:
    """`Không`, of a draft about danger: now the desk has it."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    note_event(context.work, tip, aside.NOBODY)
    respond(context, tip, anew=True)


def ask_who(context: Context) -> None:
    """`Có`: whom, so that it does not get to them."""
    tip = drafts.ready_draft(context.work, context.number, context.speaker)
    anonymous = context.args[-1] != "0"
    note_event(context.work, tip, aside.INVOLVED)
    if tip.card_row is not None:
        tip = take_back(context, tip)
    open_step(context.work, context.event.chat, "officer", tip=str(tip.id), anonymous=str(int(anonymous)))
    put_who(context, tip, anonymous=anonymous)


def put_who(context: Context, tip: Tip, *, anonymous: bool) -> None:
    """The question, and how to leave it."""
    context.reply("aside.who", (context.button("aside.unnamed", "tip-aside-unnamed", tip.id, int(anonymous)),))


def unnamed(context: Context) -> None:
    """Not known, or not to be said."""
    tip = drafts.ready_draft(context.work, context.number, context.speaker)
    send(context, tip, "", anonymous=context.args[-1] != "0")


def hear_who(context: Context) -> None:
    """A name or a unit was typed; a file without words belongs to the report."""
    facts = context.step.facts if context.step else {}
    tip = drafts.ready_draft(context.work, int(facts.get("tip", "0")), context.speaker)
    anonymous = facts.get("anonymous") != "0"
    troubles = evidence.keep(context.work, tip, context.event, context.facts.files, context.around.vault)
    letters.tell_troubles(context, troubles)
    if context.event.text.strip():
        send(context, tip, context.event.text, anonymous=anonymous)
    else:
        put_who(context, tip, anonymous=anonymous)


# --- it leaves


def send(context: Context, tip: Tip, named: str, *, anonymous: bool) -> None:
    """To a chief whom they did not name; where there is none they are told where else to turn."""
    work, content = context.work, context.around.content
    close_step(work, context.event.chat)
    retire_draft(context, tip, "draft.sent")
    tip = aside.set_aside(work, tip, named)
    tip = drafts.confirm(work, tip, anonymous=anonymous, kinds=content.kinds, zone=context.around.settings.zone)
    tip, chief = aside.give(work, content.officials, tip, accused_in(context, tip))
    if chief is None:
        tell_elsewhere(context, tip)
        return
    post_card(context, tip)
    letters.receipt(context, tip)
    tell_reporter(context, tip, "aside.given")


def accused_in(context: Context, tip: Tip) -> Accused:
    """Whom a report speaks of."""
    return Accused(aside.named_by(context.work, tip), drafts.words_of(context.work, tip))


def tell_elsewhere(context: Context, tip: Tip) -> None:
    """No chief may have it: it is kept, and its reporter is told who takes such reports."""
    rules = context.around.content.rules
    address = rule_value(context.work, rules, tip.ward_id or 0, "province_address")
    tell_reporter(context, tip, "aside.elsewhere", address=address)


# --- what the desk has seen of it goes


def take_back(context: Context, tip: Tip) -> Tip:
    """A draft about danger was at the desk already: all that stands there of it goes, and nothing is said."""
    work, place = context.work, ward_by_id(context.work, tip.ward_id or 0).place
    for row in rows_about(work, f"card:{tip.id}", f"letter:{tip.id}"):
        work.post(Outgoing(Action.DELETE, "…", optional=True), place, target_row=row)
    if tip.topic_id is not None:
        work.post(Outgoing(Action.CLOSE_TOPIC, optional=True), place, topic=tip.topic_id)
    return aside.leave_desk(work, leave_company(context, tip))


def leave_company(context: Context, tip: Tip) -> Tip:
    """It is no longer one of several reports of one thing; what others say of that goes on without it."""
    if tip.lead_id is not None:
        lead = tip.lead_id
        tip = part_ways(context.work, tip)
        edit_cards(context, tip_by_id(context.work, lead))
    elif tip.followers:
        show_under(context.work, post_card(context, pass_lead(context.work, tip)))
        tip = tip_by_id(context.work, tip.id)
    return tip


# --- a chief who cannot have it any more


def pass_on(context: Context, tip: Tip, after: Person | None) -> None:
    """Whoever held it was not reached, or is no chief any more: the next one, else the province."""
    officials = context.around.content.officials
    tip, chief = aside.give(context.work, officials, tip, accused_in(context, tip), after)
    if chief is None:
        tell_elsewhere(context, tip)
        return
    tip = post_card(context, tip)
    for words in aside.letters_of(context.work, tip):
        tell_case(context, tip, letters.said_by_reporter(context, tip, words))


def not_reached(context: Context, tip: Tip) -> None:
    """The message to the chief did not arrive."""
    holder = handler_of(context.work, tip)
    pass_on(context, tip, holder.person if holder else None)


def chief_left(context: Context, person: Person) -> None:
    """A chief was barred: what they held goes to another."""
    for tip in aside.held_by(context.work, context.ward.id, person):
        pass_on(context, tip, None)
