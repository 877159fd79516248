"""A list without an end: what one reads stays where it is while rows come and go around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from clientele.ui.delegates.row_layout import Style
from clientele.ui.models.story import StoryModel
from clientele.ui.theme import Theme
from clientele.ui.widgets.row_list import RowList

AHEAD = 2
"""More is asked for when so many heights of the list are left to read."""


class StoryList(RowList):
    """The rows of a ``StoryModel``.

    Emits ``to_newest`` and ``to_oldest`` for Home and End where those are not told yet.
    """

    to_newest = Signal()
    to_oldest = Signal()

    def __init__(self, theme: Theme, name: str, model: StoryModel) -> None:
        super().__init__(theme, name, hug=False, style=Style(max_lines=2), model=model)
        self._story = model
        self._steps = 0
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)

    def sizeHint(self) -> QSize:
        """No higher than it must be: what is left over on the page makes it higher."""
        return QSize(240, self.minimumHeight())

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Change rows within: the row at the top stays there to the pixel.

        At the very beginning of the story what is new comes into sight instead.
        """
        bar = self.verticalScrollBar()
        top = self.indexAt(QPoint(1, 0))
        at_newest = bar.value() == 0 and not self._story.newer
        anchor = QPersistentModelIndex(top)
        offset = self.visualRect(top).top() if top.isValid() else 0
        yield
        if not at_newest and anchor.isValid():
            now = self.visualRect(anchor).top()  # lays out what came
            bar.setValue(bar.value() + now - offset)
        self._go_on_stepping()
        self._look_ahead()

    def expect_bar(self, there_is_more: bool) -> None:
        """Keep the scroll bar's place free before a long story comes.

        Else every row would be laid out twice: at the whole width, then beside the bar.
        """
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if there_is_more else policy.ScrollBarAsNeeded
        )

    def top_row(self) -> int:
        """The number of the row at the top, -1 where there is none."""
        return self.indexAt(QPoint(1, 1)).row()

    def show_first(self) -> None:
        """The first row told is the current one, and at the top."""
        self._make_current(0)
        self.scrollToTop()
        self._look_ahead()

    def show_last(self) -> None:
        """The last row told is the current one, and at the bottom."""
        self._make_current(self.model().rowCount() - 1)
        self.scrollToBottom()
        self._look_ahead()

    def _make_current(self, row: int) -> None:
        self._steps = 0
        place = self.model().index(row, 0)
        if place.isValid():
            self.setCurrentIndex(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the newest and the oldest of all."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() == Qt.Key.Key_Home and self._story.newer:
            self._by_keyboard(True)
            self.to_newest.emit()
        elif plain and event.key() == Qt.Key.Key_End and self._story.older:
            self._by_keyboard(True)
            self.to_oldest.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, event: QKeyEvent) -> None:
        """Past the last row told, the step is taken when the next page has come."""
        at = self.currentIndex().row()
        if by > 0 and self._story.older and at == self.model().rowCount() - 1:
            self._steps = min(self._steps + 1, 9)
            self._story.want_older()
        elif by < 0 and self._story.newer and at == 0:
            self._steps = max(self._steps - 1, -9)
            self._story.want_newer()
        else:
            super()._step(by, event)

    def _go_on_stepping(self) -> None:
        steps, self._steps = self._steps, 0
        if steps:
            self._make_current(
                max(0, min(self.currentIndex().row() + steps, self.model().rowCount() - 1))
            )

    def _look_ahead(self) -> None:
        bar = self.verticalScrollBar()
        ahead = AHEAD * self.viewport().height()
        if bar.value() > bar.maximum() - ahead:
            self._story.want_older()
        if bar.value() < ahead:
            self._story.want_newer()
