"""What will be paid, once and here? What is kept in all departments, and what was rung."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.store.queries.ticket import Item, Ticket
from clientele.store.queries.visit import VisitPage
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.rows import Row
from clientele.ui.pages.visit_cards.words import item_detail
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList


class TicketCard(Card):
    """Lines by department with one total. Emits ``opened(shown_item_id)``."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("TicketCard", "One ticket"))
        self._desk = desk
        self._nothing = label(
            self.tr("What the client keeps, in whichever department, comes together here."),
            "label",
        )
        self.add(self._nothing)
        self.list = RowList(desk.theme, self.tr("One ticket"), style=Style(small_headings=True))
        self.list.opened.connect(self._open)
        self.add(self.list)

    def show_visit(self, visit: VisitPage) -> None:
        """The ticket as it is now."""
        kept = visit.kept
        count = len({item.department_id for item in kept})
        self.set_hint(self.tr("%n department(s)", "", count) if count else "")
        rows = [self._line(item, visit.currency, item.department) for item in kept]
        if kept:
            rows.append(
                Row(
                    "total",
                    self.tr("Pay once, here"),
                    trailing=self._desk.formats.money(visit.to_pay, visit.currency),
                    total=True,
                    section=kept[-1].department,
                )
            )
        for ticket in reversed(visit.rung):
            rows += self._rung(visit, ticket)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def _line(self, item: Item, currency: str, section: str) -> Row:
        price = self.tr("price?")
        if item.price is not None:
            price = self._desk.formats.money(item.price, currency)
        credited = "" if item.credited == self._desk.me.name else item.credited
        sub = " · ".join(part for part in (item_detail(item), credited) if part)
        return Row(item.id, after_title=item.item, sub=sub, trailing=price, section=section)

    def _rung(self, visit: VisitPage, ticket: Ticket) -> list[Row]:
        at = self._desk.formats.clock_time(ticket.sold_at)
        section = self.tr("Rung {time} · receipt {receipt}").format(time=at, receipt=ticket.receipt)
        rows = [
            self._line(item, ticket.currency, section)
            for item in visit.items
            if item.purchase_id == ticket.purchase_id
        ]
        total = self._desk.formats.money(ticket.total, ticket.currency)
        key = ("rung", ticket.purchase_id)
        rows.append(Row(key, self.tr("Paid"), trailing=total, total=True, section=section))
        return rows

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.opened.emit(key)
