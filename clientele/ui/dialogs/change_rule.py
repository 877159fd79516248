"""Before a rule is switched or removed: what happens to the follow-ups that it made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from clientele.domain.rules.touch_rules import Rule
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.basics import label

Do = Callable[[Rule, Rule | None], object]


class ChangeRuleSheet(PassingSheet):
    """Says it and asks; ``do(old, new)`` is called once it is wanted. ``new`` None: removed."""

    def __init__(
        self, desk: Desk, over: QWidget, old: Rule, new: Rule | None, words: str, do: Do
    ) -> None:
        super().__init__(desk, over, old.name, width=460)
        self._old, self._new, self._do = old, new, do
        self.words = label(words, "")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        said = self.tr("Remove the rule")
        if new is not None:
            said = self.tr("Switch it on") if new.on else self.tr("Switch it off")
        self.add_button(self.tr("Leave it"), self.close_sheet)
        self.go_on = self.add_button(said, self._go_on, primary=True)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Return does it, Esc leaves it."""
        super().open_sheet(focus or self.go_on)

    def _go_on(self) -> None:
        self.close_sheet()
        self._do(self._old, self._new)
