"""How much is a calendar to say, and where is the file to be? Discreet unless asked otherwise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from clientele.exchange.calendar_out import CalendarWords
from clientele.services.audit_verbs import TakenOut, say_taken_out
from clientele.services.calendar_out import Wanted, write_calendar
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice

DISCREET, OPEN = "discreet", "open"


class CalendarOutSheet(PassingSheet):
    """Asks plainly what the file may tell, then where it is to be; for ``ids``, or all of mine."""

    def __init__(self, desk: Desk, over: QWidget, ids: tuple[int, ...] = ()) -> None:
        translate = QCoreApplication.translate
        title = (
            translate("CalendarOutSheet", "This appointment as a calendar file")
            if ids
            else translate("CalendarOutSheet", "My appointments as a calendar file")
        )
        super().__init__(desk, over, title, width=540)
        self._ids = ids
        if not ids:
            self.body.addWidget(label(self.tr("Yours from today on, and those called off."), "sub"))
        self.body.addWidget(
            label(
                self.tr(
                    "A calendar file is not protected as the book is: it lies on telephones and "
                    "with whoever keeps your calendar. What may it say?"
                )
            )
        )
        self.says = Choice(
            self.tr("What the file may say"),
            [
                (DISCREET, self.tr("initials only, nothing of what it is about")),
                (OPEN, self.tr("names, and what it is about")),
            ],
            wraps=True,
        )
        self.body.addWidget(self.says)
        self.add_button(self.tr("Choose where…"), self._choose, primary=True)

    def write_to(self, path: Path) -> None:
        """Write the file there, say how many are in it, and close."""
        what = Wanted(
            self._desk.me.id,
            self._ids,
            discreet=self.says.value != OPEN,
            words=CalendarWords(self.tr("Appointment"), self.tr("Reminder")),
        )
        book, now = self._desk.book, self._desk.now()
        self._desk.ask(
            lambda session: write_calendar(session, book, path, what, now),
            lambda count: self._written(count, path),
            owner=self,
            slot="write",
            failed=self.say,
        )

    def _written(self, count: int, path: Path) -> None:
        out = TakenOut("export_calendar", self._desk.me.id, path, rows=count)
        self._desk.do(say_taken_out, out)
        words = self.tr("%n appointment(s) in “{file}”", "", count).format(file=path.name)
        self._desk.said.emit(words, False)
        self.close_sheet()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Where is the file to be?"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Calendars (*.ics)"))
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(self.tr("appointments.ics"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.write_to(Path(path)))
        dialog.open()
