"""The page of appointments in the window, and calendar files out of the book and into it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part

if TYPE_CHECKING:
    from clientele.ui.pages.appointments import AppointmentsPage


class Arranging(QObject):
    """Makes the page when it is first gone to; its signals are those of the page."""

    open_client = Signal(int)
    start_visit = Signal(int)
    follow_up = Signal(int, str)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        words = self.tr("Take my appointments to a calendar file…")
        window.add_command(words, self.take_out, part=Part.FILES)
        window.add_command(self.tr("Bring in a calendar file…"), self.bring_in, part=Part.FILES)

    @cached_property
    def page(self) -> AppointmentsPage:
        """Who is expected, by days and weeks."""
        from clientele.ui.pages.appointments import AppointmentsPage

        page = AppointmentsPage(self._desk)
        self._window.add_page(page, under=actions.APPOINTMENTS)
        page.open_client.connect(self.open_client)
        page.start_visit.connect(self.start_visit)
        page.follow_up.connect(self.follow_up)
        page.take_out.connect(self.take_out)
        page.take_in.connect(self.bring_in)
        return page

    def take_out(self) -> None:
        """Ask what the file may say, and write it."""
        from clientele.ui.dialogs.calendar_out import CalendarOutSheet

        CalendarOutSheet(self._desk, self._window.content).open_sheet()

    def bring_in(self) -> None:
        """Choose a file, see what it would bring, and take it."""
        from clientele.ui.dialogs.calendar_in import CalendarInSheet

        CalendarInSheet(self._desk, self._window.content).open_sheet()
