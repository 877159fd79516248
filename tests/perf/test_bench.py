"""The bench on a small book: every measurement still works and says what it should."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from scripts.measuring.results import Result, Samples, percentile, result, table
from tests.architecture.sources import ROOT

EXPECTED = (
    "data: a name (mar)",
    "data: two names in any order (jon smi)",
    "data: four digits of a number",
    "data: a piece of an e-mail address",
    "data: a name with two letters wrong",
    "data: bought or worn (navy 42)",
    "data: a name and what was bought (anna navy 42)",
    "data: client with history and totals",
    "data: first 100 due",
    "start to first frame",
    "start to a usable Today page",
    "memory with Today shown",
    "any key press to painted results",
    "key press above the data layer",
    "scroll jump to painted rows",
    "client's page to painted",
    "import of purchases",
    "memory at most while importing",
    "worth a call: all ranked",
    "worth a call: one client anew",
    "worth a call: a book gone through",
    "worth a call: the page",
    "worth a call: one changed",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a quick bench writes."""
    path = tmp_path_factory.mktemp("bench") / "bench.json"
    done = subprocess.run(
        [sys.executable, "scripts/bench.py", "--quick", "--output", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "lines a second are imported" in done.stdout
    assert "looked through for duplicates" in done.stdout
    assert "right in the first five" in done.stdout
    assert "stays away for 30 days" in done.stdout
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def test_the_report_has_exactly_these_parts(report: list[dict[str, Any]]) -> None:
    names = {
        "name": str, "size": int, "p50": float, "p95": float, "unit": str,
        "yardstick": str, "yardstick_p50": float, "ratio": float, "target": float,
    }  # fmt: skip
    assert [field.name for field in fields(Result)] == list(names)
    for one in report:
        assert {name: type(value) for name, value in one.items()} == names
        assert one["size"] == 2_000
        assert 0 < one["p50"] <= one["p95"]
        assert one["yardstick_p50"] > 0
        assert one["ratio"] == pytest.approx(one["p50"] / one["yardstick_p50"], rel=0.01)


def test_everything_is_measured(report: list[dict[str, Any]]) -> None:
    measured = [one["name"] for one in report]
    assert [name for name in EXPECTED if name not in measured] == []
    assert len(set(measured)) == len(measured)


def test_percentiles_are_samples() -> None:
    samples = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(samples, share) for share in (0.0, 0.5, 0.95, 1.0)] == [1.0, 3.0, 5.0, 5.0]
    assert percentile(list(map(float, range(1, 101))), 0.95) == 95.0


def test_a_result_says_how_many_times_the_yardstick_it_takes(tmp_path: Path) -> None:
    one = result(10, Samples("a jump", "ms", [3.0, 30.0, 4.0], "bare", [2.0, 1.0, 2.0]))
    assert (one.p50, one.p95, one.yardstick_p50, one.ratio) == (4.0, 30.0, 2.0, 2.0)
    assert "a jump" in table([one])
