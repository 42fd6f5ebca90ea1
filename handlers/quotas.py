"""`/hanmuc`: what is left of a platform's plan; and the desk is warned while there is time."""

from bot.context import Context, Need
from bot.domain.quotas import stopped
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import quotas
from bot.services.quotas import MESSAGES, Count, Plan
from bot.services.wards import check_officer
from data.places import Spot
from data.usage import wards_on


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("hanmuc", "quota", spots=Spot.DESK, needs=Need.STANDING)(show)
    router.clock("quota")(warn)


def show(context: Context) -> None:
    """`/hanmuc`: every platform that has a quota."""
    check_officer(context.work, context.ward, context.speaker, context.facts.standing)
    plans = [plan for name in context.around.platforms if (plan := plan_of(context, name)).allowed]
    if not plans:
        context.reply("quota.none")
        return
    year, month = plans[0].month(context.work.now).split("-")
    lines = [context.say("quota.head", month=f"{int(month)}/{year}")]
    for plan in plans:
        lines += ["", *lines_of(context, plan)]
    context.answer(context.spoken("\n".join(lines)))


def plan_of(context: Context, name: str) -> Plan:
    """What a platform allows."""
    return Plan(name, context.around.platforms[name].quota, context.around.settings.zone)


def lines_of(context: Context, plan: Plan) -> list[str]:
    """One platform: what is used, and what has stopped."""
    counts = [quotas.count(context.work, plan, what) for what in plan.allowed]
    lines = [context.say("quota.platform", platform=named(context, plan))]
    lines += [context.say(f"quota.{count.what}", used=count.used, allowed=count.allowed) for count in counts]
    for count in counts:
        if count.what == MESSAGES:
            lines += [context.say(f"quota.stopped.{most_urgent(count)}"), context.say("quota.renewed")]
    return lines


def most_urgent(count: Count) -> str:
    """Of the kinds of messages that have stopped the most urgent: the others have stopped as well."""
    found = stopped(count.used, count.allowed)
    return found[0].name.lower() if found else "nothing"


def named(context: Context, plan: Plan) -> str:
    """What people call a platform."""
    return context.say(f"platform.{plan.platform}")


def warn(context: Context) -> None:
    """A count has risen: each desk that it concerns hears of each level once a month.

    An answer, not a relay: where the desk itself is on that platform it must still get through.
    """
    name, what = context.args[:2]
    wards = wards_on(context.work, name) if name in context.around.platforms else []
    if not wards:
        return
    plan = plan_of(context, name)
    if found := quotas.news(context.work, plan, what):
        level = found.level.name.lower()
        text = context.say(
            f"quota.warn.{what}_{level}", platform=named(context, plan), used=found.used, allowed=found.allowed
        )
        for ward in wards:
            context.work.post(Outgoing(html=text), ward.place)
