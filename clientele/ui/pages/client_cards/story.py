"""The client's story over all departments, with the box for a new note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal

from clientele.domain.client import Channel
from clientele.domain.rules.finding import asked_words
from clientele.services.messages import LogReply, log_reply
from clientele.store.queries.story import PAGE, StoryEntry, StoryMark, Told, end_of, story
from clientele.store.queries.story_about import (
    StoryAbout,
    StoryPlaces,
    story_about,
    story_places,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.story_entry import StoryEntrySheet
from clientele.ui.models.story import REPLIED, StoryModel
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.client_cards.note_box import NoteBox
from clientele.ui.pages.client_cards.story_filter import StoryFilter
from clientele.ui.pages.note_offers import NoteOffers
from clientele.ui.theme import Space
from clientele.ui.widgets.card import Card, EmptyState
from clientele.ui.widgets.story_list import StoryList

OLDEST = StoryMark(datetime(1, 1, 2, tzinfo=UTC), Told.BOOK, 0)
"""Before anything that took place."""

FIRST = 30
"""Entries that a page begins with: some screens, since each is laid out before any is painted."""

LEAST = 180
"""How high the list is at least, at scale one."""

Entries = tuple[StoryEntry, ...]


class StoryCard(Card):
    """Emits ``open_note(id, words, said first)`` for a note to change.

    And ``open_visit(id)``, ``open_promise(id)``, ``open_made_right(id)``.
    """

    open_note = Signal(int, str, bool)
    open_visit = Signal(int)
    open_promise = Signal(int)
    open_made_right = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("StoryCard", "Story"), fill=True)
        self._desk = desk
        self._client_id = 0
        self._about_due = False
        self.filter = StoryFilter(self)
        self.parts = self.filter.parts
        self.filter.changed.connect(self._another_filter)
        self.filter.year_asked.connect(self._to_year)
        self.filter.places_wanted.connect(self._ask_places)
        Corner(self, self.filter.find, self.filter.department, self.filter.year)
        self.body.setContentsMargins(0, Space.TIGHT, 0, 0)
        self.add(self.filter.chips)
        self.add(self.filter.line)
        self.note = NoteBox(desk)
        self.add(self.note)
        self.offers = NoteOffers(desk)
        self.note.kept.connect(self.offers.take_up)
        self.offers.left.connect(self.note.field.setFocus)
        self.add(self.offers)
        self.nothing = EmptyState("", self.tr("Show all"), self.filter.show_all)
        self.nothing.hide()
        self.add(self.nothing)
        self.model = StoryModel(desk, self)
        self.list = StoryList(desk.theme, self.tr("Story"), self.model)
        self.list.setMinimumHeight(desk.theme.px(LEAST))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.list.to_newest.connect(self._to_newest)
        self.list.to_oldest.connect(self._to_oldest)
        self.list.verticalScrollBar().valueChanged.connect(self._show_year)
        self.filter.to_list.connect(self.list.setFocus)
        self.model.wanted_older.connect(self._older)
        self.model.wanted_newer.connect(self._newer)
        self.add(self.list)

    def show_client(self, client_id: int) -> None:
        """Tell the story of this client; what was told of them stays while it is asked anew."""
        another = client_id != self._client_id
        if another:
            self._client_id = client_id
            self.filter.clear()
            self.filter.show_about(None)
            self.model.begin((), older=False)
            self.list.scrollToTop()
        self.note.show_client(client_id)
        self.offers.show_client(client_id)
        self._about_due = True
        if another or not self.model.count():
            self._to_newest()
        else:
            self._again()

    def set_alone(self, alone: bool, height: int) -> None:
        """In one column with all other cards the page scrolls, and the list fills most of it."""
        least = height * 2 // 3 if alone else self._desk.theme.px(LEAST)
        if least != self.list.minimumHeight():
            self.list.setMinimumHeight(least)
            self.list.updateGeometry()

    def find_words(self) -> None:
        """Look for words in the story."""
        self.filter.open_find()

    def _ask_about(self) -> None:
        """What there is to choose from is asked once the story stands there: it reads all of it."""
        if self._about_due:
            self._about_due, key = False, self._client_id
            self._desk.ask(lambda s: story_about(s, key), self._about, owner=self, slot="about")

    def _ask_places(self) -> None:
        key = self._client_id

        def show(places: StoryPlaces) -> None:
            if key == self._client_id:
                self.filter.show_places(places)

        self._desk.ask(lambda s: story_places(s, key), show, owner=self, slot="places")

    def _about(self, about: StoryAbout) -> None:
        self.filter.show_about(about)
        self._show_year()

    # asking

    def _ask(
        self,
        then: Callable[[Entries], None],
        *,
        after: StoryMark | None = None,
        before: StoryMark | None = None,
        limit: int = PAGE,
        year: int | None = None,
    ) -> None:
        client_id, wanted = self._client_id, self.filter.wanted

        self._desk.ask(
            lambda s: story(
                s,
                client_id,
                after=after if year is None else end_of(s, year),
                before=before,
                kinds=wanted.kinds,
                department_id=wanted.department_id,
                search=wanted.search,
                limit=limit,
            ),
            then,
            owner=self,
            slot="story",
        )

    def _begin(self, entries: Entries, *, older: bool, newer: bool) -> None:
        marked = asked_words(self.filter.wanted.search)
        self.list.expect_bar(older or newer)
        self.model.begin(entries, older=older, newer=newer, marked=marked)
        self._show_or_say_nothing()
        self._ask_about()

    def _to_newest(self) -> None:
        def show(entries: Entries) -> None:
            self._begin(entries, older=len(entries) == FIRST, newer=False)
            self.list.show_first()
            self._show_year()

        self._ask(show, limit=FIRST)

    def _to_oldest(self) -> None:
        def show(entries: Entries) -> None:
            self._begin(entries, older=False, newer=len(entries) == PAGE)
            self.list.show_last()
            self._show_year()

        self._ask(show, before=OLDEST)

    def _to_year(self, year: int) -> None:
        def show(entries: Entries) -> None:
            if not entries:
                self._to_oldest()
                return
            self._begin(entries, older=len(entries) == PAGE, newer=True)
            self.list.show_first()
            self._show_year()

        self._ask(show, year=year)

    def _another_filter(self) -> None:
        self._to_newest()

    def _again(self) -> None:
        """Something changed: tell the same part of the story as it is now."""
        after, asked = self.model.again()
        newer = self.model.newer

        def show(entries: Entries) -> None:
            with self.list.kept():
                self._begin(entries, older=len(entries) == asked, newer=newer)
            if not self.list.currentIndex().isValid():
                self.list.show_first()

        self._ask(show, after=after, limit=asked)

    def _older(self) -> None:
        def show(entries: Entries) -> None:
            with self.list.kept():
                self.model.go_on(entries, older=len(entries) == PAGE)

        self._ask(show, after=self.model.last())

    def _newer(self) -> None:
        def show(entries: Entries) -> None:
            with self.list.kept():
                self.model.go_back(entries, newer=len(entries) == PAGE)

        self._ask(show, before=self.model.first())

    # showing

    def _show_or_say_nothing(self) -> None:
        some, wanted = bool(self.model.count()), self.filter.wanted
        button = self.nothing.button
        assert button is not None, "it was made with one"
        had_keyboard = self.list.hasFocus() or button.hasFocus()
        (self.list if some else self.nothing).show()
        if had_keyboard:
            (self.list if some else button).setFocus(Qt.FocusReason.OtherFocusReason)
        button.setVisible(not wanted.whole)
        (self.nothing if some else self.list).hide()
        if wanted.whole:
            said = self.tr("Visits, purchases, notes and promises stand here, the newest first.")
        elif wanted.search:
            said = self.tr("Nothing says “{words}”.").format(words=wanted.search)
        else:
            said = self.tr("Nothing of that kind.")
        self.nothing.sentence.setText(said)

    def _show_year(self) -> None:
        entry = self.model.entry_at(max(self.list.top_row(), 0))
        if entry is not None:
            self.filter.show_year(self._desk.formats.local_day(entry.at).year)

    def _open(self, key: object) -> None:
        entry = self.model.entry(key)
        if entry is None:
            return
        if entry.kind == Told.NOTE:
            self.open_note.emit(entry.id, entry.words, entry.state == "say first")
        elif entry.kind == Told.VISIT and entry.state == "open":
            self.open_visit.emit(entry.id)
        else:
            sheet = StoryEntrySheet(self._desk, self, entry)
            sheet.open_visit.connect(self.open_visit.emit)
            sheet.open_promise.connect(self.open_promise.emit)
            sheet.open_made_right.connect(self.open_made_right.emit)
            sheet.gift_wanted.connect(self._gift)
            sheet.open_sheet()

    def _act(self, key: object, name: str) -> None:
        entry = self.model.entry(key)
        if entry is not None and name == REPLIED:
            what = LogReply(self._client_id, self._desk.me.id, Channel(entry.channel))
            self._desk.do(log_reply, what, said=self.tr("Their reply stands in the story"))

    def _gift(self, bought_at: datetime) -> None:
        """What was bought then was for somebody."""
        from clientele.ui.dialogs.gift import GiftSheet

        GiftSheet(self._desk, self, client_id=self._client_id, around=bought_at).open_sheet()
