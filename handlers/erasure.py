"""`/xoadulieu`: what is kept about somebody, erased at their word; what stays, why, and until when."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.context import Context, Need
from bot.messages import Action, Button, Outgoing, Person, Priority
from bot.routing import Router
from bot.services import drafts, erasure
from bot.services.erasure import Kept
from data.audit import audit
from data.erasure import drop_waiting
from data.expiry import take_counts
from data.places import Spot, ward_by_id
from data.rules import number_of
from data.tips import Tip, find_tip, tip_by_id
from handlers.card_face import card_html
from handlers.cards import edit_cards, tell_case, tell_reporter
from handlers.desk_words import desk_button, desk_says
from handlers.privacy import check_shown, span
from handlers.start import only_private

SHARED = Spot.GROUP | Spot.DESK


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("xoadulieu", spots=Spot.PRIVATE, plain=True)(ask)
    router.command("forgetme", spots=Spot.PRIVATE)(ask)
    router.command("xoadulieu", "forgetme", spots=SHARED)(only_private)
    router.button("forget-yes", spots=Spot.PRIVATE)(confirm)
    router.button("forget-stay", spots=Spot.PRIVATE)(erase_but_stay)
    router.button("forget-all", spots=Spot.PRIVATE)(erase_all)
    router.button("forget-no", spots=Spot.PRIVATE)(leave)
    router.button("forget-grant", needs=Need.FRESH_STANDING, spots=Spot.DESK)(grant)
    router.button("forget-keep", needs=Need.FRESH_STANDING, spots=Spot.DESK)(keep)
    router.clock("forget-ask")(ask_chiefs)
    router.clock("forget-due")(remind_chiefs)
    router.clock("forget-traces")(erase_traces)
    router.clock("erased")(tell_erased)
    router.clock("tip-erased")(blank_cards)


# --- asked by a person


def ask(context: Context) -> None:
    """Say what there is, and ask once."""
    kept = erasure.kept_of(context.work, context.speaker)
    lines = [context.say(f"erasure.kept.{what}", count=count) for what, count in kept.counts.items() if count]
    if not lines:
        context.reply("erasure.role" if kept.role else "erasure.nothing")
        return
    html = "\n".join([context.say("erasure.head"), *lines, context.say("erasure.sure")])
    context.answer(context.spoken(html, (context.button("erasure.yes", "forget-yes"), no_button(context))))


def no_button(context: Context) -> Button:
    """`Thôi`."""
    return context.button("erasure.no", "forget-no")


def leave(context: Context) -> None:
    """Nothing is erased."""
    check_shown(context)
    context.reply("erasure.left")


def confirm(context: Context) -> None:
    """Where something is still being worked on: do they want to hear how it ends?"""
    check_shown(context)
    kept = erasure.kept_of(context.work, context.speaker)
    if not kept.open:
        carry_out(context, kept, stay=False)
        return
    stay, away = context.button("erasure.stay", "forget-stay"), context.button("erasure.all", "forget-all")
    context.reply("erasure.which", (stay,), (away,), (no_button(context),), count=len(kept.open))


def erase_but_stay(context: Context) -> None:
    """`Giữ để còn báo kết quả`."""
    check_shown(context)
    carry_out(context, erasure.kept_of(context.work, context.speaker), stay=True)


def erase_all(context: Context) -> None:
    """`Xoá luôn`: anonymous for ever."""
    check_shown(context)
    carry_out(context, erasure.kept_of(context.work, context.speaker), stay=False)


def carry_out(context: Context, kept: Kept, *, stay: bool) -> None:
    """Erase, and say what stays."""
    work, person = context.work, context.speaker
    drop_waiting(work, person)
    for tip in kept.drafts:
        drop_draft(context, tip)
    asked = erasure.ask_chiefs(work, kept)
    kept = replace(kept, drafts=tuple(tip for tip in kept.drafts if find_tip(work, tip.id)))  # the desk has seen these
    erasure.erase(work, person, kept, stay=stay)
    context.answer(context.spoken("\n".join(answer_lines(context, kept, stay=stay, asked=asked))))
    erasure.erase_later(work, person)


def drop_draft(context: Context, tip: Tip) -> None:
    """What was not sent is forgotten; a desk that has seen it is told."""
    if tip.draft_row is not None:
        gone = Outgoing(Action.DELETE, "…", optional=True)
        context.work.post(gone, context.place, target_row=tip.draft_row)
    if drafts.drop(context.work, tip, context.around.vault):
        seen = tip_by_id(context.work, tip.id)
        edit_cards(context, seen)
        tell_case(context, seen, desk_says(context, "case.withdrawn", code=seen.code))


def answer_lines(context: Context, kept: Kept, *, stay: bool, asked: list[Tip]) -> list[str]:
    """What is gone, what stays, why, and until when."""
    terms = context.around.settings.retention
    lines = [context.say("erasure.done")]
    if kept.open:
        lines.append(context.say("erasure.staying" if stay else "erasure.unknown", count=len(kept.open)))
    if kept.open or kept.over:
        spans = {"feedback": span(context, terms.feedback_days), "passed": span(context, terms.passed_days)}
        lines.append(context.say("erasure.content", count=len(kept.open) + len(kept.over), **spans))
    if asked:
        until = day_of(context, max(due_of(context, tip) for tip in asked))
        lines.append(context.say("erasure.asked" if stay else "erasure.asked_unheard", until=until))
    lines += [context.say("erasure.role_stays")] if kept.role else []
    return [*lines, context.say("erasure.platforms")]


def erase_traces(context: Context) -> None:
    """The answer has left: nothing says any more that this chat was ever spoken with."""
    platform, number, newest, before = context.args
    erasure.erase_traces(context.work, Person(platform, number), int(newest), float(before) + erasure.TRACES)


# --- decided by a chief


def ask_chiefs(context: Context) -> None:
    """A request reaches the desk: about a tip, never of whom."""
    if tip := waiting_request(context):
        due = due_of(context, tip)
        put_request(context, tip, "erasure.request", due)
        share = number_of(context.work, context.around.content.rules, tip.ward_id or 0, "remind_at")
        context.work.remind(f"forget-due:{tip.id}", context.work.now + share * (due - context.work.now))


def remind_chiefs(context: Context) -> None:
    """The term is nearly over."""
    if tip := waiting_request(context):
        put_request(context, tip, "erasure.request_again", due_of(context, tip))


def waiting_request(context: Context) -> Tip | None:
    """The tip whose request nobody has decided."""
    tip = find_tip(context.work, context.number)
    return tip if tip and erasure.is_asked(context.work, tip) else None


def due_of(context: Context, tip: Tip) -> float:
    """By when it must be answered."""
    return erasure.due_at(context.work, tip, context.around.content.rules, zone_of(context))


def put_request(context: Context, tip: Tip, key: str, due: float) -> None:
    """Ask the chiefs where the tip is talked about."""
    html = desk_says(context, key, code=tip.code, until=day_of(context, due))
    rows = (
        (desk_button(context, "erasure.grant", "forget-grant", tip.id),),
        (desk_button(context, "erasure.keep", "forget-keep", tip.id),),
    )
    tell_case(context, tip, html, *rows)


def request_of(context: Context) -> Tip:
    """The request that a chief has pressed a button of."""
    facts = context.facts.standing
    return erasure.check_request(context.work, context.here, context.number, context.speaker, facts)


def grant(context: Context) -> None:
    """`Xoá nội dung`."""
    tip = erasure.grant(context.work, request_of(context), context.speaker, context.around.vault)
    edit_cards(context, tip)
    tell_settled(context, tip, "granted")


def keep(context: Context) -> None:
    """`Giữ lại`."""
    tip = request_of(context)
    erasure.settle(context.work, tip, context.speaker, "erasure.refused")
    tell_settled(context, tip, "kept")


def tell_settled(context: Context, tip: Tip, how: str) -> None:
    """Both sides hear it."""
    tell_case(context, tip, desk_says(context, f"erasure.desk_{how}", code=tip.code, by=context.speaker.name))
    tell_reporter(context, tip, f"erasure.told_{how}")


# --- erased by the clock


def blank_cards(context: Context) -> None:
    """A tip's words are gone here: so they go from its cards too, behind everything else that the desk is sent."""
    tip = find_tip(context.work, context.number)
    if tip is None or tip.ward_id is None:
        return
    place = ward_by_id(context.work, tip.ward_id).place
    message = Outgoing(Action.EDIT, card_html(context, tip), optional=True)
    for row in (tip.card_row, tip.case_row, tip.shown_row):
        if row is not None:
            context.work.post(message, place, Priority.BROADCAST, target_row=row, coalesce=f"card:{row}")


def tell_erased(context: Context) -> None:
    """Once a day, and only where something was erased: how much, at the desk and in the audit."""
    for ward, counts in take_counts(context.work).items():
        audit(context.work, int(ward), None, "retention.erased", erasure.counts_line(counts))
        parts = [desk_says(context, f"erasure.expired.{what}", count=count) for what, count in counts.items()]
        html = desk_says(context, "erasure.expired_head", what=", ".join(parts))
        context.work.post(Outgoing(html=html, silent=True), ward_by_id(context.work, int(ward)).place)


# --- days


def zone_of(context: Context) -> ZoneInfo:
    """Where the wards' clocks are."""
    return context.around.settings.zone


def day_of(context: Context, at: float) -> str:
    """A moment as people say it."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone_of(context)).strftime("%H:%M %d/%m/%Y")
