"""Which one? Found by a few letters, then shown by its name, changed or taken back with a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.ui.desk import Desk
from clientele.ui.models.rows import Row
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.search_box import SearchBox

Find = Callable[[str], Sequence[Row]]


class PickOne(QWidget):
    """A form field. Emits ``picked(key)`` once one is chosen, ``picked(None)`` when taken back.

    ``find(text)`` answers the rows to choose from; it runs beside the window. ``opened`` is
    emitted by a click on the name where it ``opens``.
    """

    picked = Signal(object)
    opened = Signal()

    def __init__(
        self, desk: Desk, name: str, hint: str, find: Find, nothing: str, *, opens: bool = False
    ) -> None:
        super().__init__()
        self._desk, self._find, self._nothing = desk, find, nothing
        self._words = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.box = SearchBox(desk.theme, name, hint, parent=self)
        self.box.asked.connect(self._ask)
        self.box.chosen.connect(self._pick)
        column.addWidget(self.box)
        self._known = Flow(across=10)
        self.value = label("", "", wrap=False)
        self.link = Button("", self.opened.emit, kind="link")
        self.change = Button(self.tr("Change"), self._again, kind="link")
        self.change.setAccessibleName(self.tr("Change: {what}").format(what=name))
        self.away = Button("×", self._take_back, kind="link")
        self.away.setAccessibleName(self.tr("Remove: {what}").format(what=name))
        self._name_part = self.link if opens else self.value
        unused = self.value if opens else self.link
        unused.setParent(self)
        unused.hide()
        for part in (self._name_part, self.change, self.away):
            self._known.add(part)
        row = QHBoxLayout()
        row.addWidget(self._known, 1)
        column.addLayout(row)
        self.show_value("")

    def show_value(self, words: str) -> None:
        """What is chosen, in words; empty: nothing yet. What is being typed stays."""
        self._words = words
        self.value.setText(words)
        self.link.set_words(words)
        self._known.updateGeometry()
        self._known.place()
        if not (self.box.hasFocus() and self.box.text()):
            self._show(bool(words))

    def _show(self, known: bool) -> None:
        self._known.setVisible(known)
        self.box.setVisible(not known)

    def _again(self) -> None:
        self._show(False)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_back(self) -> None:
        self.picked.emit(None)
        self._again()

    def _pick(self, key: object) -> None:
        self.picked.emit(key)

    def _ask(self, text: str) -> None:
        find = self._find
        self._desk.ask(lambda _: find(text), self._results, owner=self, slot="find")

    def _results(self, rows: Sequence[Row]) -> None:
        self.box.set_results(rows, self._nothing)
