"""Follow-ups in a list, each with what the gate allows now: shown at once, closed where it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from clientele.domain.rules.permission import Reachable
from clientele.store.queries.follow_up_gates import gates
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.models.follow_up_rows import Shut, shut_now
from clientele.ui.models.rows import Row
from clientele.ui.widgets.row_list import RowList

Painted = Callable[[FollowUpRow, Shut], Row]


class GatedRows(QObject):
    """Fills a list. ``came`` says that the gate's answers are there, or are there anew.

    Until they are, what was known before holds; whatever is pressed asks the gate again.
    """

    came = Signal()

    def __init__(self, desk: Desk, rows: RowList) -> None:
        super().__init__(rows)
        self._desk, self._list = desk, rows
        self._known: dict[int, Reachable] = {}
        self._rows: Sequence[FollowUpRow] = ()
        self._row: Painted | None = None

    def show(self, rows: Sequence[FollowUpRow], row: Painted) -> None:
        """Show these, painted by ``row``, and ask the gate about them."""
        self._rows, self._row = tuple(rows), row
        self._fill()
        asked, now = self._rows, self._desk.now()
        self._desk.ask(
            lambda session: gates(session, asked, now=now), self._came, owner=self, slot="gates"
        )

    def shut(self, row: FollowUpRow | None) -> Shut:
        """The channels that are closed at this moment."""
        return {} if row is None else shut_now(self._known.get(row.id), self._desk.now())

    def _came(self, known: dict[int, Reachable]) -> None:
        self._known = known
        self._fill()
        self.came.emit()

    def _fill(self) -> None:
        if self._row is not None:
            self._list.set_rows([self._row(row, self.shut(row)) for row in self._rows])
