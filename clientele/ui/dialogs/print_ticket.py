"""On paper, or as a PDF? The ticket that was rung last, or what waits for the till."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.store.queries.reading import StoreFacts, store_facts
from clientele.store.queries.ticket import Ticket
from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.printing.html_page import html_pages, html_pdf
from clientele.ui.printing.pdf import paper_of
from clientele.ui.printing.pdf_file import PdfFile
from clientele.ui.printing.printer import Printing
from clientele.ui.printing.ticket_document import ticket_html, ticket_title
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice

WAITS = "waits"


class PrintTicketSheet(PassingSheet):
    """Call ``open_sheet`` after making it. It is gone when it is closed."""

    def __init__(self, desk: Desk, over: QWidget, visit: VisitPage) -> None:
        title = QCoreApplication.translate("PrintTicketSheet", "Print the ticket")
        super().__init__(desk, over, title, width=420)
        self._visit = visit
        self._facts: StoreFacts | None = None
        self.printing: Printing | None = None
        self.pdf_file = PdfFile(self)
        self.pdf_file.saved.connect(self._saved)
        self.pdf_file.failed.connect(self.say)
        self._tickets: dict[str, Ticket | None] = {
            str(ticket.purchase_id): ticket for ticket in reversed(visit.rung)
        }
        if visit.kept:
            self._tickets[WAITS] = None
        formats = desk.formats
        words = {
            key: self.tr("{total} · receipt {receipt}").format(
                total=formats.money(one.total, one.currency), receipt=one.receipt
            )
            if one is not None
            else self.tr("{total} · not rung yet").format(
                total=formats.money(visit.total, visit.currency)
            )
            for key, one in self._tickets.items()
        }
        self.which = Choice(self.tr("Ticket"), list(words.items()), wraps=True)
        self.body.addWidget(self.which)
        self.body.addWidget(
            label(self.tr("Lines by department, what was paid ahead, who served. No card data."))
        )
        self.pdf_button = self.add_button(self.tr("Save as PDF"), self.ask_where)
        self.print_button = self.add_button(self.tr("Print"), self.print_it, primary=True)
        desk.ask(store_facts, self._found, owner=self)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the printer."""
        super().open_sheet(focus or self.print_button)

    @property
    def ticket(self) -> Ticket | None:
        """The ticket that is chosen; None is what waits."""
        return self._tickets.get(self.which.value)

    def print_it(self) -> None:
        """Choose a printer and print."""
        if self._facts is None:
            return
        title = ticket_title(self._visit, self.ticket)
        over = self.parentWidget() or self
        pages = html_pages(self.html, title, paper_of(self._facts.country), "ticket")
        said, words = self._desk.said, self.tr("It is on the way to the printer.")
        self.printing = Printing(pages, over)
        self.printing.told.connect(lambda sentence: said.emit(sentence, False))
        self.printing.printed.connect(lambda: said.emit(words, False))
        self.printing.ask()
        self.close_sheet()

    def ask_where(self) -> None:
        """Ask where the PDF goes, in the system's own dialog."""
        # A name would stand in the desktop's list of recent files.
        number = self.ticket.receipt if self.ticket else ""
        self.pdf_file.ask(f"{self.tr('Ticket')} {number}".strip(), self.save_pdf)

    def save_pdf(self, path: Path) -> None:
        """Write it to a file, and say so."""
        if self._facts is None:
            return
        title, html = ticket_title(self._visit, self.ticket), self.html
        paper = paper_of(self._facts.country)
        self.pdf_file.write(path, lambda: html_pdf(html, title, paper))

    @property
    def html(self) -> str:
        """The page."""
        name = "" if self._facts is None else self._facts.name
        return ticket_html(self._visit, self.ticket, name, self._desk.formats)

    def _saved(self, words: str) -> None:
        self._desk.said.emit(words, False)
        self.close_sheet()

    def _found(self, facts: StoreFacts) -> None:
        self._facts = facts
