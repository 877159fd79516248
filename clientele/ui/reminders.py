"""Everything that reminds, joined: who looks, desktop, tray, the list of Today, the choices."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from clientele.system import settings as settings_file
from clientele.system.settings import Settings
from clientele.ui.commands import other_words
from clientele.ui.desk import Desk
from clientele.ui.dialogs.reminders import RemindersSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part
from clientele.ui.notifying import Notifier
from clientele.ui.pages.today import TodayPage
from clientele.ui.reminding import Reminding
from clientele.ui.tray import Tray

log = logging.getLogger(__name__)


class Reminders(QObject):
    """Made after the first frame. ``lead_to(kind, id)``: somebody wants to see what is due."""

    lead_to = Signal(str, int)

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        today: TodayPage,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._settings = settings
        self.notifier = Notifier(window.windowIcon(), parent=self)
        self.reminding = Reminding(desk, window, self.notifier, settings, self)
        self.reminding.waited.connect(today.since.tell)
        self.reminding.lead_to.connect(self.lead_to)
        self.reminding.lead_home.connect(lambda: window.show_page(today))
        today.since.opened.connect(self.lead_to)
        self.tray = Tray(window, self)
        self.has_tray = self.notifier.stay_in_tray(self.tray.menu)
        self.tray.keeps = self.has_tray and settings.keep_in_tray
        self.tray.quit_wanted.connect(QCoreApplication.quit)
        words = self.tr("Reminders…")
        also = other_words("reminders")
        window.add_command(words, self.open_choices, also=also, part=Part.MINE)

    def begin(self) -> None:
        """Look for the first time."""
        self.reminding.begin()

    def stop(self) -> None:
        """Look no more; closing the window closes it."""
        self.tray.stop()
        self.reminding.stop()

    def open_choices(self) -> None:
        """Show how this terminal reminds."""
        sheet = RemindersSheet(
            self._desk, self._window.content, self._settings, self.keep, has_tray=self.has_tray
        )
        sheet.open_sheet()

    def keep(self, settings: Settings) -> None:
        """Go by these choices, and write them down beside what else this terminal prefers."""
        self._settings = settings
        self.tray.keeps = self.has_tray and settings.keep_in_tray
        self.reminding.set_settings(settings)
        there = settings_file.load()
        try:
            settings_file.save(
                replace(
                    there,
                    reminders=settings.reminders,
                    reminder_names=settings.reminder_names,
                    reminder_hour=settings.reminder_hour,
                    appointment_lead=settings.appointment_lead,
                    keep_in_tray=settings.keep_in_tray,
                )
            )
        except OSError as error:
            log.warning("the choices of reminders are not kept: %s", type(error).__name__)
