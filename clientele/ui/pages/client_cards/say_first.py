"""What is said first when the client comes: the card, and where the words are from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.services.say_first_words import said_first
from clientele.store.queries.client import ClientPage
from clientele.ui.desk import Desk
from clientele.ui.models.brief_say import brief_say
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
        """What counts now and where it is from, a note in its own words; or how there will be."""
        found = page.say_first
        self.nothing.setVisible(found is None)
        self.words.setVisible(found is not None)
        self.source.setVisible(found is not None)
        if found is None:
            self.words.clear()
            return
        desk = self._desk
        said = said_first(found, desk.formats, today=desk.today(), me=desk.me.id, say=brief_say)
        words = said.words
        if said.quoted:
            words = self.tr("“{words}”").format(words=words.strip('“”"'))
        self.words.setText(words)
        self.source.setText(said.source)
