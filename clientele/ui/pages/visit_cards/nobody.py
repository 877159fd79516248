"""Nobody is with me: who has come in?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.store.queries.visit import OpenVisit
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.rows import Initials, Row
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.layouts import Stack
from clientele.ui.widgets.page import PageHeader
from clientele.ui.widgets.row_list import RowList


class NobodyHere(QWidget):
    """Emits ``start(client_id)`` for who has come in, ``opened(visit_id)`` for another's visit."""

    start = Signal(int)
    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = Stack(self)
        self.header = PageHeader(self.tr("Visit"))
        column.addWidget(self.header)
        card = Card(self.tr("Who has come in?"))
        card.add(
            label(
                self.tr(
                    "Find the client and start the visit. Where they are, what they are shown and "
                    "what you note is saved as you go."
                ),
                "label",
            )
        )
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.picker = ClientPicker(desk)
        self.picker.picked.connect(self._picked)
        row.addWidget(self.picker, 1)
        self.start_button = Button(self.tr("Start visit"), self._start, kind="primary")
        row.addWidget(self.start_button)
        card.add(line)
        column.addWidget(card)
        self._others = Card(self.tr("In the store now"))
        self.list = RowList(desk.theme, self.tr("In the store now"))
        self.list.opened.connect(self._open)
        self._others.add(self.list)
        column.addWidget(self._others)
        self._picked(None)

    def show_visits(self, visits: Sequence[OpenVisit], me: int) -> None:
        """Who is in the store; ``me`` is the associate's id."""
        formats = self._desk.formats
        mine = any(visit.associate_id == me for visit in visits)
        self.header.set_words(
            self.tr("Visit"),
            self.tr("Another client has come in?") if mine else self.tr("Nobody is with you now."),
        )
        rows = [
            Row(
                visit.id,
                shown_name(visit.named),
                aside=visit.department,
                sub=visit.here_for,
                lead=Initials(shown_initials(visit.named)),
                trailing=formats.clock_time(visit.arrived_at),
            )
            for visit in visits
        ]
        self.list.set_rows(rows)
        self._others.setVisible(bool(rows))

    def take_keyboard(self) -> None:
        """Into the box that finds a client."""
        if self.picker.client_id is None:
            self.picker.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, client_id: int | None) -> None:
        self.start_button.setEnabled(client_id is not None)
        if client_id is not None:
            self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self) -> None:
        if (client_id := self.picker.client_id) is not None:
            self.start.emit(client_id)

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.opened.emit(key)
