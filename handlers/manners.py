"""`Tuỳ chọn`: how a draft goes (pinned, with a button, for how long), and how it looks before it does."""

from dataclasses import replace

from bot.context import Context, Need
from bot.domain.broadcasting import Manner
from bot.errors import Refused
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import editions
from data.broadcasts import Broadcast
from data.places import Spot, groups_of
from data.unit_of_work import Place
from handlers.broadcast_words import Rows, change_card, edition
from handlers.broadcasts import show_preview
from handlers.targeting import own_draft

HOUR = 3600.0
TERMS = (0.0, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR)
UNSEEN = "https://…"  # in a preview, where the link to a file would stand


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("manner", spots=Spot.DESK, needs=Need.STANDING)(open_options)
    router.button("manner-pin", spots=Spot.DESK, needs=Need.STANDING)(toggle_pin)
    router.button("manner-read", spots=Spot.DESK, needs=Need.STANDING)(toggle_read)
    router.button("manner-lasts", spots=Spot.DESK, needs=Need.STANDING)(next_term)
    router.button("manner-test", spots=Spot.DESK, needs=Need.STANDING)(send_test)
    router.button("manner-show", spots=Spot.DESK, needs=Need.STANDING)(show_elsewhere)


def open_options(context: Context) -> None:
    """`Tuỳ chọn`."""
    show_options(context, own_draft(context))


def show_options(context: Context, draft: Broadcast) -> None:
    """What is chosen, and what can be."""
    manner = draft.manner
    words = context.say(
        "manner.options",
        pinned=context.say("manner.on" if manner.pinned else "manner.off"),
        asks_read=context.say("manner.on" if manner.asks_read else "manner.off"),
        lasts=span(context, manner.lasts),
    )
    change_card(context, draft, words, option_rows(context, draft))


def option_rows(context: Context, draft: Broadcast) -> Rows:
    """Each thing that may be chosen; a test; how it looks on another platform that has groups of this ward."""
    first = (
        context.button("manner.pinned", "manner-pin", draft.id),
        context.button("manner.asks_read", "manner-read", draft.id),
        context.button("manner.lasting", "manner-lasts", draft.id),
    )
    others = tuple(shown_button(context, draft, name) for name in elsewhere(context))
    done = context.button("manner.done", "reach-done", draft.id)
    return (first, (context.button("manner.test", "manner-test", draft.id), *others), (done,))


def elsewhere(context: Context) -> list[str]:
    """The other platforms on which this ward has groups."""
    names = {group.place.platform for group in groups_of(context.work, context.ward.id)}
    return sorted(names - {context.event.platform})


def shown_button(context: Context, draft: Broadcast, name: str) -> Button:
    """How it looks there."""
    return context.button("manner.show", "manner-show", draft.id, name, name=context.say(f"platform.{name}"))


def span(context: Context, seconds: float) -> str:
    """A time as people say it."""
    hours = int(seconds // HOUR)
    if not hours:
        return context.say("manner.forever")
    long = hours > 24
    return context.say("manner.days" if long else "manner.hours", count=hours // 24 if long else hours)


def toggle_pin(context: Context) -> None:
    """`Ghim`."""
    draft = own_draft(context)
    choose(context, draft, replace(draft.manner, pinned=not draft.manner.pinned))


def toggle_read(context: Context) -> None:
    """`Nút Đã đọc`; an album has no buttons."""
    draft = own_draft(context)
    if len(draft.message.attachments) > 1:
        raise Refused("manner.no_album")
    show_preview(context, choose(context, draft, replace(draft.manner, asks_read=not draft.manner.asks_read)))


def next_term(context: Context) -> None:
    """`Hiệu lực`: each press a longer one, and none after the longest."""
    draft = own_draft(context)
    at = TERMS.index(draft.manner.lasts) if draft.manner.lasts in TERMS else 0
    choose(context, draft, replace(draft.manner, lasts=TERMS[(at + 1) % len(TERMS)]))


def choose(context: Context, draft: Broadcast, manner: Manner) -> Broadcast:
    """Keep what was chosen and show it."""
    changed = editions.set_manner(context.work, draft, manner)
    show_options(context, changed)
    return changed


# --- before it goes


def send_test(context: Context) -> None:
    """`Gửi thử`: to its author, in private."""
    draft, author = own_draft(context), context.speaker
    place = Place(author.platform, author.id, context.ward.id, private=True)
    context.work.post(edition(context, draft), place)
    context.notice = context.say("manner.tested")


def show_elsewhere(context: Context) -> None:
    """As another platform would show it, part by part."""
    draft, name = own_draft(context), context.args[1] if len(context.args) > 1 else ""
    if name not in elsewhere(context):
        raise Refused("stale")
    message = edition(context, draft)
    linked = tuple(replace(item, url=UNSEEN) for item in message.attachments)
    for page in context.around.fit(name, replace(message, attachments=linked)):
        words = context.say("manner.shown", name=context.say(f"platform.{name}"))
        if page.attachments:
            words += " " + context.say("manner.shown_files", count=len(page.attachments))
        html = f"{words}\n<blockquote>{page.html}</blockquote>" if page.html else words
        context.work.post(Outgoing(html=html), context.ward.place, reply_row=draft.card_row)
