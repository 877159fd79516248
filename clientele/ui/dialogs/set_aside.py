"""For how long shall somebody not be shown as worth a call, and for which reason?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clientele.services.worth_a_call import SetAside, set_aside
from clientele.store.queries.reading import Named
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.worth_words import short_reason
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice

FOR = (7, 30, 90)
"""Days that are offered; a week, a month, a season."""


ALL = "all"
"""The choice that is for no reason in particular."""


class SetAsideSheet(PassingSheet):
    """Any click on a time sets the client aside and closes. The keys 1, 2, 3, 4 are the times.

    ``reasons`` are those for which the client is shown now; ``reason`` is chosen at the start
    (empty: for none of them).
    """

    def __init__(
        self, desk: Desk, over: QWidget, named: Named, reasons: Sequence[str], *, reason: str = ""
    ) -> None:
        title = QCoreApplication.translate("SetAsideSheet", "Not now: {client}")
        super().__init__(desk, over, title.format(client=shown_name(named)), width=420)
        self._named = named
        self.why = Choice(
            self.tr("Which reason"),
            [(ALL, self.tr("at all")), *((one, short_reason(one)) for one in reasons)],
        )
        self.why.choose(reason or ALL)
        self.add_field(self.tr("Not to be shown"), self.why)
        self.body.addWidget(label(self.tr("For how long"), "label"))
        today = desk.today()
        offered: list[tuple[str, date | None]] = [
            (self._words(days, today), today + timedelta(days=days)) for days in FOR
        ]
        self.times: list[Button] = []
        for number, (words, until) in enumerate([*offered, (self.tr("For good"), None)], 1):
            button = Button(words, partial(self._choose, until), key=str(number))
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy()
            )
            self.times.append(button)
            self.body.addWidget(button)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the shortest time."""
        super().open_sheet(focus or self.times[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is one of the times; arrows go up and down among them."""
        number = event.text()
        if number.isdigit() and 1 <= int(number) <= len(self.times):
            self.times[int(number) - 1].click()
            event.accept()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _reason(self) -> str:
        return "" if self.why.value == ALL else self.why.value

    def _words(self, days: int, today: date) -> str:
        words = {
            7: self.tr("For a week"),
            30: self.tr("For a month"),
            90: self.tr("For three months"),
        }[days]
        return f"{words} · {self._desk.formats.weekday_day(today + timedelta(days=days))}"

    def _choose(self, until: date | None) -> None:
        client = shown_name(self._named)
        said = self.tr("{client} is not shown any more").format(client=client)
        if until is not None:
            said = self.tr("{client} is not shown until {day}").format(
                client=client, day=self._desk.formats.near_day(until, self._desk.today())
            )
        self._desk.do(
            set_aside,
            SetAside(self._named.client_id, self._desk.me.id, self._reason(), until),
            said=said,
        )
        self.close_sheet()
