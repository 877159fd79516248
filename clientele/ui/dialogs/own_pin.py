"""The form in which one changes one's own PIN, with the old one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.services.sign_in import ChoosePin, Tried
from clientele.ui.desk import Desk, Me
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.start.first_steps import secret_field
from clientele.ui.widgets.basics import label


class OwnPinSheet(PassingSheet):
    """A new PIN for whoever is signed in. Nothing typed here is kept as a draft."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(
            desk, over, QCoreApplication.translate("OwnPinSheet", "Change my PIN"), width=420
        )
        self.body.addWidget(
            label(
                self.tr(
                    "4 to 8 digits, for managers 6 to 8. Years, digits in a row and what many "
                    "choose are not taken."
                ),
                "label",
            )
        )
        self.old = secret_field(self.tr("The PIN you have"), digits=True)
        self.new = secret_field(self.tr("A new PIN"), digits=True)
        self.again = secret_field(self.tr("The new one once more"), digits=True)
        for field in (self.old, self.new, self.again):
            self.add_field(field.accessibleName(), field)
        self.again.returnPressed.connect(self._keep)
        self.keep = self.add_button(self.tr("Change it"), self._keep, primary=True)
        self.closed.connect(self._forget)

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        if self.new.text() != self.again.text():
            self.say(self.tr("The two new PINs differ. Type the same one twice."))
            return
        self.keep.setEnabled(False)
        self._desk.trying.choose(
            ChoosePin(self._by, self.old.text(), self.new.text()), self._tried, self._refused
        )

    def _tried(self, tried: Tried) -> None:
        self.keep.setEnabled(True)
        if tried.subject is None:
            self.old.clear()
            self.say(self.tr("That is not the PIN you have. Nothing was changed; type it again."))
            self.old.setFocus()
            return
        self.close_sheet()
        self._desk.said.emit(self.tr("Your PIN is changed"), False)

    def _refused(self, sentence: str) -> None:
        self.keep.setEnabled(True)
        self.say(sentence)

    def _signed(self, me: Me | None) -> None:
        self._forget()
        super()._signed(me)

    def _forget(self) -> None:
        for field in (self.old, self.new, self.again):
            field.clear()
