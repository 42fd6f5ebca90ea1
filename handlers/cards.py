"""How a tip looks at its desk, and how its reporter is told: shared by the conversations about tips."""

from dataclasses import replace

from bot.context import Context
from bot.domain.tips import public_status
from bot.messages import Action, Attachment, Button, Chat, ChatKind, Outgoing, Person, Priority
from bot.services import casework, clocks, digests, evidence, mutes
from bot.services.copies import bundles
from bot.services.relay import UNCAPTIONED
from data.alike import lead_of
from data.conversations import show_menu
from data.people import language_of
from data.places import Spot, ward_by_id
from data.reporters import Informant, informant_of, place_of
from data.tips import Tip, change_tip, handler_of
from data.unit_of_work import Place, Work
from handlers.card_face import card_buttons, card_html, is_summed_up, shows_files
from handlers.desk_words import desk_says

UNSEEN = 300.0


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


def edit_cards(context: Context, tip: Tip, priority: Priority = Priority.ANSWER) -> None:
    """Bring every card of a tip up to date, and those of the tip that it follows."""
    for one in dict.fromkeys((tip, lead_of(context.work, tip))):
        edit_own_cards(context, one, priority)


def edit_own_cards(context: Context, tip: Tip, priority: Priority) -> int:
    """Those that are this tip's alone; the one that it shares with the tip that it follows is that tip's. How many."""
    shared = lead_of(context.work, tip).card_row if tip.lead_id is not None else None
    rows = [row for row in (tip.card_row, tip.case_row, tip.shown_row) if row not in (None, shared)]
    for row in rows:
        edit_card(context, tip, row, card_buttons(context, tip), priority)
    return len(rows)


def edit_card(
    context: Context,
    tip: Tip,
    row: int,
    buttons: tuple[tuple[Button, ...], ...],
    priority: Priority = Priority.ANSWER,
) -> None:
    """One card anew; of several waiting edits the newest goes."""
    message = Outgoing(Action.EDIT, card_html(context, tip), buttons, optional=tip.aside)  # a chief may have deleted it
    post_to_staff(context, tip, message, priority, target_row=row, coalesce=f"card:{row}")


def post_case(context: Context, tip: Tip) -> Tip:
    """The card and the files again in the tip's own topic."""
    message = Outgoing(html=card_html(context, tip), buttons=card_buttons(context, tip))
    row = post_to_staff(context, tip, message, topic=tip.topic_id)
    post_files(context, tip, tip.topic_id, row)
    return change_tip(context.work, tip, case_row=row)


def post_files(context: Context, tip: Tip, topic: int | None, card: int, after: int = 0) -> None:
    """What staff may see of the files, as answers to the card."""
    ward = ward_by_id(context.work, tip.ward_id or 0)
    if is_summed_up(ward, tip) or not shows_files(context, tip):
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
