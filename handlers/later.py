"""Commands whose time has not come: each says so, and none stands in a help text."""

from bot.context import Context
from bot.routing import Router
from data.places import Spot

LATER = ("thongke", "stats", "console")


def register(router: Router) -> None:
    """Add these commands to a router."""
    router.command(*LATER, spots=Spot.DESK)(not_yet)


def not_yet(context: Context) -> None:
    """Not there yet."""
    context.reply("not_yet")
