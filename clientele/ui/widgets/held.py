"""A page that is read in several parts is painted once, when all of them are there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from clientele.ui.desk import Desk

AT_MOST = 120
"""Milliseconds for which what was there is left standing; then whatever came is shown."""


class Held(QObject):
    """``Held(widget, desk).hold()`` before the parts are asked for.

    Each part that comes would paint the whole window again, and one would see the page change
    under one's eyes. Nothing is ever held for longer than ``AT_MOST``.
    """

    def __init__(self, widget: QWidget, desk: Desk) -> None:
        super().__init__(widget)
        self._widget = widget
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AT_MOST)
        self._timer.timeout.connect(self._let_go)
        desk.answered.connect(self._let_go)

    def hold(self) -> None:
        """Paint nothing until everything that is asked was answered."""
        if self._widget.isVisible():
            self._widget.setUpdatesEnabled(False)
            self._timer.start()

    def _let_go(self) -> None:
        self._timer.stop()
        if not self._widget.updatesEnabled():
            self._widget.setUpdatesEnabled(True)
