"""`python -m tests.bench [ROW ...] [--quick]`: measures, prints the table, writes bench.json."""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.config import ROOT
from tests.bench.rows import Aim, Figures, Found, Row
from tests.bench.table import HEAD, ROWS, lines_of, memory_aims, smoke

AT_ONCE = 4  # rows of a smoke run, whose timings say nothing
FAILED = Aim("failed: see above", "", met=False)
LONGEST = 600.0  # s, for one measurement


def main() -> None:
    """Run the rows that were asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    names = [row.name for row in ROWS]
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="once and small: does everything work?")
    parser.add_argument("--out", type=Path, default=ROOT / "bench.json")
    asked = parser.parse_args()
    if unknown := set(asked.rows) - set(names):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    rows = [row for row in ROWS if not asked.rows or row.name in asked.rows]
    began = time.monotonic()
    report = measure([smoke(row) for row in rows], AT_ONCE) if asked.quick else measure(rows)
    report |= {"quick": asked.quick, "seconds": round(time.monotonic() - began)}
    asked.out.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write("\n".join(table(report)) + "\n")


def measure(rows: list[Row], at_once: int = 1) -> dict[str, Any]:
    """Everything that was found, with the machine it was found on."""
    with ThreadPoolExecutor(at_once) as lone:
        busy = [row for row in rows if not row.aside]
        found = dict(zip((row.name for row in busy), lone.map(run_row, busy), strict=True))
    with ThreadPoolExecutor() as beside:
        waiting = [row for row in rows if row.aside]
        found |= dict(zip((row.name for row in waiting), beside.map(run_row, waiting), strict=True))
    aims = {row.name: row.judge(found[row.name]) if found[row.name] else [FAILED] for row in rows}
    bots = {name: runs["product"] for name, runs in found.items() if runs and "peak" in runs["product"][0]}
    peaks = {name: max(run["peak"] for run in runs) for name, runs in bots.items()}
    texts = {row.name: {"what": row.what, "reach": row.reach} for row in rows}
    texts["memory"] = {"what": "memory under these loads", "reach": "120 MB"}
    aims["memory"] = memory_aims(peaks)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "rows": {
            name: {**texts[name], "aims": [asdict(aim) for aim in aims[name]], "runs": found.get(name, {})}
            for name in texts
        },
    }


def run_row(row: Row) -> Found:
    """Every run of a row, in turn, so that a busy minute of the machine meets all of them; nothing if one failed."""
    found: Found = {}
    for bot, arguments in list(row.runs) * row.rounds:
        sys.stderr.write(f"{row.name}: {bot}\n")
        try:
            found.setdefault(bot, []).append(run_once(row, bot, arguments))
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            sys.stderr.write(f"{error}\n")
            return {}
    return found


def run_once(row: Row, bot: str, arguments: Figures) -> Figures:
    """One measurement, in a process of its own."""
    wish = json.dumps({"scenario": row.scenario, "bot": bot, **arguments})
    command = [sys.executable, "-m", "tests.bench.world", wish]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise RuntimeError(f"{row.name} of {bot} failed:\n{done.stderr[-3000:]}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def machine() -> dict[str, Any]:
    """Where it ran."""
    return {
        "cores": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def table(report: dict[str, Any]) -> list[str]:
    """The report as a Markdown table."""
    lines = list(HEAD)
    for row in report["rows"].values():
        lines += lines_of(row["what"], row["reach"], [Aim(**aim) for aim in row["aims"]])
    return lines


if __name__ == "__main__":
    main()
