"""What more is done for the client, and what do they say to it? Two sheets for an open problem."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.services.made_right import ClientSays, Decide, client_says, decide
from clientele.store.queries.made_right import MadeRightRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.right_rows import act_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.decision_form import DecisionForm
from clientele.ui.widgets.fields import Field

WIDTH = 560


class DecideSheet(DraftedSheet):
    """Decide in the client's favour, or do more. Call ``open_sheet`` after making it."""

    def __init__(self, desk: Desk, over: QWidget, row: MadeRightRow) -> None:
        super().__init__(desk, over, act_words(row), f"deciding {row.id}", width=WIDTH)
        self._row = row
        self.body.addWidget(label(f"{shown_name(row.named)} · {row.about}", "label"))
        self.decision = DecisionForm()
        self.body.addWidget(self.decision)
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.decision.changed.connect(self.save_draft)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the tiles."""
        super().open_sheet(focus or self.decision.tiles.tile("cash back"))

    def typed_now(self) -> dict[str, str]:
        """What was chosen and typed."""
        return self.decision.values()

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was chosen and typed before."""
        self.decision.bring_back(fields)

    def keep(self) -> None:
        """Write the decision down."""
        if not self.decision.tiles.value:
            self.say(self.tr("What do you do? Choose one; what you typed is still there."))
            return
        self.keep_as(
            decide,
            Decide(
                self._row.id,
                self.desk.me.id,
                self.decision.tiles.value,
                self.decision.word.value,
                self.decision.cost.value,
                ask=self.tr("Is it truly solved?"),
                draft=self.place,
            ),
            said=self.tr("Done for {client}: {about}").format(
                client=shown_name(self._row.named), about=self._row.about
            ),
        )


class ClientSaysSheet(DraftedSheet):
    """The client's word with what they said, which may be empty."""

    def __init__(self, desk: Desk, over: QWidget, row: MadeRightRow, *, solved: bool) -> None:
        place = f"{'solved' if solved else 'not solved'} {row.id}"
        super().__init__(desk, over, "", place)
        title = self.tr("Solved, says the client") if solved else self._not_solved(row)
        self.title.setText(title)
        self.frame.setAccessibleName(title)
        self._row, self._solved = row, solved
        self.body.addWidget(label(f"{shown_name(row.named)} · {row.about}", "label"))
        hint = self.tr("Drives to Italy on them; sent a card") if solved else self.tr("Still leaks")
        self.words = Field(self.tr("In their words"), hint=hint)
        self.add_field(self.tr("In their words, if you like"), self.words)
        self.words.typed.connect(lambda _: self.save_draft())
        self.words.returnPressed.connect(self.keep)
        self.add_button(self.tr("Solved") if solved else title, self.keep, primary=True)
        self.look_for_draft()

    def typed_now(self) -> dict[str, str]:
        """Their words."""
        return {"words": self.words.value} if self.words.value.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """Their words that were typed before."""
        self.words.set_value(fields.get("words", ""))

    def keep(self) -> None:
        """Write the client's word down."""
        client = shown_name(self._row.named)
        said = self.tr("Solved, says {client}") if self._solved else self.tr("Not solved: {client}")
        self.keep_as(
            client_says,
            ClientSays(self._row.id, self.desk.me.id, self._solved, self.words.value, self.place),
            said=said.format(client=client),
        )

    def _not_solved(self, row: MadeRightRow) -> str:
        if row.solved_at is not None:
            return self.tr("Not solved after all")
        return self.tr("Not solved yet")
