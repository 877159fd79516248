"""What has every sheet that is opened for one thing? Whoever opened it, and an end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.ui.desk import Desk, Me
from clientele.ui.widgets.sheet import Sheet


class PassingSheet(Sheet):
    """A sheet that deletes itself when it is closed.

    It belongs to the associate who opened it: after a lock it stands there for them with what they
    typed, and it closes when somebody else signs in.
    """

    def __init__(self, desk: Desk, over: QWidget, title: str, *, width: int = 480) -> None:
        super().__init__(over, title, width=width)
        self._desk = desk
        self._by = desk.me.id
        self.closed.connect(self.deleteLater)
        desk.signed.connect(self._signed)

    def close_after(self, _: object) -> None:
        """Close: what was asked for is in the book."""
        self.close_sheet()

    def _signed(self, me: Me | None) -> None:
        if me is not None and me.id != self._by:
            self.close_sheet()
