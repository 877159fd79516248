"""What is the follow-up at hand about, and what can be done with it?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from clientele.domain.plans import FollowUpState
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.follow_up_rows import reach_words, way_of
from clientele.ui.models.plan_words import channel_act
from clientele.ui.pages.client_at_hand import ClientAtHand
from clientele.ui.pages.follow_up_acts import FollowUpActs
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Flow, Stack


class FollowUpCard(Card):
    """The reason and the acts, then the client at hand. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, acts: FollowUpActs) -> None:
        super().__init__(QCoreApplication.translate("FollowUpCard", "At hand"), fill=True)
        self._desk, self._acts = desk, acts
        self._row: FollowUpRow | None = None
        self.reason = label("")
        self.how = label("", "sub")
        self.reach = Button("", lambda: self._do("reach"), key="C")
        self.done = Button(self.tr("Done"), lambda: self._do("done"), kind="primary", key="D")
        self.snooze = Button(self.tr("Snooze"), lambda: self._do("snooze"), key="S")
        self.drop = Button(self.tr("Not do it"), lambda: self._do("drop"), kind="quiet", key="X")
        self.buttons = Flow(across=8, down=8)
        self.open_button = Button(self.tr("Open"), self._open, key="Return")
        self.buttons.set_widgets([self.reach, self.done, self.snooze, self.open_button])
        self.client = ClientAtHand(desk)
        self.about = QScrollArea()
        self.about.setWidgetResizable(True)
        self.about.setFrameShape(QFrame.Shape.NoFrame)
        self.about.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.about.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.about.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.about.setMinimumHeight(desk.theme.px(160))
        inner = QWidget()
        inner.setProperty("surface", "clear")
        air = Stack(inner)
        air.setContentsMargins(Space.CARD_X, Space.SMALL, Space.CARD_X, 0)
        air.addWidget(self.client)
        air.addWidget(self.drop)
        self.about.setWidget(inner)
        self.line = Line()
        self.empty = label(self.tr("Choose a follow-up to see who it is for."), "label")
        for widget in (self.reason, self.how, self.buttons, self.line, self.empty):
            self.add(widget)
        self.add(self.about, edge=True, stretch=1)

    def show_row(self, row: FollowUpRow | None) -> None:
        """Show this follow-up and its client."""
        before, self._row = self._row, row
        there = row is not None
        for widget in (self.reason, self.how, self.buttons, self.line):
            widget.setVisible(there)
        self.about.setVisible(there)
        self.empty.setVisible(not there)
        if row is None:
            self.set_title(self.tr("At hand"), "")
            return
        open_still = row.state == FollowUpState.OPEN
        self.set_title(shown_name(row.named), self._when(row))
        self.reason.setText(row.reason)
        self.how.setText(reach_words(row) if open_still else row.outcome)
        self.how.setVisible(bool(self.how.text()))
        self.buttons.setVisible(True)
        self.open_button.setAccessibleName(
            self.tr("Open {client}").format(client=shown_name(row.named))
        )
        for button in (self.done, self.snooze, self.drop):
            button.setVisible(open_still)
        way = way_of(row)
        self.reach.setVisible(way is not None and open_still)
        if way is not None:
            self.reach.set_words(channel_act(way.channel))
        if before is None or before != row:
            self.client.show_client(row.named.client_id)

    def _when(self, row: FollowUpRow) -> str:
        formats, today = self._desk.formats, self._desk.today()
        if row.state != FollowUpState.OPEN and row.done_at is not None:
            return formats.near_day(formats.local_day(row.done_at), today)
        return formats.near_day(row.due_on, today)

    def _do(self, name: str) -> None:
        if self._row is not None:
            getattr(self._acts, name)(self._row)

    def _open(self) -> None:
        if self._row is not None:
            self.open_client.emit(self._row.named.client_id)
