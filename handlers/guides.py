"""`/huongdan WORDS`: how to do something, found however it is typed; without words a menu; a person is always near."""

from datetime import datetime

from bot.context import Context
from bot.domain.markup import escape
from bot.messages import Button
from bot.routing import Router
from bot.services import guides
from bot.texts import Html
from data.places import Spot, ward_by_id
from handlers.danger import QUIET, show_numbers
from handlers.local import local, ward_of
from handlers.ways import say_with_way

PAGE = 8
ANYBODY = Spot.PRIVATE | Spot.GROUP | Spot.DESK
Row = tuple[Button, ...]


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("huongdan", "guide", spots=ANYBODY, plain=True)(find)
    router.phrase("hướng dẫn", "huongdan")(find)
    router.button("guide", spots=ANYBODY)(show_chosen)
    router.button("guides", spots=ANYBODY)(show_page)


def find(context: Context) -> None:
    """`/huongdan WORDS`; without words the menu."""
    if not context.words:
        show_menu_page(context, 0)
        return
    kinds = context.around.content.lexicon.dangers(context.words)
    if kinds and (context.here.spot is Spot.PRIVATE or not QUIET.intersection(kinds)):
        show_numbers(context, kinds)
    found = guides.look_up(context.work, local(context), ward_of(context), context.words)
    if found.best:
        show(context, found.best, found.others)
    else:
        context.reply("guides.near" if found.others else "guides.none", *choices(context, found.others), *ask(context))


# --- the menu


def show_page(context: Context) -> None:
    """`Xem thêm`."""
    show_menu_page(context, context.number)


def show_menu_page(context: Context, start: int) -> None:
    """Some of the guides, and the way to the next ones; the ward's own come last."""
    own = [f"{guides.OWN}{one.id}" for one in guides.all_own(context.work, ward_of(context))]
    names = [*local(context).guides, *own]
    start = start if start < len(names) else 0
    rows = choices(context, tuple(names[start : start + PAGE]))
    more = (context.button("guides.more", "guides", start + PAGE),) if start + PAGE < len(names) else ()
    context.reply("guides.menu", *rows, *([more] if more else []), *ask(context))


def choices(context: Context, names: tuple[str, ...]) -> list[Row]:
    """A row for each guide."""
    titles = [(name, title_of(context, name)) for name in names]
    return [(Button(title, f"guide:{name}"),) for name, title in titles if title]


def title_of(context: Context, name: str) -> str:
    """What a guide is called; nothing where there is none."""
    if guide := local(context).guides.get(name):
        return guide.title
    own = guides.own_guide(context.work, name, ward_of(context))
    return own.title if own else ""


def ask(context: Context) -> list[Row]:
    """The way to a person, under every answer; at the desk these persons are."""
    return [] if context.here.spot is Spot.DESK else [(context.button("guides.person", "people"),)]


# --- one guide


def show_chosen(context: Context) -> None:
    """One was chosen."""
    show(context, context.args[0] if context.args else "", ())


def show(context: Context, name: str, others: tuple[str, ...]) -> None:
    """The guide itself, others that may be meant, and the person."""
    guide = local(context).guides.get(name)
    if guide and guide.quiet and context.here.spot is Spot.GROUP:
        say_with_way(context, "guides.private")
        return
    words = words_of(context, name) or own_words(context, name)
    rows = [*choices(context, others), *ask(context), (context.button("guides.back", "guides", 0),)]
    if words:
        context.answer(context.spoken(words, *rows))
    else:
        context.reply("guides.gone", *ask(context))


def words_of(context: Context, name: str) -> str:
    """A guide of ours; its steps are HTML that was checked at the start."""
    guide = local(context).guides.get(name)
    if guide is None:
        return ""
    marks = [f"{number}." if guide.numbered else "•" for number in range(1, len(guide.steps) + 1)]
    lines = [
        f"<b>{escape(guide.title)}</b>",
        *(f"{mark} {step}" for mark, step in zip(marks, guide.steps, strict=True)),
    ]
    if guide.warning:
        lines.append(context.say("guides.warning", text=Html(guide.warning)))
    lines.append(context.say("guides.source", source=guide.source, date=f"{guide.checked:%d/%m/%Y}"))
    return "\n".join(lines)


def own_words(context: Context, name: str) -> str:
    """A ward's own guide."""
    own = guides.own_guide(context.work, name, ward_of(context))
    if own is None:
        return ""
    ward = ward_by_id(context.work, own.ward_id).name
    date = datetime.fromtimestamp(own.approved_at or 0.0, context.around.settings.zone)
    return context.say("guides.own_card", title=own.title, body=own.body, ward=ward, date=f"{date:%d/%m/%Y}")
