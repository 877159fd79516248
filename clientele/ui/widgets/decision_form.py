"""What is done for the client, at what cost, and a word with it: wherever it is decided."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.decision_tiles import DecisionTiles
from clientele.ui.widgets.fields import Field


class DecisionForm(QWidget):
    """Tiles, and with them the cost and a word. Emits ``changed`` with each touch and key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(
            label(self.tr("What you do: you decide, nobody needs to be asked"), "label")
        )
        self.tiles = DecisionTiles()
        self.cost = Field(self.tr("What it costs the store"), hint=self.tr("Cost, 127.00"))
        self.word = Field(self.tr("In a few words"), hint=self.tr("In a few words, if you like"))
        column.addWidget(self.tiles)
        pair = QHBoxLayout()
        pair.setSpacing(Space.SMALL)
        pair.addWidget(self.cost, 2)
        pair.addWidget(self.word, 5)
        column.addLayout(pair)
        self.tiles.chosen.connect(self._chosen)
        self.cost.typed.connect(self._typed_cost)
        self.word.typed.connect(lambda _: self.changed.emit())

    def values(self) -> dict[str, str]:
        """What stands in it, by field; empty where nothing does."""
        fields = {"decision": self.tiles.value, "cost": self.cost.value, "word": self.word.value}
        return {name: value for name, value in fields.items() if value.strip()}

    def bring_back(self, fields: dict[str, str]) -> None:
        """Put in what stood there before."""
        self.tiles.choose(fields.get("decision", ""))
        self.cost.set_value(fields.get("cost", ""))
        self.word.set_value(fields.get("word", ""))

    def _chosen(self, decision: str) -> None:
        """The keyboard goes on to the cost, so that an amount is typed without another touch."""
        if decision:
            self.cost.setFocus()
            self.cost.selectAll()
        self.changed.emit()

    def _typed_cost(self, _: str) -> None:
        self.cost.set_wrong("")
        self.changed.emit()
