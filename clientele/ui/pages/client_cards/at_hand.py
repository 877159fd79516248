"""What is open for the client: follow-ups and promises, each with its next step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.store.queries.follow_ups import FollowUpRow, open_of_client
from clientele.store.queries.promises import PromiseRow, open_promises_of_client
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.models.follow_up_rows import DONE, REACH, SNOOZE, follow_up_row
from clientele.ui.models.promise_rows import STEP, brief_promise_row, promise_acts
from clientele.ui.models.rows import Row
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.pages.follow_up_acts import FollowUpActs
from clientele.ui.pages.promise_acts import PromiseActs
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

FOLLOW_UP, PROMISE = "follow_up", "promise"


@dataclass(frozen=True, slots=True)
class Open:
    """What is open for one client."""

    follow_ups: tuple[FollowUpRow, ...]
    promises: tuple[PromiseRow, ...]


class OpenCard(Card):
    """Open follow-ups and promises by day."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(QCoreApplication.translate("OpenCard", "Open"))
        self._desk, self._over = desk, over
        self._client_id = 0
        self._open = Open((), ())
        self._follow_up_acts = FollowUpActs(desk, over)
        self._promise_acts = PromiseActs(desk, over)
        self.promise_button = Button(self.tr("Promise"), self._new_promise, kind="link")
        self.promise_button.setAccessibleName(self.tr("New promise to this client"))
        Corner(self, self.promise_button)
        self.nothing = label(self.tr("Nothing is open: all promises are kept."), "label")
        self.add(self.nothing)
        self.list = RowList(desk.theme, self.tr("Open"), style=Style(max_lines=3))
        self.list.acted.connect(self._act)
        self.list.opened.connect(lambda key: self._act(key, ""))
        self.list.hide()
        self.add(self.list)

    def show_client(self, client_id: int) -> None:
        """Ask what is open for this client."""
        if client_id != self._client_id:
            self._client_id = client_id
            self._show(Open((), ()))
        now = self._desk.now()

        self._desk.ask(
            lambda session: Open(
                open_of_client(session, client_id),
                open_promises_of_client(session, client_id, now=now),
            ),
            self._show,
            owner=self,
            slot="open",
        )

    def _show(self, found: Open) -> None:
        self._open = found
        rows = [(row.due_on, 0, self._promise(row)) for row in found.promises]
        rows += [(row.due_on, 1, self._follow_up(row)) for row in found.follow_ups]
        rows.sort(key=lambda entry: entry[:2])
        self.list.set_rows([row for _, _, row in rows])
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _promise(self, row: PromiseRow) -> Row:
        now, formats = self._desk.now(), self._desk.formats
        brief = brief_promise_row(row, now, formats)
        step = tuple(act for act in promise_acts(row) if act.name == STEP)
        return replace(
            brief,
            key=(PROMISE, row.id),
            title="",
            after_title=self.tr("Promise: {what}").format(what=row.what),
            actions=(*step, *(act for act in brief.actions if act.name != STEP)),
        )

    def _follow_up(self, row: FollowUpRow) -> Row:
        whole = follow_up_row(row, self._desk.today(), self._desk.formats)
        acts = tuple(replace(act, shown=act.name == DONE) for act in whole.actions)
        return replace(
            whole,
            key=(FOLLOW_UP, row.id),
            title="",
            after_title=self.tr("Follow-up: {reason}").format(reason=row.reason),
            sub="",
            actions=acts,
        )

    def _act(self, key: tuple[str, int], name: str) -> None:
        kind, number = key
        if kind == PROMISE:
            promise = next((row for row in self._open.promises if row.id == number), None)
            if promise is not None and name:
                self._promise_acts.act(promise, name)
            return
        row = next((row for row in self._open.follow_ups if row.id == number), None)
        if row is None:
            return
        acts = self._follow_up_acts
        {DONE: acts.done, REACH: acts.reach, SNOOZE: acts.snooze}.get(name, acts.reach)(row)

    def _new_promise(self) -> None:
        NewPromiseSheet(self._desk, self._over, client_id=self._client_id).open_sheet()
