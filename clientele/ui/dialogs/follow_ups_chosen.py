"""What came of these, and is it done? One outcome for all the follow-ups that were chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.follow_ups_many import DoFollowUps, do_follow_ups
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field


class DoChosenSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``kept`` once they are done."""

    kept = Signal()

    def __init__(self, desk: Desk, over: QWidget, ids: Sequence[int]) -> None:
        title = QCoreApplication.translate("DoChosenSheet", "%n follow-up(s) done", "", len(ids))
        super().__init__(desk, over, title, "done with several")
        self._ids = tuple(ids)
        self.body.addWidget(
            label(
                self.tr(
                    "Nothing is written into the stories: whom you reached is said one by one, "
                    "with D on its line."
                ),
                "label",
            )
        )
        self.outcome = Field(self.tr("What came of them"), hint=self.tr("told them in the store"))
        self.outcome.returnPressed.connect(self.keep)
        self.add_field(self.tr("What came of them"), self.outcome)
        self.outcome.typed.connect(lambda _: self.save_draft())
        self.button = self.add_button(self.tr("Done"), self.keep, primary=True)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the outcome."""
        super().open_sheet(focus or self.outcome)

    def typed_now(self) -> dict[str, str]:
        """The outcome."""
        return {"outcome": self.outcome.value} if self.outcome.value.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The outcome that was typed before."""
        self.outcome.set_value(fields.get("outcome", ""))

    def keep(self) -> None:
        """They are done."""
        said = self.tr("%n follow-up(s) done", "", len(self._ids))
        what = DoFollowUps(self._ids, self._by, self.outcome.value, self.place)
        self.keep_as(do_follow_ups, what, said=said, then=lambda _: self.kept.emit())
