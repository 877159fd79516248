"""Choosing several rows of a very long list: by touch on the mark, by mouse, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from clientele.ui.models.rows import ROW_ROLE, Row
from clientele.ui.theme import Theme, px
from clientele.ui.widgets.long_list import LongList
from clientele.ui.widgets.touch import SLIP

TARGET = 56
"""How wide the place is on which a touch marks a row, at scale one: its round lead and some air."""


class MarkList(LongList):
    """A ``LongList`` whose rows can be marked; who holds the list says which are.

    Emits ``toggled(position)`` for one row: its lead was touched, Space pressed, or a click with
    Ctrl; ``reached(first, last)`` for a click with Shift, from the row marked last up to this one;
    ``everything`` for Ctrl+A and ``let_go`` for Esc.
    """

    toggled = Signal(int)
    reached = Signal(int, int)
    everything = Signal()
    let_go = Signal()

    def __init__(
        self, theme: Theme, name: str, model: object, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, model, parent)
        self._anchor = -1
        self._marking = -1
        self._down = QPointF()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks the current row, Shift with it reaches; Ctrl+A and Esc are for all."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        at = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and at >= 0 and not ctrl:
            self._by_keyboard(True)
            self._mark(at, reach=shift)
        elif event.key() == Qt.Key.Key_A and ctrl and not shift:
            self.everything.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.let_go.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See whether this press is going to mark."""
        super().mousePressEvent(event)
        index, act = self._under(event.position())
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        on_lead = event.position().x() < px(TARGET)
        left = event.button() is Qt.MouseButton.LeftButton
        there = isinstance(index.data(ROW_ROLE), Row) if index.isValid() else False
        marks = left and there and act is None and (bool(held) or on_lead)
        self._marking = index.row() if marks else -1
        self._down = event.globalPosition()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Mark the row that was pressed, or open it as ever."""
        at, self._marking = self._marking, -1
        if at < 0:
            super().mouseReleaseEvent(event)
            return
        self._painter.pressed = None
        QListView.mouseReleaseEvent(self, event)
        self.viewport().update()
        index, _ = self._under(event.position())
        moved = (event.globalPosition() - self._down).manhattanLength()
        if index.row() == at and moved <= SLIP:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._mark(at, reach=shift)

    def _mark(self, at: int, *, reach: bool) -> None:
        if reach and 0 <= self._anchor < self.model().rowCount():
            self.reached.emit(min(self._anchor, at), max(self._anchor, at))
        else:
            self.toggled.emit(at)
        self._anchor = at
