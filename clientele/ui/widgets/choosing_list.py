"""Choosing several rows of a list: by touch on the lead, by Ctrl and a click, by Space."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView

from clientele.ui.models.rows import ROW_ROLE, Key, Row
from clientele.ui.theme import px
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.touch import SLIP

TARGET = 40
"""How wide the place is on which a touch chooses a row, at scale one: the beginning of its lead."""


class ChoosingList(RowList):
    """A ``RowList`` whose rows can be chosen; who holds the list says which are.

    Emits ``toggled(key)`` for one row, ``reached([keys])`` for a click with Shift or Shift+Space,
    from the row chosen last up to this one, ``everything`` for Ctrl+A, ``let_go`` for Esc.
    """

    toggled = Signal(object)
    reached = Signal(list)
    everything = Signal()
    let_go = Signal()

    _anchor: Key | None = None
    _choosing = -1
    _down = QPointF()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses the current row, Shift with it reaches; Ctrl+A and Esc are for all."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = self.current_key()
        if event.key() == Qt.Key.Key_Space and key is not None and not ctrl:
            self._by_keyboard(True)
            self._choose(key, reach=shift)
        elif event.key() == Qt.Key.Key_A and ctrl and not shift:
            self.everything.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.let_go.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See whether this press is going to choose."""
        super().mousePressEvent(event)
        index, act = self._under(event.position())
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        there = isinstance(index.data(ROW_ROLE), Row) if index.isValid() else False
        left = event.button() is Qt.MouseButton.LeftButton
        chooses = left and there and act is None
        on_lead = event.position().x() < px(TARGET)
        self._choosing = index.row() if chooses and (bool(held) or on_lead) else -1
        self._down = event.globalPosition()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the row that was pressed, or do as ever."""
        at, self._choosing = self._choosing, -1
        if at < 0:
            super().mouseReleaseEvent(event)
            return
        self._painter.pressed = None
        QListView.mouseReleaseEvent(self, event)
        self.viewport().update()
        index, _ = self._under(event.position())
        row = index.data(ROW_ROLE) if index.isValid() else None
        moved = (event.globalPosition() - self._down).manhattanLength()
        if index.row() == at and moved <= SLIP and isinstance(row, Row):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._choose(row.key, reach=shift)

    def _choose(self, key: Key, *, reach: bool) -> None:
        keys = [row.key for row in self.rows()]
        if reach and self._anchor in keys:
            first, last = sorted((keys.index(self._anchor), keys.index(key)))
            self.reached.emit(keys[first : last + 1])
        else:
            self.toggled.emit(key)
        self._anchor = key
