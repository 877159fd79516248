"""What was promised and is not kept yet? In sight until it is, with those that ended this week."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.services.changes import Kind
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.promises import (
    Narrowed,
    PromiseBook,
    PromiseRow,
    promise,
    promise_book,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.models.for_whom import for_whom
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.promise_rows import ended_promise_row, promise_row
from clientele.ui.models.rows import Key, Row
from clientele.ui.pages.promise_acts import PromiseActs
from clientele.ui.pages.promise_card import PromiseCard
from clientele.ui.theme import set_words
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.every_minute import EveryMinute
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SHOWN = frozenset({Kind.ABSENCE, Kind.CLIENT, Kind.PROMISE, Kind.PROMISE_STEP})

IN_HAND = "with me"
"""The value of the choice beside those of ``Book``."""

SIDE, MAIN = 360, 480
"""The side column, and what the main one needs beside it, in pixels at a text scale of one."""


class PromisesPage(Page):
    """Mine, my department's or the store's promises, and the one at hand beside them."""

    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("PromisesPage", "Promises")
        super().__init__(desk, name, kinds=SHOWN)
        self._rows: dict[int, PromiseRow] = {}
        self._wanted: int | None = None
        self.acts = PromiseActs(desk, self)
        self.every_minute = EveryMinute(self)
        self.whose = Choice(
            self.tr("Whose"),
            [
                (Book.MINE, self.tr("mine")),
                (IN_HAND, self.tr("with me")),
                (Book.DEPARTMENT, self.tr("department")),
                (Book.STORE, self.tr("store")),
            ],
        )
        self.whose.chosen.connect(lambda _: self.refresh())
        self.kind = QComboBox()
        self.kind.addItem(self.tr("All kinds"), "")
        for kind in PromiseKind:
            self.kind.addItem(kind_words(kind), kind.value)
        set_words(self.kind, self.tr("Kind of promise"))
        self.kind.activated.connect(lambda _: self.refresh())
        self.new = Button(self.tr("New promise"), self.new_promise, kind="primary")
        self.header = PageHeader(name, buttons=[self.whose, self.kind, self.new])
        self.body.addWidget(self.header)

        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = RowList(desk.theme, name, hug=False, keeps_current=True, click_opens=False)
        self._first = self.tr(
            "No promise is open. An alteration, an order, a call back: what you promise a "
            "client stands here until it is kept, and is pointed out before it is late."
        )
        self.nothing = EmptyState(self._first, self.tr("New promise"), self.new_promise)
        self.card = Card(self.tr("In sight until kept"), self.tr("by when"), fill=True)
        self.card.add(self.list)
        self.card.add(self.nothing)
        main.addWidget(self.card)
        self.detail = PromiseCard(desk, self.acts)
        self.detail.open_client.connect(self.open_client)
        side.addWidget(self.detail)

        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.list.moved.connect(lambda _: self.detail.show_row(self.current()))

    def refresh(self) -> None:
        """Ask for the promises of whom was chosen."""
        if not self.desk.is_signed_in:
            return
        me, now = self.desk.me, self.desk.now()
        in_hand = self.whose.value == IN_HAND
        book = Book.MINE if in_hand else Book(self.whose.value)
        whose = WhoseBook(book, me.id, me.department_id)
        narrowed = Narrowed(self.kind.currentData(), in_hand)
        self.desk.ask(
            lambda session: promise_book(session, whose, now=now, narrowed=narrowed),
            self._show,
            owner=self,
            slot="book",
        )

    def show_promise(self, promise_id: int) -> None:
        """Bring one promise to hand, whoever's and however long ago it ended."""
        self._wanted = promise_id
        if promise_id not in self._rows:
            self.whose.choose(Book.STORE)
            self.kind.setCurrentIndex(0)
        self.refresh()

    def new_promise(self) -> None:
        """Write down what was promised."""
        kind = self.kind.currentData() or PromiseKind.ALTERATION
        NewPromiseSheet(self.desk, self, kind=kind).open_sheet()

    def client_at_hand(self) -> int | None:
        """Whose promise is at hand."""
        row = self.current()
        return row.named.client_id if row is not None else None

    def current(self) -> PromiseRow | None:
        """The promise at hand."""
        key = self.list.current_key()
        return self._rows.get(key) if isinstance(key, int) else None

    def _show(self, book: PromiseBook) -> None:
        formats, today = self.desk.formats, self.desk.today()
        self.header.set_words(self.tr("Promises"), self._summary(book))
        self._rows = {row.id: row for row in (*book.open, *book.ended)}
        section = self.tr("Ended this week")
        if all(row.state == PromiseState.KEPT for row in book.ended):
            section = self.tr("Kept this week")
        self.list.set_rows(
            [
                *(self._row(row) for row in book.open),
                *(ended_promise_row(row, today, formats, section=section) for row in book.ended),
            ]
        )
        self.list.setVisible(bool(self._rows))
        self.nothing.sentence.setText(self._nothing())
        self.nothing.setVisible(not book.open)
        self.card.set_hint(
            self.tr("R next step · D kept · S new date · A ask · T tag") if book.open else ""
        )
        if self._wanted is not None:
            self._bring_to_hand(self._wanted)
        else:
            self.detail.show_row(self.current())

    def _bring_to_hand(self, wanted: int) -> None:
        """The promise that was asked for is in the list, or is read from the book."""
        self._wanted = None
        if wanted in self._rows:
            self.list.set_current(wanted)
            self.detail.show_row(self.current())
            return
        now = self.desk.now()
        self.desk.ask(
            lambda session: promise(session, wanted, now=now),
            self.detail.show_row,
            owner=self,
            slot="wanted",
        )

    def _nothing(self) -> str:
        if self.kind.currentData() or self.whose.value == IN_HAND:
            return self.tr("Nothing of this kind is open here. Choose “All kinds” to see the rest.")
        return self._first

    def _row(self, row: PromiseRow) -> Row:
        """Among one's own, a colleague's is one that is covered or in hand, and says for whom."""
        me, formats, now = self.desk.me.id, self.desk.formats, self.desk.now()
        if self.whose.value not in (Book.MINE, IN_HAND):
            return promise_row(row, now, formats, me=me)
        return for_whom(promise_row(row, now, formats, me=me, says_whose=False), row, me)

    def _summary(self, book: PromiseBook) -> str:
        counts, number = book.counts, self.desk.formats.number
        words = [self.tr("%n open", "", counts.open)]
        if counts.at_risk:
            words.append(self.tr("%n at risk or late", "", counts.at_risk))
        ended = counts.kept + counts.broken
        if ended:
            words.append(
                self.tr("{kept} of {ended} kept in a year, {day} on the day").format(
                    kept=number(counts.kept), ended=number(ended), day=number(counts.on_the_day)
                )
            )
        return " · ".join(words)

    def _open(self, key: Key) -> None:
        row = self._rows.get(key) if isinstance(key, int) else None
        if row is not None:
            self.open_client.emit(row.named.client_id)

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is not None:
            self.acts.act(row, name)
