"""Any number of a few, as chips that stay down: departments, weekdays, channels."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.layouts import Flow


class Several(QWidget):
    """Emits ``changed`` when one is chosen or taken back by whoever uses it."""

    changed = Signal()

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """``options`` are (value, words); none is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        flow = Flow(down=0)
        column.addWidget(flow)
        self.buttons: dict[str, ChoiceButton] = {}
        for value, words in options:
            button = ChoiceButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.clicked.connect(self._clicked)
            flow.add(button)
            self.buttons[value] = button

    @property
    def values(self) -> tuple[str, ...]:
        """Those that are chosen, in the order in which they stand."""
        return tuple(value for value, button in self.buttons.items() if button.isChecked())

    def choose(self, values: Collection[str]) -> None:
        """Exactly these are chosen; one that is not offered is passed over."""
        for value, button in self.buttons.items():
            button.setChecked(value in values)

    def _clicked(self, _: bool = False) -> None:
        self.changed.emit()
