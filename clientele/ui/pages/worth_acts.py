"""What can be done with a client whom it is worth calling: a follow-up, or not now."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.services.worth_a_call import ShowAgain, show_again
from clientele.store.queries.worth_a_call import Worth
from clientele.ui.desk import Desk
from clientele.ui.models import worth_words
from clientele.ui.models.worth_words import what_to_say


class WorthActs(QObject):
    """Forms open over ``over``, any widget of the window."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def act(self, worth: Worth, name: str) -> None:
        """Do what a row's button or key asks for."""
        {
            worth_words.FOLLOW_UP: self.follow_up,
            worth_words.ASIDE: self.aside,
            worth_words.NOT_FOR_THIS: self.not_for_this,
        }[name](worth)

    def follow_up(self, worth: Worth) -> None:
        """Make a follow-up of it: for today, on the channel that is allowed, with the reason."""
        from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet

        today = self._desk.today()
        NewFollowUpSheet(
            self._desk,
            self._over,
            client_id=worth.named.client_id,
            channel=worth.reach.channel,
            reason=what_to_say(worth, today, self._desk.formats),
            due_on=today,
        ).open_sheet()

    def aside(self, worth: Worth) -> None:
        """Ask for how long not to show this client."""
        self._set_aside(worth, "")

    def not_for_this(self, worth: Worth) -> None:
        """The same, for the strongest reason alone."""
        self._set_aside(worth, worth.reasons[0].because.value)

    def again(self, aside_id: int) -> None:
        """Show again who was set aside."""
        self._desk.do(show_again, ShowAgain(aside_id), said=self.tr("Shown again where it fits"))

    def _set_aside(self, worth: Worth, reason: str) -> None:
        from clientele.ui.dialogs.set_aside import SetAsideSheet

        reasons = [one.because.value for one in worth.reasons]
        SetAsideSheet(self._desk, self._over, worth.named, reasons, reason=reason).open_sheet()
