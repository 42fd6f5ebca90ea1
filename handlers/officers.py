"""Is an officer involved? Asked plainly, before anybody reads what may be about one of them."""

from bot.context import Context
from bot.messages import Button
from bot.services import aside, drafts
from data.tips import Tip
from handlers.cards import tell_reporter

UNANSWERED = 120.0  # s; somebody in danger must know that nobody has read it yet


def hinted(context: Context, tip: Tip) -> bool:
    """Whether a draft may be about an officer."""
    return aside.hinted(context.work, context.around.content.officials, tip)


def must_ask(context: Context, tip: Tip) -> bool:
    """Whether it has to be asked before a draft of the speaker leaves."""
    return aside.must_ask(context.work, context.around.content.officials, tip, context.speaker)


def ask(context: Context, tip: Tip, *, anonymous: bool) -> None:
    """`Gửi` or `Ẩn danh` was pressed."""
    how = "tip-hide-now" if anonymous else "tip-send-now"
    context.reply("aside.involved", answers(context, tip, how, anonymous=anonymous))


def ask_at_once(context: Context, tip: Tip) -> None:
    """Somebody may be in danger: with `Không` the desk has it at once, confirmed or not."""
    if not aside.note_asked(context.work, tip):
        return
    context.work.remind(f"officer-unanswered:{tip.id}", context.work.now + UNANSWERED)
    context.reply("aside.involved_danger", answers(context, tip, "tip-aside-no", anonymous=True))


def answers(context: Context, tip: Tip, no: str, *, anonymous: bool) -> tuple[Button, Button]:
    """`Không`, `Có`."""
    yes = context.button("aside.yes", "tip-aside", tip.id, int(anonymous))
    return context.button("aside.no", no, tip.id), yes


def tell_unanswered(context: Context) -> None:
    """Two minutes later nobody has answered, so nobody has read it: its writer must not rely on us."""
    tip = drafts.waiting_draft(context.work, context.number)
    if tip is None or not hinted(context, tip):
        return
    number = context.around.content.of(context.work, tip.ward_id).numbers["all"]["police"]
    rows = (("aside.no", f"tip-aside-no:{tip.id}"), ("aside.yes", f"tip-aside:{tip.id}:1"))
    tell_reporter(context, tip, "aside.unanswered", *rows, number=number)
