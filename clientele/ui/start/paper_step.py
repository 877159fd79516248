"""A new recovery key of a book that is in use: shown until it is on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from clientele.ui.start.key_step import KeyStep


class PaperStep(KeyStep):
    """Emits ``done`` when somebody has the key on paper and goes on."""

    done = Signal()

    def __init__(self, recovery_key: str, book: Path) -> None:
        super().__init__(recovery_key)
        self._book = book
        self.set_words(
            self.tr("Your book has a new key: keep it on paper"),
            self.tr(
                "This recovery key opens your book and every copy that is made from now on. "
                "The old paper opens only older copies: keep it as long as you keep those. "
                "Everybody else who opens the book on this computer types the new key once."
            ),
        )
        self.on = self.add_button(self.tr("Go on"), self.done.emit, primary=True)
        self.hold_back(self.on)

    def print_it(self) -> None:
        """Ask for a printer; sent to one, the key is on paper."""
        from clientele.ui.start.paper import print_recovery_key

        if print_recovery_key(self, self.key.text(), self._book):
            self.allow()
