"""The client's story over all departments, with the box for a new note."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.store.queries.story import PAGE, StoryEntry, Told, story
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.story import StoryModel
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.client_cards.note_box import NoteBox
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

PARTS = {
    "all": (),
    "purchases": (Told.PURCHASE.value, Told.VISIT.value),
    "notes": (Told.NOTE.value,),
    "contact": (Told.CONTACT.value,),
    "promises": (Told.PROMISE.value, Told.PROMISE_ENDED.value),
}


class StoryCard(Card):
    """Emits ``open_note(id, words, said first)`` for a note to change, and ``open_visit(id)``."""

    open_note = Signal(int, str, bool)
    open_visit = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("StoryCard", "Story"), fill=True)
        self._desk = desk
        self._client_id = 0
        self.parts = Choice(
            self.tr("What of the story"),
            [
                ("all", self.tr("All")),
                ("purchases", self.tr("Purchases")),
                ("notes", self.tr("Notes")),
                ("contact", self.tr("Contact")),
                ("promises", self.tr("Promises")),
            ],
        )
        self.parts.chosen.connect(lambda _: self._begin(PAGE))
        Corner(self, self.parts)
        self.body.setContentsMargins(0, Space.TIGHT, 0, 0)
        self.note = NoteBox(desk)
        self.add(self.note)
        self.nothing = label("", "label")
        self.nothing.hide()
        self.add(self.nothing)
        self.model = StoryModel(desk, self)
        self.list = RowList(
            desk.theme, self.tr("Story"), hug=False, style=Style(max_lines=2), model=self.model
        )
        self.list.setMinimumHeight(desk.theme.px(260))
        self.list.opened.connect(self._open)
        self.model.wanted.connect(self._go_on)
        self.add(self.list)

    def show_client(self, client_id: int) -> None:
        """Tell the story of this client; what was told of them stays while it is asked anew."""
        another = client_id != self._client_id
        if another:
            self._client_id = client_id
            self.parts.choose("all")
            self.model.begin((), PAGE)
            self.list.scrollToTop()
        self.note.show_client(client_id)
        self._begin(PAGE if another else max(self.model.wide(), PAGE))

    def _begin(self, asked: int) -> None:
        client_id, kinds = self._client_id, PARTS[self.parts.value]

        def show(entries: tuple[StoryEntry, ...]) -> None:
            self.model.begin(entries, asked)
            self.list.setVisible(bool(entries))
            self.nothing.setVisible(not entries)
            self.nothing.setText(
                self.tr("Visits, purchases, notes and promises stand here, the newest first.")
                if not kinds
                else self.tr("Nothing of this kind yet.")
            )
            if entries and not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))

        self._desk.ask(
            lambda s: story(s, client_id, kinds=kinds, limit=asked), show, owner=self, slot="story"
        )

    def _go_on(self) -> None:
        client_id, kinds, after = self._client_id, PARTS[self.parts.value], self.model.mark()
        self._desk.ask(
            lambda s: story(s, client_id, after=after, kinds=kinds),
            self.model.go_on,
            owner=self,
            slot="story",
        )

    def _open(self, key: object) -> None:
        entry = self.model.entry(key)
        if entry is None:
            return
        if entry.kind == Told.NOTE:
            self.open_note.emit(entry.id, entry.words, bool(entry.state))
        elif entry.kind == Told.VISIT and entry.state == "open":
            self.open_visit.emit(entry.id)
