"""Lists at the desk that are turned in place: a press changes the list that was pressed, and no other message."""

from dataclasses import replace

from bot.context import Context
from bot.errors import Refused
from bot.messages import Action, Button, Outgoing
from data.sent import subject_of_message

LIST = "list:0"


def say_list(context: Context, message: Outgoing) -> None:
    """Say a list in this chat."""
    row = context.work.post(message, context.place, about=LIST)
    context.offer(message, row)


def edit_list(context: Context, message: Outgoing) -> None:
    """The pressed list anew. Raises Refused where the button was not one of a list."""
    if subject_of_message(context.work, context.event.chat, context.event.message_id) != LIST:
        raise Refused("stale")
    context.do(replace(message, action=Action.EDIT, message_id=context.event.message_id, reply_to=""))


def in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    """So many buttons side by side."""
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
