"""The benchmark's smoke run works; its timings decide nothing here."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.config import ROOT
from tests.bench.table import ROWS


@pytest.mark.long
async def test_a_smoke_run_has_every_row_and_loses_nothing(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench", "--quick", "--out", str(out)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    table, _ = await asyncio.wait_for(process.communicate(), 300)
    assert process.returncode == 0
    report = json.loads(out.read_text())
    assert set(report["rows"]) == {row.name for row in ROWS} | {"memory"}
    assert all(row["what"] in table.decode() for row in report["rows"].values())
    runs = {name: row["runs"].get("product", []) for name, row in report["rows"].items()}
    assert all(run.get("lost", 0) == 0 and run.get("out_of_order", 0) == 0 for found in runs.values() for run in found)
    assert runs["relay"][0]["per_second"] > 1
    assert 0 < runs["latency"][0]["p50_ms"] <= runs["latency"][0]["p99_ms"]
    assert 0 < runs["startup"][0]["again_s"] < 60
    assert 0 < runs["alert"][0]["first_ms"] < 10_000
    peaks = [
        run["peak"] for name, found in runs.items() if name not in ("queue", "scams") for run in found
    ]  # no bot there
    assert all(20 < peak < 1000 for peak in peaks)
