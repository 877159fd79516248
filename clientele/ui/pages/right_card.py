"""What went wrong, whose is it, what was done so far, and what is next?"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.recovery import RightState
from clientele.services.made_right import EditMadeRight, edit_made_right
from clientele.store.queries.made_right import MadeRightRow
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.right_rows import act_words, next_words
from clientele.ui.models.right_words import step_words, whose_words
from clientele.ui.models.rows import Dot, Row
from clientele.ui.pages.client_cards.as_typed import INSET
from clientele.ui.pages.right_acts import RightActs
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import LabelledRows, label, restyle
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card, Inset
from clientele.ui.widgets.fields import FlatText
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.row_list import RowList


class RightCard(Card):
    """One problem; its words are changed where they stand. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, acts: RightActs) -> None:
        super().__init__(QCoreApplication.translate("RightCard", "The problem"), fill=True)
        self._desk, self._acts = desk, acts
        self._row: MadeRightRow | None = None
        self.goods = FlatText(self.tr("What it is about"), hint=self.tr("What it is about"))
        self.problem = FlatText(self.tr("What is wrong"), hint=self.tr("What is wrong"))
        self.next = label("", "strong")
        self.facts = LabelledRows()
        self.solved = Button(
            self.tr("Solved, says the client"), lambda: self._do("solved"), key="V"
        )
        self.not_solved = Button(self.tr("Not solved yet"), lambda: self._do("not solved"), key="U")
        self.more = Button(self.tr("Do more"), lambda: self._do("do"), key="G")
        self.buttons = Flow(across=8, down=8)
        self.buttons.set_widgets([self.solved, self.not_solved, self.more])
        self.happened_title = label(self.tr("What was done"), "strong")
        self.happened = RowList(desk.theme, self.tr("What was done"))
        self.happened.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open_button = Button(self.tr("Open client"), self._open, kind="quiet")
        self.empty = label(self.tr("Choose one to see what was done so far."), "label")
        self._parts: list[QWidget] = [
            self.goods,
            self.problem,
            self.next,
            self.buttons,
            self.facts,
            self.happened_title,
            self.happened,
            self.open_button,
        ]
        self.body.setSpacing(Space.ROW)
        for field in (self.goods, self.problem):
            # The words of a flat field stand under those of labels: its frame is let into the air.
            self.body.addWidget(Inset(field, Space.CARD_X - INSET))
        for widget in (*self._parts[2:], self.empty):
            self.add(widget)
        for field, name in ((self.goods, "goods"), (self.problem, "problem")):
            field.typed.connect(lambda words, at=field, column=name: self._save(at, column, words))
            field.left.connect(desk.seal)
        self.show_row(None)

    def show_row(self, row: MadeRightRow | None) -> None:
        """Show this one, or that none is chosen."""
        other = row is None or self._row is None or row.id != self._row.id
        self._row = row
        for widget in self._parts:
            widget.setVisible(row is not None)
        self.empty.setVisible(row is None)
        if row is None:
            self.set_title(self.tr("The problem"), "")
            return
        self.set_title(shown_name(row.named), whose_words(row, self._desk.me.id))
        for field, words in ((self.goods, row.goods), (self.problem, row.problem)):
            if other:
                field.clearFocus()
            field.set_value(words)
        self.next.setText(next_words(row, self._desk.today(), self._desk.formats))
        self._show_buttons(row)
        self.facts.clear()
        for name, value in self._facts(row):
            self.facts.add(name, value)
        self.happened.set_rows(self._happened(row))
        self.open_button.setAccessibleName(
            self.tr("Open {client}").format(client=shown_name(row.named))
        )

    def _show_buttons(self, row: MadeRightRow) -> None:
        over = row.state == RightState.SOLVED
        after = self.tr("Not solved after all") if over else self.tr("Not solved yet")
        self.not_solved.set_words(after)
        self.more.set_words(act_words(row))
        shown = {
            RightState.OPEN: (self.more,),
            RightState.DECIDED: (self.solved, self.not_solved, self.more),
            RightState.SOLVED: (self.not_solved,),
        }[RightState(row.state)]
        for button in (self.solved, self.not_solved, self.more):
            button.setVisible(button in shown)
            first = button is shown[0] and not over
            button.setProperty("kind", "primary" if first else "plain")
            restyle(button)

    def _facts(self, row: MadeRightRow) -> list[tuple[str, str]]:
        formats = self._desk.formats
        facts = [(self.tr("Whose"), whose_words(row, self._desk.me.id))]
        if row.department:
            facts.append((self.tr("Department"), row.department))
        if not row.sold_here:
            facts.append((self.tr("Goods"), self.tr("we never sold them")))
        facts.append((self.tr("Heard"), self._day(row.opened_at)))
        if row.cost:
            facts.append((self.tr("Cost so far"), formats.money(row.cost, row.currency)))
        return facts

    def _happened(self, row: MadeRightRow) -> list[Row]:
        formats = self._desk.formats
        rows = [
            Row(
                0,
                after_title=self.tr("Heard"),
                sub=f"{self._day(row.opened_at)} · {formats.clock_time(row.opened_at)}",
                lead=Dot(Tone.AMBER),
            )
        ]
        for step in row.steps:
            who = self.tr("you") if step.associate_id == self._desk.me.id else step.associate
            day = f"{self._day(step.at)} · {formats.clock_time(step.at)}"
            rows.append(
                Row(
                    step.id,
                    after_title=step_words(step),
                    body=f"“{step.word}”" if step.word else "",
                    sub=" · ".join(part for part in (day, who) if part),
                    trailing=formats.money(step.cost, row.currency) if step.cost else "",
                    lead=Dot(Tone.AMBER if step.what == "not solved" else Tone.GREEN),
                )
            )
        return rows

    def _day(self, at: datetime) -> str:
        return self._desk.formats.near_day(self._desk.formats.local_day(at), self._desk.today())

    def _save(self, field: FlatText, column: str, words: str) -> None:
        if self._row is None:
            return
        self._desk.do(
            edit_made_right,
            EditMadeRight(self._row.id, column, to_keep(self._desk, field, words)),
            merge=("made right", self._row.id, column),
        )

    def _do(self, name: str) -> None:
        if self._row is not None:
            self._acts.act(self._row, name)

    def _open(self) -> None:
        if self._row is not None:
            self.open_client.emit(self._row.named.client_id)
