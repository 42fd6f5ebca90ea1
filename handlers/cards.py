"""How a tip looks at its desk, and how its reporter is told: shared by the conversations about tips."""

from dataclasses import replace

from bot.context import COMMAND, Context
from bot.domain.markup import escape
from bot.domain.tips import OTHER, Outcome, Status, public_status
from bot.messages import Action, Attachment, Button, Chat, ChatKind, Outgoing, Person, Priority
from bot.services import casework, clocks, digests, drafts, evidence, mutes, walk_ins
from bot.services.relay import UNCAPTIONED, bundles
from bot.texts import Html
from data.alike import lead_of, places_of
from data.conversations import show_menu
from data.evidence import evidence_of
from data.people import language_of
from data.places import Spot, Ward, ward_by_id
from data.tips import Informant, Tip, change_tip, handler_of, informant_of, place_of
from data.unit_of_work import Place, Work
from handlers import understood
from handlers.card_words import clock_line, passed_name

UNSEEN = 300.0
PREVIEW = 3000


# --- words


def desk_says(context: Context, key: str, **values: object) -> str:
    """A sentence for a desk, whatever language the person speaks who caused it."""
    return context.around.texts.say("vi", key, **values)


def desk_button(context: Context, key: str, *data: object) -> Button:
    """A button for a desk."""
    return Button(desk_says(context, key), ":".join(str(part) for part in data))


def card_html(context: Context, tip: Tip) -> str:
    """Everything that officers see of a tip."""
    ward = ward_by_id(context.work, tip.ward_id or 0)
    lines = [headline(context, tip), kind_line(context, tip), who_line(context, tip)]
    lines.append(desk_says(context, "case.text", text=text_of(context, tip, ward)))
    lines += [] if shows_files(context, tip) else [desk_says(context, "case.careful")]
    lines += understood.card_lines(context, tip) if ward.desk_shows != "summary" or tip.aside else []
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
    """The words of a tip, numbers hidden; a ward may want them out of the chat altogether."""
    if ward.desk_shows == "summary" and not tip.aside:
        return desk_says(context, "case.not_shown")
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
    """What can be done with a tip now."""
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
        return ((button("ask"), *verify), (button("give"), button("pass")), last)
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


# --- at the desk


def post_card(context: Context, tip: Tip) -> Tip:
    """Show a tip at its desk for the first time, with its files; an urgent one goes before everything else."""
    work = context.work
    message = Outgoing(html=card_html(context, tip), buttons=card_buttons(context, tip))
    priority = Priority.EMERGENCY if tip.danger else Priority.RELAY if mutes.silences(work, tip) else Priority.ANSWER
    topic = intake(context, tip)
    row = post_to_staff(context, tip, message, priority, topic=topic)
    tip = change_tip(work, tip, card_row=row)
    post_files(context, tip, topic, row)
    if not tip.aside:
        clocks.plan(work, context.around.content.rules, tip)
        digests.plan(work, context.around.content.rules, tip.ward_id or 0, context.around.settings.zone)
    if tip.danger:
        work.remind(f"tip-unseen:{tip.id}", work.now + UNSEEN)
    return tip


def edit_cards(context: Context, tip: Tip) -> None:
    """Bring every card of a tip up to date, and those of the tip that it follows."""
    lead = lead_of(context.work, tip)
    for one in dict.fromkeys((tip, lead)):
        for row in (one.card_row, one.case_row, one.shown_row):
            if row is not None and (one is lead or row != lead.card_row):
                edit_card(context, one, row, card_buttons(context, one))


def edit_card(context: Context, tip: Tip, row: int, buttons: tuple[tuple[Button, ...], ...]) -> None:
    """One card anew; of several waiting edits the newest goes."""
    message = Outgoing(Action.EDIT, card_html(context, tip), buttons, optional=tip.aside)  # a chief may have deleted it
    post_to_staff(context, tip, message, target_row=row, coalesce=f"card:{row}")


def post_case(context: Context, tip: Tip) -> Tip:
    """The card and the files again in the tip's own topic."""
    message = Outgoing(html=card_html(context, tip), buttons=card_buttons(context, tip))
    row = post_to_staff(context, tip, message, topic=tip.topic_id)
    post_files(context, tip, tip.topic_id, row)
    return change_tip(context.work, tip, case_row=row)


def post_files(context: Context, tip: Tip, topic: int | None, card: int, after: int = 0) -> None:
    """What staff may see of the files, as answers to the card."""
    ward = ward_by_id(context.work, tip.ward_id or 0)
    if (ward.desk_shows == "summary" and not tip.aside) or not shows_files(context, tip):
        return
    items = evidence.shown(context.work, tip, context.around.vault, after)
    evidence.note_seen(context.work, tip, context.speaker if context.here.spot is Spot.DESK else None, after)
    for bundle in in_bundles(items):
        message = Outgoing(attachments=tuple(bundle))
        post_to_staff(context, tip, message, topic=topic, reply_row=card)


def in_bundles(items: list[Attachment]) -> list[list[Attachment]]:
    """Albums where that can be, single things otherwise."""
    seen = [item for item in items if item.kind not in UNCAPTIONED]
    return bundles(seen) + [[item] for item in items if item.kind in UNCAPTIONED]


def desk_spot(context: Context, tip: Tip) -> tuple[int | None, int | None]:
    """(topic, card) where staff now talk about a tip, or about the one that it follows."""
    tip = lead_of(context.work, tip)
    if tip.status.is_worked and tip.topic_id is not None:
        return tip.topic_id, tip.case_row
    return intake(context, tip), tip.card_row


def intake(context: Context, tip: Tip) -> int | None:
    """The topic where new tips of this ward arrive; none at a desk without topics, or in a chief's private chat."""
    if tip.aside:
        return None
    return casework.intake_topic(
        context.work, ward_by_id(context.work, tip.ward_id or 0), desk_says(context, "case.intake")
    )


def tell_case(
    context: Context,
    tip: Tip,
    html: str,
    *rows: tuple[Button, ...],
    letter: bool = False,
    priority: Priority = Priority.ANSWER,
    silent: bool = False,
    about: str = "",
) -> int:
    """Say something to staff where they talk about a tip; what answers a letter goes to the reporter. Its row."""
    topic, card = desk_spot(context, tip)
    about = about or f"{'letter' if letter else 'card'}:{tip.id}"
    message = Outgoing(html=html, buttons=rows, silent=silent)
    return post_to_staff(context, tip, message, priority, topic=topic, reply_row=card, about=about)


def post_to_staff(
    context: Context,
    tip: Tip,
    message: Outgoing,
    priority: Priority = Priority.ANSWER,
    *,
    about: str = "",
    topic: int | None = None,
    **rows: int | str | None,
) -> int:
    """One message to whoever may know of a tip: its desk, or of one that is set aside the chief who holds it.

    Everything that staff hear of a tip goes through here. What answers a letter goes to the reporter; a chief has no
    other way to write to one, so there every message is a letter. Where nobody may know of it nothing is said (row 0).
    `rows` are those of `Work.post`.
    """
    about = f"letter:{tip.id}" if tip.aside else about or f"card:{tip.id}"
    place = staff_place(context, tip)
    if place is None:
        return 0
    if priority is not Priority.EMERGENCY and mutes.silences(context.work, tip):
        message = replace(message, silent=True)
    return context.work.post(message, place, priority, topic=topic, about=about, **rows)  # type: ignore[arg-type]


def staff_place(context: Context, tip: Tip) -> Place | None:
    """The chat in which staff hear of a tip; none of one that is sealed even from the chiefs."""
    if not tip.aside:
        return ward_by_id(context.work, tip.ward_id or 0).place
    holder = handler_of(context.work, tip)
    if holder is None:
        return None
    return Place(holder.person.platform, holder.person.id, tip.ward_id or 0, private=True)


# --- to the reporter


def own_chat(person: Person) -> Chat:
    """The private chat with somebody."""
    return Chat(person.platform, person.id, ChatKind.PRIVATE)


def told_language(work: Work, informant: Informant) -> str:
    """The language in which a reporter is told things."""
    return language_of(work, informant.person)


def tell_reporter(context: Context, tip: Tip, key: str, *rows: tuple[str, ...], **values: object) -> bool:
    """Tell whoever reported a tip; each row of buttons is (text key, data). Whether there is anybody to tell."""
    informant = informant_of(context.work, tip)
    if informant is None:
        return False
    language = told_language(context.work, informant)
    texts = context.around.texts
    told = public_status(tip.status, tip.outcome)
    values = {"code": tip.code, "status": texts.say(language, f"status.{told}")} | values
    buttons = tuple((Button(texts.say(language, label), data),) for label, data in rows)
    html = texts.say(language, key, **values)
    post_to_reporter(context, tip, informant, Outgoing(html=html, buttons=buttons, language=language))
    return True


def post_to_reporter(context: Context, tip: Tip, informant: Informant, message: Outgoing) -> None:
    """One message to a reporter; older numbered choices no longer count."""
    row = context.work.post(message, place_of(informant, tip), about=f"mine:{tip.id}")
    choices = [button for line in message.buttons for button in line]
    show_menu(context.work, own_chat(informant.person), informant.person, choices, row)


def quoted(text: str, longest: int = 700) -> Html:
    """Somebody's words as a quotation, cut where they are long."""
    return Html(escape(text if len(text) <= longest else text[:longest] + "…"))


def without_command(text: str) -> str:
    """What somebody wrote, without a command before it."""
    return COMMAND.sub("", text, count=1).strip()
