"""How much of a client's story is told? A part of it that grows at both ends and stays small.

The model holds entries next to one another, from some point of the story to another. At either
end it says whether there is more and asks for it; what is far from where one reads is let go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Signal

from clientele.domain.client import Channel
from clientele.domain.promises import PromiseState
from clientele.domain.recovery import RightState
from clientele.store.queries.story import PAGE, StoryEntry, StoryMark, Told
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ChipSpec, Dot, Index, Row, RowAction, RowsModel
from clientele.ui.models.story_words import (
    INCOMING,
    beside_words,
    body_words,
    by_words,
    said_words,
    title_words,
)
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

CHIPS = 4
"""How many departments stand beside a ticket; the others are counted."""

ITEMS = 12
"""How many articles are named; two lines have room for no more."""

REPLIED = "replied"
"""The name of the action with which a reply is logged."""

LATELY = timedelta(days=14)
"""For how long what was sent asks for a reply."""

MOST = 600
"""How many entries are held; all of them are measured whenever some come or go."""

DOTS = {
    Told.NOTE.value: Tone.AMBER,
    Told.CONTACT.value: Tone.BLUE,
    Told.PROMISE.value: Tone.BLUE,
    Told.PROMISE_STEP.value: Tone.BLUE,
    Told.HAND_OFF.value: Tone.BLUE,
    Told.HAND_OFF_ANSWERED.value: Tone.BLUE,
    Told.HAND_OFF_ENDED.value: Tone.BLUE,
    Told.BOOK.value: Tone.PLAIN,
    Told.BOOK_ENDED.value: Tone.PLAIN,
    Told.MERGED.value: Tone.PLAIN,
    Told.CONSENT.value: Tone.PLAIN,
    Told.APPOINTMENT.value: Tone.PLAIN,
}


class StoryModel(RowsModel):
    """Entries told so far, the newest first.

    Emits ``wanted_older`` and ``wanted_newer`` once when an end is near; the next page, or
    ``begin``, takes it up again.
    """

    wanted_older = Signal()
    wanted_newer = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entries: list[StoryEntry] = []
        self._marked: tuple[str, ...] = ()
        self._asked: set[str] = set()
        self.older = False
        """Whether there is more after the last entry."""
        self.newer = False
        """Whether there is more before the first entry."""

    def begin(
        self,
        entries: Sequence[StoryEntry],
        *,
        older: bool,
        newer: bool = False,
        marked: tuple[str, ...] = (),
    ) -> None:
        """Tell these and nothing else; ``marked`` are the words that were looked for."""
        self._entries, self._marked = list(entries), marked
        self.older, self.newer = older, newer
        self._asked.clear()
        self.set_rows([self._row(entry) for entry in self._entries])

    def go_on(self, entries: Sequence[StoryEntry], *, older: bool) -> None:
        """Tell these after the last one."""
        self.older = older
        self._asked.clear()
        at = len(self._entries)
        if entries:
            self.beginInsertRows(QModelIndex(), at, at + len(entries) - 1)
            self._entries += entries
            self._items += [self._row(entry) for entry in entries]
            self.endInsertRows()
        if (many := len(self._entries) - MOST) > 0:
            self._let_go(0, many)
            self.newer = True

    def go_back(self, entries: Sequence[StoryEntry], *, newer: bool) -> None:
        """Tell these before the first one."""
        self.newer = newer
        self._asked.clear()
        if entries:
            self.beginInsertRows(QModelIndex(), 0, len(entries) - 1)
            self._entries[:0] = entries
            self._items[:0] = [self._row(entry) for entry in entries]
            self.endInsertRows()
        if len(self._entries) > MOST:
            self._let_go(MOST, len(self._entries))
            self.older = True

    def _let_go(self, first: int, end: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, end - 1)
        del self._entries[first:end]
        del self._items[first:end]
        self.endRemoveRows()

    def count(self) -> int:
        """How many entries are told."""
        return len(self._entries)

    def first(self) -> StoryMark | None:
        """Before which more is asked for."""
        return self._entries[0].mark if self._entries else None

    def last(self) -> StoryMark | None:
        """After which more is asked for."""
        return self._entries[-1].mark if self._entries else None

    def again(self) -> tuple[StoryMark | None, int]:
        """After which mark, and how many, to ask for all that is told and what is new in it."""
        first = self.first() if self.newer else None
        mark = None if first is None else StoryMark(first.at, first.kind, first.id + 1)
        return mark, len(self._entries) + PAGE

    def entry(self, key: object) -> StoryEntry | None:
        """The entry behind a row."""
        return next((one for one in self._entries if (one.kind, one.id) == key), None)

    def entry_at(self, row: int) -> StoryEntry | None:
        """The entry of a row by its number."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def want_older(self) -> None:
        """The end has come near."""
        if self.older and "older" not in self._asked:
            self._asked.add("older")
            self.wanted_older.emit()

    def want_newer(self) -> None:
        """The beginning has come near."""
        if self.newer and "newer" not in self._asked:
            self._asked.add("newer")
            self.wanted_newer.emit()

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        """Whether there is more to tell."""
        return self.older and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        """The end has come into sight."""
        self.want_older()

    def _row(self, entry: StoryEntry) -> Row:
        return story_row(entry, self._desk, self._marked)


def story_row(entry: StoryEntry, desk: Desk, marked: tuple[str, ...] = ()) -> Row:
    """An entry as a row: what, in which departments, when and by whom."""
    formats, today = desk.formats, desk.today()
    me, name = (desk.me.id, desk.me.name) if desk.is_signed_in else (0, "")
    day = formats.past_day(formats.local_day(entry.at), today)
    after = said_words(entry)
    small = (day, by_words(entry, me, name), *beside_words(entry, formats, today))
    return Row(
        key=(entry.kind, entry.id),
        title=title_words(entry, me),
        after_title=f"· {after}" if after else "",
        body=body_words(entry, ITEMS),
        sub=" · ".join(part for part in small if part),
        lead=Dot(_tone(entry)),
        chips=_places(entry),
        trailing=("" if entry.amount is None else formats.money(entry.amount, entry.currency)),
        marked=marked,
        actions=_actions(entry, desk),
    )


def _actions(entry: StoryEntry, desk: Desk) -> tuple[RowAction, ...]:
    """That the client replied, to what was written to them lately."""
    written = entry.kind == Told.CONTACT and entry.state != INCOMING
    if not written or entry.channel == Channel.CALL or desk.now() - entry.at > LATELY:
        return ()
    return (RowAction(REPLIED, translate("Story", "They replied"), "R"),)


def _places(entry: StoryEntry) -> tuple[ChipSpec, ...]:
    if entry.kind in (Told.BOOK, Told.BOOK_ENDED):
        return ()  # the title names it
    places = [ChipSpec(place) for place in entry.departments[:CHIPS]]
    if len(entry.departments) > CHIPS:
        places.append(ChipSpec(f"+{len(entry.departments) - CHIPS}"))
    return tuple(places)


def _tone(entry: StoryEntry) -> Tone:
    if entry.kind == Told.PROMISE_ENDED:
        return Tone.RED if entry.state == PromiseState.BROKEN else Tone.GREEN
    if entry.kind == Told.MADE_RIGHT:
        return Tone.AMBER if entry.state == RightState.OPEN else Tone.GREEN
    return DOTS.get(entry.kind, Tone.GREEN)
