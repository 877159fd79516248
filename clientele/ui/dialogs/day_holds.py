"""How many clients can a day hold?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.worth_a_call import MOST_OF_ALL
from clientele.services.worth_a_call import DayHolds, day_holds
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field


class DayHoldsSheet(PassingSheet):
    """A number, for whoever is signed in."""

    def __init__(self, desk: Desk, over: QWidget, most: int) -> None:
        title = QCoreApplication.translate("DayHoldsSheet", "How many clients a day can hold")
        super().__init__(desk, over, title, width=420)
        words = self.tr("So many are shown at most; whoever you reach on a day is counted.")
        self.body.addWidget(label(words, "sub"))
        self.number = Field(self.tr("Clients a day"), desk.formats.number(most))
        self.add_field(self.tr("Clients a day"), self.number)
        self.number.returnPressed.connect(self.keep)
        self.add_button(self.tr("Keep"), self.keep, primary=True)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin in the field."""
        super().open_sheet(focus or self.number)

    def keep(self) -> None:
        """Keep it, or say what is wrong."""
        typed = self.number.value.strip()
        if not typed.isdecimal():
            words = self.tr("Type a number from 1 to {most}.").format(most=MOST_OF_ALL)
            self.number.set_wrong(words)
            self.say(words)
            return
        self._desk.do(
            day_holds,
            DayHolds(self._desk.me.id, int(typed)),
            said=self.tr("%n client(s) a day", "", int(typed)),
            then=self.close_after,
            failed=self.say,
        )
