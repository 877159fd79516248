"""What is about to be rung? Each line with its price, and what is still to be said of it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.mark_down import WhyMarkedDown
from clientele.ui.pages.visit_cards.price_field import PriceField
from clientele.ui.pages.visit_cards.ticket_words import (
    by_department,
    line_money,
    line_words,
    under_line,
)
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.emptying import empty


def needs_price(item: Item) -> bool:
    """Whether it cannot be rung for want of a price."""
    return item.price is None


def needs_why(item: Item) -> bool:
    """Whether it cannot be rung for want of a reason of its mark-down."""
    return bool(item.mark_down) and not item.back and not item.mark_down_why.strip()


class RingLines(QWidget):
    """Lines by department. Emits ``done`` when Return was pressed in the last price wanted."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: list[tuple[int, bool]] = []
        self.prices: dict[int, PriceField] = {}
        self.whys: dict[int, WhyMarkedDown] = {}
        self._under: dict[int, tuple[QLabel, QLabel]] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Space.TIGHT)

    def clear(self) -> None:
        """Begin anew with the next visit."""
        self._shown = []

    def show_visit(self, visit: VisitPage) -> None:
        """The lines as they are now; a price that is being typed keeps its caret."""
        kept = by_department(visit.kept)
        shown = [(item.id, needs_why(item) or self._is_asked_why(item)) for item in kept]
        if shown != self._shown:
            self._build(kept, visit.currency)
            self._shown = shown
        for item in kept:
            self.prices[item.id].show_item(item)
            self._say_under(item, visit.currency)
            if item.id in self.whys:
                self.whys[item.id].show_item(item)

    def go_to(self, item: Item) -> None:
        """Put the keyboard where something is missing."""
        field = self.prices[item.id] if needs_price(item) else self.whys[item.id].other
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> list[QWidget]:
        """The prices in their order."""
        return list(self.prices.values())

    def _is_asked_why(self, item: Item) -> bool:
        """A reason that is being typed here keeps its field."""
        why = self.whys.get(item.id)
        return why is not None and why.other.hasFocus()

    def _build(self, kept: list[Item], currency: str) -> None:
        empty(self._lines)
        self.prices, self.whys, self._under = {}, {}, {}
        department = ""
        for item in kept:
            if item.department != department:
                department = item.department
                self._lines.addWidget(label(department, "sub"))
            self._lines.addWidget(self._line(item, currency))
        for one, following in pairwise(self.fields()):
            QWidget.setTabOrder(one, following)

    def _line(self, item: Item, currency: str) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.ROW)
        words = line_words(item, self._desk.formats)
        head.addWidget(label(f"{words}, {item.detail}" if item.detail else words), 1)
        price = PriceField(self._desk, currency)
        price.done.connect(self._next_missing)
        self.prices[item.id] = price
        head.addWidget(price)
        column.addLayout(head)
        foot = QHBoxLayout()
        under, amount = label("", "sub"), label("", "", wrap=False)
        foot.addWidget(under, 1)
        foot.addWidget(amount)
        foot.setContentsMargins(0, 0, Space.TIGHT + 2, 0)
        column.addLayout(foot)
        self._under[item.id] = (under, amount)
        if needs_why(item) or self._is_asked_why(item):
            self.whys[item.id] = WhyMarkedDown(self._desk)
            column.addWidget(self.whys[item.id])
        return line

    def _say_under(self, item: Item, currency: str) -> None:
        under, amount = self._under[item.id]
        formats = self._desk.formats
        under.setText(under_line(item, currency, formats, self._desk.me.id))
        differs = item.amount is not None and item.amount != item.price
        amount.setText(line_money(item, currency, formats))
        amount.setVisible(differs)
        under.setVisible(bool(under.text()) or differs)

    def _next_missing(self) -> None:
        for price in self.prices.values():
            if not price.text().strip():
                price.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.done.emit()
