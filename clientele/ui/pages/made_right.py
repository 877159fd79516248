"""What is not right yet for a client, whose is it, and did we do too little?"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Signal

from clientele.services.changes import Kind
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.made_right import (
    MadeRightRow,
    RightsListed,
    made_right,
    rights_listed,
)
from clientele.ui.actions import MADE_RIGHT, PRINT
from clientele.ui.desk import Desk
from clientele.ui.dialogs.make_right import MakeRightSheet
from clientele.ui.models.right_rows import right_row, solved_row
from clientele.ui.models.rows import Key
from clientele.ui.pages.right_acts import RightActs
from clientele.ui.pages.right_card import RightCard
from clientele.ui.pages.right_review import ReviewPart
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SIDE, MAIN = 360, 480
"""The side column, and what the main one needs beside it, in pixels at a text scale of one."""

LATELY = timedelta(days=30)
"""How long one that is solved stays in sight."""

OPEN, REVIEW = "open", "review"

KINDS = {
    Kind.ABSENCE,
    Kind.CLIENT,
    Kind.FOLLOW_UP,
    Kind.MADE_RIGHT,
    Kind.MADE_RIGHT_STEP,
    Kind.PURCHASE,
    Kind.VISIT,
}


class MadeRightPage(Page):
    """Problems of mine, my department's or the store's, one beside them; and the month's review."""

    open_client = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("MadeRightPage", "Made right")
        super().__init__(desk, name, kinds=KINDS)
        self._rows: dict[int, MadeRightRow] = {}
        self._turned = False
        self._wanted: int | None = None
        self.acts = RightActs(desk, self)
        self.part = Choice(self.tr("Part"), [(OPEN, self.tr("open")), (REVIEW, self.tr("review"))])
        self.part.chosen.connect(lambda _: self._turn())
        self.whose = Choice(
            self.tr("Whose"),
            [
                (Book.MINE, self.tr("mine")),
                (Book.DEPARTMENT, self.tr("department")),
                (Book.STORE, self.tr("store")),
            ],
        )
        self.whose.chosen.connect(lambda _: self.refresh())
        self.new = Button(self.tr("Make it right"), self.make_right, kind="primary")
        self.new.set_key(MADE_RIGHT.key)
        self.header = PageHeader(name, buttons=[self.part, self.whose, self.new])
        self.body.addWidget(self.header)
        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = RowList(desk.theme, name, hug=False, keeps_current=True, click_opens=False)
        self.nothing = EmptyState(
            self.tr(
                "Nothing is waiting to be made right. When something goes wrong for a client, it "
                "stands here as one associate's own until the client says it is solved. You "
                "decide what is done about it; nobody needs to be asked, and no receipt is needed."
            ),
            self.tr("Make it right"),
            self.make_right,
        )
        self.card = Card(self.tr("Until the client says it is solved"), fill=True)
        self.card.add(self.list)
        self.card.add(self.nothing)
        main.addWidget(self.card)
        self.review = ReviewPart(desk)
        self.review.hide()
        main.addWidget(self.review)
        self.detail = RightCard(desk, self.acts)
        self.detail.open_client.connect(self.open_client)
        side.addWidget(self.detail)
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.list.moved.connect(lambda _: self.detail.show_row(self.current()))
        self.review.chosen.connect(self._chosen_in_review)
        self.review.opened.connect(self.open_client)
        self.on(PRINT, self.review.print_review)

    def refresh(self) -> None:
        """Ask for the problems, or the month, of whom was chosen."""
        if not self.desk.is_signed_in:
            return
        me, now = self.desk.me, self.desk.now()
        whose = WhoseBook(Book(self.whose.value), me.id, me.department_id)
        if self.is_review:
            self.review.ask(whose)
            return

        self.desk.ask(
            lambda session: rights_listed(session, whose, since=now - LATELY, now=now),
            self._show,
            owner=self,
            slot="listed",
        )

    @property
    def is_review(self) -> bool:
        """Whether the month's review is shown."""
        return self.part.value == REVIEW

    def client_at_hand(self) -> int | None:
        """The client of the row that is chosen."""
        row = self.current()
        return None if row is None else row.named.client_id

    def make_right(self) -> None:
        """Write down what went wrong, for whomever it did."""
        MakeRightSheet(self.desk, self).open_sheet()

    def current(self) -> MadeRightRow | None:
        """The problem at hand."""
        if self.is_review:
            return self.review.current()
        key = self.list.current_key()
        return self._rows.get(key) if isinstance(key, int) else None

    def show_open(self) -> None:
        """Turn to what is not solved yet, one's own first."""
        self.part.choose(OPEN)
        self.whose.choose(Book.MINE)
        self._turn()

    def show_problem(self, made_right_id: int) -> None:
        """Bring one problem to hand, whoever's and however long ago it was solved."""
        self._wanted = made_right_id
        self.part.choose(OPEN)
        self.whose.choose(Book.STORE)
        self._turn()

    def show_review(self) -> None:
        """Turn to the month's review of the whole store."""
        self.part.choose(REVIEW)
        self._turn()

    def _turn(self) -> None:
        if self.is_review:
            self.whose.choose(Book.STORE)
        self.card.setVisible(not self.is_review)
        self.review.setVisible(self.is_review)
        self.detail.show_row(None)
        self._turned = True
        self.refresh()

    def _show(self, listed: RightsListed) -> None:
        formats, today, me = self.desk.formats, self.desk.today(), self.desk.me.id
        mine = self.whose.value == Book.MINE
        self._rows = {row.id: row for row in (*listed.open, *listed.solved)}
        section = self.tr("Solved in the last 30 days")
        self.header.set_words(self.tr("Made right"), self._summary(listed))
        self.list.set_rows(
            [
                *(right_row(row, today, formats, me=me, mine=mine) for row in listed.open),
                *(solved_row(row, today, formats, section=section) for row in listed.solved),
            ]
        )
        self.list.setVisible(bool(self._rows))
        self.nothing.setVisible(not listed.open)
        self.card.set_hint(
            self.tr("J/K to move · V solved · U not yet · G do more") if listed.open else ""
        )
        self.detail.show_row(self.current())
        self._enter()
        if self._wanted is not None:
            self._bring_to_hand(self._wanted)

    def _bring_to_hand(self, wanted: int) -> None:
        self._wanted = None
        if wanted in self._rows:
            self.list.set_current(wanted)
            self.detail.show_row(self.current())
            return
        self.desk.ask(
            lambda session: made_right(session, wanted),
            self.detail.show_row,
            owner=self,
            slot="wanted",
        )

    def _enter(self) -> None:
        """After turning to the other part the keyboard goes into its first list."""
        if self._turned:
            self._turned = False
            self.take_keyboard()

    def _summary(self, listed: RightsListed) -> str:
        undecided = sum(row.state == "open" for row in listed.open)
        waiting = self.tr("%n not solved yet", "", len(listed.open))
        words = [waiting if listed.open else self.tr("Nobody waits, as far as we were told")]
        if undecided:
            words.append(self.tr("%n to decide", "", undecided))
        if listed.solved:
            words.append(self.tr("%n solved in 30 days", "", len(listed.solved)))
        return " · ".join(words)

    def _chosen_in_review(self, row: object) -> None:
        if self.is_review:
            self.header.set_words(self.tr("Made right"), self.tr("Did we do too little?"))
            self.detail.show_row(row if isinstance(row, MadeRightRow) else None)
            self._enter()

    def _open(self, key: Key) -> None:
        row = self._rows.get(key) if isinstance(key, int) else None
        if row is not None:
            self.open_client.emit(row.named.client_id)

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is not None:
            self.acts.act(row, name)
