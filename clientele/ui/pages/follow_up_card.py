"""What is the follow-up at hand about, and what can be done with it?"""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.expiring import Because
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk
from clientele.ui.models.behind_words import because_words
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.follow_up_rows import Shut, outcome_words, reach_words, way_of
from clientele.ui.models.plan_words import channel_act
from clientele.ui.models.reaching_words import refused_words
from clientele.ui.pages.client_at_hand import ClientAtHand
from clientele.ui.pages.follow_up_acts import FollowUpActs
from clientele.ui.pages.follow_up_behind import BehindLine
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner, Card
from clientele.ui.widgets.layouts import Flow, Stack


class FollowUpCard(Card):
    """The reason, what is behind it and the acts, then the client at hand.

    Emits ``open_client(id)`` and, for what is behind it, ``open_promise`` and others.
    """

    open_client = Signal(int)
    open_promise = Signal(int)
    open_made_right = Signal(int)
    open_visit = Signal(int)

    def __init__(self, desk: Desk, acts: FollowUpActs) -> None:
        super().__init__(QCoreApplication.translate("FollowUpCard", "At hand"), fill=True)
        self._desk, self._acts = desk, acts
        self._row: FollowUpRow | None = None
        self._gone: Because | None = None
        self.reason = label("")
        self.how = label("", "sub")
        self.behind = BehindLine(desk)
        self.behind.open_client.connect(self.open_client)
        self.behind.open_promise.connect(self.open_promise)
        self.behind.open_made_right.connect(self.open_made_right)
        self.behind.open_visit.connect(self.open_visit)
        self.gone = Banner(action=self.tr("Take it off"), on_click=self._drop_it)
        self.gone.hide()
        self.reach = Button("", lambda: self._do("reach"), key="C")
        self.done = Button(self.tr("Done"), lambda: self._do("done"), kind="primary", key="D")
        self.snooze = Button(self.tr("Snooze"), lambda: self._do("snooze"), key="S")
        self.drop = Button(self.tr("Not do it"), lambda: self._do("drop"), kind="quiet", key="X")
        self.replied = Button(
            self.tr("They replied"), lambda: self._do("replied"), kind="quiet", key="R"
        )
        self.change = Button(self.tr("Change"), lambda: self._do("change"), key="E")
        self.give = Button(self.tr("Give to…"), lambda: self._do("give"), key="G")
        self.buttons = Flow(across=8, down=8)
        self.open_button = Button(self.tr("Open"), self._open, key="Return")
        self.buttons.set_widgets(
            [self.reach, self.done, self.snooze, self.change, self.give, self.open_button]
        )
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
        rest = Flow(across=8, down=8)
        rest.set_widgets([self.replied, self.drop])
        air.addWidget(rest)
        self.about.setWidget(inner)
        self.line = Line()
        self.empty = label(self.tr("Choose a follow-up to see who it is for."), "label")
        for widget in (
            self.reason, self.behind, self.how, self.gone, self.buttons, self.line, self.empty,
        ):  # fmt: skip
            self.add(widget)
        self.add(self.about, edge=True, stretch=1)

    def show_row(
        self,
        row: FollowUpRow | None,
        shut: Shut = MappingProxyType({}),
        gone: Because | None = None,
    ) -> None:
        """Show this follow-up and its client.

        ``shut`` are the channels that are closed now, ``gone`` says why its reason is gone.
        """
        before, self._row = self._row, row
        self._gone = gone
        there = row is not None
        for widget in (self.reason, self.how, self.buttons, self.line):
            widget.setVisible(there)
        self.about.setVisible(there)
        self.empty.setVisible(not there)
        self.behind.show_row(row)
        self.gone.setVisible(row is not None and gone is not None)
        if row is None:
            self.set_title(self.tr("At hand"), "")
            return
        open_still = row.state == FollowUpState.OPEN
        self.set_title(shown_name(row.named), self._when(row))
        self.reason.setText(row.reason)
        words = reach_words(row, shut, self._desk.formats)
        self.how.setText(words if open_still else outcome_words(row))
        if gone is not None:
            said = self.tr("Its reason is gone: {why}. It stays until you take it off.")
            self.gone.say(said.format(why=because_words(gone)))
        self.how.setVisible(bool(self.how.text()))
        self.buttons.setVisible(True)
        self.open_button.setAccessibleName(
            self.tr("Open {client}").format(client=shown_name(row.named))
        )
        for button in (self.done, self.snooze, self.drop, self.change, self.give):
            button.setVisible(open_still)
        way = way_of(row, shut)
        self.reach.setVisible((way is not None or row.channel in shut) and open_still)
        self.reach.set_words(channel_act(way.channel if way is not None else row.channel))
        closed = shut.get(row.channel) if way is None else None
        self.reach.set_closed("" if closed is None else refused_words(closed, self._desk.formats))
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

    def _drop_it(self) -> None:
        if self._row is not None and self._gone is not None:
            self._acts.drop(self._row, because_words(self._gone))

    def _open(self) -> None:
        if self._row is not None:
            self.open_client.emit(self._row.named.client_id)
