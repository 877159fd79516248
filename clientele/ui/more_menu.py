"""The menu of all that can be done, in parts short enough to be read: whose part is a command?"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from clientele.ui.actions import Action, Where

CONTEXT = "more_menu"
NATIVE = QKeySequence.SequenceFormat.NativeText


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


class Part(Enum):
    """A part of the menu, in the order in which they stand; the value is its heading."""

    CLIENT = _n("With this client")
    DAY = _n("Through the day")
    FILES = _n("Files in and out")
    STORE = _n("Running the store")
    MINE = _n("You and this terminal")
    NONE = ""
    """At the foot of the menu itself, for what is wanted at once."""


class MoreMenu(QMenu):
    """Parts appear with the first command of theirs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.parts: dict[Part, QMenu] = {}
        for part in Part:
            if part is not Part.NONE:
                menu = QMenu(QCoreApplication.translate(CONTEXT, part.value), self)
                self.addMenu(menu).setVisible(False)
                self.parts[part] = menu
        self.addSeparator()

    def add(self, words: str, run: Callable[[], object], key: str, part: Part) -> None:
        """A command, with its key beside it if it has one."""
        menu = self.parts.get(part, self)
        menu.menuAction().setVisible(True)
        entry = menu.addAction(words)
        if key:
            entry.setText(f"{words}\t{QKeySequence(key).toString(NATIVE)}")
        entry.triggered.connect(lambda _=False: run())


def part_of(action: Action) -> Part:
    """Where an action with a key belongs: with the client it is about, or to the day."""
    return Part.CLIENT if action.where is Where.CLIENT else Part.DAY
