"""What is asked of the clients? A condition: chosen from all there are, then said closely."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.filters import SHAPES, Condition, Group, Match, What
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.condition_values import ValueForm
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.filter_words import Ground, condition_words, part_words, what_words
from clientele.ui.models.rows import Row, RowAction
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList

HIGH = 420
"""How high the list of all conditions is, in pixels at scale one."""

YES, NO = "yes", "no"


class ConditionSheet(PassingSheet):
    """Emits ``said(Condition or Group)``, and ``removed`` when nothing is left of it.

    Without ``part`` it begins with all conditions; with one it shows what that says, and offers
    another one beside it, of which either is enough.
    """

    said = Signal(object)
    removed = Signal()

    def __init__(
        self, desk: Desk, over: QWidget, ground: Ground, part: Condition | Group | None = None
    ) -> None:
        title = QCoreApplication.translate("ConditionSheet", "Filter the clients")
        super().__init__(desk, over, title, width=520)
        self._ground = ground
        self._others: list[Condition] = []
        self._match = Match.ANY
        self._values: ValueForm | None = None
        self.kinds = RowList(desk.theme, self.tr("All conditions"), hug=False, style=Style(inset=0))
        self.kinds.setFixedHeight(desk.theme.px(HIGH))
        self.kinds.set_rows(
            [
                Row(what.value, "", what_words(what), section=part_words(shape.part))
                for what, shape in SHAPES.items()
                if self._is_there(what)
            ]
        )
        self.kinds.opened.connect(self._choose)
        self.body.addWidget(self.kinds)
        self.together = Choice(
            self.tr("How they go together"),
            [
                (Match.ANY.value, self.tr("Any of these")),
                (Match.ALL.value, self.tr("All of these")),
                (Match.NONE.value, self.tr("None of these")),
            ],
            wraps=True,
        )
        self.together.chosen.connect(self._go_together)
        self.others = RowList(
            desk.theme, self.tr("Conditions that go together"), style=Style(inset=0)
        )
        self.others.acted.connect(self._drop)
        self.others.opened.connect(self._edit)
        self.body.addWidget(self.together)
        self.body.addWidget(self.others)
        self.turned = Choice(
            self.tr("Whether it is so"),
            [(YES, self.tr("It is so")), (NO, self.tr("It is not so"))],
            wraps=True,
        )
        self.body.addWidget(self.turned)
        self.back_button = self.add_button(self.tr("All conditions"), self._all)
        self.other_button = self.add_button(self.tr("Or another…"), self._another)
        self.keep_button = self.add_button(self.tr("Keep"), self.keep, primary=True)
        if isinstance(part, Group):
            self._match, self._others = part.match, list(part.parts)
            self.together.choose(self._match.value)
            self._show_form(None)
        elif part is not None:
            self._show_form(part)
        else:
            self._all()

    def begin(self) -> None:
        """Put the keyboard where the next word is said."""
        if self._values is None:
            self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._values.asks:
            self._values.begin()
        else:
            self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Say it, or which value is missing."""
        parts = list(self._others)
        if self._values is not None:
            condition = self._written()
            if condition is None:
                return
            parts.append(condition)
        parts = list(dict.fromkeys(parts))
        if not parts:
            self.removed.emit()
        elif len(parts) == 1 and self._match is not Match.NONE:
            self.said.emit(parts[0])
        else:
            self.said.emit(Group(self._match, tuple(parts)))
        self.close_sheet()

    def fields_of(self, name: str) -> Field:
        """A field of the values: words, least, most, first or last."""
        assert self._values is not None, "there is a form"
        return self._values.fields[name]

    # which condition

    def _choose(self, key: object) -> None:
        self._show_form(Condition(What(str(key))))
        self.begin()

    def _all(self) -> None:
        self._set_values(None)
        self._show(kinds=True)
        if self.kinds.current_key() is None and self.kinds.rows():
            self.kinds.set_current(self.kinds.rows()[0].key)
        if self.isVisible():  # before, it would be what the keyboard goes back to
            self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _another(self) -> None:
        """What was said so far stays, and one more beside it is asked for."""
        if self._values is not None:
            condition = self._written()
            if condition is None:
                return
            self._others.append(condition)
        self._others = list(dict.fromkeys(self._others))
        self._all()

    def _edit(self, key: object) -> None:
        if isinstance(key, int):
            condition = self._others.pop(key)
            if self._values is not None and (written := self._values.condition()) is not None:
                self._others.append(written)
            self._show_form(condition)

    def _drop(self, key: object, _: str) -> None:
        if isinstance(key, int):
            del self._others[key]
            self._show(kinds=self.kinds.isVisible())

    def _go_together(self, value: str) -> None:
        self._match = Match(value)

    def _show_form(self, condition: Condition | None) -> None:
        self._set_values(condition)
        if condition is not None:
            self.turned.choose(NO if condition.turned else YES)
        self._show(kinds=False)

    def _set_values(self, condition: Condition | None) -> None:
        if self._values is not None:
            self._values.hide()
            self._values.deleteLater()
            self._values = None
        if condition is not None:
            self._values = ValueForm(self._desk, self._ground, condition)
            self.body.insertWidget(self.body.indexOf(self.turned), self._values)

    def _show(self, *, kinds: bool) -> None:
        several = bool(self._others)
        self.say("")
        self.kinds.setVisible(kinds)
        self.others.set_rows(
            [
                Row(
                    at,
                    "",
                    condition_words(one, self._ground),
                    actions=(RowAction("drop", self.tr("Remove"), "X"),),
                )
                for at, one in enumerate(self._others)
            ]
        )
        self.others.setVisible(several)
        self.together.setVisible(several)
        self.turned.setVisible(self._values is not None)
        self.back_button.setVisible(not kinds and not several)
        self.other_button.setVisible(not kinds)
        self.keep_button.setVisible(not kinds or several)
        if self._values is not None:
            self.title.setText(what_words(self._values.what))
        elif several:
            self.title.setText(self.tr("Conditions that go together"))
        else:
            self.title.setText(self.tr("Filter the clients"))

    # what is said of it

    def _written(self) -> Condition | None:
        assert self._values is not None, "there is a form"
        condition = self._values.condition()
        if condition is None or not condition.whole:
            self.say(self._values.missing())
            self._values.begin()
            return None
        return replace(condition, turned=self.turned.value == NO)

    def _is_there(self, what: What) -> bool:
        """Own fields of a kind that the store has none of are not offered."""
        from clientele.ui.models.filter_typed import OF_KIND

        kinds = {kind for kind, asks in OF_KIND.items() if asks is what}
        return not kinds or any(own.kind in kinds for own in self._ground.choices.fields)
