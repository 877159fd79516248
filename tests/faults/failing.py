"""A disk that fails when it is told to: builds ``failing.c`` and hands out what it is told by."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("failing.c")

HOWS = ("enospc", "eio", "end", "cut")
"""Full; broken; killed right there; the power gone, with it what was not synced."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The ``at``-th change below the folder fails; with 0 changes are only counted."""

    at: int = 0
    how: str = "eio"
    all: bool = False
    """Whether everything after it fails as well."""
    reads: bool = False
    """Whether nothing can be read any more either, as when a network share goes away."""
    seed: int = 0

    @property
    def kills(self) -> bool:
        """Whether nobody is there afterwards to say anything."""
        return self.how in ("end", "cut")

    def order(self) -> dict[str, Any]:
        """What the victim is told, as JSON can say it."""
        names = ("at", "how", "all", "reads", "seed")
        return {name: getattr(self, name) for name in names}


def build(folder: Path) -> Path | None:
    """Build the library; None where there is no compiler, or no library can be preloaded."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None or not Path("/proc/self/fd").exists():
        return None
    library = folder / "failing.so"
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
    done = subprocess.run([*command, "-ldl", "-lpthread"], check=False, capture_output=True)
    if done.returncode:
        raise AssertionError(done.stderr.decode())
    return library


def arm(under: Path, fault: dict[str, Any]) -> None:
    """From now on count what this process changes below ``under``, and fail as told."""
    spares = under.with_name(under.name + ".spares")
    spares.mkdir(exist_ok=True)
    told = {
        "FAIL_UNDER": str(under),
        "FAIL_SPARES": str(spares),
        "FAIL_AT": str(fault["at"]),
        "FAIL_HOW": fault["how"],
        "FAIL_ALL": str(int(fault["all"])),
        "FAIL_READS": str(int(fault["reads"])),
        "FAIL_SEED": str(fault["seed"]),
    }
    os.environ.update(told)
    _preloaded().failing_arm()


def disarm() -> None:
    """The disk is well again."""
    os.environ.pop("FAIL_UNDER", None)
    _preloaded().failing_arm()


def counted() -> int:
    """How many changes there were since ``arm``."""
    count = _preloaded().failing_count
    count.restype = ctypes.c_long
    return int(count())


def _preloaded() -> Any:
    return ctypes.CDLL(os.environ["LD_PRELOAD"])
