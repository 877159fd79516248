"""What leads to and from the till? Ringing, bringing back, paying ahead, printing the ticket."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.services.part_payments import RemovePartPayment, remove_part_payment
from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.dialogs.bring_back import BringBackSheet
from clientele.ui.dialogs.pay_ahead import PayAheadSheet
from clientele.ui.pages.visit_cards.ring_sheet import RingSheet
from clientele.ui.widgets.basics import LabelledRows, label
from clientele.ui.widgets.layouts import ground_of
from clientele.ui.widgets.sheet import Sheet


class Till(QObject):
    """The sheets of one visit's ticket; ``page`` is what they float over."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._visit: VisitPage | None = None
        self.ring_sheet: RingSheet | None = None
        self.back_sheet: BringBackSheet | None = None
        self.ahead_sheet: PayAheadSheet | None = None
        self.print_sheet: Sheet | None = None
        self.payment_sheet: Sheet | None = None

    def show_visit(self, visit: VisitPage | None) -> None:
        """The visit as it is now."""
        self._visit = visit
        if self.ring_sheet is not None and not self.ring_sheet.isHidden():
            if visit is None:
                self.ring_sheet.close_sheet()
            else:
                self.ring_sheet.show_visit(visit)

    def ring(self) -> None:
        """Open the sheet that rings what is kept and what comes back, once."""
        if self._visit is None or not self._visit.kept:
            return
        if self.ring_sheet is None:
            self.ring_sheet = RingSheet(self._desk, ground_of(self._page))
        self.ring_sheet.ring(self._visit)

    def bring_back(self) -> None:
        """Open the sheet that takes back what the client brings."""
        if self._visit is not None and self._visit.left_at is None:
            self.back_sheet = BringBackSheet(self._desk, ground_of(self._page), self._visit)
            self.back_sheet.open_sheet()

    def pay_ahead(self) -> None:
        """Open the sheet for what is paid ahead."""
        if self._visit is not None:
            self.ahead_sheet = PayAheadSheet(
                self._desk,
                ground_of(self._page),
                client_id=self._visit.named.client_id,
                visit_id=self._visit.id,
            )
            self.ahead_sheet.open_sheet()

    def open_payment(self, part_payment_id: int) -> None:
        """Show a payment ahead that waits, to take it away if it was a mistake or given back."""
        if self._visit is None:
            return
        paid = next((one for one in self._visit.paid_ahead if one.id == part_payment_id), None)
        if paid is None:
            return
        formats = self._desk.formats
        sheet = Sheet(ground_of(self._page), self.tr("Paid ahead"), width=420)
        sheet.body.addWidget(label(formats.money(paid.amount, paid.currency), "figure"))
        rows = LabelledRows()
        rows.add(self.tr("For"), paid.what)
        rows.add(self.tr("Receipt"), paid.receipt)
        rows.add(self.tr("When"), formats.moment(paid.paid_at))
        rows.add(self.tr("Taken by"), paid.associate)
        sheet.body.addWidget(rows)

        def remove() -> None:
            self._desk.do(
                remove_part_payment,
                RemovePartPayment(part_payment_id),
                said=self.tr("The payment ahead was removed."),
            )
            sheet.close_sheet()

        sheet.add_button(self.tr("Given back, or a mistake: remove"), remove)
        sheet.closed.connect(sheet.deleteLater)
        self.payment_sheet = sheet
        sheet.open_sheet()

    def close_sheets(self) -> None:
        """Another associate has come."""
        if self.ring_sheet is not None:
            self.ring_sheet.close_sheet()

    def print_it(self) -> None:
        """Print the ticket."""
        if self._visit is not None and (self._visit.rung or self._visit.kept):
            from clientele.ui.dialogs.print_ticket import PrintTicketSheet

            self.print_sheet = PrintTicketSheet(self._desk, ground_of(self._page), self._visit)
            self.print_sheet.open_sheet()
