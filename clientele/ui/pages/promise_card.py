"""What was promised, how far is it, what happened so far, and what is the next step?"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.promises import Happened, PromiseState
from clientele.domain.rules.promise_steps import next_step, place_of, step_after_all, steps_of
from clientele.domain.rules.promises import SILENCE, silent_days, worries
from clientele.store.queries.promise_history import Happening, promise_history
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.promise_rows import due_words, ended_words, heard_words
from clientele.ui.models.promise_words import happened_words, missing_words, step_act, step_words
from clientele.ui.models.rows import Dot, Row
from clientele.ui.pages.promise_acts import PromiseActs
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, LabelledRows, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList


class PromiseCard(Card):
    """One promise. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, acts: PromiseActs) -> None:
        super().__init__(QCoreApplication.translate("PromiseCard", "The promise"), fill=True)
        self._desk, self._acts = desk, acts
        self._row: PromiseRow | None = None
        self.steps = Flow()
        self.facts = LabelledRows()
        self.step = Button("", lambda: self._do("step"), kind="primary", key="R")
        self.new_date = Button(self.tr("New date"), lambda: self._do("move"), key="S")
        self.tag = Button(self.tr("Print tag"), lambda: self._do("print_tag"), key="T")
        self.buttons = Flow(across=8, down=8)
        self.buttons.set_widgets([self.tag, self.new_date, self.step])
        self.happened_title = label(self.tr("What happened"), "strong")
        self.happened = RowList(desk.theme, self.tr("What happened"))
        self.happened.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.word = Button(self.tr("With a word"), lambda: self._do("step_with_word"), kind="quiet")
        self.ask = Button(self.tr("Ask"), lambda: self._do("ask"), kind="quiet", key="A")
        self.write = Button(self.tr("Write"), lambda: self._do("write"), kind="quiet")
        self.pass_on = Button(self.tr("Pass on"), lambda: self._do("pass_on"), kind="quiet")
        self.not_ready = Button(
            self.tr("Not ready after all"), lambda: self._do("not_ready"), kind="quiet"
        )
        self.broken = Button(self.tr("Not kept"), lambda: self._do("broken"), kind="quiet", key="B")
        self.open_button = Button(self.tr("Open client"), self._open, kind="quiet")
        self.words = Flow(across=4, down=4)
        self._while_open = (self.word, self.ask, self.write, self.pass_on, self.broken)
        self.words.set_widgets([*self._while_open, self.not_ready, self.open_button])
        self.empty = label(self.tr("Choose a promise to see what happened so far."), "label")
        self._parts: list[QWidget] = [
            self.steps,
            self.facts,
            self.buttons,
            self.words,
            self.happened_title,
            self.happened,
        ]
        self.body.setSpacing(Space.ROW)
        for widget in (*self._parts, self.empty):
            self.add(widget)
        self.show_row(None)

    def show_row(self, row: PromiseRow | None) -> None:
        """Show this promise, or that none is chosen."""
        other = row is None or self._row is None or row.id != self._row.id
        self._row = row
        for widget in self._parts:
            widget.setVisible(row is not None)
        self.empty.setVisible(row is None)
        if row is None:
            self.set_title(self.tr("The promise"), "")
            return
        self.set_title(f"{row.what[:1].upper()}{row.what[1:]}", shown_name(row.named))
        self.steps.set_widgets(self._steps(row))
        self.facts.clear()
        for name, value in self._facts(row):
            self.facts.add(name, value)
        if other:
            self.happened.set_rows(self._happened(row, ()))
        self._show_buttons(row)
        promise_id = row.id
        self._desk.ask(
            lambda session: promise_history(session, promise_id),
            self._show_history,
            owner=self,
            slot="history",
        )

    def _show_buttons(self, row: PromiseRow) -> None:
        open_still = row.standing is not None
        following = next_step(row.kind, row.step)
        self.step.setVisible(open_still and following is not None)
        self.step.set_words(step_act(following or ""))
        self.step.set_key("R")
        self.new_date.setVisible(open_still)
        for button in self._while_open:
            button.setVisible(open_still)
        back = step_after_all(row.kind, row.step)
        self.not_ready.setVisible(open_still and back is not None)
        self.open_button.setAccessibleName(
            self.tr("Open {client}").format(client=shown_name(row.named))
        )

    def _steps(self, row: PromiseRow) -> list[QWidget]:
        at, following = place_of(row.kind, row.step), next_step(row.kind, row.step)
        chips: list[QWidget] = []
        for number, step in enumerate(steps_of(row.kind), 1):
            chip = Chip(step_words(step), Tone.GREEN if number <= at else Tone.PLAIN)
            if step == following and row.standing is not None:
                chip.setProperty("outlined", "true")
                chip.set_tone(Tone.AMBER if row.missing else Tone.PLAIN)
                chip.setAccessibleName(self.tr("next: {step}").format(step=step_words(step)))
            chips.append(chip)
        if row.state == PromiseState.BROKEN:
            chips.append(Chip(self.tr("not kept"), Tone.RED))
        return chips

    def _facts(self, row: PromiseRow) -> list[tuple[str, str]]:
        formats, today = self._desk.formats, self._desk.today()
        promised = self.tr("{until}, by {who}, {day}").format(
            until=due_words(row, today, formats), who=self._who(row), day=self._day(row.promised_at)
        )
        printed = self.tr("printed %n time(s)", "", row.printed) if row.printed else ""
        if row.printed == 1:
            printed = self.tr("printed once")
        facts = [
            (self.tr("Kind"), " · ".join(p for p in (kind_words(row.kind), row.department) if p)),
            (self.tr("Garment"), row.garment),
            (self.tr("Measures"), row.measurements),
            (self.tr("Promised"), promised),
            (self.tr("In hand"), self._hand(row)),
            (self.tr("Tag"), " · ".join(part for part in (row.tag, printed) if part)),
        ]
        return [(name, value) for name, value in facts if value]

    def _hand(self, row: PromiseRow) -> str:
        if row.colleague_id is None:
            return ""
        return self.tr("you") if row.colleague_id == self._desk.me.id else row.colleague

    def _show_history(self, history: tuple[Happening, ...]) -> None:
        if self._row is not None:
            self.happened.set_rows(self._happened(self._row, history))

    def _happened(self, row: PromiseRow, history: tuple[Happening, ...]) -> list[Row]:
        """What was written down; of an older promise what its dates say."""
        rows = []
        if not history or history[0].at > row.promised_at:
            rows.append(
                Row(
                    0,
                    after_title=self.tr("Promised"),
                    sub=f"{self._day(row.promised_at)} · {self._who(row)}",
                    lead=Dot(Tone.GREEN),
                )
            )
        rows += [self._one(number, one, row) for number, one in enumerate(_once(history), 1)]
        if row.standing is not None:
            rows += self._worries(row)
        elif not any(one.at == row.ended_at for one in history) and row.ended_at is not None:
            rows.append(self._ended(row, row.ended_at))
        return rows

    def _one(self, number: int, one: Happening, row: PromiseRow) -> Row:
        tone = {
            Happened.BROKEN.value: Tone.RED,
            Happened.NOT_YET.value: Tone.AMBER,
            Happened.ASKED.value: Tone.AMBER,
            Happened.PRINTED.value: Tone.PLAIN,
            Happened.MOVED.value: Tone.PLAIN,
        }.get(one.what, Tone.GREEN)
        parts = [self._day(one.at), one.word]
        if one.moved_from is not None:
            formats = self._desk.formats
            parts.insert(
                1, self.tr("before: {day}").format(day=formats.weekday_day(one.moved_from))
            )
        if one.associate_id is not None:
            parts.append(self.tr("you") if one.associate_id == self._desk.me.id else one.associate)
        if one.at == row.ended_at:
            parts.insert(1, ended_words(row, self._desk.formats))
        return Row(
            number,
            after_title=happened_words(one, row.department),
            sub=" · ".join(part for part in parts if part),
            lead=Dot(tone),
        )

    def _worries(self, row: PromiseRow) -> list[Row]:
        formats, now = self._desk.formats, self._desk.now()
        today = formats.near_day(self._desk.today(), self._desk.today())
        said = []
        silent = silent_days(row.last_word_at, now.astimezone(formats.tz))
        if silent >= SILENCE and worries(row.standing):
            said.append(heard_words(row, now, formats))
        if row.missing:
            said.append(missing_words(row.missing))
        return [
            Row(
                1_000 + number,
                after_title=f"{words[:1].upper()}{words[1:]}",
                sub=today,
                lead=Dot(Tone.AMBER),
            )
            for number, words in enumerate(said)
        ]

    def _ended(self, row: PromiseRow, ended_at: datetime) -> Row:
        kept = row.state == PromiseState.KEPT
        parts = (self._day(ended_at), ended_words(row, self._desk.formats), row.ending)
        return Row(
            2_000,
            after_title=self.tr("Kept") if kept else self.tr("Not kept"),
            sub=" · ".join(part for part in parts if part),
            lead=Dot(Tone.GREEN if kept else Tone.RED),
        )

    def _day(self, at: datetime) -> str:
        return self._desk.formats.near_day(self._desk.formats.local_day(at), self._desk.today())

    def _who(self, row: PromiseRow) -> str:
        return self.tr("you") if row.associate_id == self._desk.me.id else row.associate

    def _do(self, name: str) -> None:
        if self._row is not None:
            getattr(self._acts, name)(self._row)

    def _open(self) -> None:
        if self._row is not None:
            self.open_client.emit(self._row.named.client_id)


def _once(history: tuple[Happening, ...]) -> list[Happening]:
    """The history with a tag that was printed again and again said once; its fact counts them."""
    seen: list[Happening] = []
    for one in history:
        if one.what == Happened.PRINTED and any(o.what == one.what for o in seen):
            continue
        seen.append(one)
    return seen
