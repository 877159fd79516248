"""For whom? A client found by a few letters, then shown by name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.found import found_rows
from clientele.store.queries.naming import names_of
from clientele.store.queries.reading import Named
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.found_rows import to_choose
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.search_box import SearchBox

MOST = 20


class ClientPicker(QWidget):
    """Emits ``picked(client_id)`` once a client is chosen, and None when that is taken back."""

    picked = Signal(object)

    def __init__(self, desk: Desk, client_id: int | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.named: Named | None = None
        self.client_id = client_id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.box = SearchBox(
            desk.theme, self.tr("Client"), self.tr("Name, telephone or e-mail"), parent=self
        )
        self.box.asked.connect(self._ask)
        self.box.chosen.connect(self.pick)
        self.name = label("", "strong", wrap=False)
        self.other = Button(self.tr("Another client"), self._again, kind="quiet")
        row.addWidget(self.box, 1)
        row.addWidget(self.name, 1)
        row.addWidget(self.other)
        self._show()
        if client_id is not None:
            self.pick(client_id)

    def pick(self, client_id: int) -> None:
        """This client."""
        self.client_id = client_id
        self._desk.ask(
            lambda session: names_of(session, [client_id]).get(client_id),
            self._named,
            owner=self,
            slot="name",
        )
        self._show()
        self.picked.emit(client_id)

    def clear(self) -> None:
        """Nobody yet."""
        self.client_id = self.named = None
        self.box.clear()
        self._show()
        self.picked.emit(None)

    def _named(self, named: Named | None) -> None:
        self.named = named
        if named is None:
            self._again()
            return
        self.name.setText(shown_name(named))

    def _again(self) -> None:
        self.clear()
        self.box.setFocus()

    def _show(self) -> None:
        there = self.client_id is not None
        self.box.setVisible(not there)
        self.name.setVisible(there)
        self.other.setVisible(there)

    def _ask(self, text: str) -> None:
        me = self._desk.me.id
        self._desk.ask(
            lambda session: found_rows(session, text, associate_id=me, limit=MOST),
            self._results,
            owner=self,
            slot="search",
        )

    def _results(self, found: tuple[ClientRow, ...]) -> None:
        self.box.set_results(
            [to_choose(row) for row in found],
            self.tr("Nobody by that name, number or address."),
        )
