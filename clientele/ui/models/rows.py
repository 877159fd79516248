"""What does a list show? Frozen rows, handed in, that one delegate paints everywhere.

The model compares what it had with what it is given by key, so that the current row, the scroll
position and a screen reader's place stay where they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clientele.ui.theme import Tone

Key = int | str | tuple[str, int]
"""What tells a row from others in its list: an id, or a kind and an id where kinds mix."""

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The ``Row`` or ``Heading`` itself."""


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """A small rounded word."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Initials:
    """A round avatar with one or two letters; ``filled`` for what is marked."""

    text: str
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A coloured dot, whose meaning the row's words say too."""

    tone: Tone = Tone.GREEN


Lead = ChipSpec | Initials | Dot


@dataclass(frozen=True, slots=True)
class RowAction:
    """A button on the row: what it is called in ``acted``, on screen, and on the keyboard.

    ``key`` is one letter that acts on the current row; ``shown=False`` leaves only the key.
    """

    name: str
    label: str
    key: str = ""
    shown: bool = True
    primary: bool = False
    closed: str = ""
    """Why it is shown closed, in full sentences; pressing it still acts, to say so and more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, every text already in the reader's language.

    ``title`` is bold, ``after_title`` goes on in regular ink, ``aside`` in small second ink, then
    come ``chips``; ``body`` and ``sub`` have lines of their own. ``end_chips``, ``trailing`` (an
    amount) and ``actions`` stand at the right. Rows of one ``section`` stand together under it.
    ``marked`` are words that were looked for (``rules.finding.asked_words``), shown where they are.
    """

    key: Key
    title: str = ""
    after_title: str = ""
    aside: str = ""
    body: str = ""
    sub: str = ""
    lead: Lead | None = None
    chips: tuple[ChipSpec, ...] = ()
    end_chips: tuple[ChipSpec, ...] = ()
    trailing: str = ""
    actions: tuple[RowAction, ...] = ()
    tone: Tone | None = None
    section: str = ""
    strike: bool = False
    total: bool = False
    spoken: str = ""
    marked: tuple[str, ...] = ()

    def words(self) -> str:
        """The whole row as a screen reader says it."""
        if self.spoken:
            return self.spoken
        lead = self.lead.text if isinstance(self.lead, ChipSpec) else ""
        chips = [chip.text for chip in (*self.chips, *self.end_chips)]
        head = " ".join(part for part in (self.title, self.after_title, self.aside) if part)
        acts = [_spoken(act) for act in self.actions]
        parts = [lead, head, *chips, self.body, self.sub, self.trailing, *acts]
        return ", ".join(part for part in parts if part)


def _spoken(act: RowAction) -> str:
    words = f"{act.label} ({act.key})" if act.key else act.label
    return f"{words}: {act.closed}" if act.closed else words


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above the rows of one section."""

    text: str


class RowsModel(QAbstractListModel):
    """Rows and the headings of their sections, as a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Row | Heading] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on; what stayed keeps its place and its selection."""
        new = with_headings(rows)
        old = self._items
        matcher = SequenceMatcher(None, [_mark(i) for i in old], [_mark(i) for i in new], False)
        nowhere = QModelIndex()
        for tag, old_from, old_to, new_from, new_to in reversed(matcher.get_opcodes()):
            if tag == "equal":
                for at in range(old_to - old_from):
                    if old[old_from + at] != new[new_from + at]:
                        old[old_from + at] = new[new_from + at]
                        place = self.index(old_from + at)
                        self.dataChanged.emit(place, place)
                continue
            if old_to > old_from:
                self.beginRemoveRows(nowhere, old_from, old_to - 1)
                del old[old_from:old_to]
                self.endRemoveRows()
            if new_to > new_from:
                self.beginInsertRows(nowhere, old_from, old_from + new_to - new_from - 1)
                old[old_from:old_from] = new[new_from:new_to]
                self.endInsertRows()

    def rows(self) -> list[Row]:
        """The rows without headings."""
        return [item for item in self._items if isinstance(item, Row)]

    def item(self, at: int) -> Row | Heading | None:
        """What stands at a position, headings counted."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def position(self, key: Key) -> int:
        """Where the row with this key stands, or -1."""
        for at, item in enumerate(self._items):
            if isinstance(item, Row) and item.key == key:
                return at
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows and headings there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, or its words."""
        item = self.item(index.row()) if index.isValid() else None
        if item is None:
            return None
        if role == ROW_ROLE:
            return item
        if role in (
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.DisplayRole,
        ):
            return item.text if isinstance(item, Heading) else item.words()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        item = self.item(index.row())
        if isinstance(item, Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


def with_headings(rows: Sequence[Row]) -> list[Row | Heading]:
    """The rows with a heading before the first of each section."""
    items: list[Row | Heading] = []
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            if section:
                items.append(Heading(section))
        items.append(row)
    return items


def _mark(item: Row | Heading) -> tuple[str, object]:
    return ("heading", item.text) if isinstance(item, Heading) else ("row", item.key)
