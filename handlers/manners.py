"""`Tuỳ chọn`: how a draft goes (pinned, with a button, for how long), and how it looks before it does."""

import re
from dataclasses import replace

from bot.context import Context, Need
from bot.domain.broadcasting import Manner
from bot.domain.markup import escape, plain
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import editions
from data.broadcasts import Broadcast, change
from data.places import Spot, groups_of
from data.unit_of_work import Place
from handlers.broadcast_words import HOUR, UNSEEN, Rows, change_card, edition, span
from handlers.broadcasts import check_length, own_draft, show_preview

TERMS = (0.0, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR)
LINK = re.compile(r"https://[!-~]{4,400}")
LONGEST_LABEL, MOST_LINKS = 40, 3
NO_LINKS = ("bo", "xoa", "huy")


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("manner", spots=Spot.DESK, needs=Need.STANDING)(open_options)
    router.button("manner-pin", spots=Spot.DESK, needs=Need.STANDING)(toggle_pin)
    router.button("manner-read", spots=Spot.DESK, needs=Need.STANDING)(toggle_read)
    router.button("manner-lasts", spots=Spot.DESK, needs=Need.STANDING)(next_term)
    router.button("manner-link", spots=Spot.DESK, needs=Need.STANDING)(ask_link)
    router.reply_to("manner-link", spots=Spot.DESK, needs=Need.STANDING)(add_link)
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
    links = context.button("manner.link", "manner-link", draft.id)
    others = tuple(shown_button(context, draft, name) for name in elsewhere(context))
    done = context.button("manner.done", "reach-done", draft.id)
    return (first, (links, context.button("manner.test", "manner-test", draft.id)), (*others, done))


def elsewhere(context: Context) -> list[str]:
    """The other platforms on which this ward has groups."""
    names = {group.place.platform for group in groups_of(context.work, context.ward.id)}
    return sorted(names - {context.event.platform})


def shown_button(context: Context, draft: Broadcast, name: str) -> Button:
    """How it looks there."""
    return context.button("manner.show", "manner-show", draft.id, name, name=context.say(f"platform.{name}"))


def toggle_pin(context: Context) -> None:
    """`Ghim`."""
    draft = own_draft(context)
    choose(context, draft, replace(draft.manner, pinned=not draft.manner.pinned))


def check_takes_buttons(draft: Broadcast) -> None:
    """An album has none."""
    if len(draft.message.attachments) > 1:
        raise Refused("manner.no_album")


def toggle_read(context: Context) -> None:
    """`Nút Đã đọc`."""
    draft = own_draft(context)
    check_takes_buttons(draft)
    asks = not draft.manner.asks_read
    check_length(context, draft.message, asks_read=asks)
    show_preview(context, choose(context, draft, replace(draft.manner, asks_read=asks)))


def next_term(context: Context) -> None:
    """`Hiệu lực`: each press a longer one, and none after the longest."""
    draft = own_draft(context)
    at = TERMS.index(draft.manner.lasts) if draft.manner.lasts in TERMS else 0
    choose(context, draft, replace(draft.manner, lasts=TERMS[(at + 1) % len(TERMS)]))


def ask_link(context: Context) -> None:
    """`Nút liên kết`: a reply to the question comes back to `add_link`."""
    draft = own_draft(context)
    check_takes_buttons(draft)
    about, key = f"manner-link:{draft.id}", "manner.ask_link"
    context.work.post(Outgoing(html=context.say(key)), context.ward.place, reply_row=draft.card_row, about=about)


def add_link(context: Context) -> None:
    """A label and an address; "bỏ" takes the buttons away."""
    draft, typed = own_draft(context), context.event.text.strip()
    buttons = () if fold(typed) in NO_LINKS else (*draft.message.buttons, (link_button(typed),))
    if len(buttons) > MOST_LINKS:
        raise Refused("manner.many_links", count=MOST_LINKS)
    message = replace(draft.message, buttons=buttons)
    check_length(context, message, asks_read=draft.manner.asks_read)
    show_preview(context, change(context.work, draft, message=message))
    context.reply("manner.linked" if buttons else "manner.unlinked")


def link_button(typed: str) -> Button:
    """Of "Xem hướng dẫn https://..."; only what is encrypted on its way."""
    label, _, url = typed.rpartition(" ")
    if not (label.strip() and LINK.fullmatch(url)):
        raise Refused("manner.no_link")
    return Button(" ".join(label.split())[:LONGEST_LABEL], url=url)


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
    message, can = edition(context, draft), context.around.platforms[name].capabilities
    linked = tuple(replace(item, url=UNSEEN) for item in message.attachments)
    for page in context.around.fit(name, replace(message, attachments=linked)):
        words = context.say("manner.shown", name=context.say(f"platform.{name}"))
        if page.attachments:
            words += " " + context.say("manner.shown_files", count=len(page.attachments))
        shown = page.html if can.formatted else escape(plain(page.html))
        context.work.post(Outgoing(html=f"{words}\n\n{shown}"), context.ward.place, reply_row=draft.card_row)
