"""What a ward may set for itself, within the bounds of each rule. Only its chiefs do."""

import re

from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Person
from data.audit import audit
from data.places import Ward, show_at_desk
from data.rules import Rule, Rules, set_rule
from data.unit_of_work import Work

NUMBER = re.compile(r"^\d{1,6}(?:[.,]\d{1,3})?$")
UNITS = {
    "minutes": ("", "phut", "p", "min", "minutes"),
    "hours": ("", "gio", "h", "hours"),
    "days": ("", "ngay", "days"),
    "hour": ("", "gio", "h"),
    "count": ("", "tin"),
    "share": ("", "%"),
}
"""What may stand after a number, folded."""
SHOWS = {"full": "full", "day du": "full", "summary": "summary", "tom tat": "summary"}
WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "chu nhat": 8, "cn": 8}
WEEKDAYS |= {str(day): day for day in WEEKDAYS.values()}


def find_rule(rules: Rules, typed: str) -> str:
    """The name of a rule: as it is listed, or its number in the list. Raises Refused."""
    wanted = fold(typed)
    if wanted in rules:
        return wanted
    names = list(rules)
    if wanted.isdecimal() and len(wanted) < 3 and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise Refused("settings.unknown", name=typed[:40])


def change(work: Work, ward: Ward, by: Person, rules: Rules, name: str, typed: str) -> str:
    """Set a rule and write down who did; the value as it is kept. Raises Refused for one out of bounds."""
    value = read_value(rules[name], typed)
    if rules[name].unit == "shows":
        show_at_desk(work, ward.id, value)
    else:
        set_rule(work, ward.id, name, value)
    audit(work, ward.id, by, "rule.set", f"{name}={value}"[:96])
    return value


def read_value(rule: Rule, typed: str) -> str:
    """A typed value as it is kept."""
    if rule.unit == "weekday":
        return read_weekday(typed)
    if rule.unit == "shows":
        return read_shows(typed)
    return read_words(rule, typed) if rule.unit == "words" else read_number(rule, typed)


def read_weekday(typed: str) -> str:
    """A day of the week, 2 to 8, as people here count them: "thứ 7", "bảy", "chủ nhật"."""
    day = WEEKDAYS.get(fold(typed).strip(" .!").removeprefix("thu").strip())
    if day is None:
        raise Refused("settings.no_weekday")
    return str(day)


def read_shows(typed: str) -> str:
    """Whether the desk reads all of a tip or its kind, place and time only."""
    shows = SHOWS.get(fold(typed).strip(" ."))
    if shows is None:
        raise Refused("settings.no_shows")
    return shows


def read_number(rule: Rule, typed: str) -> str:
    """A number within its bounds; a share may be typed in per cent."""
    said = fold(typed).strip()
    digits = re.match(r"[\d.,]*", said)
    number, unit = (digits[0], said[digits.end() :].strip()) if digits else ("", said)
    if not NUMBER.match(number) or unit not in UNITS.get(rule.unit, ("",)):
        raise Refused("settings.no_number")
    value = float(number.replace(",", "."))
    if rule.unit == "share" and (unit == "%" or value > 1):
        value /= 100
    whole = rule.unit in ("hour", "count") and value != int(value)
    if whole or not rule.least <= value <= rule.most:
        raise Refused("settings.out_of_bounds", least=shown(rule, rule.least), most=shown(rule, rule.most))
    return f"{value:g}"


def read_words(rule: Rule, typed: str) -> str:
    """Some of the words of the default: what is never to be among them is not among those. `0` is none."""
    allowed = str(rule.value).split()
    words = [word for word in re.split(r"[\s,;]+", fold(typed)) if word]
    if words == ["0"]:
        return ""
    if not words or not set(words) <= set(allowed):
        raise Refused("settings.no_words", words=", ".join(allowed))
    return " ".join(word for word in allowed if word in words)


def shown(rule: Rule, value: float) -> str:
    """A number of a rule as people read it."""
    return f"{value * 100:g}%" if rule.unit == "share" else f"{value:g}"
