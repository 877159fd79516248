"""What is it called? The words and the size of a shown item, changed where they stand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from clientele.services.shown_items import EditShownItem, edit_shown_item
from clientele.store.queries.ticket import Item
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.theme import Space
from clientele.ui.widgets.fields import Field


class ItemWords(QWidget):
    """Two fields in place of the words. Emits ``done`` when both were left, or on Return."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._item: Item | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, Space.TIGHT)
        row.setSpacing(Space.SMALL)
        self.words = Field(self.tr("What it is"), hint=self.tr("Cap-toe oxford"))
        self.detail = Field(self.tr("Size, colour"), hint=self.tr("10½ D"))
        for name, field, share in (("item", self.words, 3), ("detail", self.detail, 2)):
            field.typed.connect(lambda text, name=name: self._save(name, text))
            field.left.connect(desk.seal)
            field.returnPressed.connect(self.done)
            field.installEventFilter(self)
            row.addWidget(field, share)
        self.hide()

    def edit(self, item: Item, *, detail: bool = False) -> None:
        """Open for an item, with the keyboard in its words or in its size."""
        self._item = item
        self.words.set_value(item.item)
        self.detail.set_value(item.detail)
        self.show()
        field = self.detail if detail else self.words
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def show_item(self, item: Item) -> None:
        """The item as the book has it now; what is being typed stays."""
        self._item = item
        self.words.set_value(item.item)
        self.detail.set_value(item.detail)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once neither field has the keyboard, it is done."""
        left = event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None
        if left and QApplication.focusWidget() not in (self.words, self.detail):
            self.done.emit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when there is nothing to take back, is done."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _save(self, name: str, text: str) -> None:
        if self._item is None:
            return
        field = self.words if name == "item" else self.detail
        self._desk.do(
            edit_shown_item,
            EditShownItem(self._item.id, name, to_keep(self._desk, field, text)),
            merge=(name, self._item.id),
            failed=field.set_wrong,
        )
