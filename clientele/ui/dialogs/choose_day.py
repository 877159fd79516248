"""Until when is it put off? A day with one click or one key, and for promises a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import Soon, day_of, parse_day_ahead, parse_time
from clientele.domain.rules.snoozing import parse_snooze
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import KeyCap, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.day_choice import soon_words
from clientele.ui.widgets.fields import Field

PUT_OFF = (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_MONDAY, Soon.NEXT_MONTH)


class ChooseDaySheet(PassingSheet):
    """Emits ``chosen(day, time or None)`` once, and is gone.

    The keys 1, 2, 3 … are the days that are offered; any other day is typed. ``with_time`` asks
    for a time of day as well, which may stay empty, ``with_why`` for a few words (``why``).
    ``days`` are days with their words to offer instead of ``offered``; then today is no other day.
    """

    chosen = Signal(object, object)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        title: str,
        about: str,
        *,
        offered: Sequence[Soon] = PUT_OFF,
        with_time: bool = False,
        with_why: bool = False,
        days: Sequence[tuple[date, str]] | None = None,
    ) -> None:
        super().__init__(desk, over, title, width=420)
        self._today = desk.today()
        self._read = parse_day_ahead if days is None else parse_snooze
        self.body.addWidget(label(about, "label"))
        self.time: Field | None = None
        if with_time:
            self.time = Field(self.tr("At"), hint=self.tr("Any time that day, or 14:30"))
            self.add_field(self.tr("At"), self.time)
        self._why: Field | None = None
        if with_why:
            self._why = Field(self.tr("Why"), hint=self.tr("What the client was told, if anything"))
            self.add_field(self.tr("Why"), self._why)
        self.days: list[Button] = []
        by_day = dict(days or ()) or {
            (day := day_of(soon, self._today)): f"{soon_words(soon)} · "
            f"{desk.formats.weekday_day(day)}"
            for soon in offered
        }
        for number, (day, words) in enumerate(sorted(by_day.items()), 1):
            button = Button(words, partial(self._choose, day), key=str(number))
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy()
            )
            self.days.append(button)
            self.body.addWidget(_with_key(str(number), button))
        self.other = Field(self.tr("Another day"), hint=self.tr("Another day, such as 3 Dec"))
        self.other.returnPressed.connect(self._typed)
        self.body.addWidget(self.other)
        self.add_button(self.tr("Put off"), self._typed, primary=True)

    @property
    def why(self) -> str:
        """The words that were typed, if they were asked for."""
        return self._why.value if self._why is not None else ""

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the first day."""
        super().open_sheet(focus or (self.days[0] if self.days else self.other))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is one of the days; arrows go up and down among them."""
        number = event.text()
        if number.isdigit() and 1 <= int(number) <= len(self.days):
            self.days[int(number) - 1].click()
            event.accept()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        try:
            day = self._read(self.other.value, self._today)
        except Refusal as refusal:
            self.other.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return
        if day is None:
            self.say(self.tr("Choose a day above, or type one."))
            self.other.setFocus()
            return
        self._choose(day)

    def _choose(self, day: date) -> None:
        at: time | None = None
        if self.time is not None:
            try:
                at = parse_time(self.time.value)
            except Refusal as refusal:
                self.time.set_wrong(sentence_of(refusal))
                self.say(sentence_of(refusal))
                return
        self.close_sheet()
        self.chosen.emit(day, at)


def _with_key(key: str, button: Button) -> QWidget:
    """A button behind the key that presses it."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.SMALL)
    cap = KeyCap(key)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    cap.setMinimumWidth(px(22))
    row.addWidget(cap)
    row.addWidget(button)
    return line
