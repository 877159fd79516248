"""How far is it now, since when, and with which word? Any step ahead of a promise."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import parse_day_gone
from clientele.domain.rules.promise_steps import place_of, steps_of
from clientele.services.promises import ReachStep, reach_step
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.promise_words import step_act
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field


class PromiseStepSheet(DraftedSheet):
    """Emits ``reached(step)`` once it is written."""

    reached = Signal(str)

    def __init__(self, desk: Desk, over: QWidget, row: PromiseRow) -> None:
        title = QCoreApplication.translate("PromiseStepSheet", "How far it is")
        super().__init__(desk, over, title, f"step of {row.id}")
        self._row = row
        ahead = steps_of(row.kind)[place_of(row.kind, row.step) :]
        self.body.addWidget(label(f"{shown_name(row.named)} · {row.what}", "label"))
        self.step = Choice(self.tr("Step"), [(step, step_act(step)) for step in ahead], wraps=True)
        self.word = Field(self.tr("In a word"), hint=self.tr("Rush, M. Ricci took it"))
        self.day = Field(self.tr("When"), hint=self.tr("Today, or a day such as 18 Nov"))
        self.add_field(self.tr("Step"), self.step)
        self.add_field(self.tr("In a word"), self.word)
        self.add_field(self.tr("When"), self.day)
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        for field in (self.word, self.day):
            field.typed.connect(lambda _: self.save_draft())
            field.returnPressed.connect(self.keep)
        self.look_for_draft()

    def typed_now(self) -> dict[str, str]:
        """The word and the day."""
        fields = {"word": self.word.value, "day": self.day.value}
        return fields if any(value.strip() for value in fields.values()) else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The words that were typed before."""
        self.word.set_value(fields.get("word", ""))
        self.day.set_value(fields.get("day", ""))

    def keep(self) -> None:
        """Write the step, or say what is wrong with the day."""
        try:
            day = parse_day_gone(self.day.value, self.desk.today())
        except Refusal as refusal:
            self.day.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return
        step = self.step.value
        self.keep_as(
            reach_step,
            ReachStep(self._row.id, step, self.desk.me.id, self.word.value, day, self.place),
            said=f"{step_act(step)}: {self._row.what}",
            then=lambda _: self.reached.emit(step),
        )
