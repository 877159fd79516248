"""A program that starts and says when it can be seen and used. Run by ``starting``.

``program BOOK BEGAN`` is the real one, with passphrase and PIN typed by a hand that loses no time;
``empty BEGAN`` shows an empty window after importing SQLModel. ``BEGAN`` is the monotonic moment
at which whoever started it did so. It answers one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from scripts.measuring.memory import memory

Shown = TypeVar("Shown", bound=QWidget)

LATER = ("alembic", "babel", "keyring", "phonenumbers", "charset_normalizer", "cryptography")
"""Modules that the first frame has no need of."""


class FirstFrame(QObject):
    """Notices the first paint of any window, and looks no more."""

    def __init__(self, app: QApplication, then: Callable[[], None]) -> None:
        super().__init__(app)
        self._app, self._then = app, then
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer once the paint is over."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


def empty(began: float) -> dict[str, object]:
    """An empty window."""
    import sqlmodel  # noqa: F401 - what it costs belongs to the yardstick

    app = QApplication(["empty"])
    said: dict[str, object] = {}

    def seen() -> None:
        said.update(first_frame=_since(began), rss=memory("VmRSS"), peak=memory("VmHWM"))
        app.quit()

    FirstFrame(app, seen)
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    app.exec()
    return said


def program(book: Path, began: float) -> dict[str, object]:
    """The real program on a book, to the Today page with its rows painted."""
    from clientele.app import run

    app = QApplication(["clientele"])
    hand = _Hand(app, began)
    FirstFrame(app, hand.first_frame)
    run(book)
    return hand.said


class _Hand(QObject):
    """Types passphrase and PIN as soon as they are asked for."""

    def __init__(self, app: QApplication, began: float) -> None:
        super().__init__(app)
        self._app, self._began = app, began
        self.said: dict[str, object] = {}
        self._look: Callable[[], bool] = self._give_passphrase
        self._timer = QTimer(self, interval=15)
        self._timer.timeout.connect(self._try)

    def first_frame(self) -> None:
        """Something is seen: go on."""
        self.said["first_frame"] = _since(self._began)
        self.said["loaded"] = sorted(name for name in LATER if name in sys.modules)
        self._timer.start()

    def _try(self) -> None:
        self._look()

    def _give_passphrase(self) -> bool:
        from clientele.ui.start.unlocking import PassphraseStep
        from scripts.measuring.books import PASSPHRASE

        for step in self._shown(PassphraseStep):
            step.passphrase.setText(PASSPHRASE)
            step.typed.emit(PASSPHRASE)
            self._look = self._give_pin
            return True
        return False

    def _give_pin(self) -> bool:
        from clientele.ui.main_window import MainWindow
        from scripts.measuring.books import ME, PIN

        for window in self._shown(MainWindow):
            if window.is_locked and ME in window.lock_screen._tiles:
                self.said["lock"] = _since(self._began)
                window.lock_screen.choose(ME)
                window.lock_screen.pad.entered.emit(PIN)
                self._look = self._see_today
                return True
        return False

    def _see_today(self) -> bool:
        from clientele.ui.main_window import MainWindow
        from clientele.ui.pages.today import TodayPage

        for window in self._shown(MainWindow):
            page = window.current_page()
            if not window.is_locked and isinstance(page, TodayPage) and page.due.rows():
                page.repaint()
                self._app.processEvents()
                self.said.update(
                    today=_since(self._began), rss=memory("VmRSS"), peak=memory("VmHWM")
                )
                self._timer.stop()
                self._app.closeAllWindows()
                return True
        return False

    def _shown(self, kind: type[Shown]) -> list[Shown]:
        return [
            one
            for window in self._app.topLevelWidgets()
            for one in [window, *window.findChildren(kind)]
            if isinstance(one, kind) and one.isVisible()
        ]


def _since(began: float) -> float:
    return (time.monotonic() - began) * 1000


def main() -> None:
    """Do what is asked."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    kind, *rest = sys.argv[1:]
    if kind == "empty":
        print(json.dumps(empty(float(rest[0]))))
    else:
        print(json.dumps(program(Path(rest[0]), float(rest[1]))))


if __name__ == "__main__":
    main()
