"""The team in the window: its page when it is asked for, and out with whoever left."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clientele.ui.commands import other_words
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part

if TYPE_CHECKING:
    from clientele.ui.pages.team import TeamPage


class TeamCorner(QObject):
    """Made once for a window."""

    def __init__(self, desk: Desk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        also = other_words("team")
        window.add_command(self.tr("Team…"), self.show_team, also=also, part=Part.STORE)
        desk.allowed.left.connect(self._out)

    @cached_property
    def page(self) -> TeamPage:
        """The page of the team."""
        from clientele.ui.pages.team import TeamPage

        page = TeamPage(self._desk)
        self._window.add_page(page)
        return page

    def show_team(self) -> None:
        """Show who works here."""
        self._window.show_page(self.page)

    def _out(self) -> None:
        """Whoever is signed in has just left the store."""
        self._window.lock(self.tr("You are no longer among the associates of this store."))
