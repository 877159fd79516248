"""What can be done about a problem from a list? Do more, or keep the client's word."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.store.queries.made_right import MadeRightRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.more_right import ClientSaysSheet, DecideSheet
from clientele.ui.models.right_rows import DO, NOT_SOLVED, SOLVED


class RightActs(QObject):
    """Opens the sheet for an act over the page that asks for it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def act(self, row: MadeRightRow, name: str) -> None:
        """Do what a row's action is called; one that is opened is gone on with."""
        {DO: self.do, SOLVED: self.solved, NOT_SOLVED: self.not_solved}.get(name, self.do)(row)

    def do(self, row: MadeRightRow) -> None:
        """Decide, or do more."""
        DecideSheet(self._desk, self._over, row).open_sheet()

    def solved(self, row: MadeRightRow) -> None:
        """The client says that it is solved."""
        ClientSaysSheet(self._desk, self._over, row, solved=True).open_sheet()

    def not_solved(self, row: MadeRightRow) -> None:
        """The client says that it is not."""
        ClientSaysSheet(self._desk, self._over, row, solved=False).open_sheet()
