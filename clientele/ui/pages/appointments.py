"""Who is expected, on a day or in a week, by me, my department or the store?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea

from clientele.domain.rules.appointments import Booked
from clientele.services.appointment_outcomes import CancelAppointment, cancel_appointment
from clientele.services.appointments import MoveAppointment, move_appointment
from clientele.services.changes import Changes, Kind
from clientele.store.queries.appointments import (
    AppointmentRow,
    Span,
    Told,
    appointment,
    conflicts_of,
    span,
)
from clientele.store.queries.clients import Book, WhoseBook
from clientele.ui.desk import Desk
from clientele.ui.dialogs.appointment import AppointmentSheet
from clientele.ui.dialogs.expect_client import ExpectClientSheet
from clientele.ui.models.appointment_words import all_conflicts, when
from clientele.ui.models.client_names import shown_name
from clientele.ui.theme import px
from clientele.ui.widgets.appointment_grid import AXIS, AppointmentGrid
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.every_minute import EveryMinute
from clientele.ui.widgets.grid_ground import DayHeads
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.touch import scroll_with_a_finger

DAY, WEEK = "day", "week"
SHOWN = frozenset({Kind.APPOINTMENT, Kind.ABSENCE, Kind.CLIENT, Kind.REACH_POLICY, Kind.VISIT})
LOWEST = 260
"""So much of the grid is always in sight, in pixels at a text scale of one."""


class AppointmentsPage(Page):
    """A day or a week. Emits what other pages answer; the grid has its own keys."""

    open_client = Signal(int)
    start_visit = Signal(int)
    follow_up = Signal(int, str)
    take_in = Signal()
    take_out = Signal()

    def __init__(self, desk: Desk) -> None:
        name = QCoreApplication.translate("AppointmentsPage", "Appointments")
        super().__init__(desk, name, kinds=SHOWN)
        self.every_minute = EveryMinute(self)
        self.first = desk.today()
        self._scrolled = False
        self._tried: Booked | None = None
        self.new = Button(self.tr("Expect a client"), self.expect, kind="primary", key="N")
        self.files = Button(self.tr("Calendar files"))
        self.menu = QMenu(self)
        out = self.menu.addAction(self.tr("Take mine to a calendar file…"))
        out.triggered.connect(lambda _=False: self.take_out.emit())
        bring = self.menu.addAction(self.tr("Bring in a calendar file…"))
        bring.triggered.connect(lambda _=False: self.take_in.emit())
        self.files.setMenu(self.menu)
        self.header = PageHeader(name, buttons=[self.files, self.new])
        self.body.addWidget(self.header)
        self.body.addWidget(self._controls())
        self.body.addWidget(self._calendar())

    def _controls(self) -> Flow:
        self.before = Button(self.tr("Earlier"), lambda: self.go(-1), key="PgUp")
        self.after = Button(self.tr("Later"), lambda: self.go(1), key="PgDown")
        self.to_today = Button(self.tr("Today"), self.go_today, key="T")
        self.view = Choice(self.tr("Shown"), [(WEEK, self.tr("week")), (DAY, self.tr("day"))])
        self.view.chosen.connect(lambda _: self._changed_view())
        self.whose = Choice(
            self.tr("Whose"),
            [
                (Book.MINE, self.tr("mine")),
                (Book.DEPARTMENT, self.tr("department")),
                (Book.STORE, self.tr("store")),
            ],
        )
        self.whose.chosen.connect(lambda _: self.refresh())
        self.hint = label(
            self.tr("Arrows to move · Alt+arrows another time · Return opens · Del calls off"),
            "hint",
            wrap=False,
        )
        row = Flow()
        for widget in (
            self.before, self.to_today, self.after, self.view, self.whose, self.hint
        ):  # fmt: skip
            row.add(widget)
        return row

    def _calendar(self) -> Card:
        formats = self.desk.formats
        zone = formats.tz
        assert isinstance(zone, ZoneInfo)
        self.grid = AppointmentGrid(self.desk.theme, formats, zone)
        self.heads = DayHeads(self.desk.theme, formats, AXIS)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setWidget(self.grid)
        self.area.setMinimumHeight(px(LOWEST))
        scroll_with_a_finger(self.area)
        grid = self.grid
        grid.opened.connect(self.open_appointment)
        grid.moved.connect(self._move)
        grid.trying.connect(self._try)
        grid.wanted.connect(self._expect_at)
        grid.called_off.connect(self._call_off)
        grid.asked.connect(self._asked)
        grid.came_into_sight.connect(self._show_place)
        card = Card(fill=True)
        card.add(self.heads, edge=True)
        card.add(self.area, edge=True, stretch=1)
        return card

    # what is shown

    @property
    def days(self) -> tuple[date, ...]:
        """The days in sight."""
        if self.view.value == DAY:
            return (self.first,)
        monday = self.first - timedelta(days=self.first.weekday())
        return tuple(monday + timedelta(days=number) for number in range(7))

    def refresh(self) -> None:
        """Ask for the days in sight."""
        if not self.desk.is_signed_in:
            return
        me, days = self.desk.me, self.days
        whose = WhoseBook(Book(self.whose.value), me.id, me.department_id)
        self.desk.ask(
            lambda session: span(session, whose, days[0], len(days)),
            lambda found: self._show(days, found),
            owner=self,
            slot="span",
        )

    def show_day(self, day: date) -> None:
        """Bring a day into sight."""
        self.first = day
        self.refresh()

    def go(self, by: int) -> None:
        """So many days or weeks on."""
        self.show_day(self.first + by * timedelta(days=1 if self.view.value == DAY else 7))

    def go_today(self) -> None:
        """Back to today."""
        self.show_day(self.desk.today())

    def place(self) -> object:
        """Which day, and in which view."""
        return self.first, self.view.value

    def go_to(self, place: object) -> None:
        """As it was."""
        if isinstance(place, tuple):
            self.first = place[0]
            self.view.choose(place[1])
            self.refresh()

    def client_at_hand(self) -> int | None:
        """Whose appointment is at hand."""
        row = self.grid.current
        return None if row is None else row.named.client_id

    def take_keyboard(self) -> None:
        """Onto the appointment at hand."""
        self.grid.take_keyboard()

    def _show(self, days: tuple[date, ...], found: Span) -> None:
        if days != self.days or self.grid.is_held:
            return
        today = self.desk.today()
        notes = dict.fromkeys(found.away, self.tr("you are away"))
        notes |= dict.fromkeys(found.closed, self.tr("closed"))
        self.heads.set_days(days, today, notes)
        self.heads.set_right(self.area.verticalScrollBar().sizeHint().width())
        self.grid.setAccessibleName(
            self.tr("Appointments, {days}, %n expected", "", len(found.rows)).format(
                days=self._days_words()
            )
        )
        self.grid.set_span(
            days,
            found.rows,
            now=self.desk.now(),
            shut=found.shut,
            me=self.desk.me.id,
            whose=self.whose.value != Book.MINE,
        )
        counted = self.tr("%n client(s) expected", "", len(found.rows))
        nobody = self.tr("nobody is expected; click a time, or press N")
        self.header.set_words(
            self.tr("Appointments"),
            f"{self._days_words()} · {counted if found.rows else nobody}",
        )
        self.to_today.setEnabled(today not in days or self.view.value == WEEK)
        if not self._scrolled:
            self._scrolled = True
            self.grid.resize(self.area.viewport().width(), self.grid.minimumHeight())
            self.area.verticalScrollBar().setMaximum(self.grid.minimumHeight())
            self.area.verticalScrollBar().setValue(self.grid.start_at())

    def _days_words(self) -> str:
        formats, days = self.desk.formats, self.days
        if len(days) == 1:
            return formats.long_day(days[0])
        return f"{formats.weekday_day(days[0])} – {formats.weekday_day(days[-1])}"

    def _changed_view(self) -> None:
        row = self.grid.current
        if self.view.value == DAY and row is not None:
            self.first = self.desk.formats.local_day(row.starts_at)
        elif self.view.value == DAY and self.desk.today() in self._week():
            self.first = self.desk.today()
        self.refresh()

    def _week(self) -> tuple[date, ...]:
        monday = self.first - timedelta(days=self.first.weekday())
        return tuple(monday + timedelta(days=number) for number in range(7))

    def _show_place(self, place: QRect) -> None:
        middle = place.center()
        self.area.ensureVisible(middle.x(), middle.y(), 0, max(24, place.height() // 2 + 8))

    # what is done

    def expect(self) -> None:
        """Write down that a client will come, on the day in sight."""
        sheet = ExpectClientSheet(self.desk, self)
        sheet.made.connect(self.grid.expect_current)
        sheet.open_sheet()

    def open_appointment(self, key: int) -> None:
        """The form of one."""
        self.desk.ask(
            lambda session: appointment(session, key), self._opened, owner=self, slot="open"
        )

    def _opened(self, row: AppointmentRow | None) -> None:
        if row is None:
            self.refresh()
            return
        sheet = AppointmentSheet(self.desk, self, row)
        sheet.open_client.connect(self.open_client)
        sheet.came_here.connect(self._offer_visit)
        sheet.not_here.connect(self._offer_follow_up)
        sheet.open_sheet()

    def _offer_visit(self, client_id: int) -> None:
        self.desk.offered.emit(self.tr("Start the visit"), lambda: self.start_visit.emit(client_id))

    def _offer_follow_up(self, client_id: int, reason: str) -> None:
        self.desk.offered.emit(self.tr("Follow up"), lambda: self.follow_up.emit(client_id, reason))

    def _expect_at(self, starts_at: datetime, ends_at: datetime | None) -> None:
        length = None if ends_at is None else ends_at - starts_at
        sheet = ExpectClientSheet(self.desk, self, starts_at=starts_at, length=length)
        sheet.made.connect(self.grid.expect_current)
        sheet.open_sheet()

    def _try(self, booked: Booked | None) -> None:
        """What is dragged is here now: what stands against it?"""
        self._tried = booked
        if booked is None:
            return

        def tell(found: tuple[Told, ...]) -> None:
            if self._tried == booked:
                self.grid.say_conflict(self._against(found, booked))

        self.desk.ask(
            lambda session: conflicts_of(session, booked), tell, owner=self, slot="conflicts"
        )

    def _against(self, found: tuple[Told, ...], booked: Booked) -> str:
        mine = booked.associate_id == self.desk.me.id
        return all_conflicts(found, self.desk.formats, mine=mine)

    def _move(self, booked: Booked) -> None:
        """Keep the new time; what stands against it is told, and refuses nothing."""
        row = self.grid.current
        if row is None or booked.id is None:
            return
        name, formats = shown_name(row.named), self.desk.formats
        said = f"{name}: {when(booked.starts_at, booked.ends_at, formats)}"

        def kept(changes: Changes) -> None:
            if changes.subject is not None and changes.subject != booked.id:
                self.grid.expect_current(changes.subject)
            self.desk.ask(
                lambda session: conflicts_of(session, booked),
                lambda found: self._tell_conflict(said, self._against(found, booked)),
                owner=self,
                slot="kept",
            )

        self.desk.do(
            move_appointment,
            MoveAppointment(booked.id, booked.starts_at, booked.ends_at),
            said=said,
            merge=("appointment", booked.id),
            then=kept,
            failed=self._not_moved,
        )

    def _tell_conflict(self, said: str, against: str) -> None:
        if against:
            self.desk.said.emit(f"{said} · {against}", self.desk.can_undo())

    def _not_moved(self, sentence: str) -> None:
        self.desk.refused.emit(sentence)
        self.refresh()

    def _call_off(self, key: int) -> None:
        row = self.grid.current
        if row is None or row.id != key:
            return
        self.desk.do(
            cancel_appointment,
            CancelAppointment(key),
            said=self.tr("Not expected any more: {client}").format(client=shown_name(row.named)),
        )

    def _asked(self, word: str) -> None:
        if word in (DAY, WEEK):
            self.view.choose(word)
            self._changed_view()
        elif word == "new":
            self.expect()
        elif word == "today":
            self.go_today()
        elif word == "stays":
            self.desk.refused.emit(
                self.tr("Nothing was moved: who came stays at the time at which they came.")
            )
        else:
            self.go(-1 if word == "before" else 1)
