"""What does the client pay ahead? The amount, for what, and the till's reference."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.services.part_payments import (
    ForWhatMissing,
    PaidAheadReceiptMissing,
    PayAhead,
    pay_ahead,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field


class PayAheadSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. ``visit_id`` is the visit in which it is paid."""

    def __init__(
        self, desk: Desk, over: QWidget, *, client_id: int, visit_id: int | None = None
    ) -> None:
        title = QCoreApplication.translate("PayAheadSheet", "Pay ahead")
        super().__init__(desk, over, title, f"paid ahead by {client_id}", width=440)
        self._client_id, self._visit_id = client_id, visit_id
        self.amount = Field(self.tr("How much"), hint=self.tr("100.00"))
        self.what = Field(self.tr("For what"), hint=self.tr("navy coat, 42R, ordered"))
        self.receipt = Field(
            self.tr("The till's reference"), hint=self.tr("Scan or type the receipt's number")
        )
        for field in (self.amount, self.what, self.receipt):
            self.add_field(field.accessibleName(), field)
            field.typed.connect(lambda _: self.save_draft())
        self.amount.returnPressed.connect(self.what.setFocus)
        self.what.returnPressed.connect(self.receipt.setFocus)
        self.receipt.returnPressed.connect(self.keep)
        self.body.addWidget(
            label(
                self.tr(
                    "It waits for the ticket on which this is rung, and is taken off there. "
                    "Card numbers are never kept."
                ),
                "sub",
            )
        )
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the amount."""
        super().open_sheet(focus or self.amount)

    def typed_now(self) -> dict[str, str]:
        """The three fields; empty while nothing is typed."""
        fields = {
            "amount": self.amount.value,
            "what": self.what.value,
            "receipt": self.receipt.value,
        }
        return fields if any(value.strip() for value in fields.values()) else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.amount.set_value(fields.get("amount", ""))
        self.what.set_value(fields.get("what", ""))
        self.receipt.set_value(fields.get("receipt", ""))

    def keep(self) -> None:
        """Keep it, or say what is missing and go there."""
        self.keep_as(
            pay_ahead,
            PayAhead(
                self._client_id,
                self.desk.me.id,
                self.amount.value,
                self.what.value,
                self.receipt.value,
                self._visit_id,
                draft=self.place,
            ),
            said=self.tr("Paid ahead: {what}").format(what=self.what.value.strip()),
        )

    def _refused(self, sentence: str) -> None:
        super()._refused(sentence)
        wrong = {
            sentence_of(ForWhatMissing()): self.what,
            sentence_of(PaidAheadReceiptMissing()): self.receipt,
        }.get(sentence)
        if wrong is not None:
            wrong.setFocus()
