"""The locked screen when nobody can sign in: the recovery key, and a store manager's new PIN."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from clientele.domain.errors import Refusal
from clientele.domain.rules.pin_rules import check_chosen
from clientele.services.pin_recovery import Manager, PinByPaper
from clientele.ui.refusals import sentence_of
from clientele.ui.start.first_steps import secret_field
from clientele.ui.start.step import Step
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field


class PaperStep(Step):
    """Emits ``typed(recovery key, PinByPaper)`` and ``back``."""

    typed = Signal(str, object)
    back = Signal()

    def __init__(self, managers: Sequence[Manager]) -> None:
        super().__init__()
        self._managers = {str(one.id): one for one in managers}
        self.set_words(
            self.tr("Nobody can sign in?"),
            self.tr(
                "The recovery key on paper lets a store manager choose a new PIN. Everybody else "
                "gets one from a manager. That it was used stands in the audit trail."
            ),
        )
        names = [(str(one.id), one.name) for one in managers]
        self.who = Choice(self.tr("Who you are"), names, wraps=True)
        self.add_field(self.tr("Who you are"), self.who)
        self.who.choose(str(managers[0].id))
        self.key = Field(self.tr("Recovery key"), hint="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.add_field(self.tr("Recovery key"), self.key)
        self.pin = secret_field(self.tr("A new PIN"), digits=True)
        self.again = secret_field(self.tr("The same again"), digits=True)
        self.add_side_by_side(
            (self.tr("A new PIN"), self.pin), (self.tr("The same again"), self.again)
        )
        self.leave_button = self.add_button(self.tr("Back"), self._leave)
        self.keep = self.add_button(self.tr("Keep this PIN"), self._keep, primary=True)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the key."""
        super().showEvent(event)
        self.key.setFocus()

    def wait(self) -> None:
        """It is being looked at."""
        self.keep.setEnabled(False)
        self.say("")

    def say_wrong(self, sentence: str) -> None:
        """Why it was not taken."""
        self.keep.setEnabled(True)
        self.say(sentence)

    def _keep(self) -> None:
        who = self._managers[self.who.value]
        if self.pin.text() != self.again.text():
            self.say(self.tr("The two PINs differ. Type the same one twice."))
            return
        try:
            check_chosen(self.pin.text(), role=who.role)
        except Refusal as refusal:
            self.say(sentence_of(refusal))
            return
        self.typed.emit(self.key.text(), PinByPaper(who.id, self.pin.text()))

    def _leave(self) -> None:
        for field in (self.key, self.pin, self.again):
            field.clear()
        self.back.emit()
