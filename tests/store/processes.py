"""Other programs, for what a test cannot do to itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def run_python(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``code`` in a Python of its own, with pipes; it is ended with the block."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def say(code: str, *arguments: str) -> str:
    """What ``code`` prints, with what it complains of."""
    with run_python(code, *arguments) as process:
        out, complaints = process.communicate(timeout=60)
    return (out + complaints).strip()
