"""What may the client be reached about, and how? One touch gives or takes back; all is kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from clientele.domain.client import Channel, Purpose
from clientele.services.changes import Changes, Kind
from clientele.services.consents import SayConsent, say_consent
from clientele.store.queries.consent_page import ConsentPage, consent_page
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.consent_words import (
    hours_words,
    place_words,
    purpose_words,
    stands,
    word_row,
)
from clientele.ui.models.plan_words import channel_words
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList

KINDS = {
    Kind.CLIENT,
    Kind.CONSENT,
    Kind.CONTACT_MADE,
    Kind.CONTACT_POINT,
    Kind.MESSAGE,
    Kind.REACH_POLICY,
}
A_MINUTE = 60_000
NAME = 132
"""How wide the name of a purpose is, at scale one."""


class ConsentSheet(PassingSheet):
    """Call ``open_sheet`` after making it.

    For each channel and purpose the client's yes or no, with the word by which it stands and what
    may be done now. How they said it and what they were asked go with whatever is touched next.
    """

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("ConsentSheet", "May be reached")
        super().__init__(desk, over, title, width=620)
        self._client_id = client_id
        self.hours = label("", "sub")
        self.body.addWidget(self.hours)
        self.how = Field(self.tr("How they say it"), hint=self.tr("told me at the till"))
        self.words = Field(
            self.tr("What they were asked"), hint=self.tr("word for word, where it was read out")
        )
        for field in (self.how, self.words):
            self.add_field(field.accessibleName(), field)
        self.says: dict[tuple[Channel, Purpose], Choice] = {}
        self.notes: dict[tuple[Channel, Purpose], QLabel] = {}
        for channel in Channel:
            words = channel_words(channel.value)
            self.body.addWidget(label(words[:1].upper() + words[1:], "strong"))
            for purpose in Purpose:
                self.body.addWidget(self._line(channel, purpose))
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(Space.SMALL)
        self.no_news = Button(self.tr("No news at all"), lambda: self._no(Purpose.NEWS.value))
        self.nothing = Button(self.tr("Leave them alone"), lambda: self._no(""))
        buttons.addWidget(self.no_news)
        buttons.addWidget(self.nothing)
        buttons.addStretch(1)
        self.body.addWidget(row)
        self.history_title = label(self.tr("What they said"), "strong")
        self.body.addWidget(self.history_title)
        self.history = RowList(desk.theme, self.tr("What they said"), style=Style(inset=0))
        self.body.addWidget(self.history)
        self.timer = QTimer(self)
        self.timer.setInterval(A_MINUTE)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        desk.changed.connect(self._changed)
        self.look()

    def look(self) -> None:
        """Ask what the client said and what may be done now."""
        client_id, now = self._client_id, self._desk.now()
        self._desk.ask(
            lambda session: consent_page(session, client_id, now=now),
            self._show,
            owner=self,
            slot="words",
            failed=self.say,
        )

    def _line(self, channel: Channel, purpose: Purpose) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        name = purpose_words(purpose.value)
        head = label(name, "label", wrap=False)
        head.setMinimumWidth(px(NAME))
        row.addWidget(head)
        says = Choice(
            f"{channel_words(channel.value)}, {name}",
            [("yes", self.tr("Yes")), ("no", self.tr("No"))],
        )
        says.choose("")
        says.chosen.connect(lambda word: self._said(channel, purpose, word))
        row.addWidget(says)
        note = label("", "sub")
        row.addWidget(note, 1)
        self.says[channel, purpose], self.notes[channel, purpose] = says, note
        return line

    def _show(self, page: ConsentPage | None) -> None:
        if page is None:
            self.close_sheet()
            return
        now, formats = self._desk.now(), self._desk.formats
        title = self.tr("How {client} may be reached").format(client=shown_name(page.named))
        self.title.setText(title)
        self.frame.setAccessibleName(title)
        self.hours.setText(hours_words(page, now, formats))
        for (channel, purpose), says in self.says.items():
            says.choose(stands(page, channel, purpose))
            words, _ = place_words(page, channel, purpose, now, formats)
            self.notes[channel, purpose].setText(words)
        self.history.set_rows([word_row(word, formats) for word in page.words])
        self.history_title.setVisible(bool(page.words))
        self.history.setVisible(bool(page.words))

    def _said(self, channel: Channel, purpose: Purpose, word: str) -> None:
        yes = word == "yes"
        names = {"channel": channel_words(channel.value), "about": purpose_words(purpose.value)}
        said = self.tr("Noted: yes to {channel}, {about}")
        if not yes:
            said = self.tr("Noted: no to {channel}, {about}")
        self._keep(channel.value, purpose.value, yes, said.format(**names))

    def _no(self, purpose: str) -> None:
        said = self.tr("Noted: nothing at all any more")
        if purpose:
            said = self.tr("Noted: no news on any channel")
        self._keep("", purpose, False, said)

    def _keep(self, channel: str, purpose: str, allowed: bool, said: str) -> None:
        what = SayConsent(
            self._client_id,
            channel,
            allowed,
            self._by,
            self.how.value,
            purpose,
            self.words.value,
        )
        self._desk.do(say_consent, what, said=said, failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self.say(sentence)
        self.look()

    def _changed(self, changes: Changes) -> None:
        if KINDS & changes.kinds:
            self.look()
