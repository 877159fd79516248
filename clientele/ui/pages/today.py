"""What does today hold? Expected clients, follow-ups due, promises to keep, days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent

from clientele.domain.rules.promises import Standing
from clientele.services.appointment_outcomes import CancelAppointment, cancel_appointment
from clientele.services.changes import Kind
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.store.queries.promises import PromiseRow
from clientele.store.queries.today import Expected, today_page
from clientele.store.queries.today import TodayPage as Day
from clientele.ui.actions import PRINT
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models import today_rows
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.follow_up_more import due_row
from clientele.ui.models.for_whom import for_whom
from clientele.ui.models.promise_rows import brief_promise_row
from clientele.ui.models.today_rows import expected_row, occasion_row
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.follow_up_acts import FollowUpActs
from clientele.ui.pages.gated_rows import GatedRows
from clientele.ui.pages.hand_off_cards import HandedOver, HandedToYou
from clientele.ui.pages.open_rights import OpenRightsCard
from clientele.ui.pages.print_briefs import ExpectedBriefs
from clientele.ui.pages.promise_acts import PromiseActs
from clientele.ui.pages.since_last import SinceLast
from clientele.ui.pages.today_cover import CoverBanners
from clientele.ui.pages.today_keys import Keyboard
from clientele.ui.pages.today_late import LatePromises
from clientele.ui.pages.waiting_card import WaitingCard
from clientele.ui.pages.worth_today import WorthToday
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.every_minute import EveryMinute
from clientele.ui.widgets.layouts import Columns, Stack
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

R = TypeVar("R")

SIDE, MAIN = 392, 500
"""The side column, and what the main one needs beside it, in pixels at a text scale of one."""

FIRST_OCCASIONS, FIRST_PROMISES, FIRST_DUE = 6, 5, 8
"""How many rows a card has before one asks for more, so that the day stays in sight."""

KINDS = {
    Kind.ABSENCE,
    Kind.APPOINTMENT,
    Kind.CLIENT,
    Kind.CONSENT,
    Kind.CONTACT_POINT,
    Kind.FOLLOW_UP,
    Kind.HAND_OFF,
    Kind.BOOK_MEMBERSHIP,
    Kind.HOUSEHOLD_MEMBER,
    Kind.MADE_RIGHT,
    Kind.MAIL_ACCOUNT,
    Kind.MESSAGE,
    Kind.OCCASION,
    Kind.PROMISE,
    Kind.REACH_POLICY,
    Kind.PURCHASE,
    Kind.VISIT,
}


class TodayPage(Page):
    """The first page. Names lead to the client; every row has its keys."""

    open_client = Signal(int)
    open_brief = Signal(int)
    open_visit = Signal(int)
    start_visit = Signal(int)
    open_promises = Signal()
    open_follow_ups = Signal()
    open_worth = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("TodayPage", "Today"), kinds=KINDS)
        self.every_minute = EveryMinute(self)
        self._follow_up_acts = FollowUpActs(desk, self)
        self._promise_acts = PromiseActs(desk, self)
        self._expected: dict[int, Expected] = {}
        self._follow_ups: dict[int, FollowUpRow] = {}
        self._promised: dict[int, PromiseRow] = {}
        self._occasions: tuple[int, ...] = ()
        self._all_occasions = False
        self._day: Day | None = None
        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.header = PageHeader()
        main.addWidget(self.header)
        self.since = SinceLast(desk)
        main.addWidget(self.since)
        self.late = LatePromises(desk, self)
        self.late.open_client.connect(self.open_client)
        main.addWidget(self.late)
        self.cover = CoverBanners(desk)
        self.cover.wanted.connect(self._who_is_away)
        main.addWidget(self.cover)
        self.waiting = WaitingCard(desk)
        self.waiting.open_visit.connect(self.open_visit)
        main.addWidget(self.waiting)
        self.inbox = HandedToYou(desk, self)
        self.inbox.open_client.connect(self.open_client)
        self.inbox.open_brief.connect(self.open_brief)
        main.addWidget(self.inbox)

        main.addWidget(self._expected_card())

        self.due = RowList(desk.theme, self.tr("Follow-ups due"))
        self.nothing_due = EmptyState(
            self.tr("Nothing is due. What you mean to do for a client will stand here on its day."),
            self.tr("New follow-up"),
            self.new_follow_up,
        )
        self.due_card = card = Card(self.tr("Follow-ups due"), fill=True)
        self.more_due = Button("", self.open_follow_ups.emit, kind="quiet")
        for widget in (self.due, self.nothing_due, self.more_due):
            card.add(widget)
        main.addWidget(card)

        self._fill_side(side)
        self.on(PRINT, self.briefs.print_all)
        lists = (
            self.since.list,
            self.late.list,
            self.waiting.list,
            self.inbox.list,
            self.expected,
            self.due,
            self.rights.list,
            self.promises,
            self.handed_over.list,
            self.occasions,
            self.worth.list,
        )
        self.keyboard = Keyboard(self, lists)
        self.expected.acted.connect(self._act_on_expected)
        self.expected.opened.connect(lambda key: self._open(self._expected.get(key)))
        self.gated = GatedRows(desk, self.due)
        self.due.acted.connect(self._act_on_follow_up)
        self.due.opened.connect(lambda key: self._open(self._follow_ups.get(key)))
        self.promises.acted.connect(self._act_on_promise)
        self.promises.opened.connect(lambda key: self._open(self._promised.get(key)))
        self.occasions.opened.connect(lambda at: self.open_client.emit(self._occasions[at]))

    def _fill_side(self, side: Stack) -> None:
        """What is to be made right, promises, and the days that matter."""
        self.rights = OpenRightsCard(self.desk, self)
        self.rights.open_client.connect(self.open_client)
        side.addWidget(self.rights)

        self.promises = RowList(self.desk.theme, self.tr("Promises to keep"))
        self.no_promises = EmptyState(
            self.tr("No promise is open. What you promise stands here until it is kept."),
            self.tr("New promise"),
            self.new_promise,
        )
        self.promise_card = Card(self.tr("Promises to keep"))
        self.more_promises = Button("", self.open_promises.emit, kind="quiet")
        for widget in (self.promises, self.no_promises, self.more_promises):
            self.promise_card.add(widget)
        side.addWidget(self.promise_card)

        self.handed_over = HandedOver(self.desk, self)
        self.handed_over.open_client.connect(self.open_client)
        self.inbox.found.connect(self.handed_over.show_found)
        self.inbox.found.connect(lambda _: self._say_summary())
        side.addWidget(self.handed_over)

        self.occasions = RowList(self.desk.theme, self.tr("Occasions"))
        self.no_occasions = EmptyState(
            self.tr("No birthday or other day that matters in your book within 14 days.")
        )
        self.more = Button("", self._show_all_occasions, kind="quiet")
        card = Card(self.tr("Occasions"), self.tr("next 14 days"), fill=True)
        card.add(self.occasions)
        card.add(self.no_occasions)
        card.add(self.more)
        side.addWidget(card)
        self.worth = WorthToday(self.desk, self)
        self.worth.open_worth.connect(self.open_worth)
        side.addWidget(self.worth)

    def _expected_card(self) -> Card:
        self.expected = RowList(
            self.desk.theme, self.tr("Expected today"), style=Style(max_lines=4)
        )
        self.nobody = EmptyState(
            self.tr("Nobody is expected. A client who says when they come will stand here."),
            self.tr("Expect a client"),
            self.expect,
        )
        card = Card(self.tr("Expected today"), self.tr("prepare before they arrive"))
        self.briefs = ExpectedBriefs(self.desk, self)
        self.print_briefs = Button(self.tr("Print briefs"), self.briefs.print_all, kind="link")
        self.print_briefs.setToolTip(self.tr("A page for each client expected (Ctrl+P)"))
        self._corner = Corner(card, self.print_briefs)
        card.add(self.expected)
        card.add(self.nobody)
        return card

    # what is shown

    def refresh(self) -> None:
        """Ask for the day of whoever is signed in."""
        if not self.desk.is_signed_in:
            return
        self.cover.look()
        self.rights.show_mine()
        self.inbox.look()
        self.worth.look()
        me, now = self.desk.me.id, self.desk.now()
        self.desk.ask(
            lambda session: today_page(session, me, now=now), self._show, owner=self, slot="today"
        )

    def _show(self, day: Day) -> None:
        formats, now, me = self.desk.formats, self.desk.now(), self.desk.me.id
        self._expected = {one.appointment_id: one for one in day.expected}
        self._follow_ups = {row.id: row for row in day.follow_ups}
        self._promised = {row.id: row for row in day.promises}
        self._occasions = tuple(one.named.client_id for one in day.occasions)
        self._day = day
        self._say_summary()
        self.expected.set_rows(
            [for_whom(expected_row(one, day.day, formats), one, me) for one in day.expected]
        )
        self.gated.show(
            first(day.follow_ups, FIRST_DUE, self.more_due),
            lambda row, shut: due_row(row, me, day.day, formats, shut),
        )
        late = [row for row in day.promises if row.standing is Standing.LATE]
        rest = [row for row in day.promises if row.standing is not Standing.LATE]
        self.late.show_late(late)
        self.promises.set_rows(
            [
                for_whom(brief_promise_row(row, now, formats), row, me)
                for row in first(rest, FIRST_PROMISES, self.more_promises)
            ]
        )
        self._show_occasions(day)
        keys = self.tr("D done · S snooze · E change · G give · R replied")
        self.due_card.set_hint(keys if day.follow_ups else "")
        self.promise_card.set_hint(formats.number(len(rest)) if rest else "")
        for rows, state in (
            (self.expected, self.nobody),
            (self.due, self.nothing_due),
            (self.promises, self.no_promises),
            (self.occasions, self.no_occasions),
        ):
            show_either(rows, state)
        self.promise_card.setVisible(bool(rest) or not late)
        self.print_briefs.setVisible(bool(day.expected))
        self._corner.setVisible(bool(day.expected))
        self.keyboard.settle()

    def _show_occasions(self, day: Day) -> None:
        rows = [
            occasion_row(at, one, day.day, self.desk.formats)
            for at, one in enumerate(day.occasions)
        ]
        most = len(rows) if self._all_occasions else FIRST_OCCASIONS
        self.occasions.set_rows(first(rows, most, self.more))

    def _show_all_occasions(self) -> None:
        self._all_occasions = True
        self.refresh()

    def _say_summary(self) -> None:
        if (day := self._day) is not None:
            self.header.set_words(self.desk.formats.long_day(day.day), self._summary(day))

    def _summary(self, day: Day) -> str:
        handed = len(self.inbox.list.rows())
        parts = [self.tr("%n client(s) handed to you", "", handed)] if handed else []
        if not (day.expected or day.follow_ups_due or day.promises):
            there = any(rows.rows() for rows in (self.waiting.list, self.rights.list))
            nothing = self.tr("Nothing is planned; a good day to write to someone.")
            return parts[0] if parts else "" if there else nothing
        if day.expected:
            parts.append(self.tr("%n client(s) expected", "", len(day.expected)))
        if day.follow_ups_due:
            parts.append(self.tr("%n follow-up(s) due", "", day.follow_ups_due))
        if day.promises:
            parts.append(self.tr("%n promise(s) open", "", len(day.promises)))
        late = sum(row.standing is Standing.LATE for row in day.promises)
        risky = sum(row.standing is Standing.AT_RISK for row in day.promises)
        words = " · ".join(parts)
        if late:
            words += self.tr(", %n late", "", late)
        if risky:
            words += self.tr(", %n at risk", "", risky)
        return words

    # what is done

    def expect(self) -> None:
        """Write down that a client will come."""
        from clientele.ui.dialogs.expect_client import ExpectClientSheet

        ExpectClientSheet(self.desk, self).open_sheet()

    def new_follow_up(self) -> None:
        """Write down what is to be done for a client."""
        from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet

        NewFollowUpSheet(self.desk, self).open_sheet()

    def new_promise(self) -> None:
        """Write down what was promised."""
        from clientele.ui.dialogs.new_promise import NewPromiseSheet

        NewPromiseSheet(self.desk, self).open_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J at the end of a list goes on in the next one, K at the beginning in the one before."""
        by = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
        step = by.get(Qt.Key(event.key()), 0)
        if not (step and self.keyboard.step(step)):
            super().keyPressEvent(event)

    def take_keyboard(self) -> None:
        """Into the first list that has something."""
        if not self.keyboard.take():
            super().take_keyboard()

    def _open(self, one: Expected | FollowUpRow | PromiseRow | None) -> None:
        if one is not None:
            self.open_client.emit(one.named.client_id)

    def _who_is_away(self) -> None:
        from clientele.ui.dialogs.away import AwaySheet

        AwaySheet(self.desk, self).open_sheet()

    def _act_on_expected(self, key: int, name: str) -> None:
        one = self._expected.get(key)
        if one is None:
            return
        if name == today_rows.BRIEF:
            self.open_brief.emit(one.named.client_id)
        elif name == today_rows.START:
            self.start_visit.emit(one.named.client_id)
        elif name == today_rows.VISIT and one.visit_id is not None:
            self.open_visit.emit(one.visit_id)
        elif name == today_rows.CANCEL:
            self.desk.do(
                cancel_appointment,
                CancelAppointment(one.appointment_id),
                said=self.tr("Not expected any more: {client}").format(
                    client=shown_name(one.named)
                ),
            )

    def _act_on_follow_up(self, key: int, name: str) -> None:
        row = self._follow_ups.get(key)
        if row is not None:
            self._follow_up_acts.act(row, name)

    def _act_on_promise(self, key: int, name: str) -> None:
        row = self._promised.get(key)
        if row is not None:
            self._promise_acts.act(row, name)


def first(rows: Sequence[R], most: int, more: Button) -> Sequence[R]:
    """The first of them; ``more`` says how many follow, and is hidden where it would be one."""
    beyond = len(rows) - most
    more.set_words(QCoreApplication.translate("TodayPage", "%n more", "", beyond))
    if (inset := more.parentWidget()) is not None:
        inset.setVisible(beyond > 1)
    return rows[:most] if beyond > 1 else rows


def show_either(rows: RowList, state: EmptyState) -> None:
    """The rows, or what is said where there are none."""
    there = bool(rows.rows())
    rows.setVisible(there)
    state.setVisible(not there)
