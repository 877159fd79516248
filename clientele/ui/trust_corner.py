"""What keeps the book safe, in the window: its copies, and what is done with the book closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow


class TrustCorner(QObject):
    """Made once for a window.

    Emits ``between(Between)`` where something is to be done with the book closed
    (``ui.start.between``), and ``open_client(id)``.
    """

    between = Signal(object)
    open_client = Signal(int)

    def __init__(
        self, desk: Desk, window: MainWindow, store: Store, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._store, self._clock = desk, window, store, clock

    def stop(self) -> None:
        """End what runs."""
