"""Where a ward departs from the defaults of `data/content/rules.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from data import tables as t
from data.unit_of_work import Work

SECONDS = {"minutes": 60.0, "hours": 3600.0, "days": 86400.0}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a ward may set: its default, its unit, its bounds, what it is called and where it comes from."""

    value: float | str
    unit: str
    title: str
    source: str
    least: float = 0.0
    most: float = 0.0


Rules = Mapping[str, Rule]


def rule_value(work: Work, rules: Rules, ward_id: int, name: str) -> str:
    """What a ward has set, or the default, as text."""
    table = t.ward_rules
    row = work.one(select(table.c.value).where(table.c.ward_id == ward_id, table.c.name == name))
    return str(row.value if row else rules[name].value)


def number_of(work: Work, rules: Rules, ward_id: int, name: str) -> float:
    """A rule that is a number; one that is a span of time in seconds."""
    return float(rule_value(work, rules, ward_id, name)) * SECONDS.get(rules[name].unit, 1.0)


def numbers_of(work: Work, rules: Rules, ward_id: int, *names: str) -> dict[str, float]:
    """Several of them, read at once."""
    table = t.ward_rules
    rows = work.all(select(table.c.name, table.c.value).where(table.c.ward_id == ward_id, table.c.name.in_(names)))
    own = {row.name: row.value for row in rows}
    return {name: float(own.get(name, rules[name].value)) * SECONDS.get(rules[name].unit, 1.0) for name in names}


def words_of(work: Work, rules: Rules, ward_id: int, name: str) -> tuple[str, ...]:
    """A rule that is a list of words."""
    return tuple(rule_value(work, rules, ward_id, name).split())


def set_rule(work: Work, ward_id: int, name: str, value: str) -> None:
    """From now on this ward has it so."""
    table = t.ward_rules
    work.run(delete(table).where(table.c.ward_id == ward_id, table.c.name == name))
    work.run(insert(table).values(ward_id=ward_id, name=name, value=value))
