"""Which promises are late? They lead the day, each with its next step, until there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.models.for_whom import for_whom
from clientele.ui.models.promise_rows import promise_row
from clientele.ui.models.rows import Key
from clientele.ui.pages.promise_acts import PromiseActs
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList


class LatePromises(Card):
    """Hidden while nothing is late. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("LatePromises", "Late")
        super().__init__(title, QCoreApplication.translate("LatePromises", "first of all"))
        self._desk = desk
        self._acts = PromiseActs(desk, over)
        self._rows: dict[int, PromiseRow] = {}
        self.list = RowList(desk.theme, self.tr("Late promises"))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.add(self.list)
        self.hide()

    def show_late(self, late: Sequence[PromiseRow]) -> None:
        """These are late."""
        now, formats, me = self._desk.now(), self._desk.formats, self._desk.me.id
        self._rows = {row.id: row for row in late}
        self.list.set_rows(
            [
                for_whom(promise_row(row, now, formats, me=me, says_whose=False), row, me)
                for row in late
            ]
        )
        self.setVisible(bool(late))

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is not None:
            self._acts.act(row, name)

    def _open(self, key: Key) -> None:
        row = self._rows.get(key) if isinstance(key, int) else None
        if row is not None:
            self.open_client.emit(row.named.client_id)
