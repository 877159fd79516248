"""Which clients are there? My book, my department's or the store's, however many they are."""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.rules.filters import Filter
from clientele.services.changes import Changes, Kind
from clientele.store.queries.acting import covering
from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.clients import (
    Book,
    Counts,
    WhoseBook,
    beginning,
    client_ids,
    count_books,
)
from clientele.store.queries.lists import ListRow
from clientele.store.search import SORTABLE, search
from clientele.ui.actions import LISTS
from clientele.ui.desk import Desk
from clientele.ui.find import client_row
from clientele.ui.models.client_list import ClientListModel
from clientele.ui.models.filter_words import filter_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.pages.clients_chosen import ChosenClients
from clientele.ui.pages.clients_empty import NobodyListed
from clientele.ui.pages.clients_filtered import AT_ONCE, SCREEN, SLOT, FilteredClients
from clientele.ui.pages.clients_lists import ListsAtHand
from clientele.ui.pages.filter_bar import FilterBar
from clientele.ui.pages.pairs_link import PairsLink
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.mark_list import MarkList
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.working import Working

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

MARKS = frozenset({Kind.SAVED_LIST, Kind.SAVED_LIST_MARK})
"""What changes on a list, and not for the clients on it."""


class ClientsPage(Page):
    """The list of clients; ``show_found(text)`` lists what a search found."""

    open_client = Signal(int)
    open_brief = Signal(int)
    start_visit = Signal(int)
    new_client = Signal()
    new_follow_up = Signal(int)
    import_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("ClientsPage", "Clients"), WHO | WHAT)
        self._found = ""
        self._anew = False
        self.working = Working(desk, self)
        self.working.changed.connect(self._show_done)
        self._counts = Counts()
        self._acts = (
            RowAction("brief", self.tr("Brief"), "B", shown=False),
            RowAction("visit", self.tr("Start visit"), "V", shown=False),
            RowAction("follow_up", self.tr("Follow-up"), "F", shown=False),
        )
        self._done_act = RowAction("done", self.tr("Done with this client"), "D", shown=False)
        bar = self._made_filter()
        self.header = PageHeader(self.tr("Clients"), " ", [self._made_choice()])
        self.body.addWidget(self.header)
        self.model = ClientListModel(desk, self._row, self, with_next=True)
        self.list = MarkList(desk.theme, self.tr("Clients"), self.model)
        self.list.opened.connect(self.open_client.emit)
        self.list.acted.connect(self._act)
        self.list.verticalScrollBar().valueChanged.connect(self._see)
        self.list.verticalScrollBar().rangeChanged.connect(self._see)
        self.model.loaded.connect(self.list.viewport().update)
        self.empty = NobodyListed()
        card = Card(fill=True)
        card.setAccessibleName(self.tr("Clients"))
        card.add(bar)
        card.add(self.empty)
        card.add(self._made_chosen())
        card.add(self.list)
        self.body.addWidget(card)

    def refresh(self) -> None:
        """List the book that is chosen, then count all of them."""
        self.pairs_link.look()
        whose, today = self._whose(), self.desk.today()
        if self._found:
            self._search()
        elif self.filter.is_set:
            self.filtered.ask(whose)
        elif self.model.ids():
            self._ask_ids(whose)
        else:
            self.desk.ask(
                lambda s: beginning(s, covering(s, whose, today), ids=AT_ONCE, rows=SCREEN),
                lambda found: self._begin(whose, *found),
                owner=self,
                slot=SLOT,
            )

    def concerns(self, changes: Changes) -> bool:
        """New rows at once; a new list only where somebody came, went or is called otherwise.

        With a filter, whatever was written may let somebody come or go.
        """
        if changes.kinds & (WHO | WHAT):
            self.model.renew(changes.clients)
        if Kind.SAVED_LIST in changes.kinds:
            self.lists.look_again()
        if self.filter.is_set and changes.kinds - MARKS - {Kind.DRAFT}:
            return True
        return bool(changes.kinds & WHO)

    def show_found(self, text: str) -> None:
        """List the clients that a text means."""
        self.chosen.let_go()
        self._found = text
        self.filter.hide()
        self._work_through()
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
        self.filter.show()
        self._anew = True
        self.model.set_ids(array("q"))
        self.make_due()

    def client_at_hand(self) -> int | None:
        """The client whose row the keyboard acts on."""
        key = self.list.current_key()
        return key if isinstance(key, int) and self.list.isVisible() else None

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

    def _made_filter(self) -> QWidget:
        self.filter = FilterBar(self.desk, self)
        self.filter.changed.connect(self._filter_anew)
        self.filter.learned.connect(self._work_through)
        self.filtered = FilteredClients(self.desk, self.filter, self)
        self.filtered.begun.connect(self._first_filtered)
        self.filtered.all.connect(self._all_filtered)
        self.filter.again.connect(self.working.begin_again)
        self.lists = ListsAtHand(self.desk, self.filter, self)
        self.lists.wanted.connect(self._open_list)
        self.lists.renamed.connect(self._work_through)
        return self.filter

    def _open_list(self, opened: ListRow) -> None:
        self._found = ""
        self.found.hide()
        self.books.show()
        self.filter.show()
        self.books.choose(Book.STORE)
        self.filter.show_filter(opened.asked or Filter(), opened)

    def _filter_anew(self) -> None:
        self.chosen.let_go()
        if self.filter.is_set:
            self._anew = True
            self.filtered.ask(self._whose())
        else:
            self.filtered.forget()
            self._work_through()
            self.show_book()

    def _first_filtered(self, ids: array[int], rows: dict[int, ClientRow]) -> None:
        if self._anew:
            self._anew = False
            self.model.set_ids(array("q"))
            self.model.take_first(ids, rows)
            self._list(ids)

    def _all_filtered(self, ids: array[int]) -> None:
        self._all_listed(ids)
        self._work_through()

    def _work_through(self) -> None:
        """What is listed by a filter is gone through; the whole book is not."""
        opened = self.filter.opened
        if self._found or not self.filter.asked.parts:
            self.working.set_list(array("q"), None, "")
        else:
            name = opened.name if opened else filter_words(self.filter.asked, self.filter.ground)
            self.working.set_list(self.model.ids(), opened, name)

    def _show_done(self) -> None:
        self.model.renew()
        self.filter.offer_again(bool(self.working.done))
        self._say_count()

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
        self.lists_button = Button(self.tr("Lists…"), self.lists.choose, key=LISTS.key)
        self.pairs_link = PairsLink(self.desk)
        row = QHBoxLayout(holder := QWidget())
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        for part in (self.pairs_link, self.books, self.found, self.lists_button):
            row.addWidget(part)
        return holder

    def _whose(self) -> WhoseBook:
        me = self.desk.me
        return WhoseBook(Book(self.books.value), me.id, me.department_id)

    def _count(self, counts: Counts) -> None:
        self._counts = counts
        for book, words in (
            (Book.MINE, self.tr("My book {n}")),
            (Book.DEPARTMENT, self.tr("My department {n}")),
            (Book.STORE, self.tr("The store {n}")),
        ):
            count = self.desk.formats.number(getattr(counts, book.value))
            self.books.set_words(book, words.format(n=count))
        if not self.model.ids():
            self._say_nothing_there(True)
        self._say_count()

    def _search(self) -> None:
        text, me = self._found, self.desk.me.id
        self.desk.ask(
            lambda s: search(s, text, associate_id=me, limit=SORTABLE),
            lambda found: self._show_found(array("q", found.ids), found.more),
            owner=self,
            slot=SLOT,
        )

    def _show_found(self, ids: array[int], more: bool) -> None:
        self.books.hide()
        self.found.set_words(self.tr("“{text}”  ×").format(text=self._found))
        self.found.setAccessibleName(self.tr("Show all clients again, not only those found"))
        self.found.show()
        self._list(ids)
        words = self.tr("%n client(s) found", "", len(ids))
        if more:
            first = self.tr("The first {n} are shown; a longer word finds fewer")
            words = first.format(n=self.desk.formats.number(len(ids)))
        self.header.set_words(self.tr("Clients"), self._with_keys(words))

    def _begin(self, whose: WhoseBook, ids: array[int], rows: dict[int, ClientRow]) -> None:
        if ids:
            self.model.take_first(ids, rows)
            self._list(ids)
        self._ask_ids(whose)

    def _ask_ids(self, whose: WhoseBook) -> None:
        """One question after the other: meanwhile a reader is free for what is scrolled to."""
        today = self.desk.today()
        self.desk.ask(
            lambda s: client_ids(s, covering(s, whose, today)),
            self._all_listed,
            owner=self,
            slot=SLOT,
        )

    def _all_listed(self, ids: array[int]) -> None:
        self._list(ids)
        whose, today = self._whose(), self.desk.today()
        self.desk.ask(
            lambda s: count_books(s, covering(s, whose, today)),
            self._count,
            owner=self,
            slot="counts",
        )

    def _list(self, ids: array[int]) -> None:
        current = self.list.current_key()
        self.model.set_ids(ids)
        self.chosen.keep_all_count(len(ids))
        if ids or self._found or self.filter.is_set:
            self._say_nothing_there(not ids)
        self.list.viewport().update()
        if ids:
            at = self.model.position(current) if isinstance(current, int) else -1
            if at < 0:
                at = max(self.list.currentIndex().row(), 0)
            if at != self.list.currentIndex().row():
                self.list.setCurrentIndex(self.model.index(min(at, len(ids) - 1), 0))
        self._say_count()
        self._see()

    def _say_count(self) -> None:
        if self._found:
            return
        number = self.desk.formats.number
        opened, listed = self.filter.opened, getattr(self._counts, self.books.value)
        if self.filter.is_set:
            listed = len(self.model.ids())
        words = self.tr("%n client(s)", "", listed).replace(str(listed), number(listed), 1)
        if self.filter.is_set and opened is not None and self.working.done:
            done = self.working.done_here
            left = self.tr("{done} done, {left} to go")
            words += " · " + left.format(done=number(done), left=number(listed - done))
        title = opened.name if opened is not None else self.tr("Clients")
        self.header.set_words(title, self._with_keys(words))

    def _with_keys(self, words: str) -> str:
        keys = self.tr("Return opens · B brief · V start visit · F follow-up · Space chooses")
        if self.filter.opened is not None and not self._found:
            keys = self.tr("Return opens · D done · F follow-up · Space chooses")
        return f"{words} · {keys}" if self.model.ids() else words

    def _say_nothing_there(self, nothing: bool) -> None:
        self.list.setVisible(not nothing)
        self.empty.setVisible(nothing)
        if not nothing:
            return
        if self._found:
            self.empty.say_not_found(self._found, self.show_book)
        elif self.filter.asked.parts:
            self.empty.say_filtered(self.filter.clear)
        elif self._counts.store and self.books.value != Book.STORE:
            self.empty.say_other_books(partial(self.show_book, Book.STORE))
        else:
            self.empty.say_empty(self.new_client.emit, self.import_wanted.emit)

    # what is in sight

    def _see(self) -> None:
        self.model.see(*self.list.in_sight())

    def _row(self, row: ClientRow) -> Row:
        shown = client_row(row, self.desk)
        if self.filter.opened is None:
            return replace(shown, actions=self._acts)
        if self.working.is_done(row.named.client_id):
            chips = (*shown.chips, ChipSpec(self.tr("done"), Tone.GREEN))
            shown = replace(shown, chips=chips)
        return replace(shown, actions=(*self._acts, self._done_act))

    def _act(self, key: int, name: str) -> None:
        if name == "done":
            self.working.mark(key, done=not self.working.is_done(key))
            return
        {
            "brief": self.open_brief,
            "visit": self.start_visit,
            "follow_up": self.new_follow_up,
        }[name].emit(key)
