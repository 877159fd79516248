"""Which of the clients who are here? A calm row, in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clientele.store.queries.visit import OpenVisit
from clientele.ui.models.client_names import shown_name
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.layouts import Flow


class VisitSwitch(Flow):
    """Emits ``chosen(visit_id)``. Hidden while there is nothing to choose between."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Visits"))
        self.buttons: dict[int, ChoiceButton] = {}
        self._shown: tuple[tuple[OpenVisit, ...], int | None] = ((), None)
        self.hide()

    def ids(self) -> list[int]:
        """The visits in their order."""
        return list(self.buttons)

    def show_visits(self, visits: Sequence[OpenVisit], current: int | None) -> None:
        """These, of which ``current`` is the one that is shown."""
        if self._shown != (shown := (tuple(visits), current)):
            self._shown = shown
            self.buttons = {}
            for number, visit in enumerate(visits, 1):
                words = f"{number}  {shown_name(visit.named)} · {visit.department}".rstrip(" ·")
                button = ChoiceButton(words)
                button.setChecked(visit.id == current)
                button.setAutoExclusive(True)
                button.clicked.connect(lambda _=False, key=visit.id: self.chosen.emit(key))
                button.setToolTip(self.tr("{number} or Ctrl+Tab").format(number=number))
                button.setAccessibleName(words)
                self.buttons[visit.id] = button
            self.set_widgets(list(self.buttons.values()))
        self.setVisible(len(visits) > 1)
