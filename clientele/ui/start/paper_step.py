"""A new recovery key of a book that is in use: shown until it is on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.ui.start.step import Step
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field


class PaperStep(Step):
    """Emits ``done`` when somebody has the key on paper and goes on."""

    done = Signal()

    def __init__(self, recovery_key: str, book: Path) -> None:
        super().__init__(width=640)
        self._book = book
        self.set_words(
            self.tr("Your book has a new key: keep it on paper"),
            self.tr(
                "This recovery key opens your book and every copy that is made from now on. "
                "The old paper opens only older copies: keep it as long as you keep those. "
                "Everybody else who opens the book on this computer types the new key once."
            ),
        )
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
        self.print_button = Button(self.tr("Print it"), self._print)
        self.wrote_button = Button(self.tr("I wrote it down"), self.allow)
        row.addWidget(self.print_button)
        row.addWidget(self.wrote_button)
        self.body.addWidget(holder)
        self.on = self.add_button(self.tr("Go on"), self.done.emit, primary=True)
        self.on.setEnabled(False)

    def allow(self) -> None:
        """The key is on paper."""
        self.kept.setText(self.tr("On paper"))
        self.kept.set_tone(Tone.GREEN)
        self.on.setEnabled(True)

    def _print(self) -> None:
        from clientele.ui.start.paper import print_recovery_key

        if print_recovery_key(self, self.key.text(), self._book):
            self.allow()
