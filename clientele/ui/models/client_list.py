"""How does a list show a million clients? It holds their ids; rows come when they are in sight.

Ids are eight bytes each and in the order of the list. Of the rows only those near what is seen
are asked for, some hundred at a time, and the ones seen last are remembered.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QStandardItemModel

from clientele.services.changes import Changes, Kind
from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.next_touch import Next, next_touches
from clientele.ui.desk import Desk
from clientele.ui.models.next_touch_words import with_next_touch
from clientele.ui.models.rows import ROW_ROLE, Index, Initials, Row
from clientele.ui.theme import Tone

AROUND = 60
"""How many rows beyond those in sight are asked for with them."""

REMEMBERED = 1_000
"""How many rows are kept, the ones seen last."""

NEXT = frozenset(
    {Kind.ABSENCE, Kind.APPOINTMENT, Kind.CLIENT, Kind.FOLLOW_UP, Kind.OCCASION, Kind.PROMISE}
)
"""What changes when a client hears from us next."""

TICK = "✓"
"""In the place of the initials of a client who is chosen."""

MOST_MOVES = 1_000_000
"""Rows that move up while others come in one by one; beyond that all are listed anew."""

CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ClientListModel(QStandardItemModel):
    """The clients of a list. ``row_of`` says how one looks; ``with_next``: with the next touch.

    Next touches come after the rows, so that no row waits for them.

    It stands on a model of Qt's own, of empty texts, which answers a view in C++ how many rows
    there are: laying out a million rows asks that two million times, and Python took six seconds.

    Tell it by ``see`` what is in sight. It emits ``loaded`` when rows have come, for the view to
    paint: with ``dataChanged`` a view would measure all of a million rows again.
    """

    loaded = Signal()

    def __init__(
        self,
        desk: Desk,
        row_of: Callable[[ClientRow], Row],
        parent: QObject | None = None,
        *,
        with_next: bool = False,
    ) -> None:
        super().__init__(0, 1, parent)
        self._desk = desk
        self._row_of = row_of
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._stale: set[int] = set()
        self._with_next = with_next
        self._nexts: dict[int, Next] = {}
        self._next_day = desk.today()
        self._unsure: set[int] = set()
        if with_next:
            desk.changed.connect(self._heard)
        self._chosen: Collection[int] = frozenset()
        self._seen = (0, -1)

    # what is listed

    def set_ids(self, ids: array[int]) -> None:
        """List these clients from now on; those before and after a change keep their places."""
        old = self._ids
        if ids == old:
            return
        head = _alike(old, ids)
        tail = min(_alike_at_the_end(old, ids), len(old) - head, len(ids) - head)
        if (len(ids) - head - tail) * (len(ids) - head) > MOST_MOVES and head + tail:
            head = tail = 0
        gone, come = len(old) - head - tail, len(ids) - head - tail
        if gone:
            self._ids = old[:head] + old[head + gone :]
            self.removeRows(head, gone)
        if come:
            self._ids = ids
            self.insertRows(head, come)
        self.see(*self._seen)

    def ids(self) -> Sequence[int]:
        """The ids of all clients that are listed, in their order."""
        return self._ids

    def position(self, client_id: int) -> int:
        """Where a client stands, or -1."""
        try:
            return self._ids.index(client_id)
        except ValueError:
            return -1

    def renew(self, clients: frozenset[int] = frozenset()) -> None:
        """Ask anew for the rows of these clients (empty: of all) when they are in sight."""
        self._stale |= set(self._rows) if not clients else clients & self._rows.keys()
        self.see(*self._seen)

    def _heard(self, changes: Changes) -> None:
        """Next touches that may have changed are asked for anew when they are in sight."""
        if changes.kinds & NEXT:
            told = changes.clients
            self._unsure |= told & self._nexts.keys() if told else set(self._nexts)
            self._see_next()

    def set_chosen(self, chosen: Collection[int]) -> None:
        """Show these clients as chosen from now on; the view is to paint itself again."""
        self._chosen = chosen

    # what is in sight

    def see(self, first: int, last: int) -> None:
        """These positions are in sight: ask for their rows first, then for those around them."""
        self._seen = (first, last)
        if last < first:
            return
        seen = self._missing(first, last)
        near = seen or self._missing(first - AROUND, last + AROUND)
        if seen or len(near) > AROUND // 2:
            self._desk.ask(
                lambda session: rows_of(session, near), self._take, owner=self, slot="rows"
            )
        self._see_next()

    def take_first(self, ids: array[int], rows: dict[int, ClientRow]) -> None:
        """Show the first clients with their rows, before all others are known."""
        if not self._ids:
            self._keep(rows)
            self.set_ids(ids)

    def waits(self) -> bool:
        """Whether any row in sight is not there yet."""
        first, last = self._seen
        return any(key not in self._rows for key in self._ids[max(first, 0) : last + 1])

    def _see_next(self) -> None:
        first, last = self._seen
        if not self._with_next or last < first:
            return
        today = self._desk.today()
        if today != self._next_day:
            self._nexts, self._next_day = {}, today
        shown = [key for key in self._ids[max(first, 0) : last + 1] if key in self._rows]
        wanted = [key for key in shown if key not in self._nexts or key in self._unsure]
        if wanted:
            self._desk.ask(
                lambda session: next_touches(session, wanted, today=today),
                self._take_next,
                owner=self,
                slot="next",
            )

    def _take_next(self, nexts: dict[int, Next]) -> None:
        self._nexts |= nexts
        self._unsure -= nexts.keys()
        self.loaded.emit()

    def _missing(self, first: int, last: int) -> list[int]:
        keys = self._ids[max(first, 0) : last + 1]
        return [key for key in keys if key not in self._rows or key in self._stale]

    def _take(self, rows: dict[int, ClientRow]) -> None:
        self._keep(rows)
        self.loaded.emit()
        self.see(*self._seen)

    def _keep(self, rows: dict[int, ClientRow]) -> None:
        for key, row in rows.items():
            self._rows[key] = self._row_of(row)
            self._rows.move_to_end(key)
            self._stale.discard(key)
        while len(self._rows) > REMEMBERED:
            key, _ = self._rows.popitem(last=False)
            self._stale.discard(key)
            self._nexts.pop(key, None)
            self._unsure.discard(key)

    # what the view asks

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row can be chosen and not edited."""
        return CHOSEN if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, or its words; None while it has not come."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        row = self._rows.get(self._ids[index.row()])
        if row is None:
            return None
        then = self._nexts.get(self._ids[index.row()])
        if then is not None:
            desk = self._desk
            row = with_next_touch(row, then, self._next_day, desk.formats, me=desk.me.id)
        if self._ids[index.row()] in self._chosen:
            row = as_chosen(row)
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words()
        return None


def as_chosen(row: Row) -> Row:
    """The row as one of those that something is to be done with at once."""
    words = QCoreApplication.translate("ClientList", "chosen, {row}").format(row=row.words())
    return replace(row, lead=Initials(TICK, filled=True), tone=Tone.GREEN, spoken=words)


def _alike(old: array[int], new: array[int]) -> int:
    """How many ids at the start are the same, found by halving: whole slices compare quickly."""
    same, most = 0, min(len(old), len(new))
    while same < most:
        half = (most - same + 1) // 2
        if old[same : same + half] == new[same : same + half]:
            same += half
        elif half == 1:
            break
        else:
            most = same + half
    return same


def _alike_at_the_end(old: array[int], new: array[int]) -> int:
    same, most = 0, min(len(old), len(new))
    while same < most:
        half = (most - same + 1) // 2
        ours = old[len(old) - same - half : len(old) - same]
        if ours == new[len(new) - same - half : len(new) - same]:
            same += half
        elif half == 1:
            break
        else:
            most = same + half
    return same
