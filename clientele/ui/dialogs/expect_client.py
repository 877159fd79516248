"""Who comes, when and what about? The form for a client who is expected."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import Soon, parse_time
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.changes import Changes
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Field

DAYS = (Soon.TODAY, Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK)


class ExpectClientSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``made(appointment_id)``."""

    made = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, *, client_id: int | None = None) -> None:
        title = QCoreApplication.translate("ExpectClientSheet", "Expect a client")
        place = "expected client" if client_id is None else f"expecting {client_id}"
        super().__init__(desk, over, title, place)
        self.client = ClientPicker(desk, client_id)
        self.about = Field(self.tr("What about"), hint=self.tr("Coat fitting"))
        self.due = DayChoice(desk.formats, self.tr("Day"), desk.today(), DAYS)
        self.time = Field(self.tr("At"), hint="14:30")
        self.add_field(self.tr("Client"), self.client)
        self.add_field(self.tr("Day"), self.due)
        self.add_field(self.tr("At"), self.time)
        self.add_field(self.tr("What about"), self.about)
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        for field in (self.about, self.time):
            field.typed.connect(lambda _: self.save_draft())
            field.returnPressed.connect(self.keep)
        self.due.chosen.connect(lambda _: self.save_draft())
        self.client.picked.connect(self._picked)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the client, or with the time where the client is known."""
        super().open_sheet(
            focus or (self.client.box if self.client.client_id is None else self.time)
        )

    def typed_now(self) -> dict[str, str]:
        """Client, day, time and words; empty while nothing was said."""
        asked = self.place == "expected client" and self.client.client_id is not None
        if not (asked or self.about.value.strip() or self.time.value.strip()):
            return {}
        return {
            "client": str(self.client.client_id or ""),
            "about": self.about.value,
            "time": self.time.value,
            "day": self.due.day.isoformat() if self.due.day else "",
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.about.set_value(fields.get("about", ""))
        self.time.set_value(fields.get("time", ""))
        if fields.get("day"):
            self.due.set_day(max(date.fromisoformat(fields["day"]), self.desk.today()))
        if self.client.client_id is None and fields.get("client"):
            self.client.pick(int(fields["client"]))

    def keep(self) -> None:
        """Add it to the book, or say what is missing."""
        if self.client.client_id is None:
            self.say(self.tr("Who comes? Choose the client; what you typed is still there."))
            self.client.box.setFocus()
            return
        try:
            at = parse_time(self.time.value)
        except Refusal as refusal:
            self.time.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return
        if at is None or self.due.day is None:
            self.say(self.tr("When? Type a day and a time; what you typed is still there."))
            (self.due.field if self.due.day is None else self.time).setFocus()
            return
        formats = self.desk.formats
        starts_at = datetime.combine(self.due.day, at, formats.tz)
        self.keep_as(
            expect_client,
            ExpectClient(
                client_id=self.client.client_id,
                associate_id=self.desk.me.id,
                starts_at=starts_at,
                about=self.about.value,
                department_id=self.desk.me.department_id,
                draft=self.place,
            ),
            said=self.tr("Expected {day} at {time}").format(
                day=formats.near_day(self.due.day, self.desk.today()),
                time=formats.clock_time(starts_at),
            ),
            then=self._made,
        )

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)

    def _picked(self, client_id: object) -> None:
        self.save_draft()
        if client_id is not None and self.isVisible():
            self.time.setFocus()
