"""What can be done with a promise from a list? Next step, kept, another date, asked, printed."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.rules.promise_steps import next_step, steps_of
from clientele.domain.rules.promises import ask_on
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.promise_words import MovePromise, move_promise
from clientele.services.promises import (
    EndPromise,
    NotReadyAfterAll,
    ReachStep,
    end_promise,
    not_ready_after_all,
    reach_step,
)
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.client_names import short_name, shown_name
from clientele.ui.models.promise_rows import ASK, BROKEN, KEPT, MOVE, PRINT, STEP
from clientele.ui.models.promise_words import ask_words, step_act


class PromiseActs(QObject):
    """Writes what is one step, and opens a sheet over the page where words or a day are needed."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def act(self, row: PromiseRow, name: str) -> None:
        """Do what a row's action is called."""
        {
            STEP: self.step,
            KEPT: self.keep,
            MOVE: self.move,
            ASK: self.ask,
            PRINT: self.print_tag,
            BROKEN: self.broken,
        }[name](row)

    def step(self, row: PromiseRow) -> None:
        """The next step of its kind; the last one keeps the promise."""
        following = next_step(row.kind, row.step)
        if row.standing is None or following is None:
            return
        if following == steps_of(row.kind)[-1]:
            said = self.tr("Kept: {what}").format(what=row.what)
        else:
            said = self.tr("{step}: {what}").format(step=step_act(following), what=row.what)
        self._desk.do(
            reach_step,
            ReachStep(row.id, following, self._desk.me.id),
            said=said,
            then=lambda _: self._reached(row, following),
        )

    def keep(self, row: PromiseRow) -> None:
        """It was kept, whatever step it was at."""
        if row.standing is None:
            return
        self._desk.do(
            end_promise,
            EndPromise(row.id, kept=True, by=self._desk.me.id),
            said=self.tr("Kept: {what}").format(what=row.what),
            then=lambda _: self._offer_to_ask(row),
        )

    def step_with_word(self, row: PromiseRow) -> None:
        """Any step ahead, with a word and the day on which it was reached."""
        from clientele.ui.dialogs.promise_step import PromiseStepSheet

        sheet = PromiseStepSheet(self._desk, self._over, row)
        sheet.reached.connect(lambda step: self._reached(row, step))
        sheet.open_sheet()

    def ask(self, row: PromiseRow) -> None:
        """Ask how far it is, or write down what was heard."""
        from clientele.ui.dialogs.ask_promise import AskPromiseSheet

        if row.standing is not None:
            AskPromiseSheet(self._desk, self._over, row).open_sheet()

    def write(self, row: PromiseRow) -> None:
        """Write to the client about it, or call."""
        from clientele.store.queries.message_fields import MatterKind, Meant
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        meant = Meant(row.named.client_id, MatterKind.PROMISE, row.id)
        WriteMessageSheet(self._desk, self._over, meant).open_sheet()

    def pass_on(self, row: PromiseRow) -> None:
        """Put the work into a colleague's hands."""
        from clientele.ui.dialogs.pass_promise import PassPromiseSheet

        PassPromiseSheet(self._desk, self._over, row).open_sheet()

    def print_tag(self, row: PromiseRow) -> None:
        """Show the tag and the claim slip, and print them."""
        from clientele.ui.dialogs.print_tag import PrintTagSheet

        PrintTagSheet(self._desk, self._over, row).open_sheet()

    def move(self, row: PromiseRow) -> None:
        """Another day, agreed with the client."""
        if row.standing is None:
            return
        sheet = ChooseDaySheet(
            self._desk,
            self._over,
            self.tr("New date"),
            f"{shown_name(row.named)} · {row.what}",
            with_time=True,
            with_why=True,
        )
        sheet.chosen.connect(lambda day, at: self._move(row, day, at, sheet.why))
        sheet.open_sheet()

    def not_ready(self, row: PromiseRow) -> None:
        """It was thought to be ready, and is not; and why."""
        sheet = SayWhySheet(
            self._desk,
            self._over,
            self.tr("Not ready after all"),
            f"{shown_name(row.named)} · {row.what}",
            f"not ready {row.id}",
            hint=self.tr("What is missing"),
            act=self.tr("Not ready"),
        )
        sheet.said.connect(
            lambda why: sheet.keep_as(
                not_ready_after_all,
                NotReadyAfterAll(row.id, self._desk.me.id, why, sheet.place),
                said=self.tr("Not ready after all: {what}").format(what=row.what),
            )
        )
        sheet.open_sheet()

    def broken(self, row: PromiseRow) -> None:
        """It was not kept, and why."""
        if row.standing is None:
            return
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

    def _move(self, row: PromiseRow, day: date, at: time | None, why: str) -> None:
        words = self._desk.formats.near_day(day, self._desk.today())
        self._desk.do(
            move_promise,
            MovePromise(row.id, day, at, why, self._desk.me.id),
            said=self.tr("{what}: now {day}").format(what=row.what, day=words),
        )

    def _reached(self, row: PromiseRow, step: str) -> None:
        if step == steps_of(row.kind)[-1]:
            self._offer_to_ask(row)

    def _offer_to_ask(self, row: PromiseRow) -> None:
        """What was kept may be worth asking about: a follow-up with one touch."""
        day = ask_on(row.kind, self._desk.today())
        if day is None:
            return
        near = self._desk.formats.near_day(day, self._desk.today())
        words = self.tr("Ask {client} on {day}").format(client=short_name(row.named), day=near)
        what = NewFollowUp(
            row.named.client_id,
            self._desk.me.id,
            Channel.CALL,
            ask_words(row.kind, row.what),
            day,
        )
        said = self.tr("Follow-up on {day}: {reason}").format(day=near, reason=what.reason)
        self._desk.offered.emit(words, lambda: self._desk.do(new_follow_up, what, said=said))
