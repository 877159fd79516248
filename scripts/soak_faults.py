#!/usr/bin/env python
"""Is anything lost, wherever the disk fails? Every kind of write, at each of its writes in turn.

The disk is full at the n-th write, then well again and the act done once more; broken at it, once
or from then on; the program is killed right before it; the power goes at it, and of what was not
synced some is there, some is not, some is torn. Then each kind is killed at random moments, 500
times. After each the book must open, hold a state that the program itself leaves behind, not before
what it told as done, and be sound. Counts go into build/soak.json, under "faults", after each kind;
the exit code is 1 if anything was not as it should be.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.faults.all_kinds import KINDS  # noqa: E402
from tests.faults.disk import Disk, Seen  # noqa: E402
from tests.faults.failing import Fault, build  # noqa: E402
from tests.faults.killing import victims  # noqa: E402
from tests.faults.kinds import make_template  # noqa: E402

REPORT = ROOT / "build" / "soak.json"

WAYS: dict[str, dict[str, Any]] = {
    "full, then done again": {"how": "enospc"},
    "full from then on": {"how": "enospc", "all": True},
    "an error": {"how": "eio"},
    "errors from then on": {"how": "eio", "all": True},
    "killed right there": {"how": "end"},
    "power cut": {"how": "cut"},
    "gone with all reading": {"how": "estale", "reads": True},
}
KILLS = "killed at a random moment"


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="writes tried of each kind")
    parser.add_argument("--kills", type=int, default=500, help="at random moments, of each kind")
    parser.add_argument("--minutes", type=float, default=1e9, help="begin nothing new after these")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="one kind")
    parser.add_argument("--way", action="append", choices=[*WAYS, KILLS], help="only these")
    parser.add_argument("--output", type=Path, default=REPORT, metavar="FILE")
    return parser.parse_args()


def each(disk: Disk, kind: str, way: str, most: int, rng: Random, end: float) -> Seen:
    """Let one way to fail happen at each write of a kind, or at ``most`` of them."""
    seen, changes, how = Seen(), disk.golden(kind).changes, WAYS[way]
    places = sorted(rng.sample(range(1, changes + 1), min(most, changes)))
    again = way == "full, then done again" and KINDS[kind].same_again
    for at in places:
        if time.monotonic() > end:
            break
        disk.attempt(kind, Fault(at, seed=rng.randrange(1_000), **how), seen, again=again)
    return seen


def kills(disk: Disk, kind: str, many: int, rng: Random, end: float) -> Seen:
    """Kill a kind of work at random moments."""
    seen, acts = Seen(), disk.golden(kind).acts
    for _ in range(many):
        if time.monotonic() > end:
            break
        disk.kill(kind, rng.randrange(acts), rng.random() * 0.05, seen)
    return seen


def write(path: Path, faults: dict[str, Any]) -> None:
    """Keep what was seen so far beside what the other soaks saw."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        report = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        report = {}
    path.write_text(json.dumps({**report, "faults": faults}, indent=1) + "\n", "utf-8")


def main() -> int:
    """Fail in all ways, report."""
    asked = arguments()
    end = time.monotonic() + asked.minutes * 60
    memory = Path("/dev/shm")
    faults: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        template, folder = Path(name) / "template", Path(name) / "tries"
        template.mkdir()
        folder.mkdir()
        library = build(Path(name))
        if library is None:
            print("This needs a C compiler: nothing was tried.")
            return 1
        make_template(template)
        with victims("disk_victim", library) as running:
            disk = Disk(running, template, folder)
            for kind in [asked.only] if asked.only else KINDS:
                changes = disk.golden(kind).changes
                found: dict[str, Any] = {"writes": changes}
                faults[kind] = found
                for way in asked.way or (*WAYS, KILLS):
                    rng = Random(f"{asked.seed} {kind} {way}")
                    if way == KILLS:
                        seen = kills(disk, kind, asked.kills, rng, end)
                    else:
                        seen = each(disk, kind, way, asked.most, rng, end)
                    found[way] = asdict(seen)
                    write(asked.output, faults)
                    print(f"{kind} ({changes} writes), {way}: {seen.tried} tried, "
                          f"{seen.acknowledged} acts kept, {seen.refused}, "
                          f"{len(seen.troubles) or 'no'} troubles", flush=True)  # fmt: skip
                    for trouble in seen.troubles[:3]:
                        print(f"  {trouble[-600:]}", flush=True)
    ways = (way for found in faults.values() for way in found.values() if isinstance(way, dict))
    return 1 if any(way["troubles"] for way in ways) else 0


if __name__ == "__main__":
    sys.exit(main())
