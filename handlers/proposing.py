"""What moderators propose, as officers see it under a tip's card, and what the moderators hear of it in the end."""

from bot.context import Context
from bot.messages import Action, Outgoing, Person
from bot.services import moderating
from data.moderation import Proposal, proposals_at, put_at
from data.places import ward_by_id
from data.tips import Tip, tip_by_id
from data.unit_of_work import Place
from handlers.cards import tell_case
from handlers.desk_words import desk_button, desk_says


def put_forward(context: Context, tip: Tip, proposal: Proposal, same: Proposal | None) -> None:
    """Put a proposal before the officers; under another that says the same both stand in one message."""
    if same is None or same.row_id is None:
        yes = desk_button(context, "moderating.agree", "proposal-yes", proposal.id)
        no = desk_button(context, "moderating.ignore", "proposal-no", proposal.id)
        row = tell_case(context, tip, proposal_html(context, tip, [proposal]), (yes, no))
        put_at(context.work, proposal, row)
        return
    put_at(context.work, proposal, same.row_id)
    all_of_it = proposals_at(context.work, same)
    yes = desk_button(context, "moderating.agree", "proposal-yes", all_of_it[0].id)
    no = desk_button(context, "moderating.ignore", "proposal-no", all_of_it[0].id)
    message = Outgoing(Action.EDIT, proposal_html(context, tip, all_of_it), ((yes, no),))
    edit(context, tip, same.row_id, message)


def proposal_html(context: Context, tip: Tip, same: list[Proposal]) -> str:
    """Who proposes what: the group rather than the name, where it is known."""
    names = ", ".join(dict.fromkeys(one.by.group or one.by.name for one in same))
    return desk_says(context, "moderating.proposal", name=names, code=tip.code) + what_html(context, same[0])


def what_html(context: Context, proposal: Proposal) -> str:
    """What is proposed."""
    return desk_says(context, f"moderating.proposed.{proposal.act}", what=what_of(context, proposal))


def what_of(context: Context, proposal: Proposal) -> str:
    """The kind, urgency, code, question or outcome of a proposal."""
    if proposal.act == "sort":
        return next((one.ten for one in context.around.content.categories if one.ma == proposal.value), proposal.value)
    if proposal.act == "urgency":
        return desk_says(context, f"moderating.rank.{proposal.value}")
    if proposal.act == "outcome":
        return desk_says(context, f"case.outcome.{proposal.value}")
    return proposal.by.words if proposal.act == "ask" else proposal.value


def edit(context: Context, tip: Tip, row: int, message: Outgoing) -> None:
    """The message at the desk anew; of several waiting edits the newest goes."""
    place = ward_by_id(context.work, tip.ward_id or 0).place
    context.work.post(message, place, target_row=row, coalesce=f"proposal:{row}")


# --- it is decided


def decide(context: Context, tip: Tip, proposal: Proposal, *, agreed: bool) -> None:
    """An officer has decided: the message says who, and whoever proposed it hears whether it was of use."""
    settled = moderating.settle(context.work, proposal, tip, context.speaker, agreed=agreed)
    end = desk_says(context, f"moderating.{'agreed' if agreed else 'ignored'}_by", by=context.speaker.name)
    conclude(context, tip, settled, end, agreed=agreed)


def drop_void(context: Context, tip_id: int) -> None:
    """What waits about a tip though there is nothing left to decide settles itself."""
    tip = tip_by_id(context.work, tip_id)
    for proposal in moderating.void_proposals(context.work, tip):
        settled = moderating.settle(context.work, proposal, tip, None, agreed=False)
        conclude(context, tip, settled, desk_says(context, "moderating.overtaken"), agreed=False)


def conclude(context: Context, tip: Tip, settled: list[Proposal], end: str, *, agreed: bool) -> None:
    """No buttons any more under the message; its authors are told. Of a tip set aside the desk sees no words."""
    for one in settled[:1]:
        html = "" if tip.aside else proposal_html(context, tip, proposals_at(context.work, one)) + "\n"
        if one.row_id is not None:
            edit(context, tip, one.row_id, Outgoing(Action.EDIT, html + end))
    for one in settled:
        tell(context, tip, one.by.person, "moderating.taken_up" if agreed else "moderating.not_taken_up")


def tell(context: Context, tip: Tip, person: Person, key: str) -> None:
    """Whoever proposed hears whether it was of use, never why; nothing once they are no moderator."""
    if moderating.still_moderates(context.work, tip, person):
        place = Place(person.platform, person.id, tip.ward_id or 0, private=True)
        context.work.post(Outgoing(html=desk_says(context, key, code=tip.code)), place)
