"""`/hangcho`: the desk's queue in pages, edited in place. Other words are searched for (`handlers.finding`)."""

from bot.context import Context, Need
from bot.domain.tips import Status
from bot.domain.vietnamese import fold
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import casework, queue
from bot.services.queue import Page
from data.places import Spot, groups_of
from data.queue import Key, Shelf, Wish
from data.tips import Tip, handler_of
from handlers import understood
from handlers.card_face import kind_name
from handlers.desk_words import desk_button, desk_says
from handlers.lists import edit_list, in_rows, say_list

MINUTE, HOUR, DAY = 60, 3600, 86400
SHELVES = tuple(Shelf)
IN_A_ROW = 3


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("queue", spots=Spot.DESK, needs=Need.STANDING)(choose)
    router.button("queue-on", "queue-back", spots=Spot.DESK, needs=Need.STANDING)(turn)
    router.button("queue-by", spots=Spot.DESK, needs=Need.STANDING)(offer_filters)


def check(context: Context) -> None:
    """Officers only."""
    casework.check_desk(context.work, context.here, context.speaker, context.facts.standing)


def show(context: Context, wish: Wish) -> None:
    """The first page."""
    say_list(context, listed(context, wish, queue.first_page(context.work, wish)))


def wish_of(context: Context, typed: str) -> Wish | None:
    """What these words ask for: a shelf, a kind or a group by its name; none where they are to be searched."""
    said = fold(typed).strip()
    shelf = next((one for one in SHELVES if said in (one.value, fold(desk_says(context, f"queue.shelf.{one}")))), None)
    if not said or shelf:
        return wish_on(context, shelf or Shelf.OPEN)
    kinds = context.around.content.kinds.traits
    if kind := next((one for one in kinds if said in (one, fold(understood.kind_name(context, "vi", one)))), None):
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
    edit_list(context, listed(context, wish, queue.first_page(context.work, wish)))


def turn(context: Context) -> None:
    """`Trước`, `Sau`."""
    check(context)
    wish, (rank, number) = pressed_wish(context), ("", "", *context.args)[-2:]
    if not (rank in ("0", "1", "2") and number.isdecimal() and len(number) < 16):
        edit_list(context, listed(context, wish, queue.first_page(context.work, wish)))
        return
    back = context.action == "queue-back"
    page = queue.turn(context.work, wish, Key(int(rank), int(number)), back=back)
    edit_list(context, listed(context, wish, page))


def pressed_wish(context: Context) -> Wish:
    """What the pressed button carries: shelf, kind, group."""
    shelf, kind, group = (*context.args, "", "", "")[:3]
    filters = {
        "kind": kind if kind in context.around.content.kinds.traits else "",
        "group_id": int(group) if group.isdecimal() and len(group) < 16 else 0,
    }
    return wish_on(context, Shelf(shelf) if shelf in set(Shelf) else Shelf.OPEN, **filters)


def offer_filters(context: Context) -> None:
    """`Theo loại`, `Theo nhóm`: those of which tips are open, with their number."""
    check(context)
    by = kind_filters(context) if context.args[:1] == ("kind",) else group_filters(context)
    rows = [*in_rows(by, 2), (desk_button(context, "queue.all", "queue", Shelf.OPEN, "", ""),)]
    edit_list(context, context.spoken(desk_says(context, "queue.choose" if by else "queue.empty.open"), *rows))


def kind_filters(context: Context) -> list[Button]:
    """One button for each kind that occurs."""
    return [
        Button(f"{understood.kind_name(context, 'vi', code)} ({count})", f"queue:{Shelf.OPEN}:{code}:")
        for code, count in queue.kinds_open(context.work, context.ward.id)
    ]


def group_filters(context: Context) -> list[Button]:
    """One button for each group that occurs."""
    names = {group.id: group.name for group in groups_of(context.work, context.ward.id)}
    return [
        Button(f"{names[number]} ({count})", f"queue:{Shelf.OPEN}::{number}")
        for number, count in queue.groups_open(context.work, context.ward.id)
        if number in names
    ]


# --- how it looks


def listed(context: Context, wish: Wish, page: Page) -> Outgoing:
    """A page of the queue with its buttons; an empty one says so."""
    heads = [desk_says(context, "queue.head", what=shelf_name(context, wish))]
    lines = [line_of(context, wish, tip) for tip in page.tips] or [desk_says(context, f"queue.empty.{wish.shelf}")]
    carried = f"{wish.shelf}:{wish.kind}:{wish.group_id or ''}"
    turns = []
    if page.tips:
        first, last = queue.edges(page)
        turns += [turn_button(context, "queue.earlier", "queue-back", carried, first)] if page.earlier else []
        turns += [turn_button(context, "queue.later", "queue-on", carried, last)] if page.later else []
    rows = [*open_buttons(page), tuple(turns), *shelf_buttons(context, wish)]
    return context.spoken("\n".join(heads + lines), *(row for row in rows if row))


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
    names += [understood.kind_name(context, "vi", wish.kind)] if wish.kind else []
    names += [group.name for group in groups_of(context.work, wish.ward_id) if group.id == wish.group_id]
    return " · ".join(names)


def open_buttons(page: Page) -> list[tuple[Button, ...]]:
    """One button for each tip, which shows its card."""
    buttons = [Button(tip.code.removeprefix("TB-"), f"case-show:{tip.id}") for tip in page.tips]
    return in_rows(buttons, 2)


def shelf_buttons(context: Context, wish: Wish) -> list[tuple[Button, ...]]:
    """The other shelves."""
    others = [shelf for shelf in SHELVES if shelf is not wish.shelf]
    buttons = [
        desk_button(context, f"queue.shelf.{shelf}", "queue", shelf, wish.kind, wish.group_id or "") for shelf in others
    ]
    by_kind = desk_button(context, "queue.by_kind", "queue-by", "kind")
    return [*in_rows(buttons, IN_A_ROW), (by_kind, desk_button(context, "queue.by_group", "queue-by", "group"))]


def turn_button(context: Context, key: str, name: str, carried: str, at: Key) -> Button:
    """`Trước` or `Sau`."""
    return Button(desk_says(context, key), f"{name}:{carried}:{at.rank}:{at.number}")
