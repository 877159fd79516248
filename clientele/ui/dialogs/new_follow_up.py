"""What is to be done for a client, how, why and when? The form for a new follow-up."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.rules.due_days import Soon
from clientele.domain.rules.follow_up_purpose import usual_purpose
from clientele.services.changes import Changes
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.ui.desk import Desk
from clientele.ui.dialogs.change_follow_up import purpose_choice
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.plan_words import channel_act
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.repeat_choice import RepeatChoice
from clientele.ui.widgets.who_does import WhoDoes

DAYS = (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK)


class NewFollowUpSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``made(follow_up_id)``.

    ``over`` is any widget of the window that it covers. Without ``client_id`` it asks for the
    client. ``visit_id`` and ``purchase_id`` say what it came of.
    """

    made = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int | None = None,
        channel: str = Channel.CALL,
        reason: str = "",
        due_on: date | None = None,
        visit_id: int | None = None,
        purchase_id: int | None = None,
    ) -> None:
        place = "new follow-up" if client_id is None else f"new follow-up for {client_id}"
        title = QCoreApplication.translate("NewFollowUpSheet", "New follow-up")
        super().__init__(desk, over, title, place)
        self._visit_id, self._purchase_id = visit_id, purchase_id
        self._template: tuple[str, str] = (channel, "")
        self._source: tuple[str, int | None] = ("", None)
        self.client = ClientPicker(desk, client_id)
        self.channel = Choice(
            self.tr("How"), [(value.value, channel_act(value.value)) for value in Channel]
        )
        self.channel.choose(channel)
        self.reason = TextField(
            self.tr("Why"), reason, hint=self.tr("In a few words, as you would tell a colleague")
        )
        self.due = DayChoice(desk.formats, self.tr("When"), desk.today(), DAYS)
        if due_on is not None:
            self.due.set_day(due_on)
        self.purpose = purpose_choice()
        self.purpose.choose(usual_purpose(bought=bool(visit_id or purchase_id)))
        self.repeat = RepeatChoice(desk, self.tr("How often"), self.due.day or desk.today())
        self.whose = WhoDoes(desk, self.tr("By whom"))
        self.add_field(self.tr("Client"), self.client)
        self.add_field(self.tr("Why"), self.reason)
        self.add_field(self.tr("How"), self.channel)
        self.add_field(self.tr("About"), self.purpose)
        self.add_field(self.tr("When"), self.due)
        self.add_field(self.tr("How often"), self.repeat)
        self.add_field(self.tr("By whom"), self.whose)
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.reason.typed.connect(lambda _: self.save_draft())
        self.channel.chosen.connect(lambda _: self.save_draft())
        self.due.chosen.connect(self._day)
        self.client.picked.connect(self._picked)
        self.look_for_draft()

    def is_for(
        self, purpose: str, template: str, source: str = "", source_id: int | None = None
    ) -> None:
        """About what it is, with which template on the channel chosen now, and for which row."""
        self.purpose.choose(purpose)
        self._template, self._source = (self.channel.value, template), (source, source_id)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the client, or with the reason where the client is known."""
        first = self.client.box if self.client.client_id is None else self.reason
        super().open_sheet(focus or first)

    def typed_now(self) -> dict[str, str]:
        """Client, reason, channel and day; empty while there is no word and no client asked for."""
        asked = self.place == "new follow-up" and self.client.client_id is not None
        if not self.reason.value.strip() and not asked:
            return {}
        return {
            "client": str(self.client.client_id or ""),
            "reason": self.reason.value,
            "channel": self.channel.value,
            "due": self.due.day.isoformat() if self.due.day else "",
            "purpose": self.purpose.value,
            "repeat": self.repeat.rule,
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.reason.set_value(fields.get("reason", ""))
        if fields.get("channel"):
            self.channel.choose(fields["channel"])
        if fields.get("due"):
            self.due.set_day(max(date.fromisoformat(fields["due"]), self.desk.today()))
            self.repeat.set_due(self.due.day or self.desk.today())
        if fields.get("purpose"):
            self.purpose.choose(fields["purpose"])
        if fields.get("repeat"):
            self.repeat.set_rule(fields["repeat"])
        if self.client.client_id is None and fields.get("client"):
            self.client.pick(int(fields["client"]))

    def keep(self) -> None:
        """Add it to the book, or say what is missing."""
        if self.client.client_id is None:
            self.say(self.tr("For whom? Choose the client; what you typed is still there."))
            self.client.box.setFocus()
            return
        if self.due.day is None:
            self.say(self.tr("When? Choose a day; what you typed is still there."))
            self.due.field.setFocus()
            return
        if self.repeat.wrong:
            self.say(self.repeat.wrong)
            self.repeat.ends.setFocus()
            return
        if self.whose.missing:
            self.say(self.tr("By whom? Choose a colleague, or do it yourself."))
            return
        me, (channel, template) = self.desk.me.id, self._template
        self.keep_as(
            new_follow_up,
            NewFollowUp(
                client_id=self.client.client_id,
                associate_id=self.whose.value or me,
                channel=self.channel.value,
                reason=self.reason.value,
                due_on=self.due.day,
                visit_id=self._visit_id,
                purchase_id=self._purchase_id,
                draft=self.place,
                purpose=self.purpose.value,
                repeat=self.repeat.rule,
                given_by=me,
                template=template if self.channel.value == channel else "",
                source=self._source[0],
                source_id=self._source[1],
            ),
            said=self.tr("Follow-up kept for {day}").format(
                day=self.desk.formats.near_day(self.due.day, self.desk.today())
            ),
            then=self._made,
        )

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)

    def _day(self, day: object) -> None:
        self.save_draft()
        if isinstance(day, date):
            self.repeat.set_due(day)

    def _picked(self, client_id: object) -> None:
        self.save_draft()
        if client_id is not None and self.isVisible():
            self.reason.setFocus()
