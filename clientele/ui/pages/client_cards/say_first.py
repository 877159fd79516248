"""What is said first when the client comes: the card, and where the words are from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.store.queries.client import ClientPage
from clientele.ui.desk import Desk
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card


class SayFirstCard(Card):
    """Emits ``write`` when there is nothing to say yet and a note is wanted."""

    write = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("SayFirstCard", "Say this first"))
        self._desk = desk
        self.words = label("")
        self.words.setAccessibleName(self.tr("Say this first"))
        self.nothing = label(self.tr("Nothing yet: the newest note stands here."), "label")
        self.source = label("", "sub")
        self.body.setSpacing(2)
        self.add(self.nothing)
        self.add(self.words)
        self.add(self.source)

    def show_client(self, page: ClientPage) -> None:
        """The note that counts, quoted, or how there will be one."""
        note = page.say_first
        self.nothing.setVisible(note is None)
        self.words.setVisible(note is not None)
        self.source.setVisible(note is not None)
        if note is None:
            self.words.clear()
            return
        self.words.setText(self.tr("“{words}”").format(words=_plain(note.body)))
        formats = self._desk.formats
        day = formats.past_day(formats.local_day(note.written_at), self._desk.today())
        if note.associate_id == self._desk.me.id:
            words = self.tr("from your note of {day}").format(day=day)
        elif note.associate:
            words = self.tr("from {name}'s note of {day}").format(name=note.associate, day=day)
        else:
            words = self.tr("from a note of {day}").format(day=day)
        self.source.setText(words)


def _plain(body: str) -> str:
    return body.strip().strip('“”"')
