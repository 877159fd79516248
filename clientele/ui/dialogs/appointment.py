"""One appointment: its time, whose it is, what became of it, and out to a calendar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from clientele.domain.rules.appointments import Booked, Outcome
from clientele.services.appointment_outcomes import (
    CancelAppointment,
    SayOutcome,
    cancel_appointment,
    say_outcome,
)
from clientele.services.appointments import ChangeAppointment, change_appointment
from clientele.services.changes import Changes
from clientele.store.queries.appointments import AppointmentRow
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.desk import Desk
from clientele.ui.dialogs.appointment_form import AppointmentForm
from clientele.ui.models.appointment_words import outcome_words, when
from clientele.ui.models.client_names import shown_name
from clientele.ui.theme import set_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow


class AppointmentSheet(AppointmentForm):
    """Call ``open_sheet`` after making it.

    Signals: ``open_client(id)``; ``came_here(client id)`` and ``not_here(client id, reason)`` once
    that was said, for what may follow.
    """

    open_client = Signal(int)
    came_here = Signal(int)
    not_here = Signal(int, str)

    def __init__(self, desk: Desk, over: QWidget, row: AppointmentRow) -> None:
        title = QCoreApplication.translate("AppointmentSheet", "Appointment with {client}")
        place = f"appointment {row.id}"
        super().__init__(desk, over, title.format(client=shown_name(row.named)), place)
        self.row = row
        self.now_is = label(self._standing(), "sub")
        self.body.addWidget(self.now_is)
        self._add_acts()
        self.add_when()
        self.whose = QComboBox()
        self.whose.addItem(row.associate, row.associate_id)
        set_words(self.whose, self.tr("By whom"))
        self.whose.activated.connect(lambda _: self.look())
        self.add_field(self.tr("By whom"), self.whose)
        self.about.set_value(row.about)
        self.due.set_day(desk.formats.local_day(row.starts_at))
        self.time.set_value(desk.formats.clock_time(row.starts_at))
        self.set_length(row.ends_at - row.starts_at)
        self.set_reminder(row.remind_minutes, day_before=row.day_before)
        self._as_read = self.when_typed()
        self.add_button(self.tr("Calendar file…"), self._export)
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        for field in (self.about, self.time):
            field.returnPressed.connect(self.keep)
        desk.ask(associates, self._others, owner=self, slot="associates")
        self.look_for_draft()
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the time."""
        super().open_sheet(focus or self.time)

    def typed_now(self) -> dict[str, str]:
        """What is not as it was; empty where nothing was changed."""
        now = self.when_typed()
        return {} if now == self._as_read else now

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was changed before the window was locked or the sheet closed."""
        self.bring_when_back(fields)

    def wanted(self) -> Booked | None:
        """For whoever is chosen, at the time that stands there."""
        starts_at = self.the_start()
        if starts_at is None:
            return None
        whose = int(self.whose.currentData())
        return Booked(
            self.row.id, whose, self.row.named.client_id, starts_at, starts_at + self.the_length()
        )

    def keep(self) -> None:
        """Keep what the fields say."""
        starts_at = self.read_start()
        if starts_at is None:
            return
        formats = self.desk.formats
        same = formats.clock_time(self.row.starts_at) == self.time.value and (
            formats.local_day(self.row.starts_at) == self.due.day
        )
        # What was not touched stays to the second, also in an hour that comes twice.
        starts_at = self.row.starts_at if same else starts_at
        remind, day_before = self.the_reminder()
        ends_at = starts_at + self.the_length()
        self.keep_as(
            change_appointment,
            ChangeAppointment(
                self.row.id,
                int(self.whose.currentData()),
                starts_at,
                ends_at,
                self.about.value,
                remind,
                day_before,
                drafted_by=self.desk.me.id,
                draft=self.place,
            ),
            said=self.tr("{client}: {when}").format(
                client=shown_name(self.row.named), when=when(starts_at, ends_at, formats)
            ),
        )

    # what became of it

    def _add_acts(self) -> None:
        acts = Flow()
        row = self.row
        begun = row.starts_at <= self.desk.now()
        open_ = row.visit_id is None
        self.to_client = Button(self.tr("Open the client"), self._open_client)
        acts.add(self.to_client)
        self.write = Button(self.tr("Write"), self._write)
        acts.add(self.write)
        if begun and open_ and row.outcome is not Outcome.CAME:
            self.came = Button(self.tr("Came"), self._came)
            acts.add(self.came)
        if begun and open_ and row.outcome is not Outcome.DID_NOT_COME:
            self.missed = Button(self.tr("Did not come"), self._missed)
            acts.add(self.missed)
        if open_ and row.outcome is not Outcome.CAME:
            self.off = Button(self.tr("Call off"), self._call_off, kind="danger")
            acts.add(self.off)
        self.body.addWidget(acts)

    def _standing(self) -> str:
        row = self.row
        parts = [when(row.starts_at, row.ends_at, self.desk.formats), row.department]
        parts.append(outcome_words(row.outcome))
        if row.from_calendar:
            parts.append(self.tr("from another calendar"))
        return " · ".join(part for part in parts if part)

    def _open_client(self) -> None:
        self.close_sheet()
        self.open_client.emit(self.row.named.client_id)

    def _write(self) -> None:
        """Confirm it, remind of it, or call about it."""
        from clientele.store.queries.message_fields import MatterKind, Meant
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        meant = Meant(self.row.named.client_id, MatterKind.APPOINTMENT, self.row.id)
        sheet = WriteMessageSheet(self.desk, self._owner, meant)
        self.close_sheet()
        sheet.open_sheet()

    def _came(self) -> None:
        self._say(Outcome.CAME, self.tr("{client} came"), self._said_came)

    def _missed(self) -> None:
        self._say(Outcome.DID_NOT_COME, self.tr("{client} did not come"), self._said_missed)

    def _say(self, outcome: Outcome, said: str, then: Callable[[Changes], None]) -> None:
        self.desk.do(
            say_outcome,
            SayOutcome(self.row.id, outcome),
            said=said.format(client=shown_name(self.row.named)),
            then=then,
            failed=self.say,
        )

    def _said_came(self, _: Changes) -> None:
        self.close_sheet()
        self.came_here.emit(self.row.named.client_id)

    def _said_missed(self, _: Changes) -> None:
        day = self.desk.formats.weekday_day(self.desk.formats.local_day(self.row.starts_at))
        words = self.tr("did not come on {day}: {about}") if self.row.about else ""
        words = words or self.tr("did not come on {day}")
        self.close_sheet()
        self.not_here.emit(self.row.named.client_id, words.format(day=day, about=self.row.about))

    def _call_off(self) -> None:
        self.desk.do(
            cancel_appointment,
            CancelAppointment(self.row.id),
            said=self.tr("Not expected any more: {client}").format(
                client=shown_name(self.row.named)
            ),
            then=self.close_after,
            failed=self.say,
        )

    def _others(self, people: tuple[AssociateTile, ...]) -> None:
        for one in people:
            if one.id != self.row.associate_id:
                self.whose.addItem(one.name, one.id)

    def _export(self) -> None:
        from clientele.ui.dialogs.calendar_out import CalendarOutSheet

        sheet = CalendarOutSheet(self.desk, self._owner, ids=(self.row.id,))
        self.close_sheet()
        sheet.open_sheet()
