"""`Nơi nhận`: to which groups a draft goes. And `/khuvuc`: which part of the ward a group is in."""

from dataclasses import replace
from typing import TypeVar

from bot.context import Context, Need
from bot.domain.broadcasting import Manner
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button
from bot.routing import Router
from bot.services import areas, editions, wards
from bot.texts import Html
from data.broadcasts import Broadcast
from data.places import Group, Spot, groups_of
from handlers.broadcast_words import Rows, change_card, listed, reach
from handlers.broadcasts import own_draft, show_draft
from handlers.guards import group_here

K = TypeVar("K")
PAGE = 8  # groups
NO_AREA = ("bo", "xoa", "none")


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("reach", spots=Spot.DESK, needs=Need.STANDING)(open_choice)
    router.button("reach-all", spots=Spot.DESK, needs=Need.STANDING)(choose_all)
    router.button("reach-platform", spots=Spot.DESK, needs=Need.STANDING)(toggle_platform)
    router.button("reach-area", spots=Spot.DESK, needs=Need.STANDING)(toggle_area)
    router.button("reach-group", spots=Spot.DESK, needs=Need.STANDING)(toggle_group)
    router.button("reach-done", spots=Spot.DESK, needs=Need.STANDING)(close_choice)
    router.command("khuvuc", "area", spots=Spot.DESK, needs=Need.STANDING)(areas_of_groups)


# --- a draft's groups


def open_choice(context: Context) -> None:
    """`Nơi nhận`; with a number behind it, another page of the groups."""
    show_choice(context, own_draft(context), page_of(context, 1))


def page_of(context: Context, place: int) -> int:
    """Which page of the groups a button is on."""
    typed = context.args[place] if len(context.args) > place else ""
    return int(typed) if typed.isdecimal() and len(typed) < 4 else 0


def show_choice(context: Context, draft: Broadcast, page: int = 0) -> None:
    """What is chosen, and what can be."""
    known = reach(context, draft.manner)
    words = context.say("manner.choose", **known) if known["count"] else context.say("manner.nobody")
    change_card(context, draft, words, choices(context, draft, page))


def choices(context: Context, draft: Broadcast, page: int) -> Rows:
    """Everybody; platforms, where there are several; areas; each group."""
    groups = groups_of(context.work, draft.ward_id)
    every = (marked(context, context.say("manner.all"), draft.manner.to_all, "reach-all", draft.id),)
    kinds = [*platform_buttons(context, draft, groups), *area_buttons(context, draft, groups)]
    shown = groups[page * PAGE : (page + 1) * PAGE]
    single = [
        marked(context, group.name, group.id in draft.manner.groups, "reach-group", draft.id, group.id, page)
        for group in shown
    ]
    following = page + 1 if len(groups) > (page + 1) * PAGE else 0
    more = (context.button("manner.more", "reach", draft.id, following),) if len(groups) > PAGE else ()
    done = context.button("manner.done", "reach-done", draft.id)
    return (every, *paired(kinds), *paired(single), (*more, done))


def platform_buttons(context: Context, draft: Broadcast, groups: list[Group]) -> list[Button]:
    """One for each platform on which groups are; none where it is only one."""
    names = sorted({group.place.platform for group in groups})
    return [
        marked(
            context,
            context.say("manner.platform", name=context.say(f"platform.{name}")),
            name in draft.manner.platforms,
            "reach-platform",
            draft.id,
            name,
        )
        for name in (names if len(names) > 1 else [])
    ]


def area_buttons(context: Context, draft: Broadcast, groups: list[Group]) -> list[Button]:
    """One for each area. Its button names a group in it, since a name may be longer than a button's data.

    A label is no HTML: nothing in it is escaped.
    """
    first = {group.area: group.id for group in reversed(groups) if group.area}
    return [
        marked(
            context,
            context.say("manner.area", name=Html(area)),
            area in draft.manner.areas,
            "reach-area",
            draft.id,
            group,
        )
        for area, group in sorted(first.items())
    ]


def marked(context: Context, label: str, chosen: bool, *data: object) -> Button:
    """A button with a tick where it is chosen."""
    said = context.say("manner.mark", what=Html(label)) if chosen else label
    return Button(said, ":".join(str(part) for part in data))


def paired(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """Two in a row."""
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def choose_all(context: Context) -> None:
    """`Tất cả nhóm`."""
    draft = own_draft(context)
    choose(context, draft, replace(draft.manner, areas=(), platforms=(), groups=()))


def toggle_platform(context: Context) -> None:
    """All groups of one platform."""
    draft, name = own_draft(context), context.args[1] if len(context.args) > 1 else ""
    if name not in context.around.platforms:
        raise Refused("stale")
    choose(context, draft, replace(draft.manner, platforms=toggled(draft.manner.platforms, name)))


def toggle_area(context: Context) -> None:
    """All groups of one area."""
    draft = own_draft(context)
    area = chosen_group(context).area
    if area is None:
        raise Refused("stale")
    choose(context, draft, replace(draft.manner, areas=toggled(draft.manner.areas, area)))


def toggle_group(context: Context) -> None:
    """One group."""
    draft, group = own_draft(context), chosen_group(context)
    manner = replace(draft.manner, groups=toggled(draft.manner.groups, group.id))
    choose(context, draft, manner, page_of(context, 2))


def chosen_group(context: Context) -> Group:
    """The group that a button names, of this ward."""
    typed = context.args[1] if len(context.args) > 1 else ""
    found = [group for group in groups_of(context.work, context.ward.id) if str(group.id) == typed]
    if not found:
        raise Refused("stale")
    return found[0]


def toggled(chosen: tuple[K, ...], one: K) -> tuple[K, ...]:
    """With it, or without."""
    return tuple(other for other in chosen if other != one) if one in chosen else (*chosen, one)


def choose(context: Context, draft: Broadcast, manner: Manner, page: int = 0) -> None:
    """Keep what was chosen and show it."""
    show_choice(context, editions.set_manner(context.work, draft, manner), page)


def close_choice(context: Context) -> None:
    """`Xong`."""
    show_draft(context, own_draft(context))


# --- areas


def areas_of_groups(context: Context) -> None:
    """`/khuvuc` lists; `/khuvuc NAME` in a group's topic, or `/khuvuc NAME: Tổ 5, Tổ 7`, puts groups into an area."""
    wards.check_officer(context.work, context.ward, context.speaker, context.facts.standing)
    if not context.words:
        list_areas(context)
        return
    name, colon, listed_names = context.words.partition(":")
    groups = named_groups(context, listed_names) if colon else here(context)
    area = None if fold(name).strip() in NO_AREA else " ".join(name.split())
    areas.set_area(context.work, context.ward, context.speaker, [group.id for group in groups], area)
    names = Html(listed(context, [group.name for group in groups]))
    key = "area.set" if area else "area.cleared"
    context.reply(key, names=names, area=area or "", by=context.speaker.name)


def here(context: Context) -> list[Group]:
    """The group in whose topic this is."""
    group = group_here(context)
    if group is None:
        raise Refused("area.how")
    return [group]


def named_groups(context: Context, typed: str) -> list[Group]:
    """Groups by their names, with or without diacritics."""
    known = {fold(group.name): group for group in groups_of(context.work, context.ward.id)}
    names = [" ".join(name.split()) for name in typed.split(",") if name.strip()]
    if not names:
        raise Refused("area.how")
    for name in names:
        if fold(name) not in known:
            raise Refused("area.unknown", name=name[:40])
    return [known[fold(name)] for name in names]


def list_areas(context: Context) -> None:
    """Which groups are where."""
    how, placed = Html(context.say("area.how")), areas.by_area(groups_of(context.work, context.ward.id))
    if not any(placed):
        context.reply("area.none", how=how)
        return
    lines = [
        context.say("area.line", area=area or context.say("area.without"), names=Html(listed(context, names)))
        for area, names in placed.items()
    ]
    context.reply("area.list", lines=Html("\n".join(lines)), how=how)
