"""A bulletin's card at the desk: where it stands, each section, whom it reached, what may be done with it now."""

from collections.abc import Sequence

from bot.context import Context
from bot.domain.brevity import shortened
from bot.domain.bulletins import Section
from bot.services import bulletins
from bot.services.bulletins import CHANNELS, Stage
from data.bulletins import Bulletin, change_bulletin, counts_of
from data.reach import Reach
from handlers.broadcast_words import Rows, edit
from handlers.bulletin_words import month_of, name_of, personal_words, words_of
from handlers.desk_words import desk_says

GROUPS_SHOWN = 20
SHOWN, SHOWN_SENT = 280, 100  # letters of a section on the card; of one that has left there is more to tell


def at_desk(context: Context) -> Bulletin:
    """The bulletin of a button or a reply, for this desk's officers."""
    return bulletins.bulletin_at(context.work, context.ward, context.number, context.speaker, context.facts.standing)


def show_card(context: Context, bulletin: Bulletin) -> None:
    """A new card; it is the one that is kept up to date from now on."""
    message = context.spoken(card_html(context, bulletin), *card_buttons(context, bulletin))
    change_bulletin(context.work, bulletin, card_row=context.answer(message))


def refresh(context: Context, bulletin: Bulletin) -> None:
    """Bring its card up to date."""
    if bulletin.card_row is not None:
        edit(context, bulletin.card_row, card_html(context, bulletin), card_buttons(context, bulletin))


def card_html(context: Context, bulletin: Bulletin) -> str:
    """What staff see: where it stands, each section, and whom it reached."""
    stage = bulletins.stage_of(context.work, bulletin)
    key = {Stage.OPEN: "draft", Stage.WAITING: "waiting", Stage.ISSUED: "issued"}[stage]
    name, month = name_of(context, bulletin), month_of(context, bulletin)
    room = SHOWN_SENT if stage is Stage.ISSUED else SHOWN
    lines = [
        desk_says(context, "bulletin.line", number=n, title=one.title, text=shortened(words_of(context, one), room))
        + warning(context, one)
        for n, one in enumerate(bulletin.sections, 1)
    ]
    reach = [reach_html(context, bulletin)] if stage is Stage.ISSUED else []
    return "\n\n".join([desk_says(context, f"bulletin.{key}", name=name, month=month), *lines, *reach])


def warning(context: Context, section: Section) -> str:
    """What officers wrote that names somebody, or leads to them: whoever approves should see it."""
    found = personal_words(context, section)
    return "\n" + desk_says(context, "bulletin.warning", what=found) if found else ""


def reach_html(context: Context, bulletin: Bulletin) -> str:
    """Groups together, by platform and one by one; other channels as officers noted them."""
    reached, targets = bulletins.reach_of(context.work, bulletin)
    noted = counts_of(context.work, bulletin)
    lines = [desk_says(context, "bulletin.reached", reached=reached, targets=targets)]
    if bulletin.members:
        lines.append(desk_says(context, "bulletin.members", count=grouped(bulletin.members)))
    lines += group_lines(context, bulletins.groups_reached(context.work, bulletin))
    for channel in CHANNELS:
        if channel in noted:
            name, count = desk_says(context, f"bulletin.channel_{channel}"), grouped(noted[channel])
            lines.append(desk_says(context, "bulletin.counted", channel=name, count=count))
    return "\n".join(lines)


def group_lines(context: Context, groups: Sequence[Reach]) -> list[str]:
    """By platform where there are several, then each group."""
    platforms = list(dict.fromkeys(one.platform for one in groups if one.platform))
    by_platform = [(name, [one for one in groups if one.platform == name]) for name in platforms]
    lines = [
        desk_says(
            context,
            "bulletin.by_platform",
            platform=desk_says(context, f"platform.{name}"),
            reached=sum(one.arrived for one in mine),
            targets=len(mine),
        )
        for name, mine in (by_platform if len(platforms) > 1 else ())
    ]
    lines += [group_line(context, one) for one in groups[:GROUPS_SHOWN]]
    more = len(groups) - GROUPS_SHOWN
    return [*lines, desk_says(context, "bulletin.more_groups", count=more)] if more > 0 else lines


def group_line(context: Context, group: Reach) -> str:
    """One group: whether it came, and to how many."""
    if not group.arrived:
        return desk_says(context, "bulletin.group_missed", group=group.name)
    if group.members is None:
        return desk_says(context, "bulletin.group_reached", group=group.name)
    return desk_says(context, "bulletin.group_counted", group=group.name, count=grouped(group.members))


def grouped(count: int) -> str:
    """78.742, as it is written in Vietnam."""
    return f"{count:,}".replace(",", ".")


def card_buttons(context: Context, bulletin: Bulletin) -> Rows:
    """What may be done with it now."""
    stage, number = bulletins.stage_of(context.work, bulletin), bulletin.id
    prints = context.button("bulletin.print", "bulletin-print", number)
    others = context.button("bulletin.archive", "bulletin-list")
    if stage is Stage.OPEN:
        adds = context.button("bulletin.add", "bulletin-edit", number, 0)
        sends = context.button("bulletin.send", "bulletin-send", number)
        drops = context.button("bulletin.discard", "bulletin-discard", number)
        counts_anew = context.button("bulletin.recount", "bulletin-recount", number)
        return (*section_buttons(context, bulletin), (adds, counts_anew), (drops, others), (prints, sends))
    if stage is Stage.WAITING:
        return ((prints, others),)
    counts = tuple(context.button(f"bulletin.count_{one}", "bulletin-count", number, one) for one in CHANNELS)
    return (counts[:1], counts[1:], (prints, others))


def section_buttons(context: Context, bulletin: Bulletin) -> Rows:
    """`Sửa mục 1`, `Bỏ mục 1` for each."""
    return tuple(
        (
            context.button("bulletin.edit", "bulletin-edit", bulletin.id, one.id, number=n),
            context.button("bulletin.drop", "bulletin-drop", bulletin.id, one.id, number=n),
        )
        for n, one in enumerate(bulletin.sections, 1)
    )
