"""When the book does not open by itself: a passphrase, a lost key, a file that cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from clientele.ui.start.first_steps import SHORTEST_PASSPHRASE, secret_field
from clientele.ui.start.step import Step
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field


class PassphraseStep(Step):
    """Asks for the passphrase at each start. Emits ``typed(passphrase)`` and ``lost``."""

    typed = Signal(str)
    lost = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_words(self.tr("Open your book"), self.tr("Type the passphrase of this book."))
        self.passphrase = secret_field(self.tr("Passphrase"))
        self.add_field(self.tr("Passphrase"), self.passphrase)
        self.add_button(self.tr("I have the recovery key"), self.lost.emit)
        self.open_button = self.add_button(
            self.tr("Open"), lambda: self.typed.emit(self.passphrase.text()), primary=True
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the passphrase."""
        super().showEvent(event)
        self.passphrase.setFocus()


class RecoveryStep(Step):
    """Asks for the key on paper. Emits ``typed(key, passphrase)``.

    A new passphrase is asked for where the computer has no keyring.
    """

    typed = Signal(str, str)

    def __init__(self, why: str, *, needs_passphrase: bool) -> None:
        super().__init__()
        self.set_words(self.tr("Your book is safe"), why)
        self.key = Field(self.tr("Recovery key"), hint="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.add_field(self.tr("Recovery key"), self.key)
        self.passphrase = secret_field(self.tr("A new passphrase"))
        self.again = secret_field(self.tr("The same again"))
        self._needs_passphrase = needs_passphrase
        if needs_passphrase:
            self.body.addWidget(
                label(
                    self.tr(
                        "This computer has no keyring that could keep the key, so choose a "
                        "passphrase for the next start."
                    ),
                    "sub",
                )
            )
            self.add_side_by_side(
                (self.tr("A new passphrase"), self.passphrase),
                (self.tr("The same again"), self.again),
            )
        self.open_button = self.add_button(self.tr("Open"), self._open, primary=True)

    def offer(self, words: str, on_click: Callable[[], object]) -> Button:
        """Another way than the paper, before the button that opens."""
        button = self.add_button(words, on_click)
        self._buttons.insertWidget(self._buttons.indexOf(self.open_button), button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the key, or to what is still missing."""
        super().showEvent(event)
        (self.passphrase if self.key.text() else self.key).setFocus()

    def _open(self) -> None:
        if self._needs_passphrase and self.passphrase.text() != self.again.text():
            self.say(self.tr("The two passphrases differ. Type the same one twice."))
            return
        if self._needs_passphrase and len(self.passphrase.text()) < SHORTEST_PASSPHRASE:
            self.say(self.tr("That passphrase is short. Choose a few words that you will know."))
            return
        self.typed.emit(self.key.text(), self.passphrase.text())


class SorryStep(Step):
    """The book cannot be opened: one sentence, and to try again. Emits ``again`` and ``end``."""

    again = Signal()
    end = Signal()

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.set_words(self.tr("The book is not open"), sentence)
        self.add_button(self.tr("Close"), self.end.emit)
        self.again_button = self.add_button(self.tr("Try again"), self.again.emit, primary=True)
