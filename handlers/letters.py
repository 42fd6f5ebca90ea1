"""Between a tip's reporter and whoever works on it. The desk never learns who writes, only about which tip."""

from collections.abc import Sequence

from bot.context import Context, Need
from bot.domain import contacts
from bot.domain.tips import Status
from bot.errors import Why
from bot.messages import Attachment, Outgoing, Priority
from bot.routing import Router
from bot.services import casework, evidence, mutes, own_tips, passphrases, walk_ins
from bot.services.copies import shareable
from bot.services.evidence import Trouble, Unfit, Withheld
from bot.texts import Html
from data.conversations import open_step
from data.places import Spot, ward_by_id
from data.reporters import Informant, draft_of, informant_of, keep_contacts
from data.tips import Tip, find_tip, note_event
from handlers.cards import (
    desk_spot,
    edit_cards,
    in_bundles,
    own_chat,
    post_files,
    post_to_reporter,
    tell_case,
    tell_reporter,
    told_language,
)
from handlers.danger import show_numbers
from handlers.desk_words import desk_button, desk_says
from handlers.understood import known_of, may_show

LONGEST = 3000
SENT_ON = "👍"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.reply_to("letter", spots=Spot.DESK | Spot.PRIVATE, needs=Need.FILES | Need.COPIES | Need.STANDING)(
        answer_letter
    )


# --- from the reporter


def from_reporter(context: Context, tip: Tip) -> None:
    """What a reporter says about a tip that the desk has: passed on, and they are told so."""
    event, work = context.event, context.work
    kinds = context.around.content.lexicon.dangers(event.text)
    if kinds:
        show_numbers(context, kinds)
    seen = evidence.newest(work, tip)
    troubles = evidence.keep(work, tip, event, context.facts.files, context.around.vault)
    tell_troubles(context, troubles)
    if not event.text and evidence.newest(work, tip) == seen:
        return
    add_to_case(context, tip, event.text, seen, urgent=bool(kinds))
    context.react(SENT_ON)
    if own_tips.is_sealed(tip):
        tell_reporter(context, tip, "aside.kept_too")
    elif tip.status.is_over or context.step is None or "until" not in context.step.facts:
        tell_reporter(context, tip, "letter.passed_on")


def add_to_case(
    context: Context, tip: Tip, words: str, seen: int, *, urgent: bool = False, silent: bool = False
) -> None:
    """More words and files of a reporter, where staff talk about the tip; a card that nobody took on is only edited."""
    if tip.status is Status.DRAFT:
        post_new_files(context, tip, seen)
        return
    hidden = contacts.hide(words)
    keep_contacts(context.work, tip, [contact.value for contact in hidden.contacts])
    note_event(context.work, tip, "reporter wrote", words)
    if (went_on := casework.add(context.work, tip)) is not tip:
        tip = went_on
        edit_cards(context, tip)
    html = said_by_reporter(context, tip, words)
    ask = (desk_button(context, "case.ask", "aside-ask" if tip.aside else "case-ask", tip.id),)
    priority = Priority.EMERGENCY if urgent else Priority.ANSWER
    silent = not urgent and (silent or mutes.silences(context.work, tip))
    rows = () if tip.status.is_over else (ask,)
    tell_case(context, tip, html, *rows, letter=True, priority=priority, silent=silent)
    post_new_files(context, tip, seen)


def said_by_reporter(context: Context, tip: Tip, words: str) -> str:
    """What a reporter wrote, as staff read it."""
    text = contacts.hide(words).text[:LONGEST]
    return desk_says(context, "letter.from_reporter", code=tip.code, text=text)


def post_new_files(context: Context, tip: Tip, seen: int) -> None:
    """Files that came since the one numbered `seen`."""
    topic, card = desk_spot(context, tip)
    if card is not None and evidence.newest(context.work, tip) > seen:
        post_files(context, tip, topic, card, seen)
        edit_cards(context, tip)


# --- to the reporter


def writes_to_reporter(context: Context, words: Html) -> bool:
    """Whether `/gui` at the desk was for a tip's reporter; if so it is on its way."""
    tip = casework.letter_for(context.work, context.ward, context.event)
    if tip is not None:
        write(context, tip, words)
    return tip is not None


def answer_letter(context: Context) -> None:
    """An officer answers a prompt, or what the reporter wrote: it goes to the reporter."""
    if tip := find_tip(context.work, context.number):
        write(context, tip, Html(context.event.html))


def write(context: Context, tip: Tip, words: Html) -> None:
    """An officer writes to a tip's reporter, and the bot marks it with a reaction."""
    event, work = context.event, context.work
    casework.check_letter(work, context.here, tip, context.speaker, context.facts.standing)
    informant = informant_of(work, tip)
    if informant is None:
        context.reply("walk_in.nowhere" if tip.source == walk_ins.STAFF else "letter.nobody")
        return
    send_letter(context, tip, informant, words)
    casework.note_letter(work, tip, context.speaker, event.text)
    await_answer(context, tip, informant)
    context.react(SENT_ON)


def send_letter(context: Context, tip: Tip, informant: Informant, words: Html) -> None:
    """The officer's words and files, in messages of their own where they cannot share one."""
    ward = ward_by_id(context.work, tip.ward_id or 0)
    key = "letter.to_reporter" if may_show(tip, known_of(context, tip)) else "letter.to_reporter_quiet"
    html = in_their_language(context, informant, key, ward=ward.name, code=tip.code, text=words)
    vault, home = context.around.vault, informant.person.platform
    prepared = [
        shareable(context.work, item, context.facts.files, vault, abroad=item.origin != home)
        for item in context.event.attachments
    ]
    post_to_reporter(context, tip, informant, Outgoing(html=html))
    for bundle in in_bundles([item for item in prepared if isinstance(item, Attachment)]):
        post_to_reporter(context, tip, informant, Outgoing(attachments=tuple(bundle)))
    tell_troubles(context, [item for item in prepared if isinstance(item, Why)])


def await_answer(context: Context, tip: Tip, informant: Informant) -> None:
    """The next thing its reporter says is the answer, unless they are writing something else: that may be anonymous."""
    if draft_of(context.work, informant.person) is None:
        open_step(context.work, own_chat(informant.person), "answer", tip=str(tip.id))


# --- words to a reporter


def in_their_language(context: Context, informant: Informant, key: str, **values: object) -> str:
    """A sentence for a reporter."""
    return context.around.texts.say(told_language(context.work, informant), key, **values)


def receipt(context: Context, tip: Tip) -> None:
    """The code, the words to go on from elsewhere (shown this once), and what this is and is not."""
    ward = ward_by_id(context.work, tip.ward_id or 0)
    key = "tip.receipt_anonymous" if tip.anonymous else "tip.receipt_named"
    tell_reporter(context, tip, key, ward=ward.name, phrase=passphrases.give_phrase(context.work, tip))
    if mutes.silences(context.work, tip):
        tell_reporter(context, tip, "mute.slower")


def tell_troubles(context: Context, troubles: Sequence[Trouble]) -> None:
    """Say which files could not be had, kept or shown, why, and what to do instead."""
    for trouble in dict.fromkeys(troubles):
        context.reply(trouble_key(trouble))


def trouble_key(trouble: Trouble) -> str:
    """The sentence for it."""
    if isinstance(trouble, Withheld):
        return f"evidence.held.{trouble}"
    return f"evidence.{trouble}" if isinstance(trouble, Unfit) else f"relay.missing.{trouble}"
