"""Which keys are there? All of them on one sheet, by where they work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.ui.actions import ALL, CONTEXT, PAGES, Action, Where
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import KeyCap, label
from clientele.ui.widgets.sheet import Sheet


class KeysSheet(Sheet):
    """All keys, made when it is first opened.

    ``is_there`` says whether a page that has a key is in the window.
    """

    def __init__(self, owner: QWidget, is_there: Callable[[Action], bool]) -> None:
        super().__init__(owner, QCoreApplication.translate("KeysSheet", "All keys"), width=560)
        self._is_there = is_there
        self._filled = False

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Show every action with its key."""
        if not self._filled:
            self._filled = True
            for where in Where:
                of_this = [
                    action
                    for action in ALL
                    if action.where is where and (action not in PAGES or self._is_there(action))
                ]
                if of_this:
                    heading = label(QCoreApplication.translate(CONTEXT, where.value), "hint")
                    heading.setContentsMargins(0, Space.SMALL, 0, 0)
                    self.body.addWidget(heading)
                for action in of_this:
                    self.body.addWidget(_line(action))
        super().open_sheet(focus)


def _line(action: Action) -> QWidget:
    line = QWidget()
    line.setAccessibleName(f"{action.label}: {action.shown_key}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(action.label), 1)
    row.addWidget(KeyCap(action.shown_key))
    return line
