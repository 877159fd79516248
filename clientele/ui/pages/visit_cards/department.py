"""What matters in this department? Sizes, likes, avoids, what they own, what was said elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.store.queries.for_department import ForDepartment
from clientele.store.queries.reading import store_facts
from clientele.store.queries.wishes import WishRow, wishes_here
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.models.wish_rows import wish_row
from clientele.ui.pages.wish_acts import WishActs
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.known_here import KnownHere
from clientele.ui.widgets.layouts import ground_of
from clientele.ui.widgets.row_list import RowList

WISHES_SHOWN = 3


class DepartmentCard(Card):
    """What is known of the client for the department they are in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", "", parent=parent)
        self._desk = desk
        self._where: tuple[int, int] | None = None
        self.known = KnownHere(desk)
        self.known.size_wanted.connect(self.note_size)
        self.add(self.known)
        self._stop: int | None = None
        self._wishes: dict[int, WishRow] = {}
        self._acts = WishActs(desk, self)
        self.wished = label(self.tr("Wish list"), "label")
        self.wished.hide()
        self.add(self.wished)
        self.wishes = RowList(desk.theme, self.tr("Wish list"), style=Style(max_lines=2))
        self.wishes.acted.connect(self._act)
        self.wishes.opened.connect(self._open)
        self.wishes.hide()
        self.add(self.wishes)

    def show_for(self, client_id: int, department_id: int, stop_id: int | None = None) -> None:
        """Whom and which department the facts are of that are being asked for, at which stop."""
        self._where, self._stop = (client_id, department_id), stop_id
        self._desk.ask(
            lambda session: (
                wishes_here(session, client_id, department_id, stop_id),
                store_facts(session).currency,
            ),
            self._show_wishes,
            owner=self,
            slot="wishes",
        )

    def show_known(self, known: ForDepartment) -> None:
        """The facts, or that there are none yet."""
        self.set_title(self.tr("For {department}").format(department=known.department))
        self.set_hint("" if known.is_empty else self.tr("what we know"))
        self.known.show_known(known)

    def _show_wishes(self, found: tuple[tuple[WishRow, ...], str]) -> None:
        """What they wish for here, each to be shown with one click."""
        rows, currency = found
        self._wishes = {row.id: row for row in rows[:WISHES_SHOWN]}
        self.wishes.set_rows(
            [
                wish_row(row, self._desk, currency, at_stop=self._stop is not None, brief=True)
                for row in self._wishes.values()
            ]
        )
        for widget in (self.wished, self.wishes):
            widget.setVisible(bool(rows))

    def _act(self, key: int, name: str) -> None:
        if key in self._wishes:
            self._acts.act(self._wishes[key], name, stop_id=self._stop)

    def _open(self, key: int) -> None:
        self._act(key, "")

    def note_size(self) -> None:
        """Write down a size for here."""
        if self._where is not None:
            NoteSizeSheet(self._desk, ground_of(self), *self._where).open_sheet()
