"""How is a client's story told? One row for each thing that took place, page after page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Signal

from clientele.domain.client import Channel
from clientele.domain.promises import PromiseState
from clientele.store.queries.story import PAGE, StoryEntry, StoryMark, Told
from clientele.ui.desk import Desk
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.rows import ChipSpec, Dot, Index, Row, RowsModel
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

CHIPS = 4
"""How many departments stand beside a ticket; the others are counted."""

ITEMS = 12
"""How many articles are named; two lines have room for no more."""

DOTS = {
    Told.NOTE.value: Tone.AMBER,
    Told.CONTACT.value: Tone.BLUE,
    Told.PROMISE.value: Tone.BLUE,
}


class StoryModel(RowsModel):
    """The entries told so far. Emits ``wanted`` when the end comes into sight."""

    wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entries: list[StoryEntry] = []
        self._more = False

    def begin(self, entries: Sequence[StoryEntry], asked: int) -> None:
        """Show these from the newest on; ``asked`` is how many there were to be at most."""
        self._entries = list(entries)
        self._more = len(entries) >= asked
        self.set_rows([story_row(entry, self._desk) for entry in self._entries])

    def go_on(self, entries: Sequence[StoryEntry]) -> None:
        """Show these after the last one."""
        self._entries += entries
        self._more = len(entries) >= PAGE
        self.set_rows(self.rows() + [story_row(entry, self._desk) for entry in entries])

    def count(self) -> int:
        """How many entries are told so far."""
        return len(self._entries)

    def wide(self) -> int:
        """How many to ask for so that all that is told stays, and what is new comes to it."""
        if not self._entries:
            return PAGE
        return len(self._entries) if self._more else len(self._entries) + PAGE

    def mark(self) -> StoryMark | None:
        """Where the story goes on."""
        return self._entries[-1].mark if self._entries else None

    def entry(self, key: object) -> StoryEntry | None:
        """The entry behind a row."""
        return next((one for one in self._entries if (one.kind, one.id) == key), None)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        """Whether there is more to tell."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        """The end has come into sight."""
        if self._more:
            self._more = False
            self.wanted.emit()


def story_row(entry: StoryEntry, desk: Desk) -> Row:
    """An entry as a row: what, in which departments, when and by whom."""
    formats = desk.formats
    day = formats.past_day(formats.local_day(entry.at), desk.today())
    places = [ChipSpec(place) for place in entry.departments[:CHIPS]]
    if len(entry.departments) > CHIPS:
        places.append(ChipSpec(f"+{len(entry.departments) - CHIPS}"))
    after = entry.words.strip()
    return Row(
        key=(entry.kind, entry.id),
        title=_title(entry),
        after_title=f"· {after}" if after else "",
        body=" · ".join(entry.items[:ITEMS]),
        sub=" · ".join(part for part in (day, _by(entry, desk), _beside(entry)) if part),
        lead=Dot(_tone(entry)),
        chips=tuple(places),
        trailing=("" if entry.amount is None else formats.money(entry.amount, entry.currency)),
    )


def _tone(entry: StoryEntry) -> Tone:
    if entry.kind == Told.PROMISE_ENDED:
        return Tone.RED if entry.state == PromiseState.BROKEN else Tone.GREEN
    return DOTS.get(entry.kind, Tone.GREEN)


def _title(entry: StoryEntry) -> str:
    if entry.kind == Told.PURCHASE:
        return _ticket(entry)
    if entry.kind == Told.CONTACT:
        return {
            Channel.CALL.value: translate("Story", "Called"),
            Channel.EMAIL.value: translate("Story", "E-mail sent"),
            Channel.TEXT.value: translate("Story", "Message sent"),
        }.get(entry.channel, translate("Story", "Contact"))
    if entry.kind == Told.PROMISE_ENDED:
        kept = entry.state != PromiseState.BROKEN
        return translate("Story", "Promise kept") if kept else translate("Story", "Promise broken")
    return {
        Told.VISIT.value: (
            translate("Story", "In the store now")
            if entry.state == "open"
            else translate("Story", "Visit")
        ),
        Told.NOTE.value: translate("Story", "Note"),
        Told.PROMISE.value: translate("Story", "Promised"),
    }[entry.kind]


def _ticket(entry: StoryEntry) -> str:
    if entry.amount is not None and entry.amount < 0:
        return translate("Story", "Return")
    what = translate("Story", "Visit") if entry.state == "visit" else translate("Story", "Purchase")
    many = len(entry.departments)
    if many < 2:
        return what
    return translate("Story", "{what} · %n department(s), one ticket", "", many).format(what=what)


def _by(entry: StoryEntry, desk: Desk) -> str:
    if not entry.associate:
        return ""
    me = desk.is_signed_in and entry.associate_id == desk.me.id
    name = translate("Story", "you") if me else entry.associate
    others = [
        translate("Story", "you") if desk.is_signed_in and other == desk.me.name else other
        for other in entry.colleagues
    ]
    if not others:
        return name
    words = translate("Story", "{name}, with {others}")
    return words.format(name=name, others=", ".join(others))


def _beside(entry: StoryEntry) -> str:
    if entry.receipt:
        return translate("Story", "receipt {number}").format(number=entry.receipt)
    if entry.kind in (Told.PROMISE, Told.PROMISE_ENDED):
        return kind_words(entry.channel)
    if entry.kind == Told.NOTE and entry.state:
        return translate("Story", "said first")
    return ""
