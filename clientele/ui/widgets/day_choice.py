"""Until when? A day to come, by one click or typed in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import Soon, day_of, parse_day_ahead
from clientele.system.formats import Formats
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field


def soon_words(soon: Soon) -> str:
    """What a day that is offered with one click is called."""
    return {
        Soon.TODAY: QCoreApplication.translate("DayChoice", "Today"),
        Soon.TOMORROW: QCoreApplication.translate("DayChoice", "Tomorrow"),
        Soon.THREE_DAYS: QCoreApplication.translate("DayChoice", "In 3 days"),
        Soon.NEXT_WEEK: QCoreApplication.translate("DayChoice", "Next week"),
        Soon.TWO_WEEKS: QCoreApplication.translate("DayChoice", "In two weeks"),
        Soon.NEXT_MONDAY: QCoreApplication.translate("DayChoice", "Next Monday"),
        Soon.NEXT_MONTH: QCoreApplication.translate("DayChoice", "Next month"),
    }[soon]


class DayChoice(QWidget):
    """Chips for the usual days, a field for any other, and below which day that is.

    Emits ``chosen(day)`` with a date, or None while what is typed is not a day.
    """

    chosen = Signal(object)

    def __init__(
        self,
        formats: Formats,
        name: str,
        today: date,
        offered: Sequence[Soon],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._formats, self._today = formats, today
        self._offered = tuple(offered)
        self.day: date | None = day_of(self._offered[0], today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        self.choice = Choice(name, [(soon.value, soon_words(soon)) for soon in self._offered])
        self.choice.chosen.connect(self._click)
        column.addWidget(self.choice)
        self.field = Field(self.tr("{name}, another day").format(name=name))
        self.field.setPlaceholderText(self.tr("or another day, such as 3 Dec"))
        self.field.typed.connect(self._type)
        column.addWidget(self.field)
        self.words = label("", "sub")
        column.addWidget(self.words)
        self._say()

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.field.text()

    def set_day(self, day: date) -> None:
        """Choose a day without telling: its chip, or else in the field."""
        self.day = day
        soon = next((at for at in self._offered if day_of(at, self._today) == day), None)
        self.field.setText("" if soon else self._formats.day_year(day))
        self._mark(soon.value if soon else "")
        self._say()

    def _click(self, value: str) -> None:
        self.field.clear()
        self.field.set_wrong("")
        self.day = day_of(Soon(value), self._today)
        self._say()
        self.chosen.emit(self.day)

    def _type(self, text: str) -> None:
        try:
            self.day = parse_day_ahead(text, self._today)
            self.field.set_wrong("")
            self._say()
        except Refusal as refusal:
            self.day = None
            self.words.setText(sentence_of(refusal))
        if self.day is None and not text.strip():
            self._click(self._offered[0].value)
            self._mark(self._offered[0].value)
            return
        self._mark("")
        self.chosen.emit(self.day)

    def _mark(self, value: str) -> None:
        self.choice.choose(value)

    def _say(self) -> None:
        self.words.setText("" if self.day is None else self._formats.long_day(self.day))
