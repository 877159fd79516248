"""Did we do too little? The month's review, and what is to be read out."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.made_right import MadeRightRow
from clientele.store.queries.right_review import ReviewSheet, next_month, review_sheet
from clientele.ui.desk import Desk
from clientele.ui.models.right_rows import review_row
from clientele.ui.models.rows import Key
from clientele.ui.printing.html_page import html_pages
from clientele.ui.printing.pdf import paper_of
from clientele.ui.printing.printer import Printing
from clientele.ui.printing.review_document import (
    nothing_to_praise,
    nothing_too_little,
    review_html,
)
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Stack
from clientele.ui.widgets.row_list import RowList


class ReviewPart(QWidget):
    """A month of problems. Emits ``chosen(row or None)`` and ``opened(client id)``."""

    chosen = Signal(object)
    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._month = desk.today().replace(day=1)
        self._whose = WhoseBook(Book.STORE, 0)
        self.sheet: ReviewSheet | None = None
        self._printing: Printing | None = None
        self._rows: dict[Key, MadeRightRow] = {}
        column = Stack(self, gap=Space.GAP)
        column.addWidget(self._months())
        self.little = RowList(desk.theme, self.tr("Where we did too little"), click_opens=False)
        self.no_little = label(nothing_too_little(), "label")
        self.little_card = Card(
            self.tr("Where we did too little"), self.tr("never where we did too much")
        )
        self.well = RowList(desk.theme, self.tr("Well done"), click_opens=False)
        self.no_well = label(nothing_to_praise(), "label")
        self.well_card = Card(self.tr("Well done"), self.tr("to be read out"))
        for card, rows, nothing in (
            (self.little_card, self.little, self.no_little),
            (self.well_card, self.well, self.no_well),
        ):
            card.add(rows)
            card.add(nothing)
            column.addWidget(card)
            rows.opened.connect(self._open)
            rows.moved.connect(lambda key: self.chosen.emit(self._rows.get(key)))

    def ask(self, whose: WhoseBook) -> None:
        """Ask for the month of whom was chosen."""
        month, now = self._month, self._desk.now()

        self._whose = whose
        self._desk.ask(
            lambda session: review_sheet(session, whose, month, now=now),
            self._show,
            owner=self,
            slot="review",
        )

    def current(self) -> MadeRightRow | None:
        """The problem whose row has the keyboard, or the first one."""
        rows = self.well if self.well.hasFocus() or not self._review_has_little() else self.little
        key = rows.current_key()
        return None if key is None else self._rows.get(key)

    def print_review(self) -> None:
        """Choose a printer and print the month, to be read out."""
        if self.sheet is None:
            return
        html = review_html(self.sheet.review, self.sheet.store.name, self._desk.formats)
        paper = paper_of(self.sheet.store.country)
        title = self.tr("Made right in {month}").format(month=self.month.text())
        self._printing = Printing(html_pages(html, title, paper, "review"), self)
        self._printing.told.connect(lambda words: self._desk.said.emit(words, False))
        self._printing.printed.connect(
            lambda: self._desk.said.emit(self.tr("The review is on the way to the printer."), False)
        )
        self._printing.ask()

    def _months(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.before = Button(self.tr("Earlier"), self._before)
        self.before.setAccessibleName(self.tr("The month before"))
        self.month = label("", "strong", wrap=False)
        self.later = Button(self.tr("Later"), self._later)
        self.later.setAccessibleName(self.tr("The month after"))
        self.heard = label("", "hint", wrap=False)
        self.print_button = Button(self.tr("Print"), self.print_review, key="Ctrl+P")
        for widget in (self.before, self.month, self.later, self.heard):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.print_button)
        return holder

    def _before(self) -> None:
        self._to((self._month - timedelta(days=1)).replace(day=1))

    def _later(self) -> None:
        self._to(next_month(self._month))

    def _to(self, month: date) -> None:
        self._month = month
        self.ask(self._whose)

    def _show(self, sheet: ReviewSheet) -> None:
        self.sheet, found = sheet, sheet.review
        formats, this_month = self._desk.formats, self._desk.today().replace(day=1)
        self.month.setText(formats.month_year(found.month))
        self.heard.setText(
            QCoreApplication.translate("ReviewPart", "%n problem(s) heard", "", found.heard)
        )
        self.before.setEnabled(sheet.first is not None and found.month > sheet.first)
        self.later.setEnabled(found.month < this_month)
        self._rows = {one.row.id: one.row for one in (*found.too_little, *found.well_done)}
        self.little.set_rows([review_row(one, formats, praise=False) for one in found.too_little])
        self.well.set_rows([review_row(one, formats, praise=True) for one in found.well_done])
        for rows, nothing, there in (
            (self.little, self.no_little, found.too_little),
            (self.well, self.no_well, found.well_done),
        ):
            rows.setVisible(bool(there))
            nothing.setVisible(not there)
        self.chosen.emit(self.current())

    def _review_has_little(self) -> bool:
        return self.sheet is not None and bool(self.sheet.review.too_little)

    def _open(self, key: Key) -> None:
        if key in self._rows:
            self.opened.emit(self._rows[key].named.client_id)
