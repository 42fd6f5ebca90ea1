"""The rows of the table: what is run, what is reached, and whether that meets the aim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.telling import TOGETHER
from tests.domain.scam_set import HELD

Figures = dict[str, Any]
Found = dict[str, list[Figures]]  # by bot: what each run found


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure and whether it is good enough; `met` is None for a figure that is only shown."""

    name: str
    value: Any
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`runs`: (bot, scenario's arguments), one after another; `judge` reads what they found.

    `rounds`: how often all of them are repeated in turn. `aside`: spends its time waiting, so that another such row
    may run beside it.
    """

    name: str
    what: str
    reach: str
    scenario: str
    runs: Sequence[tuple[str, Figures]]
    judge: Callable[[Found], list[Aim]]
    rounds: int = 1
    aside: bool = False


def middle(found: Found, bot: str, name: str) -> float:
    """The median of a figure over the rounds."""
    return round(float(median(run[name] for run in found[bot])), 2)


def worst(found: Found, bot: str, name: str) -> float:
    """The highest of a figure over the rounds."""
    return max(float(run[name]) for run in found[bot])


def judge_relay(found: Found) -> list[Aim]:
    """Updates a second, and nothing lost, repeated or out of order."""
    mine, bare = middle(found, "product", "per_second"), middle(found, "ptb", "per_second")
    whole = all(not run["lost"] and not run["out_of_order"] and not run["repeated"] for run in found["product"])
    return [
        Aim("product, updates/s", mine),
        Aim("times bare python-telegram-bot", round(mine / bare, 2), mine >= 2 * bare),
        Aim("complete and in order", whole, whole),
        *(Aim(f"{PEERS[bot]}, updates/s", middle(found, bot, "per_second")) for bot in found if bot != "product"),
        *(Aim(f"{PEERS[bot]}, out of order", worst(found, bot, "out_of_order")) for bot in ("ptb16", "ptb256")),
    ]


def judge_latency(found: Found) -> list[Aim]:
    """p50 and p99 in milliseconds."""
    p50, p99 = middle(found, "product", "p50_ms"), middle(found, "product", "p99_ms")
    bare = middle(found, "ptb", "p50_ms")
    peers = [
        Aim(f"{PEERS[bot]}, p50 / p99 ms", f"{middle(found, bot, 'p50_ms')} / {middle(found, bot, 'p99_ms')}")
        for bot in found
        if bot != "product"
    ]
    return [
        Aim("product, p50 ms", p50, p50 <= 5),
        Aim("product, p99 ms", p99, p99 <= 25),
        Aim("p50, times bare python-telegram-bot", round(p50 / bare, 2), p50 <= 2.5 * bare),
        *peers,
    ]


def judge_broadcast(found: Found) -> list[Aim]:
    """How near the ideal, and how long people waited meanwhile."""
    mine = found["product"][0]
    peers = [
        Aim(f"{PEERS[bot]}, {label}", found[bot][0][name])
        for bot in ("as_it_comes", "tuned")
        for name, label in (
            ("of_ideal", "of the ideal"),
            ("refused", "429s"),
            ("lost", "lost"),
            ("answer_p95_ms", "answers p95 ms over the round trip"),
        )
    ]
    return [
        Aim("product, of the ideal", mine["of_ideal"], mine["of_ideal"] <= 1.05),
        Aim("429s", mine["refused"], mine["refused"] == 0),
        Aim("lost", mine["lost"], mine["lost"] == 0),
        Aim("answers p95 ms over the round trip", mine["answer_p95_ms"], mine["answer_p95_ms"] <= 50),
        *peers,
    ]


def judge_desk(found: Found) -> list[Aim]:
    """Urgent cards pass, the rest is merged."""
    mine = found["product"][0]
    return [
        Aim("slowest urgent card, s", mine["urgent_max_s"], mine["urgent_max_s"] <= 3),
        Aim("lost", mine["lost"], mine["lost"] == 0),
        Aim("backlog shown", mine["backlog_shown"], mine["backlog_shown"]),
        Aim("backlog gone after, s", mine["drained_s"]),
        Aim("429s", mine["refused"]),
    ]


def judge_closed(found: Found) -> list[Aim]:
    """A closed bot."""
    mine = found["product"][0]
    peers = [
        Aim(f"{PEERS[bot]}, lost / 429s", f"{runs[0]['lost']} / {runs[0]['refused']}")
        for bot, runs in found.items()
        if bot != "product"
    ]
    return [
        Aim("lost", mine["lost"], mine["lost"] == 0),
        Aim("429s", mine["refused"], mine["refused"] <= 2),
        Aim("total, s", mine["total_s"]),
        *peers,
    ]


def judge_minute(found: Found) -> list[Aim]:
    """Groups whose minute binds."""
    mine = found["product"][0]
    return [
        Aim("of the ideal", mine["of_ideal"], mine["of_ideal"] <= 1.05),
        Aim("lost", mine["lost"], mine["lost"] == 0),
        Aim("out of order", mine["out_of_order"], mine["out_of_order"] == 0),
        Aim("another group, slowest ms over the round trip", mine["other_max_ms"], mine["other_max_ms"] <= 200),
        Aim("429s", mine["refused"], mine["refused"] == 0),
    ]


def judge_queue(found: Found) -> list[Aim]:
    """Pages and searches at a hundred thousand tips, and how they grew from a thousand."""
    small, large = found["product"][0], found["product"][1]
    aims = [Aim("tips", large["count"])]
    for name, most in (("page", 30), ("kind", 30), ("search", 60)):
        p95 = large[f"{name}_95_ms"]
        grown = round(large[f"{name}_50_ms"] / small[f"{name}_50_ms"], 2)
        aims += [
            Aim(f"{name}, p50 / p95 ms", f"{large[f'{name}_50_ms']} / {p95}", p95 <= most),
            Aim(f"{name}, p50, times that at {small['count']:,}", grown, grown <= 2),
        ]
    for huge in found["product"][2:]:
        told = ", ".join(f"{name} {huge[f'{name}_95_ms']}" for name in ("page", "kind", "search"))
        aims.append(Aim(f"at {huge['count']:,}, p95 ms", told))
    return aims


def judge_storm(found: Found) -> list[Aim]:
    """A thousand reports of one thing."""
    mine = found["product"][0]
    return [
        Aim("answered", mine["answered"], mine["answered"] == mine["people"]),
        Aim("the last one, s after the last report", mine["after_last_s"], mine["after_last_s"] <= 60),
        Aim("slowest receipt, s", mine["slowest_s"]),
        Aim("cards at the desk", mine["cards"], mine["cards"] == 1),
        Aim("counted on it", mine["counted"], mine["counted"] == mine["people"]),
        Aim("that count, s after the last receipt", mine["counted_after_s"]),
        Aim("429s", mine["refused"], mine["refused"] == 0),
    ]


def judge_scams(found: Found) -> list[Aim]:
    """The held-back messages together decide; each part of them, and what it learned from, are shown beside."""
    by_part = {run["part"]: run for run in found["product"]}
    aims = [Aim("one message, ms", by_part["held"]["ms"])]
    for part in (one for one in (TOGETHER, *HELD) if one in by_part):
        precision, recall = by_part[part]["precision"], by_part[part]["recall"]
        aims += [
            Aim(f"{part}: precision", precision, precision >= 0.95),
            Aim(f"{part}: recall", recall, recall >= 0.95),
        ]
    learned = by_part.get("tuning")
    return [*aims, *([Aim("learned from: recall", learned["recall"])] if learned else [])]


def judge_alert(found: Found) -> list[Aim]:
    """An emergency alert."""
    first = middle(found, "product", "first_ms")
    return [
        Aim("approval to first delivery, ms", first, first <= 100),
        Aim("slowest, ms", worst(found, "product", "first_ms")),
        Aim("429s", worst(found, "product", "refused")),
    ]


def judge_startup(found: Found) -> list[Aim]:
    """From nothing to listening."""
    new = middle(found, "product", "new_s")
    return [
        Aim("new folder, s", new, new <= 1.5),
        Aim("again, s", middle(found, "product", "again_s")),
    ]


PEERS = {
    "ptb": "python-telegram-bot as it comes",
    "ptb16": "python-telegram-bot, 16 at once",
    "ptb256": "python-telegram-bot, 256 at once",
    "aiogram": "aiogram",
    "as_it_comes": "AIORateLimiter as it comes",
    "tuned": "AIORateLimiter tuned",
}
