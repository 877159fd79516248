"""What, how, when and how often? All that can be said anew of a follow-up that is open."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.due_days import Soon
from clientele.domain.rules.follow_up_purpose import purpose_of
from clientele.services.follow_ups import ChangeFollowUp, change_follow_up
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.message_words import purpose_name
from clientele.ui.models.plan_words import channel_act
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.repeat_choice import RepeatChoice

DAYS = (Soon.TODAY, Soon.TOMORROW, Soon.NEXT_MONDAY)


class ChangeFollowUpSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. What is typed is kept as a draft until it is kept."""

    def __init__(self, desk: Desk, over: QWidget, row: FollowUpRow) -> None:
        title = QCoreApplication.translate("ChangeFollowUpSheet", "Change the follow-up")
        super().__init__(desk, over, title, f"changing {row.id}")
        self._row = row
        self.body.addWidget(label(shown_name(row.named), "strong"))
        if row.rule_id is not None and not row.in_hand:
            words = self.tr("A rule made it. Once you change it, it is yours and stays as you say.")
            self.body.addWidget(label(words, "sub"))
        self.reason = TextField(self.tr("Why"), row.reason)
        self.channel = Choice(
            self.tr("How"), [(value.value, channel_act(value.value)) for value in Channel]
        )
        self.channel.choose(row.channel)
        self.purpose = purpose_choice()
        self.purpose.choose(purpose_of_row(row))
        self.due = DayChoice(desk.formats, self.tr("When"), desk.today(), DAYS)
        self.due.set_day(row.due_on)
        self.repeat = RepeatChoice(desk, self.tr("How often"), row.due_on)
        self.repeat.set_rule(row.repeat)
        self.add_field(self.tr("Why"), self.reason)
        self.add_field(self.tr("How"), self.channel)
        self.add_field(self.tr("About"), self.purpose)
        self.add_field(self.tr("When"), self.due)
        self.add_field(self.tr("How often"), self.repeat)
        self.button = self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.reason.typed.connect(lambda _: self.save_draft())
        self.due.chosen.connect(self._day)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the reason."""
        super().open_sheet(focus or self.reason)

    def typed_now(self) -> dict[str, str]:
        """The reason, where it is another by now: all else is a click."""
        return {"reason": self.reason.value} if self.reason.value != self._row.reason else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The reason that was typed before."""
        self.reason.set_value(fields.get("reason", ""))

    def keep(self) -> None:
        """Keep it, or say what is missing."""
        if self.due.day is None:
            self.say(self.tr("When? Choose a day; what you typed is still there."))
            self.due.field.setFocus()
            return
        if self.repeat.wrong:
            self.say(self.repeat.wrong)
            self.repeat.ends.setFocus()
            return
        what = ChangeFollowUp(
            self._row.id,
            self.desk.me.id,
            self.channel.value,
            self.reason.value,
            self.due.day,
            self.purpose.value,
            self.repeat.rule,
            self.place,
        )
        said = self.tr("Changed: {client}").format(client=shown_name(self._row.named))
        self.keep_as(change_follow_up, what, said=said)

    def _day(self, day: object) -> None:
        if isinstance(day, date):
            self.repeat.set_due(day)


def purpose_choice() -> Choice:
    """A choice of what the client is reached about."""
    name = QCoreApplication.translate("ChangeFollowUpSheet", "About")
    return Choice(name, [(one.value, purpose_name(one)) for one in Purpose])


def purpose_of_row(row: FollowUpRow) -> Purpose:
    """What the client is reached about."""
    return purpose_of(row.purpose, row.source, purchase_id=row.purchase_id, visit_id=row.visit_id)
