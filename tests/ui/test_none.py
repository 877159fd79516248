"""The process does not die of Qt calls that return nothing."""

from __future__ import annotations

import subprocess
import sys


def test_more_calls_than_none_has_references() -> None:
    script = (
        "import clientele.ui\n"
        "from PySide6.QtCore import QObject\n"
        "one = QObject()\n"
        "for _ in range(400_000):\n"
        "    one.blockSignals(False), one.setObjectName('x')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
