"""`/caidat` at the desk: what this ward has set for itself, and another value for one of the rules."""

from bot.context import Context, Need
from bot.routing import Router
from bot.services import clocks, digests, lessons, ward_rules
from bot.services.wards import check_chief
from bot.texts import Html
from data.places import Spot
from data.rules import Rule, rule_value
from handlers import covering
from handlers.desk_words import desk_says


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("caidat", "settings", spots=Spot.DESK, needs=Need.FRESH_STANDING)(settings)


def settings(context: Context) -> None:
    """`/caidat` shows the rules; `/caidat NAME VALUE` changes one. Chiefs only."""
    check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    name, _, value = context.words.partition(" ")
    if not name:
        show_rules(context)
        return
    rules = context.around.content.rules
    found = ward_rules.find_rule(rules, name)
    if value.strip():
        change_rule(context, found, value)
    else:
        context.reply("settings.one", line=line(context, list(rules).index(found) + 1, found), name=found)


def change_rule(context: Context, name: str, typed: str) -> None:
    """Another value from now on, for what is open already as well."""
    work, rules, ward = context.work, context.around.content.rules, context.ward
    before = kept_value(context, name)
    value = ward_rules.change(work, ward, context.speaker, rules, name, typed)
    clocks.plan_all(work, rules, ward.id)
    digests.plan(work, rules, ward.id, context.around.settings.zone)
    if name in lessons.WHEN:
        lessons.replan(work, rules, ward, context.speaker)
    words = value_words(context, rules[name], value)
    said = [context.say("settings.changed", title=rules[name].title, value=words, by=context.speaker.name)]
    if rules[name].unit == "shows" and value == "summary" and before != value:
        said.append(covering.begin(context))
    context.answer(context.spoken("\n".join(filter(None, said))))


def show_rules(context: Context) -> None:
    """Every rule with its number, name and value."""
    lines = [line(context, number, name) for number, name in enumerate(context.around.content.rules, 1)]
    context.reply("settings.list", lines=Html("\n".join(lines)))


def line(context: Context, number: int, name: str) -> Html:
    """One rule."""
    rule = context.around.content.rules[name]
    value = value_words(context, rule, kept_value(context, name))
    return Html(desk_says(context, "settings.line", number=number, title=rule.title, value=value, name=name))


def kept_value(context: Context, name: str) -> str:
    """What the ward has set, or the default."""
    rules, ward = context.around.content.rules, context.ward
    return ward.desk_shows if rules[name].unit == "shows" else rule_value(context.work, rules, ward.id, name)


def value_words(context: Context, rule: Rule, value: str) -> str:
    """A value with its unit."""
    if rule.unit == "words":
        return ", ".join(kind_titles(context, value)) or desk_says(context, "settings.none")
    if rule.unit == "weekday":
        return desk_says(context, f"schedule.weekday.{int(float(value)) - lessons.MONDAY}")
    if rule.unit == "shows":
        return desk_says(context, f"settings.shows.{value}")
    return desk_says(context, f"settings.unit.{rule.unit}", value=ward_rules.shown(rule, float(value)))


def kind_titles(context: Context, value: str) -> list[str]:
    """The kinds of tips that a value names."""
    titles = {kind.ma: kind.ten for kind in context.around.content.categories}
    return [f"{titles.get(word, word)} ({word})" for word in value.split()]
