"""Which rows there are, whole or as a smoke run, and how they are printed."""

from dataclasses import replace
from typing import Any

from tests.bench.rows import (
    Aim,
    Row,
    judge_alert,
    judge_broadcast,
    judge_closed,
    judge_desk,
    judge_latency,
    judge_minute,
    judge_queue,
    judge_relay,
    judge_scams,
    judge_startup,
    judge_storm,
)
from tests.bench.telling import TOGETHER
from tests.domain.scam_set import HELD

MOST_MEGABYTES = 120.0
ROWS = (
    Row(
        "relay",
        "durable relay, group to desk, limits off",
        "2x bare PTB",
        "relay",
        (
            ("product", {"count": 3000}),
            ("ptb", {"count": 3000}),
            ("aiogram", {"count": 3000}),
            ("ptb16", {"count": 1500}),
            ("ptb256", {"count": 1000}),
        ),
        judge_relay,
        rounds=3,
    ),
    Row(
        "latency",
        "latency at 100 messages/s",
        "p50 5 ms, p99 25 ms, p50 2.5x bare PTB",
        "latency",
        tuple((bot, {"seconds": 5.0}) for bot in ("product", "ptb", "aiogram")),
        judge_latency,
        rounds=3,
    ),
    Row("startup", "start to first getUpdates", "1.5 s", "startup", (("product", {}),), judge_startup, rounds=3),
    Row(
        "broadcast",
        "broadcast to 300 groups, 80 ms + 0..20 ms, 2 questions/s",
        "1.05 of the ideal, no 429, answers p95 +50 ms",
        "broadcast",
        tuple((bot, {"groups": 300}) for bot in ("product", "as_it_comes", "tuned")),
        judge_broadcast,
    ),
    Row(
        "closed",
        "the same, closed by 429 for 5 s",
        "nothing lost, two 429s",
        "broadcast",
        tuple((bot, {"groups": 300, "closed": 5.0}) for bot in ("product", "as_it_comes")),
        judge_closed,
    ),
    Row(
        "alert",
        "emergency alert during a broadcast to 1,000 groups",
        "first delivery in 100 ms",
        "alert",
        (("product", {"groups": 1000}),),
        judge_alert,
        rounds=3,
    ),
    Row(
        "desk",
        "27 groups, 5 messages/s to one desk",
        "urgent card in 3 s, nothing lost, backlog shown",
        "desk",
        (("product", {"seconds": 32.0}),),
        judge_desk,
        aside=True,
    ),
    Row(
        "minute",
        "10 groups x 25 messages, 20 a minute binds",
        "1.05 of the ideal, in order, others unaffected",
        "minute",
        (("product", {}),),
        judge_minute,
        aside=True,
    ),
    Row(
        "queue",
        "a page, a filter and a search of the queue",
        "p95 30 ms for a page, 60 ms for a search, at most twice that at 1,000",
        "shelve",
        tuple(("product", {"count": count}) for count in (1_000, 100_000, 1_000_000)),
        judge_queue,
    ),
    Row(
        "storm",
        "1,000 reports of one fire in 5 min, 80 ms + 0..20 ms",
        "all answered within 60 s of the last, one incident",
        "storm",
        (("product", {}),),
        judge_storm,
        aside=True,
    ),
    Row(
        "scams",
        "scam check on labelled messages",
        "precision 0.95, recall 0.95",
        "tell",
        tuple(("product", {"part": part}) for part in (TOGETHER, *HELD, "tuning")),
        judge_scams,
    ),
)
SMOKE: dict[str, dict[str, Any]] = {
    "relay": {"count": 200},
    "latency": {"seconds": 1.0},
    "startup": {},
    "broadcast": {"groups": 30},
    "closed": {"groups": 30, "closed": 1.0},
    "alert": {"groups": 150},
    "desk": {"seconds": 9.0, "groups": 4, "rate": 2.0},
    "minute": {"groups": 2, "count": 3, "others": 1},
    "queue": {"count": 300},
    "storm": {"people": 12, "seconds": 4.0},
    "scams": {"part": "held"},
}


def smoke(row: Row) -> Row:
    """The same row, once and small: only to see that everything works."""
    return replace(row, rounds=1, runs=tuple((bot, SMOKE[row.name]) for bot, _ in row.runs))


def memory_aims(peaks: dict[str, float]) -> list[Aim]:
    """The highest resident megabytes of the product in each row."""
    highest = max(peaks.values(), default=0.0)
    return [Aim("highest, MB", highest, highest <= MOST_MEGABYTES), *(Aim(name, peak) for name, peak in peaks.items())]


def lines_of(what: str, reach: str, aims: list[Aim]) -> list[str]:
    """A row as lines of a Markdown table."""
    lines = []
    for number, aim in enumerate(aims):
        met = "" if aim.met is None else "yes" if aim.met else "**no**"
        head = (what, reach) if number == 0 else ("", "")
        lines.append(f"| {head[0]} | {head[1]} | {aim.name} | {aim.value} | {met} |")
    return lines


HEAD = ["| what | reach | figure | value | met |", "|---|---|---|---|---|"]
