"""The first rows of a file as they would be read, or why they cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from clientele.exchange.mapping import Mapping
from clientele.exchange.plan import PreviewRow
from clientele.system.formats import Formats
from clientele.ui.importing.field_words import field_words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """Rows handed in; one column for each field that the file fills, the reason first."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._fields: list[str] = []
        self._rows: Sequence[PreviewRow] = ()

    def show_rows(self, mapping: Mapping, rows: Sequence[PreviewRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._fields = [field for field in mapping.columns if field != "name"]
        if "name" in mapping.columns:
            self._fields = ["given_name", "family_name", *self._fields]
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """The fields that the file fills."""
        return 0 if parent.isValid() else len(self._fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the fields, and numbers at the left."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return field_words(self._fields[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A value as it would be kept; in the first column of a bad row, the reason."""
        row, field = self._rows[index.row()], self._fields[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if row.reason:
                return row.reason if index.column() == 0 else ""
            return self._shown(field, row.read.get(field, ""))
        if role == Qt.ItemDataRole.ToolTipRole and row.reason:
            return row.reason
        return None

    def _shown(self, field: str, value: str) -> str:
        """As it is written for people: instants come in UTC and are shown in the store's zone."""
        if field != "sold_at" or not value:
            return value
        return self._formats.moment(datetime.fromisoformat(value).replace(tzinfo=UTC))

    def reason(self, row: int) -> str:
        """Why a row cannot be read; empty when it can."""
        return self._rows[row].reason


class PreviewTable(QTableView):
    """Shows a ``PreviewModel``; a bad row's reason goes over the whole row."""

    def __init__(self, name: str, formats: Formats) -> None:
        super().__init__()
        self.rows = PreviewModel(formats)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMaximumSectionSize(260)
        header.setStretchLastSection(True)
        self.verticalHeader().hide()

    def show_rows(self, mapping: Mapping, rows: Sequence[PreviewRow]) -> None:
        """Show other rows."""
        self.clearSpans()
        self.rows.show_rows(mapping, rows)
        columns = self.rows.columnCount()
        for place, row in enumerate(rows):
            if row.reason and columns > 1:
                self.setSpan(place, 0, 1, columns)
