"""What can be done with a follow-up from a list? Reach, done, put off, not do: for every page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.services.follow_ups import (
    DropFollowUp,
    SnoozeFollowUp,
    drop_follow_up,
    snooze_follow_up,
)
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.client_names import shown_name


class FollowUpActs(QObject):
    """Opens the sheet for an act over the page that asks for it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def reach(self, row: FollowUpRow) -> None:
        """The numbers and addresses, and what came of it."""
        DoneFollowUpSheet(self._desk, self._over, row, reach=True).open_sheet()

    def done(self, row: FollowUpRow) -> None:
        """What came of it."""
        DoneFollowUpSheet(self._desk, self._over, row).open_sheet()

    def snooze(self, row: FollowUpRow) -> None:
        """Another day."""
        sheet = ChooseDaySheet(
            self._desk, self._over, self.tr("Put off"), f"{shown_name(row.named)} · {row.reason}"
        )
        sheet.chosen.connect(lambda day, _: self._snooze(row, day))
        sheet.open_sheet()

    def drop(self, row: FollowUpRow) -> None:
        """It will not be done."""
        sheet = SayWhySheet(
            self._desk,
            self._over,
            self.tr("Not do it"),
            f"{shown_name(row.named)} · {row.reason}",
            f"dropping {row.id}",
            hint=self.tr("Told us in the store; no longer needed"),
            act=self.tr("Take it off the list"),
        )

        def drop(why: str) -> None:
            sheet.keep_as(
                drop_follow_up,
                DropFollowUp(row.id, self._desk.me.id, why, sheet.place),
                said=self.tr("Off the list: {client}").format(client=shown_name(row.named)),
            )

        sheet.said.connect(drop)
        sheet.open_sheet()

    def _snooze(self, row: FollowUpRow, until: date) -> None:
        day = self._desk.formats.near_day(until, self._desk.today())
        self._desk.do(
            snooze_follow_up,
            SnoozeFollowUp(row.id, until),
            said=self.tr("{client}: put off to {day}").format(
                client=shown_name(row.named), day=day
            ),
        )
