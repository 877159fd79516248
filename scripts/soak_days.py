#!/usr/bin/env python
"""Does the window take more each day? Twenty-four days of a busy store, as quickly as they go.

The real window on the sample store, worked for ten hours a day: in each 60 visits, 300 edits, 40
searches, and four times locked and opened. At the end of each day memory (after a collection) and
open files are read, printed and written to build/soak-days.json at once. The exit code is 1 if the
last day takes over a tenth more memory than the first, or more files.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import clientele.ui  # noqa: E402, F401  # isort: skip - before PySide6, as in the program
from PySide6.QtWidgets import QApplication  # noqa: E402

from clientele.domain.team import Role  # noqa: E402
from clientele.services.sample import fill_with_sample  # noqa: E402
from clientele.services.team import AddAssociate, add_associate  # noqa: E402
from clientele.store.doctor import examine  # noqa: E402
from clientele.store.session import Profile, Store, create_store  # noqa: E402
from scripts.a_home import home_at  # noqa: E402
from scripts.measuring.store_days import HOURS, OPENS, Load, Terminal  # noqa: E402

REPORT = ROOT / "build" / "soak-days.json"
DAYS = 24
MOST_GROWTH = 1.10

Lines = list[dict[str, Any]]


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--hours", type=int, default=HOURS, help="of each day")
    parser.add_argument("--each-hour", action="store_true", help="print a line for each hour too")
    parser.add_argument("--output", type=Path, default=REPORT, metavar="FILE")
    return parser.parse_args()


def sample_store(folder: Path) -> Store:
    """A book with the sample store in it."""
    profile = Profile("EUR", "NL", "Europe/Amsterdam", "Herengracht")
    store = create_store(folder / "book.clientele", bytes(range(32)), profile, now=OPENS)
    with store.write() as session:
        person = AddAssociate("R. Okafor", "Men's Suits", role=str(Role.STORE_MANAGER))
        by = add_associate(session, person, now=OPENS).subject or 0
        fill_with_sample(session, by=by, now=OPENS)
    return store


def work(asked: argparse.Namespace, store: Store) -> tuple[Lines, Lines, list[str]]:
    """Work all days; answer a line for each day, one for each hour, and what was refused."""
    app = QApplication.instance() or QApplication(["soak"])
    assert isinstance(app, QApplication)
    terminal = Terminal(app, store)
    days: Lines = []
    hours: Lines = []
    first: Counter[str] = Counter()
    print("day   seconds   memory MiB   files   threads   widgets   book MiB", flush=True)
    for day in range(1, asked.days + 1):
        begun = time.perf_counter()
        for hour in range(1, asked.hours + 1):
            terminal.hour(Load())
            hours.append({"day": day, "hour": hour, **asdict(terminal.reading())})
            if asked.each_hour:
                print("  hour {hour}: acts {acts}, cpu {cpu}, memory {memory_mib}, "
                      "files {open_files}, widgets {widgets}".format(**hours[-1]),
                      flush=True)  # fmt: skip
            write(asked.output, days, terminal.refused, hours)
        terminal.close_for_the_night()
        line: dict[str, Any] = {
            "day": day,
            "hours": asked.hours,
            "seconds": round(time.perf_counter() - begun, 1),
            **asdict(terminal.reading()),
        }
        files = terminal.files()
        if days and line["open_files"] > days[0]["open_files"]:
            print(f"  more than on the first day: {dict(files - first)}", flush=True)
        first = first if days else files
        days.append(line)
        print("{day:>3} {seconds:>9} {memory_mib:>12} {open_files:>7} {threads:>9} {widgets:>9} "
              "{book_mib:>10}".format(**line), flush=True)  # fmt: skip
        write(asked.output, days, terminal.refused, hours)
    terminal.close()
    return days, hours, terminal.refused


def troubles(days: Lines, store: Store) -> list[str]:
    """What is not as it should be after the last day."""
    first, last = days[0], days[-1]
    found = [one.sentence for one in examine(store) if one.content and not one.ok]
    if last["memory_mib"] > first["memory_mib"] * MOST_GROWTH:
        found.append("memory grew by more than a tenth")
    if last["open_files"] > first["open_files"]:
        found.append("more files are open")
    return found


def write(path: Path, days: Lines, found: list[str], hours: Lines) -> None:
    """Keep what was seen so far."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"days": days, "troubles": found, "hours": hours}) + "\n", "utf-8")


def stopped(number: int, _: object) -> None:
    """Somebody ended it: say so, and remove the book."""
    sys.exit(f"ended by {signal.Signals(number).name}")


def main() -> int:
    """Work, look, report."""
    asked = arguments()
    faulthandler.enable()
    signal.signal(signal.SIGTERM, stopped)
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(home_at(Path(name)))
        store = sample_store(Path(name))
        try:
            days, hours, found = work(asked, store)
            found += troubles(days, store)
        except BaseException:
            print(f"ended at {time.ctime()}", traceback.format_exc(), sep="\n", flush=True)
            raise
        finally:
            store.close()
    write(asked.output, days, found, hours)
    for one in found:
        print(f"  {one}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
