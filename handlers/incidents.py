"""Several reports of one thing at the desk: one card with a count, or a hint and `Trùng`."""

from bot.context import Context, Need
from bot.domain.codes import find_code
from bot.domain.facts import Known
from bot.errors import Refused
from bot.messages import Button, Outgoing, Priority
from bot.routing import Router
from bot.services import alike, casework, drafts, mutes
from data.alike import followers_of, lead_of
from data.places import Spot, ward_by_id
from data.rules import number_of
from data.tips import Tip, find_tip, tip_by_id
from handlers.cards import desk_spot, edit_cards, post_card, tell_case, tell_reporter
from handlers.desk_words import desk_says, quoted
from handlers.understood import known_of

TOLD_AT_ONCE = 50  # so that one press holds up nobody else's answer
FIRST_WORDS = 60


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("case-same", needs=Need.FRESH_STANDING, spots=Spot.DESK)(offer)
    router.button("case-link", needs=Need.FRESH_STANDING, spots=Spot.DESK)(link)
    router.button("case-split", needs=Need.FRESH_STANDING, spots=Spot.DESK)(split)
    router.command("trung", "same", spots=Spot.DESK, needs=Need.FRESH_STANDING)(link_by_code)
    router.clock("followers-told")(tell_more)


# --- by themselves


def show_tip(context: Context, tip: Tip) -> Tip:
    """Show a tip at its desk for the first time: among the others of its incident, else by a card of its own."""
    known = known_of(context, tip)
    if not context.around.content.kinds.trait(known.kind).visible:
        return suggest(context, post_card(context, tip))
    lead = incident(context, tip, known)
    if lead is not None:
        return join(context, tip, lead)
    return suggest(context, post_card(context, alike.begin(context.work, tip, known.kind, place_key(known))))


def place_key(known: Known) -> str:
    """By which the place of a report compares with others; empty where none was said."""
    return known.where.key if known.where else ""


def incident(context: Context, tip: Tip, known: Known) -> Tip | None:
    """What is known already of something that everybody can see; of anything else nobody is told."""
    if tip.ward_id is None or tip.aside or not context.around.content.kinds.trait(known.kind).visible:
        return None
    if tip.lead_id is not None:
        return lead_of(context.work, tip)
    window = number_of(context.work, context.around.content.rules, tip.ward_id, "incident_window")
    return alike.incident_for(context.work, tip, known.kind, place_key(known), window)


def join(context: Context, tip: Tip, lead: Tip) -> Tip:
    """One card for all of them: the count goes up, and its words stand under it."""
    tip = alike.join(context.work, tip, lead)
    edit_cards(context, tip, Priority.RELAY)  # a count may wait, and never makes somebody wait who pressed a button
    say_words(context, tip, drafts.hidden_words(context.work, tip).text)
    return tip


def say_words(context: Context, tip: Tip, words: str) -> None:
    """What one of many reporters says, under the card of all; under load many go as one message."""
    if not words:
        return
    lead = lead_of(context.work, tip)
    topic, card = desk_spot(context, lead)
    html = desk_says(context, "case.joined", code=tip.code, text=quoted(words))
    message = Outgoing(html=html, silent=mutes.silences(context.work, tip))
    place = ward_by_id(context.work, tip.ward_id or 0).place
    context.work.post(
        message,
        place,
        Priority.RELAY,
        topic=topic,
        reply_row=card,
        merge=f"incident:{lead.id}",
        about=f"letter:{tip.id}",
    )


def suggest(context: Context, tip: Tip) -> Tip:
    """What may be the same thing, with one tap to say so."""
    if tip.confirmed_at is not None and tip.lead_id is None and (found := alike.likely(context.work, tip)):
        say_likely(context, tip, found)
    return tip


def say_likely(context: Context, tip: Tip, found: list[tuple[Tip, float]]) -> None:
    """The likeliest, each with its first words and a button."""
    lines = [
        desk_says(context, "case.alike", code=one.code, percent=round(100 * share), text=quoted(one.text, FIRST_WORDS))
        for one, share in found
    ]
    buttons = [
        (Button(desk_says(context, "case.link", code=one.code), f"case-link:{tip.id}:{one.id}"),) for one, _ in found
    ]
    html = "\n".join([desk_says(context, "case.likely", code=tip.code), *lines])
    tell_case(context, tip, html, *buttons, silent=mutes.silences(context.work, tip))


# --- by staff


def case_of(context: Context) -> Tip:
    """The tip that a button is about."""
    return casework.check_case(context.work, context.here, context.number, context.speaker, context.facts.standing)


def offer(context: Context) -> None:
    """`Trùng`: what may be the same, and how to name another."""
    tip = case_of(context)
    found = alike.likely(context.work, tip)
    if found:
        say_likely(context, tip, found)
    else:
        tell_case(context, tip, desk_says(context, "case.how_same", code=tip.code))


def link(context: Context) -> None:
    """`Trùng TB-…`."""
    tip = case_of(context)
    other = (
        find_tip(context.work, int(context.args[1])) if len(context.args) == 2 and context.args[1].isdecimal() else None
    )
    if other is None:
        raise Refused("stale")
    settle(context, tip, other.code)


def link_by_code(context: Context) -> None:
    """`/trung CODE` in a tip's topic, or as a reply to its card."""
    tip = casework.letter_for(context.work, context.ward, context.event)
    code = find_code(context.words)
    if tip is None or code is None:
        context.reply("case.how_same", code="TB-…")
        return
    tip = casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    settle(context, tip, code)


def settle(context: Context, tip: Tip, code: str) -> None:
    """The two are one now, at the desk and in what their reporters hear."""
    tip, lead = alike.link(context.work, tip, code, context.speaker)
    edit_cards(context, tip)
    tell_case(context, lead, desk_says(context, "case.linked", code=tip.code, lead=lead.code, by=context.speaker.name))


def split(context: Context) -> None:
    """`Tách`: another thing after all, with a card of its own."""
    tip = case_of(context)
    lead = lead_of(context.work, tip)
    tip = alike.split(context.work, tip, context.speaker)
    if tip.card_row == lead.card_row:
        post_card(context, tip)
    else:
        edit_cards(context, tip)
    edit_cards(context, tip_by_id(context.work, lead.id))


# --- what their reporters hear


def tell_reporters(context: Context, lead: Tip, key: str, *rows: tuple[str, str]) -> None:
    """Tell the reporter of a tip, and of every tip that follows it; `rows` are (text key, data of the button)."""
    tell_one(context, lead, key, rows)
    if lead.followers:
        tell_some(context, lead, 0, key, rows)


def tell_some(context: Context, lead: Tip, after: int, key: str, rows: tuple[tuple[str, str], ...]) -> None:
    """The next of them; the rest by the clock, a moment later."""
    some = followers_of(context.work, lead.id, after, TOLD_AT_ONCE)
    for tip in some:
        tell_one(context, tip, key, rows)
    if len(some) == TOLD_AT_ONCE:
        words = ":".join([key, *(part for row in rows for part in row)])
        subject = f"followers-told:{lead.id}:{some[-1].id}"
        context.work.remind(subject, context.work.now, f"{subject}:{words}")


def tell_more(context: Context) -> None:
    """The clock: go on where the last part ended."""
    lead = find_tip(context.work, context.number)
    if lead is not None:
        after, key, *pairs = context.args[1:]
        tell_some(context, lead, int(after), key, tuple(zip(pairs[::2], pairs[1::2], strict=True)))


def tell_one(context: Context, tip: Tip, key: str, rows: tuple[tuple[str, str], ...]) -> None:
    """One reporter, with buttons of their own tip."""
    tell_reporter(context, tip, key, *((label, f"{name}:{tip.id}") for label, name in rows))
