"""Commands whose time has not come: each says so, and none stands in a help text."""

from bot.context import Context
from bot.routing import Router
from data.places import Spot

TALK = Spot.PRIVATE | Spot.GROUP
LATER: dict[Spot, tuple[str, ...]] = {
    TALK: (*("kiemtra", "check", "xacminh", "verify", "canhbao", "alerts", "bantin", "bulletin"),),
    Spot.DESK: ("thongke", "stats", "console"),
}


def register(router: Router) -> None:
    """Add these commands to a router."""
    for spots, names in LATER.items():
        router.command(*names, spots=spots)(not_yet)


def not_yet(context: Context) -> None:
    """Not there yet."""
    context.reply("not_yet")
