"""What comes out of a measurement: samples beside those of a yardstick, and the ratio of both."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.measuring.books import ROOT


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples of ours and of a yardstick, taken in turns in one run."""

    name: str
    unit: str
    ours: Sequence[float]
    yardstick: str
    theirs: Sequence[float]
    target: float = 0.0
    """What the p95 is wanted to be at most; 0 where nothing was promised."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report. ``ratio`` says how many times the yardstick ours takes."""

    name: str
    size: int
    """Clients in the book; 0 where there is none."""
    p50: float
    p95: float
    unit: str
    yardstick: str
    yardstick_p50: float
    ratio: float
    target: float = 0.0


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that at least ``share`` (0 to 1) of all do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1)]


def result(size: int, samples: Samples) -> Result:
    """What these samples say."""
    p50, theirs = percentile(samples.ours, 0.5), percentile(samples.theirs, 0.5)
    return Result(
        name=samples.name,
        size=size,
        p50=_short(p50),
        p95=_short(percentile(samples.ours, 0.95)),
        unit=samples.unit,
        yardstick=samples.yardstick,
        yardstick_p50=_short(theirs),
        ratio=_short(p50 / theirs) if theirs else 0.0,
        target=samples.target,
    )


def run(module: str, *arguments: str) -> list[Samples]:
    """Run a measurement in a process of its own and answer what it took.

    Raises ``RuntimeError`` with its complaints if it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", f"scripts.measuring.{module}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr}")
    return [Samples(**one) for one in json.loads(done.stdout.splitlines()[-1])]


def hand_over(samples: Sequence[Samples]) -> None:
    """Answer ``run`` of the process that started this one."""
    print(json.dumps([asdict(one) for one in samples]))


def keep(results: Sequence[Result], path: Path) -> None:
    """Write the results as a JSON list of objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n", "utf-8")


def table(results: Sequence[Result]) -> str:
    """The results for people."""
    head = ("what", "clients", "p50", "p95", "wanted", "unit", "yardstick", "its p50", "ratio")
    rows = [
        (
            one.name,
            f"{one.size:,}" if one.size else "",
            _shown(one.p50),
            _shown(one.p95),
            _wanted(one),
            one.unit,
            one.yardstick,
            _shown(one.yardstick_p50),
            f"{one.ratio:.2f}",
        )
        for one in results
    ]
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    left = (0, 5, 6)
    lines = [
        "  ".join(
            cell.ljust(width) if at in left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [head, *rows]
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def growth(results: Sequence[Result]) -> list[str]:
    """Of each thing that was measured for several sizes: how its cost grew while the data did."""
    lines = []
    sizes = sorted({one.size for one in results})
    if len(sizes) < 2:
        return []
    least, most = sizes[0], sizes[-1]
    lines.append(f"From {least:,} to {most:,} clients, {most / least:,.0f} times the data:")
    for name in dict.fromkeys(one.name for one in results):
        at = {one.size: one for one in results if one.name == name}
        if least in at and most in at:
            times = at[most].p95 / at[least].p95
            slower = "slower than the data" if times < most / least else "NOT slower than the data"
            lines.append(f"  {name}: {times:.2g} times at p95, {slower}")
    return lines


def _wanted(one: Result) -> str:
    """What was wanted, marked where it was missed."""
    if not one.target:
        return ""
    return f"{_shown(one.target)}{' ' if one.p95 <= one.target else '!'}"


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
