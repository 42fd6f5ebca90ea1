"""What moderators propose, at the desk: an officer confirms it by one tap, or lets it be."""

from bot.context import Context, Need
from bot.domain.cases import Move
from bot.domain.markup import escape
from bot.domain.tips import Outcome
from bot.errors import Refused
from bot.routing import Router
from bot.services import casework, clocks, moderating
from bot.texts import Html
from data.moderation import Proposal
from data.places import Spot
from data.reporters import informant_of
from data.tips import Tip
from handlers.cards import edit_cards
from handlers.casework import conclude
from handlers.incidents import settle
from handlers.letters import await_answer, send_letter
from handlers.proposing import decide, drop_void


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("proposal-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(agree)
    router.button("proposal-no", spots=Spot.DESK, needs=Need.FRESH_STANDING)(ignore)


def proposal_of(context: Context) -> tuple[Proposal, Tip]:
    """The proposal that a button is about, for officers of its desk."""
    ward = casework.check_desk(context.work, context.here, context.speaker, context.facts.standing)
    return moderating.check_proposal(context.work, ward, context.number)


def agree(context: Context) -> None:
    """`Đồng ý`: the officer does it, with an officer's rights."""
    proposal, tip = proposal_of(context)
    if moderating.is_void(proposal, tip):
        overtaken(context, tip)
        return
    ACTS[proposal.act](context, tip, proposal)
    decide(context, tip, proposal, agreed=True)
    drop_void(context, tip.id)
    context.notice = context.say("moderating.done")


def ignore(context: Context) -> None:
    """`Bỏ qua`."""
    proposal, tip = proposal_of(context)
    if moderating.is_void(proposal, tip):
        overtaken(context, tip)
        return
    decide(context, tip, proposal, agreed=False)
    context.notice = context.say("moderating.let_be")


def overtaken(context: Context, tip: Tip) -> None:
    """The tip has moved on meanwhile."""
    drop_void(context, tip.id)
    context.notice = context.say("moderator.settled_already")


def sort(context: Context, tip: Tip, proposal: Proposal) -> None:
    """Another kind."""
    casework.check_move(context.work, tip, Move.SORT, context.speaker)
    casework.record(context.work, tip, context.speaker, "sorted", proposal.value)
    edit_cards(context, casework.act(context.work, tip, kind=proposal.value))


def rank(context: Context, tip: Tip, proposal: Proposal) -> None:
    """Another urgency; its clock runs accordingly from now on."""
    casework.check_move(context.work, tip, Move.SORT, context.speaker)
    casework.record(context.work, tip, context.speaker, "ranked", proposal.value)
    tip = casework.act(context.work, tip, urgency=proposal.value)
    clocks.plan(context.work, context.around.content.rules, tip)
    edit_cards(context, tip)


def merge(context: Context, tip: Tip, proposal: Proposal) -> None:
    """The same as another tip."""
    settle(context, tip, proposal.value)


def ask(context: Context, tip: Tip, proposal: Proposal) -> None:
    """A question to the reporter, as the officer's own."""
    casework.check_letter(context.work, context.here, tip, context.speaker, context.facts.standing)
    informant = informant_of(context.work, tip)
    if informant is None:
        raise Refused("letter.nobody")
    casework.note_letter(context.work, tip, context.speaker, proposal.by.words)
    send_letter(context, tip, informant, Html(escape(proposal.by.words)))
    await_answer(context, tip, informant)


def noise(context: Context, tip: Tip, _proposal: Proposal) -> None:
    """Nothing to go on."""
    conclude(context, tip, Outcome.NOT_ENOUGH)


def outcome(context: Context, tip: Tip, proposal: Proposal) -> None:
    """An outcome."""
    conclude(context, tip, Outcome(proposal.value))


ACTS = {"sort": sort, "urgency": rank, "merge": merge, "ask": ask, "noise": noise, "outcome": outcome}
