"""What waits for this client, and of what did nobody say whether it was sent?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.contacting import MessageState
from clientele.store.queries.message_fields import Waiting
from clientele.ui.desk import Desk
from clientele.ui.models.message_words import waiting_words
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Stack


class WaitingPart(QWidget):
    """A line for each, with what can be done. Emits ``sent(id, bool)`` and ``called_off(id)``."""

    sent = Signal(int, bool)
    called_off = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Waiting, ...] = ()
        self._lines: list[QWidget] = []
        self.buttons: dict[tuple[int, str], Button] = {}
        self._column = Stack(self, gap=Space.TIGHT)
        self.hide()

    def show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        """Show these."""
        self.setVisible(bool(waiting))
        if waiting == self._shown:
            return
        self._shown = waiting
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self.buttons = {}
        self._lines = [self._line(one) for one in waiting]
        for line in self._lines:
            self._column.addWidget(line)

    def _line(self, one: Waiting) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(label(waiting_words(one, self._desk.formats)), 1)
        if one.state == MessageState.DRAFT:
            self._button(row, one, "sent", self.tr("Sent"))
            self._button(row, one, "not sent", self.tr("Not sent"))
        else:
            self._button(row, one, "call off", self.tr("Call it off"))
        return line

    def _button(self, row: QHBoxLayout, one: Waiting, name: str, words: str) -> None:
        act = {
            "sent": partial(self.sent.emit, one.id, True),
            "not sent": partial(self.sent.emit, one.id, False),
            "call off": partial(self.called_off.emit, one.id),
        }[name]
        button = Button(words, act)
        self.buttons[one.id, name] = button
        row.addWidget(button)
