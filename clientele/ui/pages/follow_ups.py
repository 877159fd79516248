"""What is to be done for clients, in order? The list one works through in ten quiet minutes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.services.changes import Kind
from clientele.store.queries.follow_ups import (
    OPEN_PARTS,
    FollowUpBook,
    FollowUpRow,
    When,
    follow_up_book,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.models.follow_up_more import as_chosen, with_acts, with_chips, with_reply
from clientele.ui.models.follow_up_rows import Shut, done_row, follow_up_row
from clientele.ui.models.for_whom import for_whom
from clientele.ui.models.rows import Key, Row
from clientele.ui.pages.follow_up_acts import FollowUpActs
from clientele.ui.pages.follow_up_card import FollowUpCard
from clientele.ui.pages.follow_ups_chosen import ChosenFollowUps
from clientele.ui.pages.gated_rows import GatedRows
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.choosing_list import ChoosingList
from clientele.ui.widgets.every_minute import EveryMinute
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.page import Page, PageHeader

SIDE, MAIN = 360, 480
"""The side column, and what the main one needs beside it, in pixels at a text scale of one."""

TO_DO, DONE = "to do", "done"
KINDS = {
    Kind.ABSENCE,
    Kind.APPOINTMENT,
    Kind.CLIENT,
    Kind.CONSENT,
    Kind.CONTACT_MADE,
    Kind.CONTACT_POINT,
    Kind.FOLLOW_UP,
    Kind.MESSAGE,
    Kind.NOTE,
    Kind.OCCASION,
    Kind.PROMISE,
    Kind.REACH_POLICY,
    Kind.WISH,
}


class FollowUpsPage(Page):
    """Overdue, today and upcoming in one list; done in another; the client at hand beside it."""

    open_client = Signal(int)
    open_promise = Signal(int)
    open_made_right = Signal(int)
    open_visit = Signal(int)

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("FollowUpsPage", "Follow-ups")
        super().__init__(desk, name, kinds=KINDS)
        self._rows: dict[int, FollowUpRow] = {}
        self._book: FollowUpBook | None = None
        self._parts: dict[int, When] = {}
        self._wanted: int | None = None
        self.acts = FollowUpActs(desk, self)
        self.every_minute = EveryMinute(self)
        self.part = Choice(self.tr("Which"), [(TO_DO, self.tr("To do")), (DONE, self.tr("Done"))])
        self.part.chosen.connect(lambda _: self._show_part())
        self.new = Button(self.tr("New follow-up"), self.new_follow_up, kind="primary")
        self.header = PageHeader(name, buttons=[self.part, self.new])
        self.body.addWidget(self.header)

        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = ChoosingList(desk.theme, name, hug=False, keeps_current=True, click_opens=False)
        self.nothing = EmptyState(
            self.tr(
                "Nothing is left to do. What you mean to do for a client stands here, in the "
                "order of its day, with the reason and how the client likes to be reached."
            ),
            self.tr("New follow-up"),
            self.new_follow_up,
        )
        self.nothing_done = EmptyState(
            self.tr("Nothing was done in the last 30 days. What is done stays here for a while.")
        )
        self.card = Card(self.tr("To do"), fill=True)
        self.chosen = ChosenFollowUps(desk, self.acts)
        self.card.add(self.chosen)
        self.card.add(self.list)
        self.card.add(self.nothing)
        self.card.add(self.nothing_done)
        main.addWidget(self.card)
        self.detail = FollowUpCard(desk, self.acts)
        self.detail.open_client.connect(self.open_client)
        self.detail.open_promise.connect(self.open_promise)
        self.detail.open_made_right.connect(self.open_made_right)
        self.detail.open_visit.connect(self.open_visit)
        side.addWidget(self.detail)

        self.gated = GatedRows(desk, self.list)
        self.gated.came.connect(self._show_detail)
        self.chosen.changed.connect(self._paint)
        self.list.toggled.connect(self.chosen.toggle)
        self.list.reached.connect(self.chosen.choose)
        self.list.everything.connect(self.chosen.choose_all)
        self.list.let_go.connect(self.chosen.let_go)
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.list.moved.connect(self._moved)

    def refresh(self) -> None:
        """Ask for all follow-ups of whoever is signed in."""
        if not self.desk.is_signed_in:
            return
        me, today = self.desk.me.id, self.desk.today()
        self.desk.ask(
            lambda session: follow_up_book(session, me, today=today),
            self._show,
            owner=self,
            slot="book",
        )

    def show_follow_up(self, follow_up_id: int) -> None:
        """Bring one that is to be done to hand."""
        self._wanted = follow_up_id
        self.part.choose(TO_DO)
        self.refresh()

    def new_follow_up(self) -> None:
        """Write down what is to be done for a client."""
        sheet = NewFollowUpSheet(self.desk, self)
        sheet.made.connect(self._made)
        sheet.open_sheet()

    def current(self) -> FollowUpRow | None:
        """The follow-up at hand."""
        key = self.list.current_key()
        return self._rows.get(key) if isinstance(key, int) else None

    def client_at_hand(self) -> int | None:
        """Whom the follow-up at hand is for."""
        row = self.current()
        return None if row is None else row.named.client_id

    def _made(self, _: int) -> None:
        self.part.choose(TO_DO)
        self._show_part()

    def _show(self, book: FollowUpBook) -> None:
        self._book = book
        counts, number = book.counts, self.desk.formats.number
        open_count = counts.overdue + counts.due + counts.upcoming
        said = [
            self.tr("%n overdue", "", counts.overdue),
            self.tr("%n due today", "", counts.due),
            self.tr("%n upcoming", "", counts.upcoming),
        ]
        if counts.given:
            said.append(self.tr("%n with colleagues", "", counts.given))
        self.header.set_words(self.tr("Follow-ups"), " · ".join(said))
        self.part.set_words(TO_DO, self.tr("To do {count}").format(count=number(open_count)))
        self.part.set_words(DONE, self.tr("Done {count}").format(count=number(counts.done)))
        self._show_part()

    def _show_part(self) -> None:
        if self._book is None:
            return
        done = self.part.value == DONE
        wanted = (When.DONE,) if done else OPEN_PARTS
        self._rows = {row.id: row for when in wanted for row in self._book.parts[when]}
        self._parts = {row.id: when for when in wanted for row in self._book.parts[when]}
        self.chosen.offer([] if done else list(self._rows.values()))
        self._paint()
        to_hand, self._wanted = self._wanted, None
        if to_hand is not None and to_hand in self._rows:
            self.list.set_current(to_hand)
        self.card.set_title(
            self.tr("Done in the last 30 days") if done else self.tr("To do"),
            "" if done or not self._rows else self.tr("J/K to move · Space to choose several"),
        )
        there = bool(self._rows)
        self.list.setVisible(there)
        for state, shown in ((self.nothing, not done), (self.nothing_done, done)):
            state.setVisible(shown and not there)
        self._show_detail()

    def _paint(self) -> None:
        rows = list(self._rows.values())
        self.gated.show(rows, lambda row, shut: self._row(self._parts[row.id], row, shut))

    def _show_detail(self) -> None:
        row = self.current()
        gone = None if row is None or self._book is None else self._book.gone.get(row.id)
        self.detail.show_row(row, self.gated.shut(row), gone)

    def _row(self, when: When, row: FollowUpRow, shut: Shut) -> Row:
        today, formats, me = self.desk.today(), self.desk.formats, self.desk.me.id
        if when is When.DONE:
            painted = with_reply(done_row(row, today, formats))
            return painted if row.given_by_id == me else for_whom(painted, row, me)
        section = {
            When.OVERDUE: self.tr("Overdue"),
            When.DUE: self.tr("Today"),
            When.UPCOMING: self.tr("Upcoming"),
            When.GIVEN: self.tr("With colleagues"),
        }[when]
        painted = with_acts(follow_up_row(row, today, formats, section=section, shut=shut))
        if when is not When.GIVEN:
            painted = for_whom(painted, row, me)
        gone = None if self._book is None else self._book.gone.get(row.id)
        painted = with_chips(painted, row, me, formats, gone)
        return as_chosen(painted) if self.chosen.has(row.id) else painted

    def _moved(self, _: Key) -> None:
        self._show_detail()

    def _open(self, key: Key) -> None:
        row = self._rows.get(key) if isinstance(key, int) else None
        if row is not None:
            self.open_client.emit(row.named.client_id)

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is None or (self.chosen.has(key) and self.chosen.act(name)):
            return
        self.acts.act(row, name)
