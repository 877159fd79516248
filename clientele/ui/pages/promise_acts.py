"""What can be done with a promise from a list? Ready, kept, another date, or not kept."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.promise_steps import steps_of
from clientele.services.promise_words import (
    MovePromise,
    WordOnPromise,
    move_promise,
    word_on_promise,
)
from clientele.services.promises import EndPromise, ReachStep, end_promise, reach_step
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.promise_rows import KEPT, MOVE, READY


class PromiseActs(QObject):
    """Writes what is one step, and opens a sheet over the page where words or a day are needed."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def act(self, row: PromiseRow, name: str) -> None:
        """Do what a row's action is called."""
        {KEPT: self.keep, READY: self.ready, MOVE: self.move}[name](row)

    def keep(self, row: PromiseRow) -> None:
        """It was kept."""
        self._desk.do(
            end_promise,
            EndPromise(row.id, kept=True, by=self._desk.me.id),
            said=self.tr("Kept: {what}").format(what=row.what),
        )

    def ready(self, row: PromiseRow) -> None:
        """It is ready, or has arrived, and waits for the client."""
        self._desk.do(
            reach_step,
            ReachStep(
                row.id, "arrived" if "arrived" in steps_of(row.kind) else "ready", self._desk.me.id
            ),
            said=self.tr("Ready for {client}: {what}").format(
                client=shown_name(row.named), what=row.what
            ),
        )

    def heard(self, row: PromiseRow) -> None:
        """Somebody was asked, and it is on its way."""
        self._desk.do(
            word_on_promise,
            WordOnPromise(row.id, by=self._desk.me.id),
            said=self.tr("Heard of: {what}").format(what=row.what),
        )

    def move(self, row: PromiseRow) -> None:
        """Another day, agreed with the client."""
        sheet = ChooseDaySheet(
            self._desk,
            self._over,
            self.tr("New date"),
            f"{shown_name(row.named)} · {row.what}",
            with_time=True,
        )
        sheet.chosen.connect(lambda day, at: self._move(row, day, at))
        sheet.open_sheet()

    def broken(self, row: PromiseRow) -> None:
        """It was not kept, and why."""
        sheet = SayWhySheet(
            self._desk,
            self._over,
            self.tr("Could not be kept"),
            f"{shown_name(row.named)} · {row.what}",
            f"breaking {row.id}",
            hint=self.tr("What happened, and what the client was told"),
            act=self.tr("Not kept"),
        )

        def end(why: str) -> None:
            sheet.keep_as(
                end_promise,
                EndPromise(row.id, kept=False, word=why, by=self._desk.me.id, draft=sheet.place),
                said=self.tr("Not kept: {what}").format(what=row.what),
            )

        sheet.said.connect(end)
        sheet.open_sheet()

    def _move(self, row: PromiseRow, day: date, at: time | None) -> None:
        words = self._desk.formats.near_day(day, self._desk.today())
        self._desk.do(
            move_promise,
            MovePromise(row.id, day, at),
            said=self.tr("{what}: now {day}").format(what=row.what, day=words),
        )
