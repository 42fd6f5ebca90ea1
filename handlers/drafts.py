"""A draft as its writer sees it: it grows, asks for its ward, and shows itself."""

from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.domain.danger import Danger
from bot.domain.facts import Known
from bot.domain.kinds import Urgency
from bot.messages import Action, Button, Outgoing
from bot.services import drafts, evidence, facts
from data.conversations import close_step, open_step, show_menu
from data.evidence import evidence_of
from data.places import ward_by_id
from data.reporters import draft_of
from data.tips import Tip, change_tip
from handlers import officers
from handlers.adding import offers
from handlers.cards import edit_cards
from handlers.danger import every_number, numbers_for, show_numbers
from handlers.desk_words import quoted
from handlers.incidents import incident, show_tip
from handlers.letters import add_to_case, tell_troubles
from handlers.scam_words import draft_offer
from handlers.understood import choices, draft_lines, known_of, may_show, question_said

MOST_WARDS = 30
RESUMED = 3600.0  # s; whoever comes back later is told what they go on with
LONGEST_QUOTE = 400
GATHERED = 4.0  # s; where a card cannot be edited, one new card for what comes in quick succession


def take_in(context: Context, words: str) -> None:
    """Add a message to the draft of whoever speaks, warn, and show what there is."""
    work, event = context.work, context.event
    if not drafts.all_wards(work):
        warn_alone(context, words)
        context.reply("tip.no_ward")
        return
    before = draft_of(work, context.speaker)
    asked = known_of(context, before).question if before else None
    tip = before or drafts.start_draft(work, context.speaker, context.around.settings.zone)
    anew = before is None or work.now - before.touched_at > drafts.JOIN
    seen = evidence.newest(work, tip)
    troubles = evidence.keep(work, tip, event, context.facts.files, context.around.vault)
    tip = facts.hear(work, drafts.add_words(work, tip, event.message_id, words), event, asked)
    tip = warn(context, tip)
    tell_troubles(context, troubles)
    if tip.card_row is not None:
        add_to_case(context, tip, words, seen)
    if is_empty(context, tip):
        drafts.drop(work, tip, context.around.vault)  # only a file that could not be had
        return
    since = before.touched_at if before and work.now - before.touched_at > RESUMED else None
    respond(context, tip, anew=anew, since=since)


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


def respond(context: Context, tip: Tip, *, anew: bool, since: float | None = None) -> None:
    """Ask for the ward, or show the draft; one about danger goes to the desk at once. `since`: it was left then."""
    if tip.ward_id is None:
        if anew or tip.draft_row is None:
            ask_ward(context, tip)
        return
    first = tip.danger is not None and tip.card_row is None  # the numbers to call were shown already
    held_up = first and officers.hinted(context, tip)
    if first and not held_up:
        tip = show_tip(context, tip)
        anew = True
    elif tip.card_row is not None:
        edit_cards(context, tip)
    show_draft(context, tip, anew=anew, since=since)
    if held_up:
        officers.ask_at_once(context, tip)


def show_draft(context: Context, tip: Tip, *, anew: bool, since: float | None = None) -> None:
    """The draft and what can be done with it: edited in place while messages follow each other closely."""
    work, known = context.work, known_of(context, tip)
    html = draft_html(context, tip, known, since)
    message = replace(context.spoken(html), buttons=draft_buttons(context, tip, known))
    if not anew and tip.draft_row is not None:
        edit = replace(message, action=Action.EDIT)
        due = 0.0 if Action.EDIT in context.can.actions else work.now + GATHERED
        row = work.post(edit, context.place, target_row=tip.draft_row, coalesce=f"draft:{tip.id}", due_at=due)
        context.offer(edit, row)
        return
    if tip.draft_row is not None:
        work.post(Outgoing(Action.DELETE, "…", optional=True), context.place, target_row=tip.draft_row)
    change_tip(work, tip, draft_row=context.answer(message))


def draft_html(context: Context, tip: Tip, known: Known, since: float | None) -> str:
    """Where the draft goes, what it says, what was understood of it, and one question."""
    hidden = drafts.hidden_words(context.work, tip)
    lines = [urgent_line(context, tip, known), draft_head(context, tip, since)]
    if may_show(tip, known):
        lines += [context.say("draft.words", text=quoted(hidden.text, LONGEST_QUOTE))] if hidden.text else []
        lines += draft_lines(context, known)
    lines += files_lines(context, tip, known)
    lines += [context.say("draft.numbers_hidden")] if known.papers else []
    lines.append(known_line(context, tip, known))
    return "\n".join(line for line in [*lines, question_said(context, tip, known)] if line)


def urgent_line(context: Context, tip: Tip, known: Known) -> str:
    """What to do now about something urgent, where no word of danger has shown the numbers already."""
    if known.urgency is not Urgency.URGENT or tip.danger is not None:
        return ""
    if known.quiet:
        return context.say("danger.quiet", numbers=numbers_for(context, (Danger.HOME,)))
    guidance = context.around.content.kinds.trait(known.kind).guidance
    if context.language == "vi" and guidance:
        return context.say("intake.guidance", text=guidance)
    return context.say("danger.call", numbers=every_number(context))


def known_line(context: Context, tip: Tip, known: Known) -> str:
    """Of what everybody can see the writer is told that the desk knows; of anything else nobody ever is."""
    lead = incident(context, tip, known)
    if lead is None or lead.id == tip.id:
        return ""
    others = lead.followers + 1 - (tip.lead_id is not None)
    return context.say("draft.known", count=others) if others > 0 else ""


def draft_head(context: Context, tip: Tip, since: float | None) -> str:
    """Where a draft goes, or is already."""
    ward = ward_name(context, tip)
    if tip.card_row is not None:
        return context.say("draft.at_desk", ward=ward)
    if since is None:
        return context.say("draft.head", ward=ward)
    left = datetime.fromtimestamp(since, context.around.settings.zone)
    return context.say("intake.resumed", ward=ward, time=f"{left:%H:%M %d/%m}")


def files_lines(context: Context, tip: Tip, known: Known) -> list[str]:
    """What is attached; of a voice without words, that it was heard."""
    items = evidence_of(context.work, tip)
    if items and known.wordless and all(item.kind in facts.RECORDED for item in items):
        key = "intake.voice" if known.seconds else "intake.voice_unmeasured"
        return [context.say(key, seconds=known.seconds)]
    return [context.say("draft.files", count=len(items))] if items else []


def ward_name(context: Context, tip: Tip) -> str:
    """The ward a draft goes to."""
    return ward_by_id(context.work, tip.ward_id or 0).name


def draft_buttons(context: Context, tip: Tip, known: Known) -> tuple[tuple[Button, ...], ...]:
    """`Gửi`, `Ẩn danh`, `Sửa`, `Huỷ`, always 1 to 4; answers to the question; another ward; what a name is for."""
    first = (context.button("draft.send", "tip-send", tip.id), context.button("draft.hide", "tip-hide", tip.id))
    second = (context.button("draft.edit", "tip-edit", tip.id), context.button("draft.drop", "tip-drop", tip.id))
    answers = choices(context, tip, known.question) if known.question else ()
    several = tip.card_row is None and len(drafts.all_wards(context.work)) > 1
    wards = ((context.button("draft.other_ward", "tip-wards", tip.id),),) if several else ()
    more = (
        context.button("intake.name_safe", "tip-name", tip.id),
        context.button("aside.button", "tip-aside", tip.id, 1),
    )
    return (first, second, *answers, *wards, more, *offers(context, tip), *draft_offer(context, tip, known.kind))


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
        shown = may_show(tip, known_of(context, tip))
        text = quoted(drafts.hidden_words(context.work, tip).text if shown else "…")
        message = Outgoing(Action.EDIT, context.say(key, text=text), optional=True)
        context.work.post(message, context.place, target_row=tip.draft_row, coalesce=f"draft:{tip.id}")
    show_menu(context.work, context.event.chat, context.speaker, [])
