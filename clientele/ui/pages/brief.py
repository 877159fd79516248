"""Who is coming, and what do I say first? The brief, as it stands on its one page of paper."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clientele.services.audit_verbs import TakenOut, say_taken_out
from clientele.services.brief_choice import BriefSheet, Entry, Section, Topic
from clientele.services.briefs import ToSet, of_client
from clientele.services.changes import Changes, Kind
from clientele.ui.actions import PRINT, START_OR_RING
from clientele.ui.desk import Desk
from clientele.ui.models.brief_say import brief_say
from clientele.ui.models.client_names import prefers, shown_name
from clientele.ui.printing.brief_document import (
    brief_pages,
    brief_pdf,
    fitted,
    printed_words,
)
from clientele.ui.printing.brief_html import columns_of
from clientele.ui.printing.pdf import paper_of
from clientele.ui.printing.pdf_file import PdfFile
from clientele.ui.printing.printer import Printing
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, LabelledRows, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import EmptyState
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.layouts import Columns, Flow, Stack
from clientele.ui.widgets.page import Page, PageHeader

QUIET = frozenset({Kind.DRAFT, Kind.IMPORT_BATCH, Kind.IMPORT_SEEN, Kind.STORE_PROFILE})
"""What says nothing about a client."""


Set = tuple[BriefSheet, BriefSheet, QPageSize]
"""The whole brief, what of it one page holds, and the paper."""


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
        self._printing: Printing | None = None
        self.pdf_file = PdfFile(self)
        self.pdf_file.saved.connect(lambda words: self.desk.said.emit(words, False))
        self.pdf_file.failed.connect(self.desk.refused)
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
        self._above = QWidget()
        above = QHBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(Space.GAP)
        self._first, self._never = _Banner(Tone.GREEN, "lead"), _Banner(Tone.AMBER, "")
        above.addWidget(self._first, 64)
        above.addWidget(self._never, 36)
        column.addWidget(self._above)
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
        client, now, desk = self.client_id, self.desk.now(), self.desk
        if client is None or not desk.is_signed_in:
            return
        me, formats = desk.me.id, desk.formats
        desk.saw(client, "see_brief")
        desk.ask(
            lambda session: _set(
                of_client(session, client, formats, now=now, me=me, say=brief_say)
            ),
            self._found,
            owner=self,
        )

    def _found(self, found: Set | None) -> None:
        if found is None:
            self._whole = None
            self._show(None)
            return
        self._whole, sheet, self._paper = found
        self._show(sheet)

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
            empty(stack)
            for section in sections:
                stack.addWidget(_section(section))
        self._columns.updateGeometry()
        self._foot.setVisible(bool(sheet.left_out))
        words = brief_say("Left out for want of room: {count}. The rest is in the book.")
        self._foot.setText(words.format(count=sheet.left_out))

    def _show_head(self, sheet: BriefSheet) -> None:
        empty(self._head)
        line = Flow(across=Space.SMALL, down=2)
        line.add(label(shown_name(sheet.named), "title", wrap=False))
        if words := prefers(sheet.named):
            line.add(Chip(words, Tone.GREEN))
        if sheet.say_it:
            line.add(Chip(brief_say("say it: {how}").format(how=sheet.say_it), Tone.BLUE))
        self._head.addWidget(line)
        under = " · ".join(part for part in (sheet.under, sheet.made) if part)
        self._head.addWidget(label(under, "sub"))
        first, never = sheet.section(Topic.SAY_FIRST), sheet.section(Topic.NEVER_SAY)
        self._above.setVisible(first is not None or never is not None)
        self._first.show_section(first)
        self._never.show_section(never)

    # paper

    def print_brief(self) -> None:
        """Choose a printer and print the one page."""
        if self._whole is not None and self.sheet is not None:
            pages = brief_pages([self._whole], self._whole.title, self._paper, brief_say)
            self._printing = Printing(pages, self)
            self._printing.told.connect(lambda words: self.desk.said.emit(words, False))
            self._printing.printed.connect(self._printed)
            self._printing.ask()

    def _printed(self) -> None:
        self._enter("print_brief", "printer")
        self.desk.said.emit(printed_words(1), False)

    def _enter(self, act: str, place: str | Path) -> None:
        if self.client_id is not None and self.desk.is_signed_in:
            what = TakenOut(act, self.desk.me.id, place, clients=(self.client_id,))
            self.desk.do(say_taken_out, what)

    def ask_where(self) -> None:
        """Ask where the PDF goes, in the system's own dialog."""
        if self.sheet is not None:
            # A name would stand in the desktop's list of recent files: the number says who it is.
            name = self.tr("Brief {number}").format(number=self.client_id)
            self.pdf_file.ask(name, self.save_pdf)

    def save_pdf(self, path: Path) -> None:
        """Write the page to a file, beside the window, and say so."""
        whole, paper = self._whole, self._paper
        if whole is not None:
            self._enter("save_brief", path)
            self.pdf_file.write(path, lambda: brief_pdf(whole, paper, brief_say))

    def _client(self) -> None:
        if self.client_id is not None:
            self.open_client.emit(self.client_id)

    def _start(self) -> None:
        if self.client_id is not None:
            self.start_visit.emit(self.client_id)


def _set(found: ToSet) -> Set | None:
    """On a reader: fitting takes too long for the thread that paints."""
    if not found.sheets:
        return None
    whole, paper = found.sheets[0], paper_of(found.country)
    return whole, fitted(whole, paper, brief_say).sheet, paper


class _Banner(QFrame):
    """What is said first, or never: a title and the entries, each with where it is from."""

    def __init__(self, tone: Tone, role: str) -> None:
        super().__init__()
        self._role = role
        self.setObjectName("banner")
        self.setProperty("tone", tone.value)
        self._lines = Stack(self, gap=3)
        self._lines.setContentsMargins(Space.CARD_X, 12, Space.CARD_X, 12)

    def show_section(self, section: Section | None) -> None:
        """Show it, or nothing."""
        empty(self._lines)
        self.setVisible(section is not None)
        if section is None:
            return
        self._lines.addWidget(label(section.title, "strong"))
        short = [entry for entry in section.entries if entry.warns and entry.is_short]
        for entry in section.entries:
            if entry not in short:
                self._lines.addWidget(label(entry.words, self._role))
                if entry.aside:
                    self._lines.addWidget(label(entry.aside, "sub"))
        if short:
            self._lines.addWidget(label(" · ".join(entry.text for entry in short)))


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
    tone = Tone.GREEN if section.topic is Topic.LIKES else Tone.PLAIN
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
