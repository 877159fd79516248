"""Where is the keyboard on Today? In the first list that has something, until somebody moves it.

The lists are read apart from each other and come when they are ready, and some of them only where
there is something in them: what was handed over is accepted by one key whenever it comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from clientele.ui.models.rows import Key
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.row_list import RowList


class Keyboard(QObject):
    """Keeps the keyboard in one of these lists of a page, given in their order from the top."""

    def __init__(self, page: Page, lists: Sequence[RowList]) -> None:
        super().__init__(page)
        self._page, self.lists = page, tuple(lists)
        self._put: tuple[RowList, Key | None] | None = None
        for rows in self.lists:
            rows.came.connect(self.settle)
            rows.went.connect(self._on)

    def take(self) -> bool:
        """Put it into the first list in sight; whether there is one."""
        shown = self._shown()
        if shown:
            self._into(shown[0], Qt.FocusReason.OtherFocusReason)
        return bool(shown)

    def settle(self) -> None:
        """Lists came: put it into the first one, unless somebody moved it or is typing."""
        at = QApplication.focusWidget()
        if not self._page.isVisible() or isinstance(at, QLineEdit | QPlainTextEdit):
            return
        if at is None or at.isAncestorOf(self._page) or self._is_where_put(at):
            self._page.take_keyboard()

    def _is_where_put(self, at: QWidget) -> bool:
        if isinstance(at, RowList) and not at.rows():
            return True  # nobody goes to a list in which nothing is yet
        if self._put is None:
            return not self._page.isAncestorOf(at)
        rows, key = self._put
        others = key not in {row.key for row in rows.rows()}
        return at is self._page or (rows is at and (others or rows.current_key() == key))

    def step(self, by: int) -> bool:
        """From the end of a list on into the next, or before; whether there is one."""
        shown = self._shown()
        here = next((at for at, rows in enumerate(shown) if rows.hasFocus()), None)
        if here is None or not 0 <= here + by < len(shown):
            return False
        rows = shown[here + by]
        rows.set_current(rows.rows()[0 if by > 0 else -1].key)
        rows.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _on(self) -> None:
        """The last row of a list is done: on with the next list, or with the one before."""
        gone = self.sender()
        if not isinstance(gone, RowList) or not self._page.isVisible():
            return
        at = self.lists.index(gone)
        shown = [rows for rows in self._shown() if rows is not gone]
        later = [rows for rows in shown if self.lists.index(rows) > at]
        if shown:
            self._into((later or shown[-1:])[0], Qt.FocusReason.TabFocusReason)
        else:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into(self, rows: RowList, reason: Qt.FocusReason) -> None:
        if (first := rows.rows()) and rows.current_key() is None:
            rows.set_current(first[0].key)
        rows.setFocus(reason)
        self._put = (rows, rows.current_key())

    def _shown(self) -> list[RowList]:
        return [rows for rows in self.lists if rows.isVisibleTo(self._page) and rows.rows()]
