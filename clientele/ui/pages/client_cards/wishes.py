"""What does the client wish for? The most useful few, and the whole list in a form."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.store.queries.reading import store_facts
from clientele.store.queries.wishes import WishRow, wishes_of
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.wish_rows import wish_row
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.wish_acts import WishActs
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Wished:
    """The wishes of a client and the store's currency."""

    rows: tuple[WishRow, ...]
    currency: str


class WishCard(Card):
    """What is here or new comes first; “All” opens the list with what was bought and dropped."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(QCoreApplication.translate("WishCard", "Wish list"))
        self._desk, self._over = desk, over
        self._client_id = 0
        self._rows: dict[int, WishRow] = {}
        self._acts = WishActs(desk, over)
        self.all_button = Button(self.tr("All"), self.show_all, kind="link")
        self.add_button = Button(self.tr("Add"), self.begin, kind="link")
        self.add_button.setAccessibleName(self.tr("Add a wish"))
        Corner(self, self.all_button, self.add_button)
        words = self.tr("What they would like to have stands here, until it is bought.")
        self.nothing = label(words, "label")
        self.add(self.nothing)
        self.list = RowList(desk.theme, self.tr("Wish list"), style=Style(max_lines=3))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.list.hide()
        self.add(self.list)

    def show_client(self, client_id: int) -> None:
        """Ask what this client wishes for."""
        if client_id != self._client_id:
            self._client_id = client_id
            self._show(Wished((), ""))
        self._desk.ask(
            lambda session: Wished(wishes_of(session, client_id), store_facts(session).currency),
            self._show,
            owner=self,
            slot="wishes",
        )

    def begin(self) -> None:
        """Another wish."""
        from clientele.ui.dialogs.wish import WishSheet

        WishSheet(self._desk, self._over, client_id=self._client_id).open_sheet()

    def show_all(self) -> None:
        """The whole list."""
        from clientele.ui.dialogs.wish_list import WishListSheet

        WishListSheet(self._desk, self._over, self._client_id).open_sheet()

    def _show(self, wished: Wished) -> None:
        self._rows = {row.id: row for row in wished.rows}
        shown = wished.rows[:SHOWN]
        self.list.set_rows(
            [wish_row(row, self._desk, wished.currency, brief=True) for row in shown]
        )
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        more = len(wished.rows) - len(shown)
        self.all_button.set_words(
            self.tr("All %n", "", len(wished.rows)) if more else self.tr("All")
        )
        self.all_button.setAccessibleName(self.tr("The whole wish list"))

    def _act(self, key: int, name: str) -> None:
        if key in self._rows:
            self._acts.act(self._rows[key], name)

    def _open(self, key: int) -> None:
        self._act(key, "")
