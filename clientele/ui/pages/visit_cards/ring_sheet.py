"""Is this the ticket? Every line by department, one total, and the till's reference."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.services.changes import Changes
from clientele.services.drafts import TypeDraft
from clientele.services.tickets import RingOnce, receipt_draft, ring_once
from clientele.store.queries.team import draft
from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import VisitPage
from clientele.ui.card_numbers import keep_draft
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.price_field import PriceField
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, empty, label
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.sheet import Sheet


class RingSheet(Sheet):
    """Emits ``rung(purchase_id)``. A price that is missing is typed here, where it is missed."""

    rung = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over, QCoreApplication.translate("RingSheet", "Ring once"), width=500)
        self._desk = desk
        self._visit: VisitPage | None = None
        self.prices: dict[int, PriceField] = {}
        self.total = label("", "figure", wrap=False)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        lines = QWidget()
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Space.TIGHT)
        self.body.addWidget(lines)
        self.body.addWidget(Line())
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(self.tr("Pay once, here"), "strong"), 1)
        row.addWidget(self.total)
        self.body.addWidget(foot)
        self.receipt = Field(
            self.tr("The till's reference"), hint=self.tr("Scan or type the receipt's number")
        )
        self.receipt.typed.connect(self._save)
        self.receipt.returnPressed.connect(self._ring)
        self.add_field(self.tr("The till's reference"), self.receipt)
        self.body.addWidget(
            label(self.tr("Card numbers are never kept: only the number on the receipt."), "sub")
        )
        self.ring_button = self.add_button(self.tr("Ring once"), self._ring, primary=True)

    def ring(self, visit: VisitPage) -> None:
        """Open it for a visit, with what was typed before."""
        self.say("")
        self.receipt.set_wrong("")
        self.receipt.setText("")
        self._visit = None
        self.show_visit(visit)
        by, place = self._desk.me.id, receipt_draft(visit.id)
        self._desk.ask(
            lambda session: draft(session, by, place), self.receipt.set_value, owner=self
        )
        missing = next((item for item in visit.kept if item.price is None), None)
        self.open_sheet(self.receipt if missing is None else self.prices[missing.id])

    def show_visit(self, visit: VisitPage) -> None:
        """The lines as they are now; a price that is being typed keeps its caret."""
        same = self._visit is not None and [item.id for item in self._visit.kept] == [
            item.id for item in visit.kept
        ]
        self._visit = visit
        self.total.setText(self._desk.formats.money(visit.to_pay, visit.currency))
        if same:
            for item in visit.kept:
                self.prices[item.id].show_item(item)
            return
        empty(self._lines)
        self.prices = {}
        department = ""
        for item in visit.kept:
            if item.department != department:
                department = item.department
                self._lines.addWidget(label(department, "sub"))
            self._lines.addWidget(self._line(item, visit.currency))
        fields: list[QWidget] = [*self.prices.values(), self.receipt, self.ring_button]
        for one, following in pairwise(fields):
            QWidget.setTabOrder(one, following)

    def _line(self, item: Item, currency: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.ROW)
        words = f"{item.item}, {item.detail}" if item.detail else item.item
        row.addWidget(label(words), 1)
        price = PriceField(self._desk, currency)
        price.show_item(item)
        price.done.connect(self._next_missing)
        self.prices[item.id] = price
        row.addWidget(price)
        return line

    def _next_missing(self) -> None:
        for price in self.prices.values():
            if not price.text().strip():
                price.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.receipt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ring(self) -> None:
        if self._visit is None:
            return
        self._desk.do(
            ring_once,
            RingOnce(
                self._visit.id,
                self.receipt.value,
                self._desk.me.id,
                draft=receipt_draft(self._visit.id),
            ),
            said=self.tr("Rung once: {total}").format(
                total=self._desk.formats.money(self._visit.to_pay, self._visit.currency)
            ),
            then=self._done,
            failed=self._refused,
        )

    def _done(self, changes: Changes) -> None:
        self.receipt.setText("")
        self.close_sheet()
        if changes.subject is not None:
            self.rung.emit(changes.subject)

    def _refused(self, why: str) -> None:
        self.say(why)
        self.receipt.set_wrong("")
        assert self._visit is not None
        missing = next((item for item in self._visit.kept if item.price is None), None)
        if self.receipt.value.strip() and missing is not None:
            self.prices[missing.id].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.receipt.set_wrong(why)
            self.receipt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, text: str) -> None:
        if self._visit is None:
            return
        place = receipt_draft(self._visit.id)
        keep_draft(
            self._desk,
            TypeDraft(self._desk.me.id, place, text),
            kept=lambda: self._wrong(""),
            refused=self._wrong,
        )

    def _wrong(self, why: str) -> None:
        self.receipt.set_wrong(why)
        self.say(why)
