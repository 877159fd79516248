"""A quiet word, where clients are listed, that some of them are perhaps in the book twice."""

from __future__ import annotations

from PySide6.QtCore import Signal

from clientele.services.changes import Changes, Kind
from clientele.store.queries.duplicates import count_pairs
from clientele.ui.actions import DUPLICATES
from clientele.ui.desk import Desk
from clientele.ui.widgets.buttons import Button

KINDS = frozenset({Kind.DUPLICATE_PAIR, Kind.CLIENT_MERGE})


class PairsLink(Button):
    """Emits ``wanted``; hidden while there is nobody to look at."""

    wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("", kind="link", key=DUPLICATES.key)
        self._desk = desk
        self.clicked.connect(self._ask)
        self.hide()
        desk.changed.connect(self._heard)

    def look(self) -> None:
        """Count the pairs again."""
        self._desk.ask(count_pairs, self._show, owner=self, slot="pairs")

    def _ask(self) -> None:
        self.wanted.emit()

    def _show(self, count: int) -> None:
        self.set_words(self.tr("%n perhaps twice", "", count))
        self.set_key(DUPLICATES.key)
        self.setVisible(count > 0)

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & KINDS and self._desk.is_signed_in:
            self.look()
