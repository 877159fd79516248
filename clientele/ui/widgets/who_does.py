"""Who does it? Oneself, or a colleague by one touch."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.ui.desk import Desk
from clientele.ui.theme import Space
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.colleague_tiles import ColleagueTiles

ME, COLLEAGUE = "me", "colleague"


class WhoDoes(QWidget):
    """A form field. ``value`` is the colleague's id, None for oneself; their tiles unfold."""

    chosen = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._desk, self._name = desk, name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        self.choice = Choice(
            name, [(ME, self.tr("By me")), (COLLEAGUE, self.tr("By a colleague…"))]
        )
        self.choice.chosen.connect(self._unfold)
        column.addWidget(self.choice)
        self._column = column
        self.colleagues: ColleagueTiles | None = None

    @property
    def value(self) -> int | None:
        """Which colleague; None while it is oneself, or nobody was touched yet."""
        if self.choice.value == ME or self.colleagues is None:
            return None
        return self.colleagues.value

    @property
    def missing(self) -> bool:
        """A colleague was asked for, and none is chosen yet."""
        return self.choice.value == COLLEAGUE and self.value is None

    def _unfold(self, value: str) -> None:
        if value == COLLEAGUE and self.colleagues is None:
            me = self._desk.me.id
            self.colleagues = ColleagueTiles(self._desk, self._name, without=(me,))
            self.colleagues.chosen.connect(lambda _: self.chosen.emit())
            self._column.addWidget(self.colleagues)
        if self.colleagues is not None:
            self.colleagues.setVisible(value == COLLEAGUE)
        self.chosen.emit()
