"""Why is it worth calling the client at hand? Each reason with the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal

from clientele.store.queries.worth_a_call import Worth
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import channel_act
from clientele.ui.models.worth_words import behind_rows, reach_words
from clientele.ui.pages.worth_acts import WorthActs
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList


class WorthCard(Card):
    """One client. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, acts: WorthActs) -> None:
        super().__init__(QCoreApplication.translate("WorthCard", "Why"), fill=True)
        self._desk, self._acts = desk, acts
        self._worth: Worth | None = None
        self.body.setSpacing(Space.ROW)
        self.reach = Button("", lambda: self._do("reach"), kind="primary", key="C")
        self.follow_up = Button(self.tr("Follow up"), lambda: self._do("follow_up"), key="F")
        self.aside = Button(self.tr("Not now"), lambda: self._do("aside"), key="N")
        self.not_for_this = Button(
            self.tr("Not for this reason"), lambda: self._do("not_for_this"), kind="quiet", key="X"
        )
        self.open_button = Button(self.tr("Open"), self._open, key="Return")
        self.buttons = Flow(across=8, down=8)
        self.buttons.set_widgets(
            [self.reach, self.follow_up, self.aside, self.open_button, self.not_for_this]
        )
        self.line = Line()
        self.behind = RowList(
            desk.theme, self.tr("The rows behind it"), hug=False, style=Style(max_lines=3)
        )
        self.behind.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = label(self.tr("Choose a client to see why."), "label")
        for widget in (self.buttons, self.line, self.empty):
            self.add(widget)
        self.add(self.behind, edge=True, stretch=1)
        self.show_worth(None)

    def show_worth(self, worth: Worth | None) -> None:
        """Show this client, or that none is chosen."""
        self._worth = worth
        for widget in (self.buttons, self.line, self.behind):
            widget.setVisible(worth is not None)
        self.empty.setVisible(worth is None)
        if worth is None:
            self.set_title(self.tr("Why"), "")
            return
        formats, today = self._desk.formats, self._desk.today()
        self.set_title(shown_name(worth.named), reach_words(worth.reach, today, formats))
        self.reach.set_words(channel_act(worth.reach.channel))
        self.reach.set_key("C")
        self.open_button.setAccessibleName(
            self.tr("Open {client}").format(client=shown_name(worth.named))
        )
        self.behind.set_rows(behind_rows(worth, today, formats))

    def _do(self, name: str) -> None:
        if self._worth is not None:
            getattr(self._acts, name)(self._worth)

    def _open(self) -> None:
        if self._worth is not None:
            self.open_client.emit(self._worth.named.client_id)
