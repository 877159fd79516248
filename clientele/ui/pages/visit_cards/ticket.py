"""What will be paid, once and here? What is kept and what comes back, and what was rung."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, SignalInstance

from clientele.store.queries.collected import ToCollect
from clientele.store.queries.ticket import Item, PaidAhead, Ticket
from clientele.store.queries.visit import VisitPage
from clientele.ui.actions import BRING_BACK, PAY_AHEAD, PRINT
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.rows import Row
from clientele.ui.pages.visit_cards.ticket_words import (
    by_department,
    line_money,
    line_words,
    money,
    paid_words,
    to_pay_words,
    under_line,
)
from clientele.ui.pages.visit_cards.words import item_detail
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList


class TicketCard(Card):
    """Lines by department with one total.

    Emits ``opened(shown_item_id)``, ``bring_back``, ``pay_ahead``, ``print_it``,
    ``opened_payment(part_payment_id)`` and ``opened_promise(promise_id)``.
    """

    opened = Signal(int)
    opened_payment = Signal(int)
    opened_promise = Signal(int)
    bring_back = Signal()
    pay_ahead = Signal()
    print_it = Signal()

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
        self.back_button = self._button(self.tr("Bring back"), self.bring_back, BRING_BACK.key)
        self.ahead_button = self._button(self.tr("Pay ahead"), self.pay_ahead, PAY_AHEAD.key)
        self.print_button = self._button(self.tr("Print"), self.print_it, PRINT.key)
        self._acts = Flow(across=Space.TIGHT, down=Space.TIGHT)
        for button in (self.back_button, self.ahead_button, self.print_button):
            self._acts.add(button)
        self.add(self._acts)

    def show_visit(self, visit: VisitPage) -> None:
        """The ticket as it is now."""
        kept = by_department(visit.kept)
        count = len({item.department_id for item in kept})
        self.set_hint(self.tr("%n department(s)", "", count) if count else "")
        rows = self._lines(visit, kept)
        if kept:
            rows += self._totals(visit, rows[-1].section)
        rows += self._waiting(visit)
        for ticket in reversed(visit.rung):
            rows += self._rung(visit, ticket)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        here = visit.left_at is None
        self.back_button.setVisible(here)
        self.ahead_button.setVisible(here)
        self.print_button.setVisible(bool(visit.rung or kept))
        self._acts.setVisible(here or bool(visit.rung or kept))

    def _button(self, words: str, pressed: SignalInstance, key: str) -> Button:
        return Button(words, pressed.emit, kind="quiet", key=key)

    def _line(self, item: Item, currency: str, section: str) -> Row:
        formats = self._desk.formats
        sub = (item_detail(item), under_line(item, currency, formats, self._desk.me.id))
        return Row(
            item.id,
            after_title=line_words(item, formats),
            sub=" · ".join(part for part in sub if part),
            trailing=line_money(item, currency, formats),
            section=section,
        )

    def _lines(self, visit: VisitPage, kept: list[Item]) -> list[Row]:
        """Those of each department together, led by what is collected there."""
        places = {item.department_id: item.department for item in kept}
        open_still = visit.left_at is None
        collected = visit.to_collect if open_still else ()
        places = {one.department_id: one.department for one in collected} | places
        rows: list[Row] = []
        for key, department in sorted(places.items(), key=lambda place: _rank(visit, place[0])):
            rows += [self._collected(one) for one in collected if one.department_id == key]
            rows += [
                self._line(item, visit.currency, department)
                for item in kept
                if item.department_id == key
            ]
        return rows

    def _collected(self, one: ToCollect) -> Row:
        formats, today = self._desk.formats, self._desk.today()
        paid = self.tr("paid {day}").format(day=formats.day(one.paid_on))
        at = formats.past_day(formats.local_day(one.ready_at), today)
        if formats.local_day(one.ready_at) == today:
            at = formats.clock_time(one.ready_at)
        ready = self.tr("ready {when}").format(when=at)
        words = one.garment or one.what
        return Row(
            ("collect", one.promise_id),
            after_title=words[:1].upper() + words[1:],
            sub=f"{paid} · {ready}",
            trailing="—",
            section=one.department,
        )

    def _totals(self, visit: VisitPage, section: str) -> list[Row]:
        formats, meant = self._desk.formats, visit.meant
        rows = []
        if meant:
            whole = money(visit.total, visit.currency, formats)
            rows.append(Row("sum", after_title=self.tr("Total"), trailing=whole, section=section))
            rows += [self._paid(paid, section, sign=-1) for paid in meant]
        rows.append(
            Row(
                "total",
                to_pay_words(visit.to_pay),
                trailing=formats.money(abs(visit.to_pay), visit.currency),
                total=True,
                section=section,
            )
        )
        return rows

    def _waiting(self, visit: VisitPage) -> list[Row]:
        section = self.tr("Paid ahead, for another ticket")
        if not visit.kept:
            section = self.tr("Paid ahead")
        return [self._paid(paid, section) for paid in visit.paid_ahead if paid not in visit.meant]

    def _paid(self, paid: PaidAhead, section: str, *, sign: int = 1) -> Row:
        formats = self._desk.formats
        return Row(
            ("paid", paid.id),
            after_title=paid_words(paid, formats),
            sub=self.tr("receipt {receipt}").format(receipt=paid.receipt),
            trailing=money(sign * paid.amount, paid.currency, formats),
            section=section,
        )

    def _rung(self, visit: VisitPage, ticket: Ticket) -> list[Row]:
        formats = self._desk.formats
        at = formats.clock_time(ticket.sold_at)
        section = self.tr("Rung {time} · receipt {receipt}").format(time=at, receipt=ticket.receipt)
        items = [item for item in visit.items if item.purchase_id == ticket.purchase_id]
        rows = [self._line(item, ticket.currency, section) for item in by_department(items)]
        rows += [self._paid(paid, section, sign=-1) for paid in ticket.paid_ahead]
        rows.append(
            Row(
                ("rung", ticket.purchase_id),
                self.tr("Given back") if ticket.paid < 0 else self.tr("Paid"),
                trailing=formats.money(abs(ticket.paid), ticket.currency),
                total=True,
                section=section,
            )
        )
        return rows

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.opened.emit(key)
        elif isinstance(key, tuple) and key[0] == "paid":
            self.opened_payment.emit(key[1])
        elif isinstance(key, tuple) and key[0] == "collect":
            self.opened_promise.emit(key[1])


def _rank(visit: VisitPage, department_id: int) -> int:
    """Where a department stands on the route; those that are not on it come first."""
    route = [stop.department_id for stop in visit.stops]
    return route.index(department_id) if department_id in route else -1
