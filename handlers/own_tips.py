"""What a reporter does after sending: take a tip back, move a draft into one, go on from another account."""

from bot.context import Context
from bot.domain.codes import cut_code, find_code
from bot.errors import Refused
from bot.messages import Person
from bot.routing import Router
from bot.services import drafts, evidence, own_tips, passphrases
from data.conversations import close_step, find_step, show_menu
from data.places import Spot
from data.tips import Tip, tip_by_id
from data.tries import count_tries, note_try
from handlers import officers
from handlers.adding import named_button
from handlers.cards import edit_cards, own_chat, tell_case, tell_reporter
from handlers.desk_words import desk_says
from handlers.drafts import retire_draft
from handlers.letters import add_to_case
from handlers.status import MOST_TRIES

MOST_LISTED = 8


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("rut", "withdraw", spots=Spot.PRIVATE)(take_back)
    router.command("noitiep", "continue", spots=Spot.PRIVATE)(go_on)
    router.button("tip-back", spots=Spot.PRIVATE)(take_chosen_back)
    router.button("tip-join", spots=Spot.PRIVATE)(add_draft)


# --- taking back


def take_back(context: Context) -> None:
    """`/rut CODE`; without a code, one's open tips to choose from."""
    if not context.words:
        list_open(context)
        return
    tip = tried(context, own_tips.own_tip(context.work, context.speaker, find_code(context.words)))
    if tip is not None:
        end_tip(context, tip)


def list_open(context: Context) -> None:
    """Which?"""
    tips = own_tips.open_tips(context.work, context.speaker)[:MOST_LISTED]
    rows = ((named_button(context, "own.back", tip, "tip-back", tip.id),) for tip in tips)
    context.reply("own.which" if tips else "own.none", *rows)


def tried(context: Context, tip: Tip | None) -> Tip | None:
    """A tip that was asked for by its code. Somebody else's is as unknown as none, and tries are limited."""
    if count_tries(context.work, context.speaker) >= MOST_TRIES:
        context.reply("status.too_many")
        return None
    if tip is None:
        note_try(context.work, context.speaker)
        context.reply("status.unknown")
    return tip


def take_chosen_back(context: Context) -> None:
    """One of them was chosen."""
    end_tip(context, own_tips.check_own(context.work, context.number, context.speaker))


def end_tip(context: Context, tip: Tip) -> None:
    """Marked at the desk; its reporter hears what stays, and why."""
    tip = own_tips.withdraw(context.work, tip)
    stop_asking(context, context.speaker, tip)
    if own_tips.is_at_desk(tip):
        edit_cards(context, tip)
        tell_case(context, tip, desk_says(context, "own.withdrawn_desk", code=tip.code))
    tell_reporter(context, tip, "aside.withdrawn" if tip.aside else "own.withdrawn")


def stop_asking(context: Context, person: Person, tip: Tip) -> None:
    """An officer's question about this tip no longer waits in that chat."""
    step = find_step(context.work, own_chat(person))
    if step is not None and step.facts.get("tip") == str(tip.id):
        close_step(context.work, own_chat(person))


# --- adding


def add_draft(context: Context) -> None:
    """`Thêm vào TB-…`."""
    draft = drafts.check_draft(context.work, context.number, context.speaker)
    chosen = context.args[-1]
    tip = own_tips.check_own(context.work, int(chosen) if chosen.isdecimal() else 0, context.speaker)
    if draft.card_row is not None or draft.aside or not own_tips.is_at_desk(tip):
        raise Refused("stale")
    if not tip.aside and officers.must_ask(context, draft):  # the desk must not read what may be about somebody there
        officers.ask(context, draft, anonymous=True)
        return
    join_draft(context, draft, tip, "letter.passed_on")


def join_draft(context: Context, draft: Tip, tip: Tip, key: str, *, silent: bool = False) -> None:
    """A draft's words and files go to where staff talk about a tip."""
    work = context.work
    close_step(work, context.event.chat)
    retire_draft(context, draft, "own.joined_card")
    seen = evidence.newest(work, tip)
    words = own_tips.join(work, draft, tip)
    add_to_case(context, tip_by_id(work, tip.id), words, seen, urgent=draft.danger is not None, silent=silent)
    tell_reporter(context, tip, "aside.kept_too" if own_tips.is_sealed(tip) else key)


# --- from elsewhere


def go_on(context: Context) -> None:
    """`/noitiep CODE WORDS`, from another account."""
    cut = cut_code(context.words)
    if not (cut.before or cut.after):
        context.reply("own.how_continue")
        return
    if count_tries(context.work, context.speaker) >= MOST_TRIES:
        context.reply("status.too_many")
        return
    tip = passphrases.tip_of_phrase(context.work, cut.code, f"{cut.before} {cut.after}")
    if tip is None:
        note_try(context.work, context.speaker)
        context.reply("own.wrong")
        return
    move_here(context, tip)


def move_here(context: Context, tip: Tip) -> None:
    """The tip is this account's; new words, since whoever has the old phone has the old ones."""
    before = passphrases.hand_over(context.work, tip, context.speaker)
    if before is not None and before.address != context.speaker.address:
        stop_asking(context, before.person, tip)
        show_menu(context.work, own_chat(before.person), before.person, [])
    tell_reporter(context, tip, "own.continued", phrase=passphrases.give_phrase(context.work, tip))
