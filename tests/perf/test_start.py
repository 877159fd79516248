"""What is loaded before the first window is seen? Only what it shows."""

from __future__ import annotations

import json
import subprocess
import sys

from scripts.measuring.started import LATER
from tests.architecture.sources import ROOT

HEAVY = (*LATER, "sqlalchemy", "sqlmodel", "sqlcipher3", "argon2", "asyncio.sslproto", "qtawesome")

FIRST_FRAME = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
import clientele.app
from clientele.system.clock import SystemClock
from clientele.system.settings import Settings
from scripts.measuring.started import FirstFrame

app = QApplication(["clientele"])
FirstFrame(app, lambda: (print(json.dumps(sorted(sys.modules)), flush=True), os._exit(0)))
book = Path(sys.argv[1])
program = clientele.app.Program(app, book, Settings(), SystemClock())
program.start()
app.exec()
"""


def test_the_first_frame_waits_for_no_database(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, f"{tmp_path}/book"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "clientele.ui.start.window" in loaded
    assert [name for name in HEAVY if name in loaded] == []
