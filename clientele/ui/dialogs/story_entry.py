"""What exactly took place? One entry of the story, whole, with the way to where it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.promises import Happened
from clientele.domain.visits import Outcome
from clientele.services.messages import WordReply, word_reply
from clientele.store.queries.story import StoryEntry, Told
from clientele.store.queries.story_entry import StoryLine, StoryStep
from clientele.ui.card_numbers import to_keep
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.promise_words import step_words
from clientele.ui.models.rows import Dot, Row
from clientele.ui.models.story_words import (
    INCOMING,
    NOT_SOLVED,
    SOLVED,
    beside_words,
    by_words,
    capital,
    decided_words,
    outcome_words,
    title_words,
)
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.row_list import RowList


class StoryEntrySheet(PassingSheet):
    """Emits ``open_visit(id)``, ``open_promise(id)``, ``open_made_right(id)``, ``gift_wanted``."""

    open_visit = Signal(int)
    open_promise = Signal(int)
    open_made_right = Signal(int)
    gift_wanted = Signal(object)
    """With the moment at which it was bought."""

    def __init__(self, desk: Desk, over: QWidget, entry: StoryEntry) -> None:
        super().__init__(desk, over, title_words(entry, desk.me.id), width=560)
        self._entry = entry
        self.when = label(self._when(), "sub")
        self.body.addWidget(self.when)
        self.reply: TextField | None = None
        if entry.kind == Told.CONTACT and entry.state == INCOMING:
            self.reply = TextField(self.tr("What they said"), entry.words)
            self.reply.typed.connect(self._word_reply)
            self.add_field(self.tr("What they said"), self.reply)
        elif entry.words:
            self.body.addWidget(label(entry.words))
        for piece in entry.about:
            self.body.addWidget(label(piece, "label"))
        self.rows = RowList(desk.theme, self.title.text(), style=Style(inset=0, max_lines=9))
        self.rows.setFocusPolicy(self.rows.focusPolicy().NoFocus)
        self.rows.set_rows([*self._lines(), *self._shown(), *self._steps()])
        self.body.addWidget(self.rows)
        self.rows.setVisible(bool(self.rows.rows()))
        self._add_way()

    def _word_reply(self, words: str) -> None:
        assert self.reply is not None
        key = self._entry.id
        kept = WordReply(key, to_keep(self._desk, self.reply, words))
        self._desk.do(word_reply, kept, merge=("reply", key))

    def _give(self) -> None:
        self.close_sheet()
        self.gift_wanted.emit(self._entry.at)

    def _when(self) -> str:
        entry, formats, me = self._entry, self._desk.formats, self._desk.me
        parts = [
            f"{formats.day_year(formats.local_day(entry.at))}, {formats.clock_time(entry.at)}",
            by_words(entry, me.id, me.name),
            formats.listed(entry.departments) if entry.departments else "",
            *beside_words(entry, formats, self._desk.today()),
        ]
        if entry.kind == Told.PROMISE and entry.on is not None:
            day = formats.past_day(entry.on, self._desk.today())
            parts.append(self.tr("for {day}").format(day=day))
        return " · ".join(part for part in parts if part)

    def _lines(self) -> Iterator[Row]:
        entry, formats = self._entry, self._desk.formats
        section = QCoreApplication.translate("StoryEntrySheet", "The ticket")
        for at, line in enumerate(entry.lines):
            yield Row(
                key=("line", at),
                title=line.item or QCoreApplication.translate("Story", "an article"),
                aside=line.department,
                sub=" · ".join(self._of_line(line)),
                trailing=formats.money(line.amount, entry.currency),
                section=section,
            )
        if entry.lines and entry.amount is not None:
            yield Row(
                key="total",
                title=self.tr("Total"),
                trailing=formats.money(entry.amount, entry.currency),
                section=section,
                total=True,
            )

    def _of_line(self, line: StoryLine) -> Iterator[str]:
        formats, currency = self._desk.formats, self._entry.currency
        if abs(line.quantity) != QUANTITY_UNIT:
            yield self.tr("{many} pieces").format(many=formats.quantity(abs(line.quantity)))
        if line.back:
            yield self.tr("brought back")
        if line.bought_on is not None:
            day = formats.past_day(line.bought_on, self._desk.today())
            yield self.tr("bought {day}").format(day=day)
        if line.why:
            yield line.why
        if line.mark_down:
            off = formats.money(line.mark_down, currency)
            words = self.tr("{amount} marked down").format(amount=off)
            yield f"{words}, {line.mark_down_why}" if line.mark_down_why else words
        if line.credits:
            yield formats.listed(
                [f"{who} {formats.money(amount, currency)}" for who, amount in line.credits]
            )
        elif line.by:
            yield line.by
        if line.sku:
            yield line.sku

    def _shown(self) -> Iterator[Row]:
        for at, item in enumerate(self._entry.shown):
            if self._entry.lines and item.outcome in (Outcome.KEEPING, Outcome.RETURN):
                continue  # it stands on the ticket
            after = ", ".join(part for part in (outcome_words(item.outcome), item.why) if part)
            yield Row(
                key=("shown", at),
                title=item.item,
                after_title=item.detail,
                aside=item.department,
                sub=after,
                section=self.tr("Shown"),
            )

    def _steps(self) -> Iterator[Row]:
        entry, formats = self._entry, self._desk.formats
        for at, step in enumerate(entry.steps):
            day = formats.past_day(formats.local_day(step.at), self._desk.today())
            cost = formats.money(step.cost, self._entry.currency) if step.cost else ""
            bad = step.what in (NOT_SOLVED, Happened.BROKEN)
            yield Row(
                key=("step", at),
                title=self._step_words(step),
                after_title=f"· {step.word}" if step.word else "",
                sub=" · ".join(part for part in (day, step.by) if part),
                lead=Dot(Tone.AMBER if bad else Tone.GREEN),
                trailing=cost,
            )

    def _step_words(self, step: StoryStep) -> str:
        if self._entry.kind != Told.MADE_RIGHT:
            words = {
                Happened.HEARD.value: self.tr("Heard"),
                Happened.MOVED.value: self.tr("Moved to another day"),
                Happened.PASSED_ON.value: self.tr("Passed on"),
                Happened.PRINTED.value: self.tr("Printed"),
                Happened.KEPT.value: self.tr("Kept"),
                Happened.BROKEN.value: self.tr("Broken"),
                Happened.ASKED.value: self.tr("Asked"),
                Happened.NOT_YET.value: self.tr("Not yet"),
            }.get(step.what)
            return words or capital(step_words(step.what))
        if step.what == SOLVED:
            return self.tr("Solved, says the client")
        if step.what == NOT_SOLVED:
            return self.tr("Not solved yet, says the client")
        return capital(decided_words(step))

    def _add_way(self) -> None:
        entry, of = self._entry, self._entry.of
        if entry.kind in (Told.VISIT, Told.PURCHASE) and entry.lines:
            self.gift = self.add_button(self.tr("It was a gift…"), self._give)
        if of is None:
            return
        if entry.kind in (Told.VISIT, Told.PURCHASE):
            words, signal = self.tr("Open the visit"), self.open_visit
        elif entry.kind in (Told.PROMISE, Told.PROMISE_STEP, Told.PROMISE_ENDED):
            words, signal = self.tr("Open the promise"), self.open_promise
        elif entry.kind == Told.MADE_RIGHT:
            words, signal = self.tr("Open what was made right"), self.open_made_right
        else:
            return

        def go() -> None:
            self.close_sheet()
            signal.emit(of)

        self.way = self.add_button(words, go, primary=True)
