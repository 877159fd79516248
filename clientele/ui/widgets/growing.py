"""How high may a list be that scrolls by itself, where other columns stand below it?"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QScrollArea, QWidget

from clientele.ui.theme import Space


class Rows(Protocol):
    """A list that scrolls by itself, and knows how high all of its rows are."""

    def isHidden(self) -> bool: ...
    def sizeHint(self) -> QSize: ...
    def height_for_rows(self, width: int) -> int: ...


class Growing(QObject):
    """As high as its rows want it, but within what is seen at once: the page scrolls around it."""

    def __init__(self, columns: QWidget, rows: Rows) -> None:
        super().__init__(columns)
        self._columns, self._rows = columns, rows
        self._page: QScrollArea | None = None
        columns.installEventFilter(self)

    def grown(self, high: int, width: int) -> int:
        """The height of the column that the rows are in, which is ``high`` without them growing."""
        if self._page is None or self._rows.isHidden():
            return high
        most = self._page.height() - 2 * Space.PAGE_Y
        more = self._rows.height_for_rows(width) - self._rows.sizeHint().height()
        return max(high, min(high + more, most))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another page's height, another height of the list."""
        if watched is self._columns:
            if event.type() is QEvent.Type.Show and self._page is None:
                self._see()
        elif event.type() is QEvent.Type.Resize and watched is self._page:
            self._columns.updateGeometry()
        return False

    def _see(self) -> None:
        at = self._columns.parentWidget()
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if at is not None:
            self._page = at
            at.installEventFilter(self)
