"""Does the window start without reading the source of every module?"""

from __future__ import annotations

import subprocess
import sys

READ = """
import linecache
import clientele.ui
import PySide6.QtWidgets
import clientele.ui.desk
lines = {file.replace("\\\\", "/"): len(kept[2]) for file, kept in linecache.cache.items()
         if len(kept) > 1}
print(sum("/clientele/" in file for file in lines), sum(lines.values()))
"""


def test_no_source_is_kept() -> None:
    run = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    ours, lines = map(int, run.stdout.split())
    assert (ours, lines < 20_000) == (0, True)
