"""What is this follow-up for, how often does it come, who asked? With the way to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.touch_rules_facts import Source
from clientele.store.queries.follow_up_source import Behind, behind
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.models.behind_words import behind_words, purpose_in_words
from clientele.ui.models.repeat_words import again_words, repeats_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button

AROUND, EDGES = 8, 4
"""What a link has beside its words, in pixels, and what of it nothing may stand on.

Words are a part of a pixel wider than their advance, which is a whole number.
"""


class LongLink(Button):
    """A link of one line, which ends with an ellipsis where there is less room than words."""

    def __init__(self, on_click: Callable[[], object]) -> None:
        super().__init__("", on_click, kind="link")
        self._words = ""

    def set_words(self, words: str) -> None:
        """Another text; all of it for a screen reader, and in the tool tip where it is cut."""
        self._words = words
        super().set_words(words)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as all its words."""
        usual = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + AROUND, usual.height())

    def minimumSizeHint(self) -> QSize:
        """It may be narrower."""
        return QSize(AROUND, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows more of it, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - EDGES
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip("" if shown == self._words else self._words)


class BehindLine(QWidget):
    """Two small lines: the purchase, promise or day it is for (a link), and what else is known.

    Emits ``open_promise``, ``open_made_right``, ``open_visit`` or else ``open_client``, with an id.
    """

    open_client = Signal(int)
    open_promise = Signal(int)
    open_made_right = Signal(int)
    open_visit = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: FollowUpRow | None = None
        self._behind: Behind | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.link = LongLink(self.go)
        self.about = label("", "sub")
        column.addWidget(self.link)
        column.addWidget(self.about)
        self.hide()

    def show_row(self, row: FollowUpRow | None) -> None:
        """Show what this one is for; asked for by itself, one at a time."""
        before, self._row = self._row, row
        if row is None:
            self.hide()
            return
        if before is None or before.id != row.id:
            self._behind = None
            self.link.hide()
        self.about.setText(" · ".join(self._about(row)))
        self.setVisible(True)
        key = row.id
        self._desk.ask(lambda session: behind(session, key), self._show, owner=self, slot="behind")

    def go(self) -> None:
        """Go to what is behind it."""
        one = self._behind
        if one is None:
            return
        if one.source == Source.PROMISE:
            self.open_promise.emit(one.id)
        elif one.source == Source.MADE_RIGHT:
            self.open_made_right.emit(one.id)
        elif one.visit_id is not None:
            self.open_visit.emit(one.visit_id)
        else:
            self.open_client.emit(one.client_id)

    def _show(self, one: Behind | None) -> None:
        self._behind = one
        self.link.setVisible(one is not None)
        if one is not None:
            desk = self._desk
            self.link.set_words(behind_words(one, desk.today(), desk.formats))

    def _about(self, row: FollowUpRow) -> list[str]:
        """What it is about, that a rule made it, who asked, how often it comes."""
        desk, words = self._desk, [purpose_in_words(row)]
        if row.rule_id is not None:
            words.append(self.tr("made by a rule"))
        if row.given_by and row.given_by_id != row.associate_id:
            mine = row.given_by_id == desk.me.id
            name = self.tr("you") if mine else row.given_by
            words.append(self.tr("{name} asked").format(name=name))
        if row.repeat:
            words.append(repeats_words(row.repeat, desk.formats))
            if row.state == FollowUpState.OPEN:
                words.append(again_words(row, desk.today(), desk.formats))
        return words
