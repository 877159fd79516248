"""A list of a million rows: all equally high, so that where a row stands is only multiplied.

``QListView`` measures every row of its model whenever one comes or goes, which takes seconds for a
million. Here nothing is measured: each question about places is answered by the height of a row.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from clientele.ui.delegates.row_layout import Style
from clientele.ui.models.rows import Index
from clientele.ui.theme import Theme
from clientele.ui.widgets.row_list import RowList

Action = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint


class LongList(RowList):
    """A ``RowList`` over a model of its own; rows that have not come yet stay empty."""

    def __init__(
        self, theme: Theme, name: str, model: object, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, hug=False, style=Style(even=True), model=model, parent=parent)  # type: ignore[arg-type]

    def in_sight(self) -> tuple[int, int]:
        """The first and last position in sight; the last is before the first when there is none."""
        high = self.row_height()
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height() - 1) // high
        return top // high, min(last, self.model().rowCount() - 1)

    def row_height(self) -> int:
        """The height of every row."""
        return max(self._painter.even_height(), 1)

    # where things are

    def visualRect(self, index: Index) -> QRect:
        """Where a row is on the viewport."""
        if not index.isValid():
            return QRect()
        high = self.row_height()
        y = index.row() * high - self.verticalScrollBar().value()
        return QRect(0, y, self.viewport().width(), high)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        at = (point.y() + self.verticalScrollBar().value()) // self.row_height()
        if point.y() < 0 or not 0 <= at < self.model().rowCount():
            return QModelIndex()
        return self.model().index(at, 0)

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring a row into sight with as little movement as the hint allows."""
        if not index.isValid():
            return
        bar, high, room = self.verticalScrollBar(), self.row_height(), self.viewport().height()
        top = index.row() * high
        if hint is Hint.PositionAtTop:
            bar.setValue(top)
        elif hint is Hint.PositionAtCenter:
            bar.setValue(top - (room - high) // 2)
        elif hint is Hint.PositionAtBottom or top + high > bar.value() + room:
            bar.setValue(top + high - room)
        elif top < bar.value():
            bar.setValue(top)

    def verticalOffset(self) -> int:
        """How far is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Never sideways."""
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        """No row is."""
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where selected rows are, as far as they are in sight."""
        region = QRegion()
        first, last = self.in_sight()
        for part in list(selection):  # type: ignore[call-overload]
            for at in range(max(part.top(), first), min(part.bottom(), last) + 1):
                region += self.visualRect(self.model().index(at, 0))
        return region

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row that was pressed."""
        index = self.indexAt(rect.normalized().center())
        self.selectionModel().select(QItemSelection(index, index), command)

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads: one row, one screen, or the end."""
        count = self.model().rowCount()
        if count == 0:
            return QModelIndex()
        screen = max(self.viewport().height() // self.row_height() - 1, 1)
        now = max(self.currentIndex().row(), 0)
        to = {
            Action.MoveUp: now - 1,
            Action.MovePrevious: now - 1,
            Action.MoveDown: now + 1,
            Action.MoveNext: now + 1,
            Action.MovePageUp: now - screen,
            Action.MovePageDown: now + screen,
            Action.MoveHome: 0,
            Action.MoveEnd: count - 1,
        }.get(action, now)
        return self.model().index(min(max(to, 0), count - 1), 0)

    # layout and painting

    def doItemsLayout(self) -> None:
        """There is nothing to lay out but the scroll bar."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """As far as all rows reach."""
        bar, high, room = self.verticalScrollBar(), self.row_height(), self.viewport().height()
        bar.setSingleStep(high)
        bar.setPageStep(room)
        bar.setRange(0, max(self.model().rowCount() * high - room, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        first, last = self.in_sight()
        current = self.currentIndex().row()
        for at in range(first, last + 1):
            index = self.model().index(at, 0)
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = self.visualRect(index)
            if at == current:
                option.state |= QStyle.StateFlag.State_Selected
            self._painter.paint(painter, option, index)
        painter.end()
