"""Whom is it worth calling, in short? The first few on Today, each with why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Changes
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.worth_a_call import Worth, WorthBook, worth_book
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.rows import Key
from clientele.ui.models.worth_words import worth_row
from clientele.ui.pages.worth_a_call import SHOWN
from clientele.ui.pages.worth_acts import WorthActs
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

FIRST = 3


class WorthToday(Card):
    """Shown only where it is worth calling somebody. Emits ``open_worth(client_id)``, or with 0."""

    open_worth = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("WorthToday", "Worth a call"), translate("WorthToday", "and why")
        )
        self._desk, self._over = desk, over
        self._acts = WorthActs(desk, over)
        self._rows: dict[Key, Worth] = {}
        self.list = RowList(desk.theme, self.tr("Worth a call"), style=Style(max_lines=3))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.more = Button("", lambda: self.open_worth.emit(0), kind="quiet")
        self.add(self.list)
        self.add(self.more)
        self.hide()
        desk.changed.connect(self._heard)

    def look(self) -> None:
        """Ask again."""
        if not self._desk.is_signed_in:
            return
        me, now = self._desk.me, self._desk.now()
        whose = WhoseBook(Book.MINE, me.id, me.department_id)
        self._desk.ask(lambda session: worth_book(session, whose, now=now), self._show, owner=self)

    def _heard(self, changes: Changes) -> None:
        if self._over.isVisible() and changes.kinds & SHOWN:
            self.look()

    def _show(self, book: WorthBook) -> None:
        if not self._desk.is_signed_in:
            return
        formats, today, me = self._desk.formats, self._desk.today(), self._desk.me.id
        self._rows = {row.named.client_id: row for row in book.rows}
        self.list.set_rows(
            [worth_row(row, today, formats, brief=True, me=me) for row in book.rows[:FIRST]]
        )
        self.more.setVisible(len(book.rows) > FIRST)
        self.more.setText(self.tr("All {number}").format(number=formats.number(len(book.rows))))
        self.setVisible(bool(book.rows))

    def _open(self, key: Key) -> None:
        if isinstance(key, int):
            self.open_worth.emit(key)

    def _act(self, key: Key, name: str) -> None:
        if key in self._rows:
            self._acts.act(self._rows[key], name)
