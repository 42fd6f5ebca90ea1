"""What a tip's card says and which buttons it has."""

from bot.context import Context
from bot.domain.tips import OTHER, Outcome, Status
from bot.messages import Button
from bot.services import drafts, walk_ins
from data.alike import lead_of, places_of
from data.evidence import evidence_of
from data.places import Ward, ward_by_id
from data.reporters import informant_of
from data.tips import Tip, handler_of
from handlers import scam_words, understood
from handlers.card_words import clock_line, passed_name
from handlers.desk_words import desk_button, desk_says

PREVIEW = 3000


def card_html(context: Context, tip: Tip) -> str:
    """Everything that officers see of a tip."""
    ward = ward_by_id(context.work, tip.ward_id or 0)
    lines = [headline(context, tip), kind_line(context, tip), who_line(context, tip)]
    lines.append(desk_says(context, "case.text", text=text_of(context, tip, ward)))
    lines += [] if shows_files(context, tip) else [desk_says(context, "case.careful")]
    lines += understood.card_lines(context, tip) if not is_summed_up(ward, tip) else []
    lines += [files_line(context, tip), company_line(context, tip), state_line(context, tip), clock_line(context, tip)]
    return "\n".join(line for line in lines if line)


def headline(context: Context, tip: Tip) -> str:
    """The code, and what is pressing about the tip."""
    if tip.aside:
        return desk_says(context, "aside.head", code=tip.code)
    if tip.withdrawn_at is not None and not tip.followers:
        mark = "withdrawn"
    elif tip.confirmed_at is None:
        mark = "unconfirmed"
    else:
        mark = "urgent" if tip.danger else "plain"
    return desk_says(context, f"case.head_{mark}", code=tip.code)


def kind_line(context: Context, tip: Tip) -> str:
    """What kind of thing it is about."""
    danger = desk_says(context, f"danger.kind.{tip.danger}") if tip.danger else ""
    other = kind_code(context, tip) == OTHER
    kind = desk_says(context, "case.kind", name=kind_name(context, tip)) if not (other and danger) else ""
    soon = desk_says(context, f"intake.card_{tip.urgency}") if tip.urgency != "normal" and not danger else ""
    return " · ".join(part for part in (danger, kind, soon) if part)


def kind_name(context: Context, tip: Tip) -> str:
    """What this kind of tip is called."""
    return understood.kind_name(context, "vi", kind_code(context, tip))


def kind_code(context: Context, tip: Tip) -> str:
    """The kind of a tip; of one that nobody confirmed, as its words say now."""
    return understood.known_of(context, tip).kind if tip.confirmed_at is None else tip.kind


def who_line(context: Context, tip: Tip) -> str:
    """Who reported: a name only where they chose to show it."""
    if tip.confirmed_at is None:
        return desk_says(context, "case.by_undecided")
    if tip.source == walk_ins.STAFF:
        way = "call" if walk_ins.can_be_called(context.work, tip) else "nobody"
        return desk_says(context, f"walk_in.by_{way}", by=walk_ins.recorder_of(context.work, tip))
    informant = None if tip.anonymous else informant_of(context.work, tip)
    return desk_says(context, "case.by", name=informant.name) if informant else desk_says(context, "case.by_anonymous")


def text_of(context: Context, tip: Tip, ward: Ward) -> str:
    """The same for the desk; a ward may want them out of the chat altogether."""
    return desk_says(context, "case.not_shown") if is_summed_up(ward, tip) else told(context, tip)


def is_summed_up(ward: Ward, tip: Tip) -> bool:
    """Whether this desk does not read the words and files of a tip."""
    return ward.desk_shows == "summary" and not tip.aside


def told(context: Context, tip: Tip) -> str:
    """The words of a tip, numbers hidden."""
    if tip.erased_at is not None:
        return desk_says(context, "erasure.words_gone")
    text = tip.text or drafts.hidden_words(context.work, tip).text
    return text[:PREVIEW] or desk_says(context, "case.no_words")


def files_line(context: Context, tip: Tip) -> str:
    """How much is attached, and how much of it cannot be shown; of children and of families nothing is."""
    items = evidence_of(context.work, tip)
    if items and not shows_files(context, tip):
        return desk_says(context, "case.files_kept", count=len(items))
    hidden = sum(item.shown is None for item in items)
    line = desk_says(context, "case.files", count=len(items)) if items else ""
    return line + (" " + desk_says(context, "case.withheld", count=hidden) if hidden else "")


def shows_files(context: Context, tip: Tip) -> bool:
    """Whether the desk may see pictures of this kind of tip."""
    return understood.may_show(tip, understood.known_of(context, tip))


def company_line(context: Context, tip: Tip) -> str:
    """How many report the same thing, and where they say that it is; or which tip this one follows."""
    if tip.lead_id is not None:
        return desk_says(context, "case.follows", code=lead_of(context.work, tip).code)
    if not tip.followers:
        return ""
    said = [desk_says(context, "case.place_said", place=place, count=n) for place, n in places_of(context.work, tip, 3)]
    return " · ".join([desk_says(context, "case.reporters", count=tip.followers + 1), *said])


def state_line(context: Context, tip: Tip) -> str:
    """Who works on it, or how it ended."""
    handler = handler_of(context.work, tip)
    by = handler.name if handler else ""
    if tip.status.is_over and tip.outcome:
        return desk_says(context, "case.state_closed", by=by, outcome=desk_says(context, f"case.outcome.{tip.outcome}"))
    key = "new" if handler is None else "accepted" if tip.status is Status.DRAFT else str(tip.status)
    line = desk_says(context, f"case.state_{key}", by=by, to=passed_name(context, tip))
    return line + (" · " + desk_says(context, f"case.decision.{tip.decision}") if tip.decision else "")


def card_buttons(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """What can be done with a tip now; where the desk shows summaries only, reading it as well."""
    if tip.erased_at is not None or not is_summed_up(ward_by_id(context.work, tip.ward_id or 0), tip):
        return moves(context, tip)
    return (*moves(context, tip), (desk_button(context, "people.read_apart", "case-read", tip.id),))


def moves(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """The steps that its status allows."""
    if tip.status.is_over:
        return ()
    if tip.aside:
        return aside_buttons(context, tip)
    if tip.lead_id is not None:
        return ((desk_button(context, "case.split", "case-split", tip.id),),)

    def button(name: str) -> Button:
        return desk_button(context, f"case.{name}", f"case-{name}", tip.id)

    last = (button("close"),) if tip.status is Status.DRAFT else (button("same"), button("close"))
    if tip.status is Status.PASSED:
        return ((button("ask"), button("decide")), (button("give"), button("pass")), (button("file"),), last)
    if tip.handler_key is not None:
        verify = () if tip.status is Status.VERIFYING else (button("verify"),)
        return ((button("ask"), *verify), (button("give"), button("pass")), last, *scam_words.card_offer(context, tip))
    onward = () if tip.status is Status.DRAFT else (button("pass"),)
    return ((button("accept"), button("ask")), (button("give"), *onward), last)


def aside_buttons(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """What the one chief who holds a tip can do."""
    accept = desk_button(context, "case.accept", "aside-accept", tip.id)
    ask = desk_button(context, "case.ask", "aside-ask", tip.id)
    close = desk_button(context, "case.close", "aside-close", tip.id)
    return ((ask, close),) if tip.status.is_worked else ((accept,), (ask, close))


def outcome_buttons(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """How it may end."""
    room = "aside" if tip.aside else "case"
    ends = [desk_button(context, f"case.outcome.{end}", f"{room}-end", tip.id, end) for end in Outcome]
    back = desk_button(context, "case.back", f"{room}-back", tip.id)
    return (tuple(ends[:2]), tuple(ends[2:4]), (*ends[4:], back))
