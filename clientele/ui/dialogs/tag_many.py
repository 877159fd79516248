"""Which tag goes onto these clients, or off them? Chosen by one touch, or a new word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.store.queries.lists import Choices, choices
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field

MOST = 40
"""Tags that stand as chips; others are typed."""

ON, OFF = "on", "off"


class TagManySheet(PassingSheet):
    """Emits ``said(tag, on)`` once it is known which."""

    said = Signal(str, bool)

    def __init__(self, desk: Desk, over: QWidget, clients: Sequence[int]) -> None:
        title = QCoreApplication.translate("TagManySheet", "Tag %n client(s)", "", len(clients))
        super().__init__(desk, over, title, width=520)
        self.way = Choice(
            self.tr("What to do"),
            [(ON, self.tr("Put a tag on")), (OFF, self.tr("Take a tag off"))],
        )
        self.way.chosen.connect(self._turn)
        self.body.addWidget(self.way)
        self.tags: Choice | None = None
        self.field = Field(self.tr("Tag"))
        self.field.setPlaceholderText(self.tr("such as spring preview"))
        self.field.returnPressed.connect(self.keep)
        self.field.typed.connect(self._typed)
        self.add_field(self.tr("Tag"), self.field)
        self.button = self.add_button(self.tr("Put it on"), self.keep, primary=True)
        desk.ask(choices, self._offer, owner=self, slot="tags")

    def keep(self) -> None:
        """Say which, or that none was."""
        word = " ".join(self.field.value.split())
        if not word and self.tags is not None:
            word = self.tags.value
        if not word:
            self.say(self.tr("Which tag? Choose one or type a word."))
            self.field.setFocus()
            return
        self.close_sheet()
        self.said.emit(word, self.way.value == ON)

    def _offer(self, found: Choices) -> None:
        if found.tags:
            offered = [(name, name) for _, name in found.tags[:MOST]]
            self.tags = Choice(self.tr("Tags"), offered, wraps=True)
            self.tags.choose("")
            self.tags.chosen.connect(self._chosen)
            self.body.insertWidget(1, self.tags)

    def _chosen(self, _: str) -> None:
        self.field.clear()
        self.say("")

    def _typed(self, _: str) -> None:
        if self.tags is not None:
            self.tags.choose("")

    def _turn(self, value: str) -> None:
        self.button.set_words(self.tr("Put it on") if value == ON else self.tr("Take it off"))
