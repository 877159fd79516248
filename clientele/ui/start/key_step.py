"""What every step does that shows a recovery key: what comes next waits until it is on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.ui.start.step import Step
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field


class KeyStep(Step):
    """A recovery key to print or to write down. A step says how it is printed: ``print_it``."""

    def __init__(self, recovery_key: str) -> None:
        super().__init__(width=640)
        self._waiting: list[Button] = []
        self.key = Field(self.tr("Recovery key"), recovery_key)
        self.key.setReadOnly(True)
        self.key.setProperty("figure", True)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self.key)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.kept = Chip(self.tr("Print it or write it down first"), Tone.AMBER)
        row.addWidget(self.kept)
        row.addStretch(1)
        self.print_button = Button(self.tr("Print it"), self.print_it)
        self.wrote_button = Button(self.tr("I wrote it down"), self.allow)
        row.addWidget(self.print_button)
        row.addWidget(self.wrote_button)
        self.body.addWidget(holder)

    def hold_back(self, button: Button) -> None:
        """This cannot be pressed before the key is on paper."""
        button.setEnabled(False)
        self._waiting.append(button)

    def allow(self) -> None:
        """The key is on paper."""
        self.kept.setText(self.tr("On paper"))
        self.kept.set_tone(Tone.GREEN)
        for button in self._waiting:
            button.setEnabled(True)

    def print_it(self) -> None:
        """Print the key; ``allow`` once that is done."""
        raise NotImplementedError
