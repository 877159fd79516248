"""What does it cost? A price that is changed where it stands, and missed where it is not known."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from clientele.domain.money import plain
from clientele.services.shown_items import EditShownItem, edit_shown_item
from clientele.store.queries.ticket import Item
from clientele.ui.desk import Desk
from clientele.ui.widgets.fields import FlatEdit

WIDE = 84


class PriceField(FlatEdit):
    """Looks like an amount until it is used, then takes plain digits; kept with each key.

    Emits ``done`` on Return. What is no amount is marked and not kept.
    """

    done = Signal()

    def __init__(self, desk: Desk, currency: str) -> None:
        super().__init__("", hint="")
        self._desk = desk
        self._currency = currency
        self._item: Item | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText(self.tr("price?"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.typed.connect(self._save)
        self.left.connect(desk.seal)

    def show_item(self, item: Item) -> None:
        """The price of an item as the book has it."""
        self._item = item
        self.setAccessibleName(self.tr("Price of {item}").format(item=item.item))
        if not self.hasFocus():
            self.set_value(self._money())

    def sizeHint(self) -> QSize:
        """As wide as an amount, at any text size."""
        return QSize(self._desk.theme.px(WIDE), super().sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take plain digits."""
        if not self.hasSelectedText() and event.reason() is not WINDOW:
            price = None if self._item is None else self._item.price
            self.setText("" if price is None else plain(price, self._currency))
        super().focusInEvent(event)
        if event.reason() is not WINDOW:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show an amount again; what could not be read stays, marked."""
        super().focusOutEvent(event)
        if event.reason() is not WINDOW and not self.property("wrong"):
            self.set_value(self._money())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return is enough; with Ctrl it is the form's."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.done.emit()
            return
        super().keyPressEvent(event)

    def _money(self) -> str:
        if self._item is None or self._item.price is None:
            return ""
        return self._desk.formats.money(self._item.price, self._currency)

    def _save(self, text: str) -> None:
        if self._item is not None:
            self._desk.do(
                edit_shown_item,
                EditShownItem(self._item.id, "price", text),
                merge=("price", self._item.id),
                then=lambda _: self.set_wrong(""),
                failed=self.set_wrong,
            )


WINDOW = Qt.FocusReason.ActiveWindowFocusReason
