"""Does it bear a long day? Kills it again and again, then works a day through and watches memory.

`make soak` kills importing and editing programs 500 times on one growing book and looks after
each kill what is lost; `make soak ARGS="--minutes 30"` as often as fits. Then a day's work, as
quickly as it goes: edits, searches, pages, with readings of memory and open files. The report is
build/soak.json; the exit code is 1 if anything was lost or keeps growing.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from clientele.store.queries.client import client_page
from clientele.store.queries.found import found_rows
from clientele.store.queries.story import story
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from scripts.measuring.books import ROOT
from scripts.measuring.memory import memory
from tests.faults.killing import Victims, lost, troubles, victims
from tests.faults.victim import NOW, Editing
from tests.faults.workplace import Workplace, came, counts, make_workplace, write_purchases

REPORT = ROOT / "build" / "soak.json"
KILLS_PER_FILE = 5
MOST_FILES = 6
READINGS = 10
MOST_GROWTH = 1.25
"""How much more memory may be taken at the end of the day than after its first tenth."""


@dataclass(slots=True)
class Report:
    """What was seen."""

    kills: int = 0
    acknowledged: int = 0
    lines_imported: int = 0
    troubles: list[str] = field(default_factory=list)
    day: list[dict[str, float]] = field(default_factory=list)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--minutes", type=float, help="kill for so long instead")
    parser.add_argument("--clients", type=int, default=300, help="served in the day that follows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=REPORT, metavar="FILE")
    return parser.parse_args()


def rounds(asked: argparse.Namespace) -> Iterator[int]:
    """Count the kills until there were enough."""
    begun = time.monotonic()
    for number in count():
        if asked.minutes is None and number >= asked.kills:
            return
        if asked.minutes is not None and time.monotonic() - begun > asked.minutes * 60:
            return
        yield number


def kill_editing(place: Workplace, killers: Victims, rng: Random, seed: int, seen: Report) -> None:
    """Kill somebody who serves clients."""
    order = {"work": "edit", "seed": seed, **place.order()}
    heard = killers.kill(rng, most=60, longest=0.05, **order)
    store = place.open()
    try:
        seen.troubles += [f"lost: {told}" for told in lost(store, heard)] + troubles(store)
    finally:
        store.close()
    seen.acknowledged += len(heard.kept)


def kill_importing(
    place: Workplace, killers: Victims, rng: Random, seed: int, seen: Report, folder: Path
) -> None:
    """Kill the import of one file some times; the last run completes it."""
    path = folder / f"till {seed}.csv"
    lines = write_purchases(path, seed)
    before = counts(place)
    order = {"work": "import", "file": str(path), **place.order()}
    for _ in range(KILLS_PER_FILE):
        heard = killers.kill(rng, most=2, longest=0.25, **order)
        seen.acknowledged += len(heard.kept)
        store = place.open()
        try:
            seen.troubles += troubles(store)
        finally:
            store.close()
    killers.work(**order)
    if (there := came(before, counts(place), "purchases")) != lines:
        seen.troubles.append(f"{there} of {lines} lines of {path.name} are in the book")
    seen.lines_imported += lines
    path.unlink()


def kill(place: Workplace, asked: argparse.Namespace, seen: Report, folder: Path) -> None:
    """Kill editing and importing programs in turns."""
    rng = Random(asked.seed)
    importing = 0
    with victims() as killers:
        for number in rounds(asked):
            seed = asked.seed * 100_000 + number
            if number % 50 == 25 and importing < MOST_FILES:
                importing += 1
                kill_importing(place, killers, rng, seed, seen, folder)
                seen.kills += KILLS_PER_FILE
            else:
                kill_editing(place, killers, rng, seed, seen)
                seen.kills += 1
            if number % 25 == 24:
                print(f"  {seen.kills} kills, {len(seen.troubles)} troubles", flush=True)


def work_a_day(store: Store, place: Workplace, clients: int, seed: int, seen: Report) -> None:
    """Serve clients and look things up; every tenth of the day, read memory and open files."""
    told: list[dict[str, Any]] = []

    def tell(_: str, **what: Any) -> None:
        told[:] = [what]

    editing = Editing(store, place.by, place.colleague, place.departments, 900_000 + seed, tell)
    rng = Random(seed)
    begun = time.perf_counter()
    for served in range(1, clients + 1):
        editing.serve()
        with store.read() as session:
            today_page(session, place.by, now=NOW)
            for letters in ("g", "gi", f"given {rng.randrange(900)}", "0118"):
                for row in found_rows(session, letters, associate_id=place.by):
                    client_page(session, row.named.client_id, now=NOW)
                    story(session, row.named.client_id)
        if served % max(1, clients // READINGS) == 0:
            gc.collect()
            reading = {
                "clients": served,
                "seconds": round(time.perf_counter() - begun, 1),
                "memory_mib": round(memory("VmRSS"), 1),
                "open_files": open_files(),
                "wal_mib": round(wal_size(store.path) / 2**20, 1),
            }
            seen.day.append(reading)
            print(f"  {reading}", flush=True)
    first, last = seen.day[0], seen.day[-1]
    if last["memory_mib"] > first["memory_mib"] * MOST_GROWTH:
        seen.troubles.append("memory keeps growing")
    if last["open_files"] > first["open_files"]:
        seen.troubles.append("open files keep growing")
    seen.troubles += troubles(store)


def open_files() -> int:
    """How many files this process has open; 0 where the system does not say."""
    folder = Path("/proc/self/fd")
    return sum(1 for _ in folder.iterdir()) if folder.exists() else 0


def wal_size(book: Path) -> int:
    """How large the file is that changes go to first."""
    wal = book.with_name(book.name + "-wal")
    return wal.stat().st_size if wal.exists() else 0


def main() -> int:
    """Kill, work, report."""
    asked = arguments()
    seen = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = make_workplace(folder / "book.clientele")
        print("Killing", flush=True)
        kill(place, asked, seen, folder)
        print("A day's work", flush=True)
        store = place.open()
        try:
            work_a_day(store, place, asked.clients, asked.seed, seen)
        finally:
            store.close()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(asdict(seen), indent=1) + "\n", "utf-8")
    print(
        f"{seen.kills} kills, {seen.acknowledged} acknowledged steps, {seen.lines_imported} lines "
        f"imported: {len(seen.troubles) or 'no'} troubles"
    )
    for trouble in seen.troubles:
        print(f"  {trouble}")
    return 1 if seen.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
