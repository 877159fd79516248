"""Who is coming, and what do I say first? The brief, as it stands on its one page of paper."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from clientele.services.brief_choice import BriefSheet, Entry, Section, Topic
from clientele.services.brief_words import brief_sheet
from clientele.services.changes import Changes, Kind
from clientele.store.queries.brief import Brief, brief
from clientele.store.queries.reading import store_facts
from clientele.ui.actions import PRINT, START_OR_RING
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import prefers, shown_name
from clientele.ui.printing.brief_document import brief_pdf, columns_of, fitted, paper_of, save
from clientele.ui.printing.printer import PrintBrief
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, LabelledRows, empty, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import EmptyState
from clientele.ui.widgets.layouts import Columns, Flow, Stack
from clientele.ui.widgets.page import Page, PageHeader

QUIET = frozenset({Kind.DRAFT, Kind.IMPORT_BATCH, Kind.IMPORT_SEEN, Kind.STORE_PROFILE})
"""What says nothing about a client."""


def say(template: str) -> str:
    """A template of the brief in the reader's language."""
    return QCoreApplication.translate("brief", template)


class BriefPage(Page):
    """Shows what is printed: ``show_brief(client_id)``."""

    open_client = Signal(int)
    start_visit = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("BriefPage", "Brief")
        super().__init__(desk, name, frozenset(Kind) - QUIET)
        self.client_id: int | None = None
        self.sheet: BriefSheet | None = None
        self._paper = paper_of("")
        self._whole: BriefSheet | None = None
        self._printing: PrintBrief | None = None
        self.pdf_button = Button(self.tr("Save as PDF"), self.ask_where)
        self.print_button = Button(self.tr("Print"), self.print_brief, key="Ctrl+P")
        self.client_button = Button(self.tr("Client"), self._client)
        self.start_button = Button(
            self.tr("Start visit"), self._start, kind="primary", key="Ctrl+Return"
        )
        self.header = PageHeader(
            self.tr("Brief"),
            buttons=(self.client_button, self.pdf_button, self.print_button, self.start_button),
        )
        self.body.addWidget(self.header)
        self.nothing = EmptyState(
            self.tr("Choose a client first: their brief stands here on one page, to read or print.")
        )
        self.body.addWidget(self.nothing)
        self._make_paper()
        self.on(PRINT, self.print_brief)
        self.on(START_OR_RING, self._start)
        self._show(None)

    def _make_paper(self) -> None:
        self.paper = QFrame()
        self.paper.setProperty("card", "plain")
        self.paper.setAccessibleName(self.tr("Brief"))
        column = Stack(self.paper)
        column.setContentsMargins(28, 24, 28, 24)
        self._head = QVBoxLayout()
        self._head.setSpacing(3)
        column.addLayout(self._head)
        self._first = QFrame()
        self._first.setObjectName("banner")
        self._first.setProperty("tone", Tone.GREEN.value)
        self._first_lines = QVBoxLayout(self._first)
        self._first_lines.setContentsMargins(Space.CARD_X, 12, Space.CARD_X, 12)
        column.addWidget(self._first)
        self._columns = Columns(gap=32)
        self._columns.set_main_at_least(320)
        self._stacks = [self._columns.column(width) for width in (None, 330, 330)]
        column.addWidget(self._columns)
        self._foot = label("", "sub")
        column.addWidget(self._foot)
        holder = QWidget()
        middle = QVBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.paper)
        middle.addStretch(1)
        self.body.addWidget(holder)

    def show_brief(self, client_id: int) -> None:
        """Show the brief of this client."""
        if client_id != self.client_id:
            self._show(None)
        self.client_id = client_id
        self.make_due()

    def client_at_hand(self) -> int | None:
        """The client shown."""
        return self.client_id

    def place(self) -> object:
        """The client whose brief is shown."""
        return self.client_id

    def go_to(self, place: object) -> None:
        """Back to a client's brief."""
        if isinstance(place, int):
            self.show_brief(place)

    def concerns(self, changes: Changes) -> bool:
        """What touches this client."""
        return (
            super().concerns(changes)
            and self.client_id is not None
            and (not changes.clients or self.client_id in changes.clients)
        )

    def refresh(self) -> None:
        """Ask for everything that a brief may say."""
        client, now = self.client_id, self.desk.now()
        if client is None:
            return
        self.desk.ask(
            lambda session: (brief(session, client, now=now), store_facts(session).country),
            self._found,
            owner=self,
        )

    def _found(self, found: tuple[Brief | None, str]) -> None:
        known, country = found
        self._paper = paper_of(country)
        if known is None:
            self._show(None)
            return
        desk = self.desk
        self._whole = brief_sheet(known, desk.formats, now=desk.now(), me=desk.me.id, say=say)
        self._show(fitted(self._whole, self._paper, say).sheet)

    def _show(self, sheet: BriefSheet | None) -> None:
        self.sheet = sheet
        there = sheet is not None
        self.paper.setVisible(there)
        self.nothing.setVisible(not there and self.client_id is None)
        for button in (
            self.pdf_button,
            self.print_button,
            self.client_button,
            self.start_button,
        ):
            button.setVisible(there)
        if sheet is None:
            self.header.set_words(self.tr("Brief"))
            return
        self.header.set_words(self.tr("Brief"), self.tr("One page, as it is printed"))
        self._show_head(sheet)
        for stack, sections in zip(self._stacks, columns_of(sheet, 3), strict=True):
            _clear(stack)
            for section in sections:
                stack.addWidget(_section(section))
        self._columns.updateGeometry()
        self._foot.setVisible(bool(sheet.left_out))
        words = say("Left out for want of room: {count}. The rest is in the book.")
        self._foot.setText(words.format(count=sheet.left_out))

    def _show_head(self, sheet: BriefSheet) -> None:
        empty(self._head)
        line = Flow(across=Space.SMALL, down=2)
        line.add(label(shown_name(sheet.named), "title", wrap=False))
        if words := prefers(sheet.named):
            line.add(Chip(words, Tone.GREEN))
        if sheet.say_it:
            line.add(Chip(say("say it: {how}").format(how=sheet.say_it), Tone.BLUE))
        self._head.addWidget(line)
        under = " · ".join(part for part in (sheet.under, sheet.made) if part)
        self._head.addWidget(label(under, "sub"))
        empty(self._first_lines)
        first = sheet.section(Topic.SAY_FIRST)
        self._first.setVisible(first is not None)
        if first is not None:
            self._first_lines.addWidget(label(first.title, "strong"))
            for entry in first.entries:
                self._first_lines.addWidget(label(entry.words, "lead"))
                self._first_lines.addWidget(label(entry.aside, "sub"))

    # paper

    def print_brief(self) -> None:
        """Choose a printer and print the one page."""
        if self._whole is not None and self.sheet is not None:
            self._printing = PrintBrief(self._whole, self._paper, say, self)
            self._printing.told.connect(lambda words: self.desk.said.emit(words, False))
            self._printing.ask()

    def ask_where(self) -> None:
        """Ask where the PDF goes, in the system's own dialog."""
        if self.sheet is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = self.tr("Brief {client}").format(client=self.sheet.title).replace("/", " ")
        dialog = QFileDialog(self, self.tr("Save as PDF"), str(Path(folder) / f"{name}.pdf"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_pdf(Path(chosen)))
        dialog.open()

    def save_pdf(self, path: Path) -> None:
        """Write the page to a file and say so."""
        if self._whole is None:
            return
        try:
            save(brief_pdf(self._whole, self._paper, say), path)
        except OSError as error:
            words = self.tr(
                "“{name}” could not be written: {why}. Choose another folder and try again."
            )
            self.desk.refused.emit(words.format(name=path.name, why=error.strerror))
            return
        self.desk.said.emit(self.tr("Saved as {name}.").format(name=path.name), False)

    def _client(self) -> None:
        if self.client_id is not None:
            self.open_client.emit(self.client_id)

    def _start(self) -> None:
        if self.client_id is not None:
            self.start_visit.emit(self.client_id)


def _section(section: Section) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    title = label(section.title, "strong")
    column.addWidget(title)
    if section.topic.inline:
        column.addWidget(_chips(section))
        return made
    rows = LabelledRows()
    for entry in section.entries:
        if entry.name:
            rows.add(entry.name, _value(entry))
        else:
            column.addWidget(_value(entry))
    column.addWidget(rows)
    return made


def _chips(section: Section) -> Flow:
    tone = {Topic.LIKES: Tone.GREEN, Topic.AVOIDS: Tone.AMBER}.get(section.topic, Tone.PLAIN)
    flow = Flow()
    for entry in section.entries:
        words = f"{entry.words} · {entry.aside}" if entry.aside else entry.words
        flow.add(Chip(words, tone))
    return flow


def _value(entry: Entry) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    holder.setAccessibleName(entry.text)
    rows = [part for part in (entry.strong, entry.words) if part]
    words = label(", ".join(rows), "strong" if entry.warns else "")
    if entry.strong:
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(_rich(entry))
    column.addWidget(words)
    if entry.aside:
        column.addWidget(label(entry.aside, "sub"))
    return holder


def _rich(entry: Entry) -> str:
    more = f", {escape(entry.words)}" if entry.words else ""
    return f"<b>{escape(entry.strong)}</b>{more}"


def _clear(stack: Stack) -> None:
    for at in range(stack.count() - 1, -1, -1):
        item = stack.itemAt(at)
        widget = None if item is None else item.widget()
        if widget is not None:
            stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
