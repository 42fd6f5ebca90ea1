"""Beginning, help, language, and how to stop."""

from bot.context import Context
from bot.messages import Button
from bot.routing import Router
from bot.texts import Html
from data.chiefs import note_private
from data.conversations import choice_of, close_step, find_step, show_menu
from data.people import remember_person
from data.places import Spot, group_by_id
from data.reporters import draft_of
from handlers import archive, course, moderators, reveals
from handlers.draft_end import drop_draft
from handlers.ways import say_with_way, welcome_neighbour

SHARED = Spot.GROUP | Spot.DESK


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("start", spots=Spot.PRIVATE)(start)
    router.command("start", "help", spots=Spot.GROUP)(help_group)
    router.command("trogiup", spots=Spot.GROUP, plain=True)(help_group)
    router.command("start", "trogiup", "help", spots=Spot.DESK)(help_desk)
    router.command("trogiup", "help", spots=Spot.PRIVATE)(help_private)
    router.command("ngonngu", "language", spots=Spot.PRIVATE)(ask_language)
    router.command("ngonngu", "language", "trangthai", "status", spots=SHARED)(only_private)
    router.command("huy", "cancel", spots=Spot.PRIVATE)(cancel)
    router.command("huy", "cancel", spots=SHARED)(nothing_open)
    router.button("language", spots=Spot.PRIVATE)(choose_language)
    router.button("stale", spots=Spot.PRIVATE | Spot.GROUP)(choose_again)


def start(context: Context) -> None:
    """`/start`, plain or by the link of a group: its ward is where tips go from now on."""
    note_private(context.work, context.speaker)
    payload = context.words
    if payload[:1] == "m" and len(payload) > 1:
        moderators.offer(context, payload[1:])
        return
    if payload[:1] == "r" and payload[1:].isdecimal() and len(payload) < 16:
        reveals.show(context, int(payload[1:]))
        return
    if payload[:1] == "b" and payload[1:].isdecimal() and len(payload) < 16:
        archive.open_link(context, int(payload[1:]))
        return
    if payload == "baihoc":
        course.go_on(context)
        return
    if payload == "truc":
        context.reply("duty.private_on")
        return
    number = int(payload[1:]) if payload[:1] in ("g", "h") and payload[1:].isdecimal() and len(payload) < 16 else 0
    group = group_by_id(context.work, number)
    if group is None:
        context.reply("start.welcome")
    elif payload[:1] == "h":
        course.go_on_in(context, group)
    else:
        welcome_neighbour(context, group)


def help_private(context: Context) -> None:
    """What one can do here."""
    context.reply("start.help")


def help_group(context: Context) -> None:
    """What one can do in a group."""
    say_with_way(context, "start.help_group")


def help_desk(context: Context) -> None:
    """What staff can do."""
    context.reply("start.help_desk")


def only_private(context: Context) -> None:
    """What is somebody's own is not said in a group."""
    say_with_way(context, "start.only_private")


def choose_again(context: Context) -> None:
    """A number that may have meant other choices than today's: these are shown once more."""
    choice = choice_of(context.work, context.event.chat, context.speaker, context.event.text, context.heard_at)
    if choice:
        context.reply("choose_again", *((button,) for button in choice.buttons))


# --- language


def ask_language(context: Context) -> None:
    """`/ngonngu`, or `/ngonngu en`."""
    languages = context.around.texts.languages
    if (wanted := context.words.strip().lower()[:2]) in languages:
        settle_language(context, wanted)
        return
    context.reply("language.which", *((Button(name_of(context, code), f"language:{code}"),) for code in languages))


def name_of(context: Context, code: str) -> str:
    """A language in its own words."""
    return context.around.texts.say(code, "language.name")


def choose_language(context: Context) -> None:
    """A language was pressed."""
    if context.args and context.args[0] in context.around.texts.languages:
        settle_language(context, context.args[0])


def settle_language(context: Context, code: str) -> None:
    """Keep it, and say so in it."""
    remember_person(context.work, context.speaker, language=code)
    context.language = code
    context.reply("language.chosen", name=Html(name_of(context, code)))


# --- stopping


def cancel(context: Context) -> None:
    """`/huy`: whatever was being written or asked."""
    draft = draft_of(context.work, context.speaker)
    if draft is not None:
        drop_draft(context, draft)
        return
    asked = find_step(context.work, context.event.chat) is not None
    close_step(context.work, context.event.chat)
    show_menu(context.work, context.event.chat, context.speaker, [])
    context.reply("start.cancelled" if asked else "start.nothing_open")


def nothing_open(context: Context) -> None:
    """In a group nothing is ever being asked."""
    context.reply("start.nothing_open")
