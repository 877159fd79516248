"""Which of the clients who are here? A calm row, in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clientele.store.queries.visit import OpenVisit
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.pages.visit_cards.words import for_how_long
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.layouts import Flow


class VisitSwitch(Flow):
    """Emits ``chosen(visit_id)``. Hidden while there is nothing to choose between."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(self.tr("Visits"))
        self.buttons: dict[int, ChoiceButton] = {}
        self.current: int | None = None
        self._visits: tuple[OpenVisit, ...] = ()
        self.hide()

    def ids(self) -> list[int]:
        """The visits in their order."""
        return list(self.buttons)

    def asked_for(self, event: QKeyEvent, current: int | None) -> int | None:
        """The visit that a key asks for: Ctrl+Tab the next, a digit that one; else None."""
        ids = self.ids()
        step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier and ids:
            at = ids.index(current) if current in ids else -1
            return ids[(at + step) % len(ids)]
        if event.text().isdigit() and 1 <= int(event.text()) <= len(ids):
            return ids[int(event.text()) - 1]
        return None

    def show_visits(self, visits: Sequence[OpenVisit], current: int | None) -> None:
        """These, of which ``current`` is the one that is shown."""
        self.current = current
        if [visit.id for visit in visits] != self.ids():
            self.buttons = {visit.id: self._button(visit.id) for visit in visits}
            self.set_widgets(list(self.buttons.values()))
        self._visits = tuple(visits)
        self.tick()
        self.setVisible(len(visits) > 1)

    def tick(self) -> None:
        """A minute has passed."""
        now, formats = self._desk.now(), self._desk.formats
        for number, visit in enumerate(self._visits, 1):
            long = for_how_long(now - visit.arrived_at, formats)
            parts = (f"{number}  {shown_name(visit.named)}", visit.department, long)
            words = " · ".join(part for part in parts if part)
            button = self.buttons[visit.id]
            button.setChecked(visit.id == self.current)
            if button.text() != words:
                button.setText(words.replace("&", "&&"))
                button.setAccessibleName(words)
                button.setToolTip(self.tr("{number}, Ctrl+Tab or F2").format(number=number))

    def _button(self, key: int) -> ChoiceButton:
        button = ChoiceButton("")
        button.setAutoExclusive(True)
        button.clicked.connect(lambda _=False: self.chosen.emit(key))
        return button
