"""Words and buttons for a desk, whoever caused them; and other people's words as quotations."""

from bot.context import COMMAND, Context
from bot.domain.markup import escape
from bot.domain.vietnamese import fold
from bot.messages import Button
from bot.texts import Html

GIVE_UP = ("huy", "thoi", "cancel")


def desk_says(context: Context, key: str, **values: object) -> str:
    """A sentence for a desk, whatever language the person speaks who caused it."""
    return context.around.texts.say("vi", key, **values)


def desk_button(context: Context, key: str, *data: object) -> Button:
    """A button for a desk."""
    return Button(desk_says(context, key), ":".join(str(part) for part in data))


def quoted(text: str, longest: int = 700) -> Html:
    """Somebody's words as a quotation, cut where they are long."""
    return Html(escape(text if len(text) <= longest else text[:longest] + "…"))


def gives_up(text: str) -> bool:
    """Whether somebody answers a question by leaving it."""
    return fold(text).strip(" /.!") in GIVE_UP


def without_command(text: str) -> str:
    """What somebody wrote, without a command before it."""
    return COMMAND.sub("", text, count=1).strip()
