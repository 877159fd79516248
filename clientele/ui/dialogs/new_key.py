"""A new recovery key: what it means, and the word that begins it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.rights import Acting
from clientele.services.keys import SHORTEST, KeyState, proven_vault, renew
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.start.between import After, Between, Closed
from clientele.ui.start.first_steps import secret_field
from clientele.ui.widgets.basics import label


class NewKeySheet(PassingSheet):
    """Hands ``begin`` what is to be done with the book closed. Call ``open_sheet`` after making."""

    def __init__(
        self, desk: Desk, over: QWidget, state: KeyState, begin: Callable[[Between], None]
    ) -> None:
        title = QCoreApplication.translate("NewKeySheet", "A new recovery key")
        super().__init__(desk, over, title, width=520)
        self._state, self._begin = state, begin
        self.by_keyring = state.by_keyring or (state.mine is None and state.keyring_works)
        for words in (
            self.tr(
                "For a paper that was lost or seen. The whole book is encrypted anew, and you get "
                "a new recovery key to print. Nothing in the book changes."
            ),
            self.tr(
                "Copies made before still open with the old paper alone: keep it as long as you "
                "keep them, or delete them. Make a copy under the new key soon afterwards."
            ),
            self.tr(
                "Everybody else who opens this book on this computer types the new recovery key "
                "once. E-mail accounts and all other passwords stay."
            ),
            self.tr(
                "Nobody can work in the book meanwhile. You may leave it at any time; the book "
                "then stays as it is."
            ),
        ):
            self.body.addWidget(label(words, "label"))
        self.passphrase = secret_field(self.tr("Passphrase"))
        self.again = secret_field(self.tr("The same again"))
        if not self.by_keyring:
            self.add_field(
                self.tr("Your passphrase, or a new one for the next start"), self.passphrase
            )
            self.add_field(self.tr("The same again"), self.again)
        self.go = self.add_button(self.tr("Encrypt the book anew"), self._go, primary=True)

    def _go(self) -> None:
        words = self.passphrase.text()
        if not self.by_keyring and words != self.again.text():
            self.say(self.tr("The two passphrases differ. Type the same one twice."))
            return
        if not self.by_keyring and len(words) < SHORTEST:
            self.say(self.tr("That passphrase is short. Choose a few words that you will know."))
            return
        what = between(self._desk, self._desk.acting, words, by_keyring=self.by_keyring)
        for field in (self.passphrase, self.again):
            field.clear()
        self.close_sheet()
        self._begin(what)


def between(desk: Desk, acting: Acting, passphrase: str, *, by_keyring: bool) -> Between:
    """The work itself, for ``ui.start.between``."""
    tr = QCoreApplication.translate
    now = desk.now
    said = tr("NewKeySheet", "The book has a new key. Sign in and go on.")

    def work(closed: Closed) -> After:
        renewed = renew(
            closed.path,
            closed.data_key,
            vault=proven_vault() if by_keyring else None,
            passphrase=passphrase,
            now=now(),
            acting=acting,
            told=closed.told,
            leave=closed.leave,
        )
        return After(renewed.data_key, said, paper=renewed.recovery_key)

    return Between(
        tr("NewKeySheet", "The book gets a new key"),
        tr(
            "NewKeySheet",
            "Everything is copied under the new key and compared with the book, row by row. "
            "The book is yours as it was until the very end.",
        ),
        work,
        kept=tr("NewKeySheet", "The book keeps the key that it has. Nothing was changed."),
    )
