"""What stands at the right of a card's title, high enough for a finger, and makes it no higher."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clientele.ui.theme import Space
from clientele.ui.widgets.card import Card


class Corner(QWidget):
    """Floats over the head of a card; the head keeps its width free."""

    def __init__(self, card: Card, *widgets: QWidget) -> None:
        super().__init__(card)
        self._card = card
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.ROW)
        for widget in widgets:
            row.addWidget(widget)
        self._room = QWidget()
        self._room.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        card.add_beside_title(self._room)
        card.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right of the title."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        return False

    def _place(self) -> None:
        hint = self.sizeHint()
        self._room.setFixedSize(hint.width() + Space.SMALL, 1)
        title = self._card.title.geometry()
        middle = title.center().y() if title.isValid() and title.height() > 1 else 24
        x = self._card.width() - Space.CARD_X - hint.width()
        self.setGeometry(x, middle - hint.height() // 2 + 1, hint.width(), hint.height())
        self.raise_()
