"""What is to be done for these clients, how, by whom and when? And what is to be known before?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.rules.due_days import Soon
from clientele.services.many import FollowUpMany
from clientele.store.queries.many import Outlook, outlook
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.filter_words import channel_words
from clientele.ui.models.plan_words import channel_act
from clientele.ui.models.reaching_words import names
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Pause, TextField

DAYS = (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK)
MINE, OWNERS = "mine", "owners"


class FollowUpManySheet(DraftedSheet):
    """Emits ``said(FollowUpMany)``, with all clients in it, once it is whole."""

    said = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, clients: Sequence[int]) -> None:
        count = len(clients)
        title = QCoreApplication.translate(
            "FollowUpManySheet", "A follow-up for %n client(s)", "", count
        )
        super().__init__(desk, over, title, "follow-up for many")
        self._clients = tuple(clients)
        self.reason = TextField(
            self.tr("Why"), hint=self.tr("In a few words, as you would tell a colleague")
        )
        self.channel = Choice(
            self.tr("How"), [(value.value, channel_act(value.value)) for value in Channel]
        )
        self.due = DayChoice(desk.formats, self.tr("When"), desk.today(), DAYS)
        self.whose = Choice(
            self.tr("By whom"),
            [(MINE, self.tr("By me")), (OWNERS, self.tr("Each by the client's owner"))],
        )
        self.add_field(self.tr("Why"), self.reason)
        self.add_field(self.tr("How"), self.channel)
        self.add_field(self.tr("When"), self.due)
        self.add_field(self.tr("By whom"), self.whose)
        self.told = label("", "sub")
        self.body.addWidget(self.told)
        self.button = self.add_button(self.tr("Keep"), self.keep, primary=True)
        self._pause = Pause(self)
        self._pause.paused.connect(self._look)
        self.reason.typed.connect(self._changed)
        for field in (self.channel, self.due, self.whose):
            field.chosen.connect(self._changed)
        self.look_for_draft()
        self._look()

    def typed_now(self) -> dict[str, str]:
        """The reason."""
        words = self.reason.value
        return {"reason": words} if words.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The reason that was typed before."""
        self.reason.set_value(fields.get("reason", ""))

    def keep(self) -> None:
        """Say it, or what is missing."""
        if not self.reason.value.strip():
            self.say(self.tr("Why? A follow-up needs a reason; add a few words."))
            self.reason.setFocus()
            return
        if self.due.day is None:
            self.say(self.tr("When? Choose a day; what you typed is still there."))
            self.due.field.setFocus()
            return
        what = FollowUpMany(
            self._clients,
            self.desk.me.id,
            self.channel.value,
            self.reason.value,
            self.due.day,
            owners=self.whose.value == OWNERS,
        )
        self.close_sheet()
        self.said.emit(what)

    def _changed(self, _: object) -> None:
        self.save_draft()
        self._pause.typed("")

    def _look(self, _: str = "") -> None:
        """How many it will be, and what there is to know of them beforehand."""
        channel, reason = self.channel.value, self.reason.value
        clients, day = self._clients, self.due.day or self.desk.today()
        self.desk.ask(
            lambda s: outlook(s, clients, channel=channel, reason=reason, on=day),
            self._tell,
            owner=self,
            slot="outlook",
        )

    def _tell(self, found: Outlook) -> None:
        number = self.desk.formats.number
        self.button.set_words(self.tr("Keep %n follow-up(s)", "", found.kept))
        self.button.setEnabled(found.kept > 0)
        words = []
        if found.kept < found.chosen:
            asked = self.tr("{n} have an open follow-up with this reason and get no second one.")
            words.append(asked.format(n=number(found.chosen - found.kept)))
        if found.unreachable:
            none = self.tr("{n} have no telephone number.")
            if self.channel.value == Channel.EMAIL:
                none = self.tr("{n} have no e-mail address.")
            words.append(none.format(n=number(found.unreachable)))
        if found.refused:
            no = self.tr("{n} said no to {channel}; write to them only as they allow.")
            channel = channel_words(self.channel.value)
            words.append(no.format(n=number(found.refused), channel=channel))
        if found.unasked:
            ask = self.tr(
                "{n} have not said yes to news by {channel}; they have to be asked first."
            )
            channel = names().channels[Channel(self.channel.value)]
            words.append(ask.format(n=number(found.unasked), channel=channel))
        if self.whose.value == OWNERS:
            away = self.tr("{name} is away that day; whoever covers has {n} of them.")
            words += [away.format(name=name, n=number(count)) for name, count in found.away]
        self.told.setText(" ".join(words))
