"""What somebody writes in private becomes a draft, then a tip with a receipt."""

from bot.context import Context, Need
from bot.domain.vietnamese import fold
from bot.messages import EventKind, MediaKind
from bot.routing import Handler, Router
from bot.services import drafts, own_tips
from data.chiefs import note_private
from data.conversations import LONGEST_CHOICE, button_for, close_step, open_step
from data.places import Spot
from data.reporters import draft_of, is_reporter
from data.scams import CHECKED
from data.tips import find_tip, parts_of
from handlers import adding, archive, letters, scamcheck, withheld
from handlers.asking import answer
from handlers.desk_words import without_command
from handlers.draft_end import ask_anew, drop, send_anonymous, send_named
from handlers.drafts import ask_ward, draft_buttons, respond, settle_ward, take_in, warn
from handlers.understood import SKIP, known_of
from handlers.ways import typed_group, welcome_neighbour

ANSWERED = 120.0


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("tinbao", "tip", "gui", "send", spots=Spot.PRIVATE, needs=Need.FILES)(begin)
    router.on(EventKind.MESSAGE, spots=Spot.PRIVATE, needs=Need.FILES)(hear)
    router.on(EventKind.EDIT, spots=Spot.PRIVATE)(hear_again)
    router.during("ward")(hear_ward)
    router.during("rewrite")(hear_anew)
    router.during("answer")(hear_answer)
    router.during(CHECKED, needs=Need.FILES)(hear_after_check)
    router.reply_to("mine", spots=Spot.PRIVATE, needs=Need.FILES)(hear_reply)
    router.button("tip-ward", spots=Spot.PRIVATE)(choose_ward)
    router.button("tip-wards", spots=Spot.PRIVATE)(ask_ward_again)


def begin(context: Context) -> None:
    """`/tinbao TEXT`, `/gui TEXT`: the text is a draft; without any, show the one there is."""
    if not (context.words or context.event.attachments):
        resume(context)
        return
    take_in(context, context.words)


def resume(context: Context) -> None:
    """What somebody was writing, as it stands; else how to begin."""
    if tip := draft_of(context.work, context.speaker):
        respond(context, tip, anew=True, since=tip.touched_at)
    else:
        context.reply("tip.how")


def hear(context: Context) -> None:
    """Anything said in private: an answer about a tip, or (more of) a draft."""
    event = context.event
    note_private(context.work, context.speaker)
    if event.withheld:
        withheld.hear(context)
    elif group := typed_group(context):
        welcome_neighbour(context, group)
    elif context.command:
        context.reply("start.unknown")
    elif named := adding.named_tip(context):
        adding.hear_named(context, named)
    elif not said(context) and not any(item.kind is not MediaKind.STICKER for item in event.attachments):
        context.reply("draft.unsupported")
    elif scamcheck.is_wish(event.text) and not event.attachments:
        scamcheck.begin(context)
    elif chosen := typed_choice(context):
        chosen(context)
    elif not archive.said(context):
        take_in(context, said(context))


def hear_after_check(context: Context) -> None:
    """Something was checked; what comes now is heard as ever, and what was checked is forgotten."""
    close_step(context.work, context.event.chat)
    hear(context)


def typed_choice(context: Context) -> Handler | None:
    """`gửi`, `sửa`, `bỏ qua`: a button of the draft in words, though other choices were shown since."""
    tip = draft_of(context.work, context.speaker)
    if tip is None or tip.ward_id is None or len(context.event.text) > LONGEST_CHOICE:
        return None
    buttons = [one for row in draft_buttons(context, tip, known_of(context, tip)) for one in row]
    word = fold(context.event.text).strip(" .!")
    if word == fold(context.say("intake.choice.source.skip")):  # whatever this question's own button is called
        button = next((one for one in buttons if one.data.endswith(f":{SKIP}")), None)
    else:
        button = None if word.isdecimal() else button_for(buttons, word)
    if button is None:
        return None
    action, *args = button.data.split(":")
    context.action, context.args = action, tuple(args)
    return TYPED.get(action)


def hear_reply(context: Context) -> None:
    """A reply to what we said about a tip goes to that tip."""
    tip = find_tip(context.work, context.number)
    if tip is None or not is_reporter(context.work, tip, context.speaker) or not own_tips.is_at_desk(tip):
        hear(context)
    else:
        letters.from_reporter(context, tip)


def hear_answer(context: Context) -> None:
    """An officer has asked something: what comes now is the answer, for two minutes after its first message."""
    if context.event.withheld:
        withheld.hear(context)
        return
    facts = context.step.facts if context.step else {}
    tip = find_tip(context.work, int(facts.get("tip", "0")))
    named = adding.named_tip(context)
    if named is not None and (tip is None or named.id != tip.id):
        adding.hear_named(context, named)
        return
    mine = tip is not None and is_reporter(context.work, tip, context.speaker)
    if tip is None or not mine or context.work.now > float(facts.get("until") or "inf"):
        close_step(context.work, context.event.chat)
        hear(context)
        return
    if "until" not in facts:
        until = str(context.work.now + ANSWERED)
        open_step(context.work, context.event.chat, "answer", tip=str(tip.id), until=until)
    letters.from_reporter(context, tip)


def said(context: Context) -> str:
    """The words of a message; a contact card is words too."""
    cards = [f"{item.name} {item.phone}" for item in context.event.attachments if item.kind is MediaKind.CONTACT]
    return "\n".join(part for part in (without_command(context.event.text), *cards) if part)


def hear_again(context: Context) -> None:
    """A message was edited: as long as it is a draft, the draft says it anew."""
    tip = draft_of(context.work, context.speaker)
    if tip is None or not any(part.message_id == context.event.message_id for part in parts_of(context.work, tip)):
        return
    tip = drafts.add_words(context.work, tip, context.event.message_id, said(context))
    respond(context, warn(context, tip), anew=False)


def hear_ward(context: Context) -> None:
    """Asked for the ward: its name, typed; anything else is more of the story."""
    tip = draft_of(context.work, context.speaker)
    ward = drafts.ward_named(context.work, context.event.text)
    if tip is None or ward is None:
        hear(context)
        return
    settle_ward(context, tip, ward.id)


def hear_anew(context: Context) -> None:
    """Asked to write it again: these are the words now."""
    if chosen := typed_choice(context):
        chosen(context)
        return
    tip = draft_of(context.work, context.speaker)
    if tip is None or not context.event.text:
        hear(context)
        return
    close_step(context.work, context.event.chat)
    tip = drafts.rewrite(context.work, tip, context.event.message_id, said(context))
    respond(context, warn(context, tip), anew=True)


def ask_ward_again(context: Context) -> None:
    """`Đổi phường`."""
    ask_ward(context, drafts.check_draft(context.work, context.number, context.speaker))


def choose_ward(context: Context) -> None:
    """A ward was pressed, or its number typed."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    chosen = context.args[-1]
    settle_ward(context, tip, int(chosen) if len(context.args) == 2 and chosen.isdecimal() else 0)


TYPED: dict[str, Handler] = {
    "tip-send": send_named,
    "tip-hide": send_anonymous,
    "tip-edit": ask_anew,
    "tip-drop": drop,
    "tip-say": answer,
    "scam-draft": scamcheck.check_draft,
}
