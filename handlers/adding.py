"""Which of somebody's tips a message is for: they are told apart by code."""

from bot.context import Context
from bot.domain.codes import cut_code
from bot.messages import Button
from bot.services import own_tips
from bot.texts import Html
from data.reporters import draft_of
from data.tips import Tip
from handlers import letters
from handlers.card_face import kind_name
from handlers.cards import tell_reporter
from handlers.danger import QUIET

MOST_OFFERED = 3
LONGEST_HINT = 24
QUIET_KINDS = frozenset({"bao_luc_gia_dinh", "xam_hai_tre_em", "mai_dam"})
"""Of these nothing is said where somebody may look over a shoulder."""


def offers(context: Context, draft: Tip) -> tuple[tuple[Button, ...], ...]:
    """`Thêm vào TB-…`: one button for each of the newest open tips, as long as the desk has not seen the draft."""
    if draft.card_row is not None or draft.aside:
        return ()
    tips = own_tips.open_tips(context.work, context.speaker, context.work.now - own_tips.RECENT)[:MOST_OFFERED]
    return tuple((named_button(context, "own.join", tip, "tip-join", draft.id, tip.id),) for tip in tips)


def named_button(context: Context, key: str, tip: Tip, *data: object) -> Button:
    """A button that says which tip it is about."""
    return context.button(key, *data, code=tip.code, hint=Html(hint(context, tip)))


def hint(context: Context, tip: Tip) -> str:
    """A tip's first words, so that its reporter knows it again; nothing where it must be quiet."""
    if tip.danger in QUIET or tip.kind in QUIET_KINDS:
        return ""
    said = " ".join(tip.text.split()) or kind_name(context, tip)
    return f" · {said if len(said) <= LONGEST_HINT else said[:LONGEST_HINT].rstrip() + '…'}"


def named_tip(context: Context) -> Tip | None:
    """The own tip whose code stands in what was said; while a draft is open only a code at its beginning counts."""
    cut = cut_code(context.event.text)
    tip = own_tips.own_tip(context.work, context.speaker, cut.code) if cut.code else None
    if tip is None or not own_tips.is_at_desk(tip):
        return None
    return None if cut.before and draft_of(context.work, context.speaker) else tip


def says_only_code(context: Context) -> bool:
    """Whether nothing stands beside the code."""
    cut = cut_code(context.event.text)
    return not (cut.before or cut.after or context.event.attachments)


def hear_named(context: Context, tip: Tip) -> None:
    """Words with a code go to that tip; the code alone asks how it stands."""
    if says_only_code(context):
        tell_reporter(context, tip, "status.one")
    else:
        letters.from_reporter(context, tip)
