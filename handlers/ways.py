"""From a group to the private chat: by a link, or by the group's code typed once where there are no links."""

import re

from bot.context import Context
from bot.messages import Button
from bot.services import wards
from data.people import remember_person
from data.places import Group, group_by_code, ward_by_id

GROUP_CODE = re.compile(r"\d{5}", re.ASCII)


def say_with_way(context: Context, key: str, **values: object) -> None:
    """Say something in a group, and how to go on in private."""
    group = context.here.group
    html = context.say(key, **values) + private_words(context, group)
    context.answer(context.spoken(html, *private_button(context, group)))


def private_button(context: Context, group: Group | None) -> tuple[tuple[Button, ...], ...]:
    """A way from a group to the private chat."""
    url = context.platform.private_link(f"g{group.id}" if group else "start")
    return ((Button(context.say("group.private"), url=url),),) if url else ()


def private_words(context: Context, group: Group | None) -> str:
    """The same where no link leads there: whom to write to, and what to type once."""
    if group is None or context.platform.private_link("start"):
        return ""
    name = context.platform.mention.removeprefix("@")
    return "\n" + context.say("group.how_private", bot=name, code=wards.code_of(context.work, group))


def typed_group(context: Context) -> Group | None:
    """The group whose code somebody typed, where no link brought them here."""
    typed = context.event.text.strip()
    return group_by_code(context.work, typed) if GROUP_CODE.fullmatch(typed) else None


def welcome_neighbour(context: Context, group: Group) -> None:
    """The ward of this group is where tips go from now on."""
    ward = ward_by_id(context.work, group.ward_id)
    remember_person(context.work, context.speaker, ward_id=ward.id, group_id=group.id)
    context.reply("start.welcome_ward", ward=ward.name)
