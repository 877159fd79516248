"""The rules in the window: their runs in the background, and their page when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clientele.ui import actions
from clientele.ui.commands import other_words
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part
from clientele.ui.ruling import Ruling

if TYPE_CHECKING:
    from clientele.ui.pages.rules import RulesPage


class RulesCorner(QObject):
    """Made once for a window; emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self.ruling = Ruling(desk, self)
        words = self.tr("Rules for follow-ups…")
        window.add_command(words, self.show_rules, also=other_words("rules"), part=Part.STORE)

    @cached_property
    def page(self) -> RulesPage:
        """The page of rules."""
        from clientele.ui.pages.rules import RulesPage

        page = RulesPage(self._desk)
        self._window.add_page(page, under=actions.FOLLOW_UPS)
        page.open_client.connect(self.open_client)
        return page

    def show_rules(self) -> None:
        """Show the rules."""
        self._window.show_page(self.page)

    def stop(self) -> None:
        """Run no more."""
        self.ruling.stop()
