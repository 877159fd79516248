"""What has every sheet that shows something of the book? It looks anew when that changes."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from clientele.services.changes import Changes
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet


class LivingSheet(PassingSheet):
    """A sheet that asks the book what it shows, when it is made and after each change of it.

    Subclasses name the kinds they show in ``SHOWS`` and answer ``look``, which the maker calls
    once everything to be filled is there.
    """

    SHOWS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, over: QWidget, title: str, *, width: int = 480) -> None:
        super().__init__(desk, over, title, width=width)
        desk.changed.connect(self._changed)

    def look(self) -> None:
        """Ask the book for what is shown, and show it."""

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & self.SHOWS:
            self.look()
