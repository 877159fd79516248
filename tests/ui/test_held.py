"""A page that is read in parts is painted when all are there, and is never held for good."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.widgets.held import AT_MOST, Held


def test_what_takes_long_is_not_waited_for(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    shown = QLabel("as it was", window)
    shown.show()
    held, go_on = Held(shown, desk), threading.Event()
    desk.ask(lambda _: go_on.wait(30), lambda _: None, owner=shown)
    held.hold()
    assert not shown.updatesEnabled()
    qtbot.waitUntil(shown.updatesEnabled, timeout=AT_MOST * 50)
    assert not desk.idle()
    go_on.set()
    qtbot.waitUntil(desk.idle)


def test_what_is_not_in_sight_is_not_held(window: MainWindow, desk: Desk) -> None:
    hidden = QLabel("elsewhere")
    Held(hidden, desk).hold()
    assert hidden.updatesEnabled()
