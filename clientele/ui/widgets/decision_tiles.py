"""What is done for the client? Large tiles, one touch each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from clientele.domain.recovery import Decision
from clientele.ui.models.right_words import decision_words
from clientele.ui.theme import Space, px
from clientele.ui.widgets.buttons import Pressable

ACROSS = 4
HIGH = 48
"""Of a tile, in pixels at a text scale of one: for a thumb."""


class DecisionTiles(QWidget):
    """Emits ``chosen(decision)``; a touch on the chosen one takes the choice back: “”."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What you do"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.SMALL)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._tiles: dict[str, Pressable] = {}
        for place, decision in enumerate(Decision):
            tile = self._made(decision)
            self._tiles[decision.value] = tile
            grid.addWidget(tile, place // ACROSS, place % ACROSS)
        for column in range(ACROSS):
            grid.setColumnStretch(column, 1)

    @property
    def value(self) -> str:
        """The decision, empty while none is chosen."""
        return next((value for value, tile in self._tiles.items() if tile.isChecked()), "")

    def choose(self, value: str) -> None:
        """Choose without telling; an empty value leaves nothing chosen."""
        for name, tile in self._tiles.items():
            tile.setChecked(name == value)

    def tile(self, value: str) -> Pressable:
        """The tile of a decision."""
        return self._tiles[value]

    def _made(self, decision: Decision) -> Pressable:
        words = decision_words(decision)
        tile = Pressable(words)
        tile.setProperty("decision", True)
        tile.setCheckable(True)
        tile.setAccessibleName(
            self.tr("{name}: {words}").format(name=self.tr("You do"), words=words)
        )
        tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tile.setCursor(Qt.CursorShape.PointingHandCursor)
        tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tile.setMinimumHeight(px(HIGH))
        tile.clicked.connect(lambda checked, value=decision.value: self._clicked(value, checked))
        self._group.addButton(tile)
        return tile

    def _clicked(self, value: str, checked: bool) -> None:
        self.choose(value if checked else "")
        self.chosen.emit(self.value)
