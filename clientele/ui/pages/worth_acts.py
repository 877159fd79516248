"""What can be done with a client whom it is worth calling: reach them, a follow-up, or not now."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.rules.worth_a_call import Because, Reason
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
            worth_words.REACH: self.reach,
            worth_words.FOLLOW_UP: self.follow_up,
            worth_words.ASIDE: self.aside,
            worth_words.NOT_FOR_THIS: self.not_for_this,
        }[name](worth)

    def reach(self, worth: Worth) -> None:
        """Write or call now, about the reason where it is a thing of the client's."""
        from clientele.store.queries.message_fields import MatterKind, Meant
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        client, reason = worth.named.client_id, worth.reasons[0]
        meant = Meant(client)
        kinds = {Because.WISH: MatterKind.WISH, Because.PROMISE: MatterKind.PROMISE}
        if reason.thing is not None and reason.because in kinds:
            meant = Meant(client, kinds[reason.because], reason.thing.id)
        WriteMessageSheet(self._desk, self._over, meant, channel=worth.reach.channel).open_sheet()

    def follow_up(self, worth: Worth) -> None:
        """Make a follow-up of it: for today, on the channel that is allowed, with the reason."""
        from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet

        today, reason = self._desk.today(), worth.reasons[0]
        form = NewFollowUpSheet(
            self._desk,
            self._over,
            client_id=worth.named.client_id,
            channel=worth.reach.channel,
            reason=what_to_say(worth, today, self._desk.formats),
            due_on=today,
        )
        form.is_for(reason.purpose, _template(reason, worth.reach.channel), *_source(reason))
        form.open_sheet()

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


def _template(reason: Reason, channel: Channel) -> str:
    """The key of the shipped template that fits the reason on a channel."""
    thing, key = reason.thing, "hello"
    if reason.because is Because.WISH:
        key = "wish_arrived"
    elif reason.because is Because.OCCASION and thing is not None:
        own = thing.kind == OccasionKind.BIRTHDAY and not (thing.who or thing.relation)
        key = "birthday" if own else "before_occasion"
    elif thing is not None and thing.kind == PromiseKind.ALTERATION:
        key = "alteration_fits"
    return f"{key}_call" if channel is Channel.CALL else key


def _source(reason: Reason) -> tuple[str, int | None]:
    """The row that a follow-up is for, where the reason has one."""
    tables = {Because.WISH: Source.WISH, Because.PROMISE: Source.PROMISE}
    if reason.thing is None or reason.because not in tables:
        return "", None
    return tables[reason.because].value, reason.thing.id
