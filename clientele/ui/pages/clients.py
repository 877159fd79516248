"""Which clients are there? My book, my department's or the store's, however many they are."""

from __future__ import annotations

from array import array
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.services.changes import Changes, Kind
from clientele.store.queries.acting import covering
from clientele.store.queries.clients import (
    Book,
    ClientRow,
    Counts,
    WhoseBook,
    beginning,
    client_ids,
    count_books,
)
from clientele.store.search import SORTABLE, search
from clientele.ui.desk import Desk
from clientele.ui.find import client_row
from clientele.ui.models.client_list import ClientListModel
from clientele.ui.models.rows import Row, RowAction
from clientele.ui.pages.clients_chosen import ChosenClients
from clientele.ui.theme import Space
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.mark_list import MarkList
from clientele.ui.widgets.page import Page, PageHeader

AT_ONCE = 120
"""How many clients are shown before all of them are known."""

SCREEN = 16
"""How many of them come with their rows."""

WHO = frozenset(
    {
        Kind.ABSENCE,
        Kind.ASSOCIATE,
        Kind.BOOK_MEMBERSHIP,
        Kind.CLIENT,
        Kind.CLIENT_REFERENCE,
        Kind.HAND_OFF,
    }
)
"""What changes who is listed, and in which order."""

WHAT = frozenset({Kind.CONTACT_POINT, Kind.PURCHASE, Kind.VISIT})
"""What changes how a client is shown."""


class ClientsPage(Page):
    """The list of clients.

    ``show_found(text)`` lists what a search found, until its chip is clicked away.
    """

    open_client = Signal(int)
    open_brief = Signal(int)
    start_visit = Signal(int)
    new_client = Signal()
    new_follow_up = Signal(int)
    import_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("ClientsPage", "Clients"), WHO | WHAT)
        self._found = ""
        self._counts = Counts()
        self._acts = (
            RowAction("brief", self.tr("Brief"), "B", shown=False),
            RowAction("visit", self.tr("Start visit"), "V", shown=False),
            RowAction("follow_up", self.tr("Follow-up"), "F", shown=False),
        )
        self.header = PageHeader(self.tr("Clients"), " ", [self._made_choice()])
        self.body.addWidget(self.header)
        self.model = ClientListModel(desk, self._row, self)
        self.list = MarkList(desk.theme, self.tr("Clients"), self.model)
        self.list.opened.connect(self.open_client.emit)
        self.list.acted.connect(self._act)
        self.list.verticalScrollBar().valueChanged.connect(self._see)
        self.list.verticalScrollBar().rangeChanged.connect(self._see)
        self.model.loaded.connect(self.list.viewport().update)
        self.empty = QWidget()
        self._empty_row = QHBoxLayout(self.empty)
        self._empty_row.setContentsMargins(0, 0, 0, 0)
        self.empty.hide()
        card = Card(fill=True)
        card.setAccessibleName(self.tr("Clients"))
        card.add(self.empty)
        card.add(self._made_chosen())
        card.add(self.list)
        self.body.addWidget(card)

    def refresh(self) -> None:
        """List the book that is chosen, then count all of them."""
        whose, today = self._whose(), self.desk.today()
        if self._found:
            self._search()
        elif self.model.ids():
            self._ask_ids(whose)
        else:
            self.desk.ask(
                lambda s: beginning(s, covering(s, whose, today), ids=AT_ONCE, rows=SCREEN),
                lambda found: self._begin(whose, *found),
                owner=self,
                slot="ids",
            )

    def concerns(self, changes: Changes) -> bool:
        """New rows at once; a new list only where somebody came, went or is called otherwise."""
        if changes.kinds & (WHO | WHAT):
            self.model.renew(changes.clients)
        return bool(changes.kinds & WHO)

    def show_found(self, text: str) -> None:
        """List the clients that a text means."""
        self.chosen.let_go()
        self._found = text
        self.model.set_ids(array("q"))
        self.make_due()

    def show_book(self, book: Book | None = None) -> None:
        """List a book again instead of what a search found."""
        self.chosen.let_go()
        self._found = ""
        self.found.hide()
        if book is not None:
            self.books.choose(book.value)
        self.books.show()
        self.model.set_ids(array("q"))
        self.make_due()

    def client_at_hand(self) -> int | None:
        """The client whose row the keyboard acts on."""
        key = self.list.current_key()
        return key if isinstance(key, int) and self.list.isVisible() else None

    # several at once

    def _made_chosen(self) -> QWidget:
        self.chosen = ChosenClients(self.desk, self)
        self.model.set_chosen(self.chosen.marks)
        self.chosen.changed.connect(self.list.viewport().update)
        self.chosen.all_asked.connect(self._choose_all)
        self.list.everything.connect(self._choose_all)
        self.list.let_go.connect(self.chosen.let_go)
        self.list.toggled.connect(lambda at: self.chosen.toggle(self.model.ids()[at]))
        self.list.reached.connect(self._choose_from_to)
        return self.chosen

    def _choose_all(self) -> None:
        self.chosen.only(self.model.ids())

    def _choose_from_to(self, first: int, last: int) -> None:
        self.chosen.choose(self.model.ids()[first : last + 1])

    # what is listed

    def _made_choice(self) -> QWidget:
        self.books = Choice(
            self.tr("Whose clients"),
            [
                (Book.MINE, self.tr("My book")),
                (Book.DEPARTMENT, self.tr("My department")),
                (Book.STORE, self.tr("The store")),
            ],
        )
        self.books.chosen.connect(lambda _: self.show_book())
        self.found = Button("", self.show_book, kind="plain")
        self.found.hide()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.books)
        row.addWidget(self.found)
        return holder

    def _whose(self) -> WhoseBook:
        me = self.desk.me
        return WhoseBook(Book(self.books.value), me.id, me.department_id)

    def _count(self, counts: Counts) -> None:
        self._counts = counts
        number = self.desk.formats.number
        for book, words, count in (
            (Book.MINE, self.tr("My book {n}"), counts.mine),
            (Book.DEPARTMENT, self.tr("My department {n}"), counts.department),
            (Book.STORE, self.tr("The store {n}"), counts.store),
        ):
            self.books.set_words(book, words.format(n=number(count)))
        if not self.model.ids():
            self._say_nothing_there(True)
        self._say_count()

    def _search(self) -> None:
        text, me = self._found, self.desk.me.id
        self.desk.ask(
            lambda s: search(s, text, associate_id=me, limit=SORTABLE),
            lambda found: self._show_found(array("q", found.ids), found.more),
            owner=self,
            slot="ids",
        )

    def _show_found(self, ids: array[int], more: bool) -> None:
        self.books.hide()
        self.found.set_words(self.tr("“{text}”  ×").format(text=self._found))
        self.found.setAccessibleName(self.tr("Show all clients again, not only those found"))
        self.found.show()
        self._list(ids)
        shown = self.desk.formats.number(len(ids))
        words = self.tr("%n client(s) found", "", len(ids))
        if more:
            words = self.tr("The first {n} are shown; a longer word finds fewer").format(n=shown)
        self.header.set_words(self.tr("Clients"), self._with_keys(words))

    def _begin(self, whose: WhoseBook, ids: array[int], rows: dict[int, ClientRow]) -> None:
        if ids:
            self.model.take_first(ids, rows)
            self._list(ids)
        self._ask_ids(whose)

    def _ask_ids(self, whose: WhoseBook) -> None:
        """One question after the other: meanwhile a reader is free for what is scrolled to."""
        today = self.desk.today()

        def listed(ids: array[int]) -> None:
            self._list(ids)
            self.desk.ask(
                lambda s: count_books(s, covering(s, whose, today)),
                self._count,
                owner=self,
                slot="counts",
            )

        self.desk.ask(
            lambda s: client_ids(s, covering(s, whose, today)), listed, owner=self, slot="ids"
        )

    def _list(self, ids: array[int]) -> None:
        current = self.list.current_key()
        self.model.set_ids(ids)
        self.chosen.keep_all_count(len(ids))
        if ids or self._found:
            self._say_nothing_there(not ids)
        self.list.viewport().update()
        if ids:
            at = self.model.position(current) if isinstance(current, int) else -1
            if at < 0:
                at = max(self.list.currentIndex().row(), 0)
            if at != self.list.currentIndex().row():
                self.list.setCurrentIndex(self.model.index(min(at, len(ids) - 1)))
        self._say_count()
        self._see()

    def _say_count(self) -> None:
        if self._found:
            return
        count = {
            Book.MINE: self._counts.mine,
            Book.DEPARTMENT: self._counts.department,
            Book.STORE: self._counts.store,
        }[Book(self.books.value)]
        words = self.tr("%n client(s) by name", "", count)
        self.header.set_words(self.tr("Clients"), self._with_keys(words))

    def _with_keys(self, words: str) -> str:
        keys = self.tr("Return opens · B brief · V start visit · F follow-up · Space chooses")
        return f"{words} · {keys}" if self.model.ids() else words

    def _say_nothing_there(self, nothing: bool) -> None:
        self.list.setVisible(not nothing)
        self.empty.setVisible(nothing)
        if not nothing:
            return
        while (item := self._empty_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._empty_row.addWidget(self._empty_state())

    def _empty_state(self) -> QWidget:
        if self._found:
            sentence = self.tr("Nobody was found by “{text}”.").format(text=self._found)
            return EmptyState(sentence, self.tr("Show all clients"), self.show_book)
        if self._counts.store and self.books.value != Book.STORE:
            sentence = self.tr(
                "Nobody is in this book yet. Clients you add or take into your book stand here."
            )
            return EmptyState(
                sentence, self.tr("Show the store's clients"), lambda: self.show_book(Book.STORE)
            )
        sentence = self.tr(
            "The book is empty. Clients stand here as soon as you add one, or bring in the "
            "customers and purchases that the store already has."
        )
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(EmptyState(sentence))
        buttons = Flow(across=Space.SMALL)
        buttons.add(Button(self.tr("New client"), self.new_client.emit))
        buttons.add(Button(self.tr("Import a file"), self.import_wanted.emit))
        column.addWidget(buttons)
        return both

    # what is in sight

    def _see(self) -> None:
        self.model.see(*self.list.in_sight())

    def _row(self, row: ClientRow) -> Row:
        return replace(client_row(row, self.desk), actions=self._acts)

    def _act(self, key: int, name: str) -> None:
        {
            "brief": self.open_brief,
            "visit": self.start_visit,
            "follow_up": self.new_follow_up,
        }[name].emit(key)
