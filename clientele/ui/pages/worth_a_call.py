"""Whom is it worth calling today? The foremost of a book, each with why, and the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.services.changes import Kind
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.worth_a_call import Worth, WorthBook, worth_book
from clientele.ui.desk import Desk
from clientele.ui.dialogs.day_holds import DayHoldsSheet
from clientele.ui.models import worth_words
from clientele.ui.models.rows import Key
from clientele.ui.models.worth_words import aside_row, worth_row
from clientele.ui.pages.worth_acts import WorthActs
from clientele.ui.pages.worth_card import WorthCard
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.every_minute import EveryMinute
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SHOWN = frozenset(
    {
        Kind.ABSENCE,
        Kind.APPOINTMENT,
        Kind.CLIENT,
        Kind.CONSENT,
        Kind.CONTACT_MADE,
        Kind.CONTACT_POINT,
        Kind.FOLLOW_UP,
        Kind.MADE_RIGHT,
        Kind.MESSAGE,
        Kind.OCCASION,
        Kind.PROMISE,
        Kind.PURCHASE,
        Kind.REACH_POLICY,
        Kind.VISIT,
        Kind.WISH,
        Kind.WORTH_ASIDE,
        Kind.WORTH_CALL,
        Kind.WORTH_DAY,
        Kind.WORTH_RUN,
    }
)

SIDE, MAIN = 400, 480
"""The side column, and what the main one needs beside it, in pixels at a text scale of one."""


class WorthACallPage(Page):
    """Mine, my department's or the store's, and the reasons of the one at hand beside them."""

    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("WorthACallPage", "Worth a call")
        super().__init__(desk, name, kinds=SHOWN)
        self._rows: dict[Key, Worth] = {}
        self._book: WorthBook | None = None
        self._wanted: int | None = None
        self.acts = WorthActs(desk, self)
        self.every_minute = EveryMinute(self)
        self.whose = Choice(
            self.tr("Whose"),
            [
                (Book.MINE, self.tr("mine")),
                (Book.DEPARTMENT, self.tr("department")),
                (Book.STORE, self.tr("store")),
            ],
        )
        self.whose.chosen.connect(lambda _: self.refresh())
        self.holds = Button("", self.change_day)
        self.header = PageHeader(name, buttons=[self.whose, self.holds])
        self.body.addWidget(self.header)
        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = RowList(desk.theme, name, hug=False, keeps_current=True, click_opens=False)
        self.nothing = EmptyState("")
        self.young = label(
            self.tr(
                "Not enough data yet to foresee who stays away: too few purchases so far. "
                "Until then the order follows from how often each client bought."
            ),
            "sub",
        )
        self.young.setWordWrap(True)
        self.card = Card(self.tr("Today, and why"), fill=True)
        for widget in (self.young, self.nothing, self.list):
            self.card.add(widget)
        main.addWidget(self.card)
        self.detail = WorthCard(desk, self.acts)
        self.detail.open_client.connect(self.open_client)
        side.addWidget(self.detail)
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.list.moved.connect(lambda _: self.detail.show_worth(self.current()))

    def refresh(self) -> None:
        """Ask whom it is worth calling in the book that was chosen."""
        if not self.desk.is_signed_in:
            return
        me, now = self.desk.me, self.desk.now()
        whose = WhoseBook(Book(self.whose.value), me.id, me.department_id)
        self.desk.ask(
            lambda session: worth_book(session, whose, now=now),
            self._show,
            owner=self,
            slot="book",
        )

    def show_worth(self, client_id: int) -> None:
        """Bring one client to hand."""
        self._wanted = client_id
        self.whose.choose(Book.MINE)
        self.refresh()

    def change_day(self) -> None:
        """Ask how many clients a day can hold."""
        if self._book is not None:
            DayHoldsSheet(self.desk, self, self._book.most).open_sheet()

    def client_at_hand(self) -> int | None:
        """Who is at hand."""
        row = self.current()
        return row.named.client_id if row is not None else None

    def current(self) -> Worth | None:
        """The client at hand, with their reasons."""
        return self._rows.get(self.list.current_key() or "")

    def _show(self, book: WorthBook) -> None:
        formats, today, me = self.desk.formats, self.desk.today(), self.desk.me.id
        self._book = book
        self._rows = {row.named.client_id: row for row in book.rows}
        self.header.set_words(self.tr("Worth a call"), self._summary(book))
        self.holds.set_words(self.tr("%n client(s) a day", "", book.most))
        self.list.set_rows(
            [
                *(worth_row(row, today, formats, brief=False, me=me) for row in book.rows),
                *(aside_row(aside, today, formats) for aside in book.asides),
            ]
        )
        self.list.setVisible(bool(book.rows or book.asides))
        self.nothing.sentence.setText(self._nothing(book))
        self.nothing.setVisible(not book.rows)
        self.young.setVisible(bool(book.rows) and not book.learnt)
        keys = self.tr("C reach · F follow up · N not now · X not for this")
        self.card.set_hint(keys if book.rows else "")
        if self._wanted in self._rows:
            self.list.set_current(self._wanted)
        self._wanted = None
        self.detail.show_worth(self.current())

    def _summary(self, book: WorthBook) -> str:
        if book.worked_on is None:
            return ""
        formats = self.desk.formats
        words = [
            self.tr("{shown} of %n client(s)", "", book.clients).format(
                shown=formats.number(len(book.rows))
            )
        ]
        if book.done:
            words.append(self.tr("%n reached today", "", book.done))
        words.append(
            self.tr("gone through {day}").format(
                day=formats.near_day(book.worked_on, self.desk.today())
            )
        )
        return " · ".join(words)

    def _nothing(self, book: WorthBook) -> str:
        if book.worked_on is None:
            return self.tr(
                "The clients are being gone through. Whom it is worth calling, and why, stands "
                "here in a moment."
            )
        if book.done >= book.most:
            return self.tr(
                "Your day is full: you reached %n client(s) today. Tomorrow others stand here.",
                "",
                book.done,
            )
        return self.tr(
            "Nobody stands out today among those who may be reached. Whoever is overdue, has a day "
            "that matters or a wish that came in stands here, with the reason."
        )

    def _open(self, key: Key) -> None:
        row = self._rows.get(key)
        if row is not None:
            self.open_client.emit(row.named.client_id)

    def _act(self, key: Key, name: str) -> None:
        if name == worth_words.AGAIN and isinstance(key, tuple):
            self.acts.again(key[1])
        elif key in self._rows:
            self.acts.act(self._rows[key], name)
