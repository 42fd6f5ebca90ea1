"""`/hangcho`: the desk's queue in pages, edited in place; `/hangcho WORDS` searches."""

from dataclasses import replace

from bot.context import Context, Need
from bot.domain.tips import Status
from bot.domain.vietnamese import fold
from bot.messages import Action, Button, Outgoing
from bot.routing import Router
from bot.services import casework, queue
from bot.services.queue import Page
from data.places import Spot, groups_of
from data.queue import Key, Shelf, Wish
from data.tips import Tip, handler_of
from handlers.card_face import kind_name
from handlers.desk_words import desk_button, desk_says

MINUTE, HOUR, DAY = 60, 3600, 86400
SHELVES = tuple(Shelf)
IN_A_ROW = 3


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("hangcho", "queue", spots=Spot.DESK, needs=Need.FRESH_STANDING)(show)
    router.button("queue", spots=Spot.DESK, needs=Need.STANDING)(choose)
    router.button("queue-on", "queue-back", spots=Spot.DESK, needs=Need.STANDING)(turn)
    router.button("find-on", spots=Spot.DESK, needs=Need.STANDING)(find_on)


def check(context: Context) -> None:
    """Officers only."""
    casework.check_desk(context.work, context.here, context.speaker, context.facts.standing)


def show(context: Context) -> None:
    """`/hangcho`, with a word for what is wanted, or words to search for."""
    check(context)
    wish = wish_of(context, context.words)
    if wish is None:
        context.answer(found(context, context.words, queue.search(context.work, context.ward.id, context.words)))
    else:
        context.answer(listed(context, wish, queue.first_page(context.work, wish)))


def wish_of(context: Context, typed: str) -> Wish | None:
    """What these words ask for: a shelf, a kind or a group by its name; none where they are to be searched."""
    said = fold(typed).strip()
    shelf = next((one for one in SHELVES if said in (one.value, fold(desk_says(context, f"queue.shelf.{one}")))), None)
    if not said or shelf:
        return wish_on(context, shelf or Shelf.OPEN)
    kinds = context.around.content.categories
    if kind := next((kind.ma for kind in kinds if said in (kind.ma, fold(kind.ten))), None):
        return wish_on(context, Shelf.OPEN, kind=kind)
    groups = groups_of(context.work, context.ward.id)
    group = next((group.id for group in groups if fold(group.name) == said), None)
    return wish_on(context, Shelf.OPEN, group_id=group) if group else None


def wish_on(context: Context, shelf: Shelf, **filters: object) -> Wish:
    """A wish at this desk."""
    rules = context.around.content.rules
    return queue.wish_for(context.work, rules, context.ward.id, shelf, context.speaker, **filters)


def choose(context: Context) -> None:
    """A shelf was pressed."""
    check(context)
    wish = pressed_wish(context)
    edit(context, listed(context, wish, queue.first_page(context.work, wish)))


def turn(context: Context) -> None:
    """`Trước`, `Sau`."""
    check(context)
    wish, (rank, number) = pressed_wish(context), ("", "", *context.args)[-2:]
    if not (rank in ("0", "1", "2") and number.isdecimal() and len(number) < 16):
        edit(context, listed(context, wish, queue.first_page(context.work, wish)))
        return
    back = context.action == "queue-back"
    page = queue.turn(context.work, wish, Key(int(rank), int(number)), back=back)
    edit(context, listed(context, wish, page))


def pressed_wish(context: Context) -> Wish:
    """What the pressed button carries: shelf, kind, group."""
    shelf, kind, group = (*context.args, "", "", "")[:3]
    known = {kind.ma for kind in context.around.content.categories}
    filters = {
        "kind": kind if kind in known else "",
        "group_id": int(group) if group.isdecimal() and len(group) < 16 else 0,
    }
    return wish_on(context, Shelf(shelf) if shelf in set(Shelf) else Shelf.OPEN, **filters)


def find_on(context: Context) -> None:
    """More of what was searched for; the words stand in the message itself."""
    check(context)
    typed = ":".join(context.args[1:])
    page = queue.search(context.work, context.ward.id, typed, before=context.number)
    edit(context, found(context, typed, page))


def edit(context: Context, message: Outgoing) -> None:
    """The same message anew."""
    context.do(replace(message, action=Action.EDIT, message_id=context.event.message_id, reply_to=""))


# --- how it looks


def listed(context: Context, wish: Wish, page: Page) -> Outgoing:
    """A page of the queue with its buttons; an empty one says so."""
    heads = [desk_says(context, "queue.head", what=shelf_name(context, wish))]
    lines = [line_of(context, wish, tip) for tip in page.tips] or [desk_says(context, "queue.empty")]
    carried = f"{wish.shelf}:{wish.kind}:{wish.group_id or ''}"
    turns = []
    if page.tips:
        first, last = queue.edges(page)
        turns += [turn_button(context, "queue.earlier", "queue-back", carried, first)] if page.earlier else []
        turns += [turn_button(context, "queue.later", "queue-on", carried, last)] if page.later else []
    rows = [*open_buttons(page), tuple(turns), *shelf_buttons(context, wish)]
    return context.spoken("\n".join(heads + lines), *(row for row in rows if row))


def found(context: Context, typed: str, page: Page) -> Outgoing:
    """What was found; older ones by a button, as long as the words fit into it."""
    wish = wish_on(context, Shelf.OPEN)
    heads = [desk_says(context, "queue.found", words=typed)]
    lines = [line_of(context, wish, tip) for tip in page.tips] or [desk_says(context, "queue.not_found")]
    more = f"find-on:{page.tips[-1].id}:{typed}" if page.tips else ""
    rows = open_buttons(page)
    if page.later and len(more.encode()) <= 64:
        rows.append((Button(desk_says(context, "queue.later"), more),))
    return context.spoken("\n".join(heads + lines), *rows)


def line_of(context: Context, wish: Wish, tip: Tip) -> str:
    """One tip: what is pressing, its code and kind, how old it is, who has it."""
    handler = handler_of(context.work, tip)
    mark = "unconfirmed" if tip.confirmed_at is None else "late" if queue.is_late(tip, wish) else tip.urgency
    who = handler.name if handler else desk_says(context, "queue.nobody")
    parts = [
        desk_says(context, f"queue.mark.{mark}", code=tip.code),
        kind_name(context, tip),
        age(context, context.work.now - tip.created_at),
        desk_says(context, f"queue.status.{tip.status}", who=who) if tip.status is not Status.DRAFT else who,
    ]
    count = [desk_says(context, "case.reporters", count=tip.followers + 1)] if tip.followers else []
    return " · ".join([*parts, *count])


def age(context: Context, seconds: float) -> str:
    """ "5 phút", "2 giờ", "3 ngày"."""
    for name, size in (("days", DAY), ("hours", HOUR), ("minutes", MINUTE)):
        if seconds >= size:
            return desk_says(context, f"queue.age.{name}", n=int(seconds // size))
    return desk_says(context, "queue.age.now")


def shelf_name(context: Context, wish: Wish) -> str:
    """What a page is of."""
    names = [desk_says(context, f"queue.shelf.{wish.shelf}")]
    names += [kind.ten for kind in context.around.content.categories if kind.ma == wish.kind]
    names += [group.name for group in groups_of(context.work, wish.ward_id) if group.id == wish.group_id]
    return " · ".join(names)


def open_buttons(page: Page) -> list[tuple[Button, ...]]:
    """One button for each tip, which shows its card."""
    buttons = [Button(tip.code.removeprefix("TB-"), f"case-show:{tip.id}") for tip in page.tips]
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def shelf_buttons(context: Context, wish: Wish) -> list[tuple[Button, ...]]:
    """The other shelves."""
    others = [shelf for shelf in SHELVES if shelf is not wish.shelf]
    buttons = [
        desk_button(context, f"queue.shelf.{shelf}", "queue", shelf, wish.kind, wish.group_id or "") for shelf in others
    ]
    return [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]


def turn_button(context: Context, key: str, name: str, carried: str, at: Key) -> Button:
    """`Trước` or `Sau`."""
    return Button(desk_says(context, key), f"{name}:{carried}:{at.rank}:{at.number}")
