"""Who comes, when and what about? The form for a client who is expected."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.appointments import Booked
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.changes import Changes
from clientele.ui.desk import Desk
from clientele.ui.dialogs.appointment_form import AppointmentForm
from clientele.ui.widgets.client_picker import ClientPicker


class ExpectClientSheet(AppointmentForm):
    """Call ``open_sheet`` after making it. Emits ``made(appointment_id)``.

    With ``starts_at`` and ``length`` the time is chosen already, as by a click on the grid.
    """

    made = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int | None = None,
        starts_at: datetime | None = None,
        length: timedelta | None = None,
    ) -> None:
        title = QCoreApplication.translate("ExpectClientSheet", "Expect a client")
        place = "expected client" if client_id is None else f"expecting {client_id}"
        super().__init__(desk, over, title, place)
        self.client = ClientPicker(desk, client_id)
        self.add_field(self.tr("Client"), self.client)
        self.add_when()
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        for field in (self.about, self.time):
            field.returnPressed.connect(self.keep)
        self.client.picked.connect(self._picked)
        self._given = starts_at is not None
        if starts_at is not None:
            self.due.set_day(desk.formats.local_day(starts_at))
            self.time.set_value(desk.formats.clock_time(starts_at))
        if length is not None:
            self.set_length(length)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the client, or with what is missing where the client is known."""
        known = self.about if self._given else self.time
        super().open_sheet(focus or (self.client.box if self.client.client_id is None else known))

    def typed_now(self) -> dict[str, str]:
        """Client, day, time and words; empty while nothing was said."""
        asked = self.place == "expected client" and self.client.client_id is not None
        time = "" if self._given else self.time.value.strip()
        if not (asked or self.about.value.strip() or time):
            return {}
        return {"client": str(self.client.client_id or ""), **self.when_typed()}

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        if self._given:
            self.about.set_value(fields.get("about", ""))
        else:
            self.bring_when_back(fields)
        if self.client.client_id is None and fields.get("client"):
            self.client.pick(int(fields["client"]))

    def wanted(self) -> Booked | None:
        """For me, at the time that stands there."""
        starts_at = self.the_start()
        if starts_at is None:
            return None
        ends_at = starts_at + self.the_length()
        return Booked(None, self.desk.me.id, self.client.client_id or 0, starts_at, ends_at)

    def keep(self) -> None:
        """Add it to the book, or say what is missing."""
        if self.client.client_id is None:
            self.say(self.tr("Who comes? Choose the client; what you typed is still there."))
            self.client.box.setFocus()
            return
        starts_at = self.read_start()
        if starts_at is None:
            return
        formats = self.desk.formats
        remind, day_before = self.the_reminder()
        self.keep_as(
            expect_client,
            ExpectClient(
                client_id=self.client.client_id,
                associate_id=self.desk.me.id,
                starts_at=starts_at,
                about=self.about.value,
                department_id=self.desk.me.department_id,
                draft=self.place,
                ends_at=starts_at + self.the_length(),
                remind_minutes=remind,
                day_before=day_before,
            ),
            said=self.tr("Expected {day} at {time}").format(
                day=formats.near_day(formats.local_day(starts_at), self.desk.today()),
                time=formats.clock_time(starts_at),
            ),
            then=self._made,
        )

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)

    def _picked(self, client_id: object) -> None:
        self.touched()
        if client_id is not None and self.isVisible():
            (self.about if self._given else self.time).setFocus()
