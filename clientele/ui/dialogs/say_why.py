"""Why? A few words for something that did not go as it should."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field


class SayWhySheet(DraftedSheet):
    """Emits ``said(words)``; whoever made it writes them with ``keep_as``.

    With ``other`` there is a second button, which emits ``said_otherwise(words)``.
    """

    said = Signal(str)
    said_otherwise = Signal(str)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        title: str,
        about: str,
        place: str,
        *,
        hint: str,
        act: str,
        other: str = "",
    ) -> None:
        super().__init__(desk, over, title, place)
        self.body.addWidget(label(about, "label"))
        self.words = Field(self.tr("Why"), hint=hint)
        self.add_field(self.tr("Why"), self.words)
        self.words.typed.connect(lambda _: self.save_draft())
        self.words.returnPressed.connect(self._say)
        self.other: Button | None = None
        if other:
            self.other = self.add_button(other, self._say_otherwise)
        self.act = self.add_button(act, self._say, primary=True)
        self.look_for_draft()

    def typed_now(self) -> dict[str, str]:
        """The words."""
        return {"why": self.words.value} if self.words.value.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The words that were typed before."""
        self.words.set_value(fields.get("why", ""))

    def _say(self) -> None:
        self.said.emit(self.words.value)

    def _say_otherwise(self) -> None:
        self.said_otherwise.emit(self.words.value)
