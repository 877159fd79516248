"""The whole wish list of a client: what is on it, and what became of what was."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Kind
from clientele.store.queries.reading import store_facts
from clientele.store.queries.wishes import WishRow, wishes_of
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.wish_rows import wish_row
from clientele.ui.pages.wish_acts import WishActs
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.row_list import RowList


class WishListSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset({Kind.WISH, Kind.PROMISE, Kind.HOUSEHOLD_MEMBER, Kind.LINE_RETURN})

    def __init__(
        self, desk: Desk, over: QWidget, client_id: int, *, stop_id: int | None = None
    ) -> None:
        title = QCoreApplication.translate("WishListSheet", "Wish list")
        super().__init__(desk, over, title, width=600)
        self._client_id, self._stop = client_id, stop_id
        self._rows: dict[int, WishRow] = {}
        self._begun = False
        self._acts = WishActs(desk, self)
        words = self.tr("What they would like to have stands here, until it is bought.")
        self.nothing = label(words, "label")
        self.nothing.hide()
        self.list = RowList(desk.theme, self.tr("Wish list"), style=Style(inset=0))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list)
        self.add_button(self.tr("Add a wish"), self._add, primary=True)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the list."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """All wishes, those that ended too."""
        client_id = self._client_id
        self._desk.ask(
            lambda session: (
                wishes_of(session, client_id, ended=True),
                store_facts(session).currency,
            ),
            self._show,
            owner=self,
            slot="wishes",
        )

    def _show(self, found: tuple[tuple[WishRow, ...], str]) -> None:
        rows, currency = found
        self._rows = {row.id: row for row in rows}
        at_stop = self._stop is not None
        self.list.set_rows([wish_row(row, self._desk, currency, at_stop=at_stop) for row in rows])
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _act(self, key: int, name: str) -> None:
        if key in self._rows:
            self._acts.act(self._rows[key], name, stop_id=self._stop)

    def _open(self, key: int) -> None:
        self._act(key, "")

    def _add(self) -> None:
        from clientele.ui.dialogs.wish import WishSheet

        WishSheet(self._desk, self, client_id=self._client_id).open_sheet()
