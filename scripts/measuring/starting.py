"""How long until something is seen, until Today can be used, and how much memory does it take?

Run with a book and a number of starts, in a process of its own; see ``results.run``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.measuring.books import ROOT, give_passphrase
from scripts.measuring.results import Samples, hand_over

YARDSTICK = "empty window that imports SQLModel"


def start(*arguments: str, home: Path) -> dict[str, Any]:
    """Start a program of ``started`` and answer what it said."""
    environment = {name: text for name, text in os.environ.items() if "XDG" not in name}
    environment.update(HOME=str(home), QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    command = [sys.executable, "-m", "scripts.measuring.started", *arguments]
    done = subprocess.run(
        [*command, str(time.monotonic())],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def measure(book: Path, starts: int) -> list[Samples]:
    """Start both in turns; the first of several starts only warms the disk."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        own = home / book.name
        shutil.copyfile(book, own)
        give_passphrase(own)
        ours: list[dict[str, Any]] = []
        theirs: list[dict[str, Any]] = []
        for _ in range(starts + 1 if starts > 1 else 1):
            ours.append(start("program", str(own), home=home))
            theirs.append(start("empty", home=home))
    if starts > 1:
        del ours[0], theirs[0]
    return [
        _samples("start to first frame", "ms", ours, "first_frame", theirs, "first_frame"),
        _samples("start to a usable Today page", "ms", ours, "today", theirs, "first_frame"),
        _samples("memory with Today shown", "MiB", ours, "rss", theirs, "rss"),
    ]


def _samples(
    name: str, unit: str, ours: list[dict[str, Any]], key: str, theirs: list[Any], its: str
) -> Samples:
    return Samples(name, unit, [o[key] for o in ours], YARDSTICK, [t[its] for t in theirs])


def main() -> None:
    """Measure the book that is named, with so many starts."""
    hand_over(measure(Path(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
