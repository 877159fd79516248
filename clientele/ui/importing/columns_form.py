"""Which column fills which field: guessed, shown, and corrected with one choice each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clientele.exchange.fields import fields_of
from clientele.exchange.mapping import Mapping
from clientele.ui.importing.field_words import field_words
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label

ACROSS = 3


class ColumnsForm(QWidget):
    """A choice of columns for each field. Emits ``changed(Mapping)`` when one is corrected."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.GAP)
        self._grid.setVerticalSpacing(Space.TIGHT)
        column.addLayout(self._grid)
        self._mapping: Mapping | None = None
        self.boxes: dict[str, QComboBox] = {}
        self._offers: dict[str, list[tuple[str, ...]]] = {}

    def show_mapping(self, mapping: Mapping) -> None:
        """Show a mapping; the choices are made anew where the kind or file is another."""
        fresh = (
            self._mapping is None
            or self._mapping.kind is not mapping.kind
            or self._mapping.header != mapping.header
        )
        self._mapping = mapping
        if fresh:
            self._make_boxes(mapping)
        for field, box in self.boxes.items():
            names = mapping.names(field)
            offers = self._offers[field]
            box.blockSignals(True)
            if names not in offers:
                offers.append(names)
                box.addItem(" + ".join(names))
            box.setCurrentIndex(offers.index(names))
            box.blockSignals(False)

    def _make_boxes(self, mapping: Mapping) -> None:
        for box in self.boxes.values():
            box.parentWidget().deleteLater()  # type: ignore[union-attr]
        self.boxes.clear()
        self._offers.clear()
        for place, field in enumerate(fields_of(mapping.kind)):
            box = QComboBox()
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
            box.addItem(self.tr("not in this file"))
            box.addItems(mapping.header)
            self._offers[field] = [(), *((name,) for name in mapping.header)]
            box.setAccessibleName(self.tr("Column for {field}").format(field=field_words(field)))
            box.currentIndexChanged.connect(lambda _=0, chosen=field: self._corrected(chosen))
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label(field_words(field), "label"), 2)
            row.addWidget(box, 3)
            self._grid.addWidget(holder, place // ACROSS, place % ACROSS)
            self.boxes[field] = box

    def _corrected(self, field: str) -> None:
        if self._mapping is None:
            return
        names = self._offers[field][self.boxes[field].currentIndex()]
        self.show_mapping(self._mapping.with_columns(field, names))
        self.changed.emit(self._mapping)
