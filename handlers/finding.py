"""`/hangcho` with words: a shelf, a kind, a group, or else the tips with these words, newest first."""

from bot.context import Context, Need
from bot.domain.vietnamese import fold
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import queue
from bot.services.queue import Page
from data.places import Spot
from data.queue import Shelf
from handlers.desk_words import desk_says
from handlers.lists import edit_list, say_list
from handlers.queue import check, line_of, open_buttons, show, wish_of, wish_on

LONGEST_DATA = 64  # bytes of a button (Bot API, callback_data)


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("hangcho", "queue", spots=Spot.DESK, needs=Need.FRESH_STANDING)(ask)
    router.button("find-on", "find-back", spots=Spot.DESK, needs=Need.STANDING)(turn)


def ask(context: Context) -> None:
    """`/hangcho`, alone or with what is wanted."""
    check(context)
    wish = wish_of(context, context.words)
    if wish is None:
        find(context, context.words)
    else:
        show(context, wish)


def find(context: Context, typed: str) -> None:
    """The first page of what has these words, whatever the diacritics."""
    say_list(context, found(context, typed, queue.search(context.work, context.ward.id, typed)))


def turn(context: Context) -> None:
    """`Trước`, `Sau`: the words stand in the button."""
    check(context)
    typed, ward = ":".join(context.args[1:]), context.ward.id
    if context.action == "find-back":
        page = queue.search_back(context.work, ward, typed, context.number)
    else:
        page = queue.search(context.work, ward, typed, before=context.number)
    edit_list(context, found(context, typed, page))


def found(context: Context, typed: str, page: Page) -> Outgoing:
    """One page; where its neighbours cannot be reached it says how."""
    wish = wish_on(context, Shelf.OPEN)
    lines = [line_of(context, wish, tip) for tip in page.tips] or [desk_says(context, "queue.not_found")]
    back = carrying(context, "queue.earlier", "find-back", page.tips[0].id, typed) if page.earlier else None
    on = carrying(context, "queue.later", "find-on", page.tips[-1].id, typed) if page.later else None
    if page.later and on is None:
        lines.append(desk_says(context, "queue.more_found"))
    turns = tuple(button for button in (back, on) if button)
    html = "\n".join([desk_says(context, "queue.found", words=typed), *lines])
    return context.spoken(html, *open_buttons(page), *([turns] if turns else []))


def carrying(context: Context, key: str, action: str, number: int, typed: str) -> Button | None:
    """A button that carries the words, at need without diacritics; none where they are too long for one."""
    for words in (typed, fold(typed)):
        data = f"{action}:{number}:{words}"
        if len(data.encode()) <= LONGEST_DATA:
            return Button(desk_says(context, key), data)
    return None
