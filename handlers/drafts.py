"""A draft as its writer sees it: it grows, asks for its ward, and shows itself."""

from dataclasses import replace

from bot.context import Context
from bot.domain.kinds import Urgency
from bot.messages import Action, Button, Outgoing
from bot.services import drafts, evidence
from data.conversations import close_step, open_step, show_menu
from data.evidence import evidence_of
from data.places import ward_by_id
from data.tips import Tip, change_tip, draft_of
from handlers.adding import offers
from handlers.cards import edit_cards, quoted
from handlers.danger import QUIET, show_numbers
from handlers.incidents import incident, reading, show_tip
from handlers.letters import add_to_case, tell_troubles

MOST_WARDS = 30
GATHERED = 4.0  # s; where a card cannot be edited, one new card for what comes in quick succession


def take_in(context: Context, words: str) -> None:
    """Add a message to the draft of whoever speaks, warn, and show what there is."""
    work, event = context.work, context.event
    if not drafts.all_wards(work):
        warn_alone(context, words)
        context.reply("tip.no_ward")
        return
    before = draft_of(work, context.speaker)
    tip = before or drafts.start_draft(work, context.speaker, context.around.settings.zone)
    anew = before is None or work.now - before.touched_at > drafts.JOIN
    seen = evidence.newest(work, tip)
    troubles = evidence.keep(work, tip, event, context.facts.files, context.around.vault)
    tip = warn(context, drafts.add_words(work, tip, event.message_id, words))
    tell_troubles(context, troubles)
    if tip.card_row is not None:
        add_to_case(context, tip, words, seen)
    if is_empty(context, tip):
        drafts.drop(work, tip, context.around.vault)  # only a file that could not be had
        return
    respond(context, tip, anew=anew)


def warn(context: Context, tip: Tip) -> Tip:
    """Words of danger: the numbers first, once for each kind."""
    kinds = context.around.content.lexicon.dangers(drafts.words_of(context.work, tip))
    if not kinds or kinds[0] == tip.danger:
        return tip
    show_numbers(context, kinds)
    return change_tip(context.work, tip, danger=kinds[0], urgency=Urgency.URGENT)


def warn_alone(context: Context, words: str) -> None:
    """The same where there is nothing to keep it in."""
    if kinds := context.around.content.lexicon.dangers(words):
        show_numbers(context, kinds)


def is_empty(context: Context, tip: Tip) -> bool:
    """Whether a draft holds nothing at all."""
    return not drafts.words_of(context.work, tip).strip() and not evidence_of(context.work, tip)


def respond(context: Context, tip: Tip, *, anew: bool) -> None:
    """Ask for the ward, or show the draft; one about danger goes to the desk at once."""
    if tip.ward_id is None:
        if anew or tip.draft_row is None:
            ask_ward(context, tip)
        return
    if tip.danger and tip.card_row is None and not officials_hinted(context, tip):
        tip = show_tip(context, tip)
        anew = True
    elif tip.card_row is not None:
        edit_cards(context, tip)
    show_draft(context, tip, anew=anew)


def officials_hinted(context: Context, tip: Tip) -> bool:
    """Whether its writer has to be asked first who may read it; the numbers to call were shown already."""
    return context.around.content.officials.hinted(drafts.words_of(context.work, tip))


def show_draft(context: Context, tip: Tip, *, anew: bool) -> None:
    """The draft and what can be done with it: edited in place while messages follow each other closely."""
    work = context.work
    message = replace(context.spoken(draft_html(context, tip)), buttons=draft_buttons(context, tip))
    if not anew and tip.draft_row is not None:
        edit = replace(message, action=Action.EDIT)
        due = 0.0 if Action.EDIT in context.can.actions else work.now + GATHERED
        row = work.post(edit, context.place, target_row=tip.draft_row, coalesce=f"draft:{tip.id}", due_at=due)
        context.offer(edit, row)
        return
    if tip.draft_row is not None:
        work.post(Outgoing(Action.DELETE, "…", optional=True), context.place, target_row=tip.draft_row)
    change_tip(work, tip, draft_row=context.answer(message))


def draft_html(context: Context, tip: Tip) -> str:
    """What the draft says, where it goes, and the question."""
    hidden = drafts.hidden_words(context.work, tip)
    count = len(evidence_of(context.work, tip))
    lines = [context.say("draft.at_desk" if tip.card_row else "draft.head", ward=ward_name(context, tip))]
    lines += [context.say("draft.words", text=quoted(hidden.text))] if hidden.text and may_quote(tip) else []
    lines += [context.say("draft.files", count=count)] if count else []
    lines += [context.say("draft.numbers_hidden")] if any(not one.kind.is_phone for one in hidden.contacts) else []
    lines += [known_line(context, tip)]
    return "\n".join(line for line in [*lines, context.say("draft.ask")] if line)


def known_line(context: Context, tip: Tip) -> str:
    """Of what everybody can see the writer is told that the desk knows; of anything else nobody ever is."""
    lead = incident(context, tip, reading(context, tip))
    if lead is None or lead.id == tip.id:
        return ""
    others = lead.followers + 1 - (tip.lead_id is not None)
    return context.say("draft.known", count=others) if others > 0 else ""


def may_quote(tip: Tip) -> bool:
    """Not what somebody near the phone must not read over a shoulder."""
    return tip.danger not in QUIET


def ward_name(context: Context, tip: Tip) -> str:
    """The ward a draft goes to."""
    return ward_by_id(context.work, tip.ward_id or 0).name


def draft_buttons(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """`Gửi`, `Ẩn danh`, `Sửa`, `Huỷ`; and another ward where there are several."""
    first = (context.button("draft.send", "tip-send", tip.id), context.button("draft.hide", "tip-hide", tip.id))
    second = (context.button("draft.edit", "tip-edit", tip.id), context.button("draft.drop", "tip-drop", tip.id))
    several = tip.card_row is None and len(drafts.all_wards(context.work)) > 1
    third = (context.button("aside.button", "tip-aside", tip.id, 1),)
    other = ((context.button("draft.other_ward", "tip-wards", tip.id),),) if several else ()
    return (first, second, third, *other, *offers(context, tip))


# --- the ward


def ask_ward(context: Context, tip: Tip) -> None:
    """One numbered question."""
    wards = drafts.all_wards(context.work)[:MOST_WARDS]
    rows = tuple((Button(ward.name, f"tip-ward:{tip.id}:{ward.id}"),) for ward in wards)
    open_step(context.work, context.event.chat, "ward")
    row = context.reply("draft.which_ward", *rows)
    change_tip(context.work, tip, draft_row=row)


def settle_ward(context: Context, tip: Tip, ward_id: int) -> None:
    """The draft goes there."""
    tip = drafts.choose_ward(context.work, tip, context.speaker, ward_id)
    close_step(context.work, context.event.chat)
    respond(context, tip, anew=True)


def retire_draft(context: Context, tip: Tip, key: str) -> None:
    """The draft card says what became of it and has no buttons any more."""
    if tip.draft_row is not None:
        text = quoted(drafts.hidden_words(context.work, tip).text if may_quote(tip) else "…")
        message = Outgoing(Action.EDIT, context.say(key, text=text), optional=True)
        context.work.post(message, context.place, target_row=tip.draft_row, coalesce=f"draft:{tip.id}")
    show_menu(context.work, context.event.chat, context.speaker, [])
