"""What matters in this department, as rows: what fits, pleases and is owned, and what was heard."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.store.queries.for_department import ForDepartment
from clientele.ui.desk import Desk
from clientele.ui.models.known_words import (
    buying_for_words,
    day_ahead,
    day_source,
    heard_source,
    owned_words,
    size_name,
    size_tail,
)
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import LabelledRows, Line, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.emptying import empty

SIZES_SHOWN = 4
LIKES_SHOWN = 4
OWNS_SHOWN = 2
"""The latest articles; the story has the others."""


class KnownHere(QWidget):
    """The facts, or that there are none yet. Emits ``size_wanted`` to note the first size."""

    size_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        self.rows = LabelledRows()
        self.nothing = label("", "label")
        self.note_size = Button(self.tr("Note a size"), self.size_wanted.emit, kind="link")
        self.line = Line()
        self.heading = label(self.tr("Said elsewhere"), "label")
        self._heard = QWidget()
        self._lines = QVBoxLayout(self._heard)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(1)
        for widget in (
            self.rows,
            self.nothing,
            self.note_size,
            self.line,
            self.heading,
            self._heard,
        ):
            column.addWidget(widget)

    def show_known(self, known: ForDepartment) -> None:
        """The facts of a client for a department."""
        self._show_rows(known)
        self._show_heard(known)
        facts = bool(known.sizes or known.likes or known.avoids or known.owns or known.buying_for)
        self.rows.setVisible(facts)
        self.nothing.setVisible(known.is_empty)
        self.note_size.setVisible(not known.sizes)
        self.nothing.setText(
            self.tr(
                "Nothing is known for {department} yet. Sizes, likes and avoids of this "
                "department will stand here."
            ).format(department=known.department)
        )

    def _show_rows(self, known: ForDepartment) -> None:
        rows = self.rows
        rows.clear()
        for size in known.sizes[:SIZES_SHOWN]:
            rows.add(size_name(size), size_tail(size, self._desk), strong=size.value)
        if known.likes:
            rows.add(self.tr("Likes"), ", ".join(known.likes[:LIKES_SHOWN]))
        if known.avoids:
            rows.add(self.tr("Avoids"), ", ".join(known.avoids))
        if known.owns:
            owns = [owned_words(one, self._desk) for one in known.owns[:OWNS_SHOWN]]
            rows.add(self.tr("Owns"), " · ".join(owns))
        for one in known.buying_for:
            who = ", ".join(part for part in (one.name, one.relation) if part)
            rows.add(who, buying_for_words(one))

    def _show_heard(self, known: ForDepartment) -> None:
        empty(self._lines)
        for one in known.heard:
            self._add(one.words, heard_source(one, self._desk))
        for day in known.days:
            self._add(day_ahead(day), day_source(day, self._desk))
        there = bool(known.heard or known.days)
        for widget in (self.line, self.heading, self._heard):
            widget.setVisible(there)
        self.line.setVisible(there and not known.is_empty and self._has_facts(known))

    def _add(self, words: str, source: str) -> None:
        said = label(words)
        if self._lines.count():
            said.setContentsMargins(0, 6, 0, 0)
        self._lines.addWidget(said)
        self._lines.addWidget(label(source, "sub"))

    def _has_facts(self, known: ForDepartment) -> bool:
        return bool(known.sizes or known.likes or known.avoids or known.owns or known.buying_for)
