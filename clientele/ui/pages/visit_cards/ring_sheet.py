"""Is this the ticket? Every line by department, what was paid ahead, and the till's reference."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clientele.domain.rules.credit import shares
from clientele.domain.rules.ticket import to_pay
from clientele.services.changes import Changes
from clientele.services.drafts import TypeDraft
from clientele.services.tickets import (
    MarkDownWhyMissing,
    PriceMissing,
    RingOnce,
    receipt_draft,
    ring_once,
)
from clientele.store.queries.team import draft
from clientele.store.queries.ticket import Item, PaidAhead
from clientele.store.queries.visit import VisitPage
from clientele.ui.card_numbers import keep_draft
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.price_field import PriceField
from clientele.ui.pages.visit_cards.ring_lines import RingLines, needs_price, needs_why
from clientele.ui.pages.visit_cards.ticket_words import money, paid_words, to_pay_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.sheet import Sheet


class RingSheet(Sheet):
    """Emits ``rung(purchase_id)``. A price that is missing is typed here, where it is missed."""

    rung = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over, QCoreApplication.translate("RingSheet", "Ring once"), width=500)
        self._desk = desk
        self._visit: VisitPage | None = None
        self._taken: dict[int, bool] = {}
        self._ringing = False
        self.lines = RingLines(desk)
        self.lines.done.connect(self._to_receipt)
        self.body.addWidget(self.lines)
        self.body.addWidget(Line())
        ahead = QWidget()
        self._ahead = QVBoxLayout(ahead)
        self._ahead.setContentsMargins(0, 0, 0, 0)
        self._ahead.setSpacing(0)
        self.payments: dict[int, ChoiceButton] = {}
        self._amounts: dict[int, QLabel] = {}
        self.body.addWidget(ahead)
        self.total = label("", "figure", wrap=False)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.pay_words = label("", "strong")
        self.body.addWidget(_beside(self.pay_words, self.total))
        self.credited = label("", "sub")
        self.body.addWidget(self.credited)
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

    @property
    def prices(self) -> dict[int, PriceField]:
        """The prices by item."""
        return self.lines.prices

    def ring(self, visit: VisitPage) -> None:
        """Open it for a visit, with what was typed before; where a price is missed, there."""
        self.say("")
        self.receipt.set_wrong("")
        self.receipt.setText("")
        self._visit = None
        self._taken = {paid.id: True for paid in visit.meant}
        self.lines.clear()
        self.show_visit(visit)
        by, place = self._desk.me.id, receipt_draft(visit.id)
        self._desk.ask(
            lambda session: draft(session, by, place), self.receipt.set_value, owner=self
        )
        self.open_sheet(self.receipt)
        if (missing := self._missing()) is not None:
            self._ask_for(missing)

    def show_visit(self, visit: VisitPage) -> None:
        """The ticket as it is now; a price that is being typed keeps its caret."""
        self._visit = visit
        self.lines.show_visit(visit)
        self._show_payments(visit)
        self._show_total(visit)
        before: QWidget | None = None
        for field in (*self.lines.fields(), *self.payments.values(), self.receipt):
            if before is not None:
                QWidget.setTabOrder(before, field)
            before = field
        QWidget.setTabOrder(self.receipt, self.ring_button)

    @property
    def chosen(self) -> tuple[PaidAhead, ...]:
        """What was paid ahead and is taken off this ticket."""
        if self._visit is None:
            return ()
        return tuple(paid for paid in self._visit.paid_ahead if self._taken.get(paid.id, False))

    @property
    def to_pay(self) -> int:
        """What is left to pay, in minor units."""
        whole = 0 if self._visit is None else self._visit.total
        return to_pay(whole, (paid.amount for paid in self.chosen))

    def _show_payments(self, visit: VisitPage) -> None:
        if list(self.payments) != [paid.id for paid in visit.paid_ahead]:
            empty(self._ahead)
            self.payments = {}
            for paid in visit.paid_ahead:
                self._ahead.addWidget(self._payment(paid))
        for paid in visit.paid_ahead:
            taken = self._taken.get(paid.id, False)
            self.payments[paid.id].setChecked(taken)
            self._amounts[paid.id].setText(
                money(-paid.amount, paid.currency, self._desk.formats)
                if taken
                else self.tr("waits on")
            )

    def _payment(self, paid: PaidAhead) -> QWidget:
        button = ChoiceButton(paid_words(paid, self._desk.formats))
        button.setAccessibleName(self.tr("Take off: {paid}").format(paid=button.text()))
        button.clicked.connect(lambda _=False, key=paid.id: self._take(key))
        self.payments[paid.id] = button
        self._amounts[paid.id] = label("", wrap=False)
        return _beside(button, self._amounts[paid.id], stretch=0)

    def _take(self, key: int) -> None:
        self._taken[key] = self.payments[key].isChecked()
        if self._visit is not None:
            self._show_payments(self._visit)
            self._show_total(self._visit)

    def _show_total(self, visit: VisitPage) -> None:
        left, formats = self.to_pay, self._desk.formats
        self.total.setText(formats.money(abs(left), visit.currency))
        self.pay_words.setText(to_pay_words(left))
        credited = _credited(visit)
        names = {part.associate_id: part.associate for item in visit.kept for part in item.credit}
        words = [
            f"{names[one]} {formats.money(amount, visit.currency)}"
            for one, amount in credited.items()
        ]
        self.credited.setText(self.tr("Credited: {who}").format(who=" · ".join(words)))
        self.credited.setVisible(len(words) > 1 or any(one != self._desk.me.id for one in credited))

    def _missing(self) -> Item | None:
        """The first line that cannot be rung as it stands."""
        kept = () if self._visit is None else self._visit.kept
        return next((item for item in kept if needs_price(item) or needs_why(item)), None)

    def _ask_for(self, item: Item) -> None:
        """Say what is missing of a line, and put the keyboard there."""
        refusal = PriceMissing if needs_price(item) else MarkDownWhyMissing
        self.say(sentence_of(refusal(item=item.item)))
        self.lines.go_to(item)

    def _to_receipt(self) -> None:
        self.receipt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ring(self) -> None:
        """Ring it; once, however often it is asked for until the answer is there."""
        if self._visit is None or self._ringing:
            return
        self._ringing = True
        left = self._desk.formats.money(abs(self.to_pay), self._visit.currency)
        said = (
            self.tr("Rung once, given back: {total}")
            if self.to_pay < 0
            else self.tr("Rung once: {total}")
        )
        self._desk.do(
            ring_once,
            RingOnce(
                self._visit.id,
                self.receipt.value,
                self._desk.me.id,
                draft=receipt_draft(self._visit.id),
                part_payments=tuple(paid.id for paid in self.chosen),
                seen=self._visit.total,
            ),
            said=said.format(total=left),
            then=self._done,
            failed=self._refused,
        )

    def _done(self, changes: Changes) -> None:
        self._ringing = False
        self.receipt.setText("")
        self.close_sheet()
        if changes.subject is not None:
            self.rung.emit(changes.subject)

    def _refused(self, why: str) -> None:
        self._ringing = False
        if self.isHidden():
            self._desk.refused.emit(why)
            return
        self.say(why)
        self.receipt.set_wrong("")
        missing = self._missing()
        if self.receipt.value.strip() and missing is not None:
            self.lines.go_to(missing)
        else:
            self.receipt.set_wrong(why)
            self._to_receipt()

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


def _beside(words: QWidget, amount: QWidget, *, stretch: int = 1) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.ROW)
    row.addWidget(words, stretch)
    if not stretch:
        row.addStretch(1)
    row.addWidget(amount)
    return line


def _credited(visit: VisitPage) -> dict[int, int]:
    """What each will be credited with for what is kept; what comes back mirrors its sale."""
    whole: dict[int, int] = {}
    for item in visit.kept:
        if item.back or not item.credit or item.amount is None:
            continue
        parts = {part.associate_id: part.parts for part in item.credit}
        for one, amount in shares(item.amount, parts).items():
            whole[one] = whole.get(one, 0) + amount
    return whole
