"""What have the forms of appointments in common? When, how long, a reminder, and conflicts told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.appointments import DEFAULT_LENGTH, LENGTHS, Booked
from clientele.domain.rules.due_days import Soon, parse_time
from clientele.store.queries.appointments import Told, conflicts_of
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.appointment_words import all_conflicts, length_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Tone
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.card import Banner
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Field

DAYS = (Soon.TODAY, Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK)
NEVER, DAY_BEFORE = "never", "day before"
MINUTES = (15, 60, 120)


class AppointmentForm(DraftedSheet):
    """Day, time, length, reminder and what about; subclasses put them into their order."""

    def __init__(self, desk: Desk, over: QWidget, title: str, place: str) -> None:
        super().__init__(desk, over, title, place, width=560)
        translate = QCoreApplication.translate
        context = "AppointmentForm"
        self.about = Field(
            translate(context, "What about"), hint=translate(context, "Coat fitting")
        )
        self.due = DayChoice(desk.formats, translate(context, "Day"), desk.today(), DAYS)
        self.time = Field(translate(context, "At"), hint="14:30")
        self.lengths = [str(int(length.total_seconds()) // 60) for length in LENGTHS]
        self.length = Choice(
            translate(context, "How long"),
            [(minutes, length_words(timedelta(minutes=int(minutes)))) for minutes in self.lengths],
            wraps=True,
        )
        self.other_length: timedelta | None = None
        self.set_length(DEFAULT_LENGTH)
        self.remind = Choice(
            translate(context, "Remind me"),
            [
                *(
                    (
                        str(minutes),
                        translate(context, "{length} before").format(
                            length=length_words(timedelta(minutes=minutes))
                        ),
                    )
                    for minutes in MINUTES
                ),
                (DAY_BEFORE, translate(context, "the day before, too")),
                (NEVER, translate(context, "not at all")),
            ],
            wraps=True,
        )
        self.other_reminder: int | None = None
        self.conflict = Banner(tone=Tone.AMBER)
        self.conflict.hide()
        for field in (self.about, self.time):
            field.typed.connect(lambda _: self.save_draft())
        self.time.typed.connect(lambda _: self.look())
        self.due.chosen.connect(lambda _: self.touched())
        self.length.chosen.connect(lambda _: self._length_chosen())
        self.remind.chosen.connect(lambda _: self.save_draft())

    def add_when(self) -> None:
        """The fields in their order, with what stands against the time below it."""
        self.add_field(self.due.accessibleName(), self.due)
        self.add_field(self.time.accessibleName(), self.time)
        self.add_field(self.length.accessibleName(), self.length)
        self.body.addWidget(self.conflict)
        self.add_field(self.about.accessibleName(), self.about)
        self.add_field(self.remind.accessibleName(), self.remind)

    # what is chosen

    def set_length(self, length: timedelta) -> None:
        """Choose a length, also one that is not offered."""
        minutes = str(int(length.total_seconds()) // 60)
        self.other_length = None if minutes in self.lengths else length
        self.length.choose(minutes if minutes in self.lengths else "")

    def the_length(self) -> timedelta:
        """How long it is to take."""
        if self.length.value:
            return timedelta(minutes=int(self.length.value))
        return self.other_length or DEFAULT_LENGTH

    def set_reminder(self, minutes: int | None, *, day_before: bool) -> None:
        """Choose a reminder, also one that is not offered."""
        offered = minutes in MINUTES
        self.other_reminder = None if offered else minutes
        if day_before:
            self.remind.choose(DAY_BEFORE)
        elif minutes is None:
            self.remind.choose(NEVER)
        else:
            self.remind.choose(str(minutes) if offered else "")

    def the_reminder(self) -> tuple[int | None, bool]:
        """How many minutes before, and whether the day before, too."""
        value = self.remind.value
        if value == NEVER:
            return None, False
        if value == DAY_BEFORE:
            return self.other_reminder or MINUTES[0], True
        return (int(value) if value else self.other_reminder), False

    def the_start(self) -> datetime | None:
        """When it begins, as far as that can be read; no word is said."""
        try:
            at = parse_time(self.time.value)
        except Refusal:
            return None
        if at is None or self.due.day is None:
            return None
        return datetime.combine(self.due.day, at, self.desk.formats.tz)

    def read_start(self) -> datetime | None:
        """When it begins; else what is missing is said above the fields."""
        try:
            at = parse_time(self.time.value)
        except Refusal as refusal:
            self.time.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return None
        if at is None or self.due.day is None:
            self.say(
                QCoreApplication.translate(
                    "AppointmentForm",
                    "When? Type a day and a time; what you typed is still there.",
                )
            )
            (self.due.field if self.due.day is None else self.time).setFocus()
            return None
        return datetime.combine(self.due.day, at, self.desk.formats.tz)

    # drafts and conflicts

    def when_typed(self) -> dict[str, str]:
        """The common fields of a draft."""
        return {
            "about": self.about.value,
            "time": self.time.value,
            "day": self.due.day.isoformat() if self.due.day else "",
            "length": self.length.value,
            "remind": self.remind.value,
        }

    def bring_when_back(self, fields: dict[str, str]) -> None:
        """The common fields of a draft, as they were."""
        self.about.set_value(fields.get("about", ""))
        self.time.set_value(fields.get("time", ""))
        if fields.get("day"):
            self.due.set_day(max(date.fromisoformat(fields["day"]), self.desk.today()))
        if fields.get("length") in self.lengths:
            self.length.choose(fields["length"])
        if fields.get("remind"):
            self.remind.choose(fields["remind"])
        self.look()

    def touched(self) -> None:
        """Something was chosen: keep it, and look what stands against the time."""
        self.save_draft()
        self.look()

    def wanted(self) -> Booked | None:
        """The time that is asked about; None while something is missing."""
        raise NotImplementedError

    def look(self) -> None:
        """Ask what stands against the time, and say it below."""
        booked = self.wanted()
        if booked is None:
            self._tell(())
            return
        self.desk.ask(
            lambda session: conflicts_of(session, booked),
            self._tell,
            owner=self,
            slot="conflicts",
        )

    def _tell(self, found: tuple[Told, ...]) -> None:
        booked = self.wanted()
        mine = booked is not None and booked.associate_id == self.desk.me.id
        words = "" if booked is None else all_conflicts(found, self.desk.formats, mine=mine)
        self.conflict.say(words)
        self.conflict.setVisible(bool(words))

    def _length_chosen(self) -> None:
        self.other_length = None
        self.touched()
