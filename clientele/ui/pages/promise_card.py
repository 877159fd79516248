"""What was promised, how far is it, what happened so far, and what is the next step?"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.promises import PromiseState
from clientele.domain.rules.promises import SILENCE, silent_days
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.promise_rows import (
    due_words,
    ended_words,
    goes_through_ready,
    heard_words,
    step_words,
)
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
        self.step = Button("", self._step, kind="primary")
        self.new_date = Button(self.tr("New date"), lambda: self._do("move"), key="S")
        self.heard = Button(self.tr("On its way"), lambda: self._do("heard"))
        self.broken = Button(self.tr("Not kept"), lambda: self._do("broken"), kind="quiet")
        self.buttons = Flow(across=8, down=8)
        self.buttons.set_widgets([self.step, self.new_date, self.heard])
        self.happened_title = label(self.tr("What happened"), "strong")
        self.happened = RowList(desk.theme, self.tr("What happened"))
        self.happened.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open_button = Button(self.tr("Open client"), self._open, kind="quiet")
        self.rest = Flow(across=8, down=8)
        self.rest.set_widgets([self.open_button, self.broken])
        self.empty = label(self.tr("Choose a promise to see what happened so far."), "label")
        self._parts: list[QWidget] = [
            self.steps,
            self.facts,
            self.buttons,
            self.happened_title,
            self.happened,
            self.rest,
        ]
        self.body.setSpacing(Space.GAP)
        for widget in (*self._parts, self.empty):
            self.add(widget)
        self.show_row(None)

    def show_row(self, row: PromiseRow | None) -> None:
        """Show this promise, or that none is chosen."""
        self._row = row
        for widget in self._parts:
            _show(widget, row is not None)
        _show(self.empty, row is None)
        if row is None:
            self.set_title(self.tr("The promise"), "")
            return
        open_still = row.standing is not None
        self.set_title(f"{row.what[:1].upper()}{row.what[1:]}", shown_name(row.named))
        self.steps.set_widgets(self._steps(row))
        self.facts.clear()
        for name, value in self._facts(row):
            self.facts.add(name, value)
        self.happened.set_rows(self._happened(row))
        _show(self.buttons, open_still)
        self.broken.setVisible(open_still)
        self.step.set_words(step_words(row))
        self.step.set_key("R" if goes_through_ready(row) else "D")
        self.heard.setVisible(row.state == PromiseState.OPEN)
        self.open_button.setAccessibleName(
            self.tr("Open {client}").format(client=shown_name(row.named))
        )

    def _steps(self, row: PromiseRow) -> list[QWidget]:
        reached = {
            PromiseState.OPEN: 1,
            PromiseState.READY: 2,
            PromiseState.KEPT: 3,
            PromiseState.BROKEN: 1,
        }[PromiseState(row.state)]
        ready = self.tr("ready")
        names = [self.tr("promised"), ready, self.tr("kept")]
        chips: list[QWidget] = [
            Chip(words, Tone.GREEN if number < reached else Tone.PLAIN)
            for number, words in enumerate(names)
        ]
        if row.state == PromiseState.BROKEN:
            chips[2] = Chip(self.tr("not kept"), Tone.RED)
        return chips

    def _facts(self, row: PromiseRow) -> list[tuple[str, str]]:
        formats, today = self._desk.formats, self._desk.today()
        facts = [
            (self.tr("Until"), due_words(row, today, formats)),
            (self.tr("What"), kind_words(row.kind)),
        ]
        if row.department:
            facts.append((self.tr("Department"), row.department))
        facts.append((self.tr("Promised by"), self._who(row)))
        return facts

    def _happened(self, row: PromiseRow) -> list[Row]:
        formats, now = self._desk.formats, self._desk.now()
        promised = f"{self._day(row.promised_at)} · {self._who(row)}"
        rows = [Row(1, after_title=self.tr("Promised"), sub=promised, lead=Dot(Tone.GREEN))]
        heard = formats.local_day(row.last_word_at) > formats.local_day(row.promised_at)
        if row.state == PromiseState.READY:
            words = self.tr("Ready for the client")
            rows.append(
                Row(2, after_title=words, sub=self._day(row.last_word_at), lead=Dot(Tone.GREEN))
            )
        elif row.state == PromiseState.OPEN:
            if heard:
                words = self.tr("Heard of it, on its way")
                day = self._day(row.last_word_at)
                rows.append(Row(3, after_title=words, sub=day, lead=Dot(Tone.GREEN)))
            if silent_days(row.last_word_at, now.astimezone(formats.tz)) >= SILENCE:
                silent = heard_words(row, now, formats)
                words = f"{silent[:1].upper()}{silent[1:]}"
                today = formats.near_day(self._desk.today(), self._desk.today())
                rows.append(Row(4, after_title=words, sub=today, lead=Dot(Tone.AMBER)))
        elif row.ended_at is not None:
            kept = row.state == PromiseState.KEPT
            parts = (self._day(row.ended_at), ended_words(row, formats), row.ending)
            rows.append(
                Row(
                    5,
                    after_title=self.tr("Kept") if kept else self.tr("Not kept"),
                    sub=" · ".join(part for part in parts if part),
                    lead=Dot(Tone.GREEN if kept else Tone.RED),
                )
            )
        return rows

    def _day(self, at: datetime) -> str:
        return self._desk.formats.near_day(self._desk.formats.local_day(at), self._desk.today())

    def _who(self, row: PromiseRow) -> str:
        return self.tr("you") if row.associate_id == self._desk.me.id else row.associate

    def _step(self) -> None:
        if self._row is not None:
            self._do("ready" if goes_through_ready(self._row) else "keep")

    def _do(self, name: str) -> None:
        if self._row is not None:
            getattr(self._acts, name)(self._row)

    def _open(self) -> None:
        if self._row is not None:
            self.open_client.emit(self._row.named.client_id)


def _show(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget of a card together with the air around it."""
    inset = widget.parentWidget()
    (inset if inset is not None and not isinstance(inset, Card) else widget).setVisible(shown)
