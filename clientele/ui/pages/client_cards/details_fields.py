"""What do the store's own fields say of the client? Asked as the kind wants, saved as typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.known import CustomKind
from clientele.domain.rules.custom_values import NO, YES, read_value
from clientele.services.custom_fields import SetCustomValue, set_custom_value
from clientele.store.queries.custom_fields import FieldValue
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.models.client_facts import answer_words, value_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.fields import Field

CHOSEN = (CustomKind.CHOICE, CustomKind.YES_NO)


class ValueField(QWidget):
    """One field of the store's own, with its name above it."""

    def __init__(self, desk: Desk, client_id: int, of: FieldValue) -> None:
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self.of = of
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        name = self.tr("{field} (no longer asked)") if of.retired else "{field}"
        title = label(name.format(field=of.name), "label")
        column.addWidget(title)
        self.field: Field | None = None
        self.choice: Choice | None = None
        self.wrong = label("", "sub")
        self.away = Button("×", partial(self.say, ""), kind="link")
        self.away.setAccessibleName(self.tr("Not known: {field}").format(field=of.name))
        row = QHBoxLayout()
        row.setSpacing(Space.TIGHT)
        if of.kind in CHOSEN:
            self.choice = Choice(of.name, self._options(of), wraps=True)
            self.choice.chosen.connect(self.say)
            title.setBuddy(self.choice)
            row.addWidget(self.choice, 1)
            row.addWidget(self.away)
        else:
            self.field = Field(of.name, hint=self._hint(of.kind))
            self.field.typed.connect(self._typed)
            self.field.left.connect(self._left)
            title.setBuddy(self.field)
            row.addWidget(self.field, 1)
            self.away.setParent(self)
            self.away.hide()
        column.addLayout(row)
        column.addWidget(self.wrong)
        self.wrong.hide()
        self.show_value(of)

    def show_value(self, of: FieldValue) -> None:
        """What the book says."""
        self.of = of
        if self.choice is not None:
            self.choice.choose(of.value)
            self.away.setVisible(bool(of.value))
        elif self.field is not None and not self.wrong.isVisible():
            plain = of.kind == CustomKind.TEXT
            self.field.set_value(of.value if plain else value_words(of, self._desk.formats))

    def say(self, text: str) -> None:
        """This is what it says."""
        self._desk.do(set_custom_value, SetCustomValue(self._client_id, self.of.field_id, text))

    def _typed(self, text: str) -> None:
        assert self.field is not None
        kept = to_keep(self._desk, self.field, text)
        try:
            read_value(self.of.kind, kept, self.of.choices)
        except Refusal as refusal:
            self.field.set_wrong(sentence_of(refusal))
            return
        if not self.field.property("cardNumber"):
            self.field.set_wrong("")
        self.wrong.hide()
        key = (self._client_id, self.of.field_id)
        self._desk.do(set_custom_value, SetCustomValue(*key, kept), merge=("own field", *key))

    def _left(self) -> None:
        """Only now, when it is whole, is it said what is wrong with it."""
        assert self.field is not None
        self._desk.seal()
        why = self.field.accessibleDescription()
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))

    def _options(self, of: FieldValue) -> list[tuple[str, str]]:
        if of.kind == CustomKind.YES_NO:
            return [(YES, answer_words(YES)), (NO, answer_words(NO))]
        # What was said and is no longer offered stands with the others.
        words = dict.fromkeys((*of.choices, *([of.value] if of.value else [])))
        return [(word, word) for word in words]

    def _hint(self, kind: str) -> str:
        if kind == CustomKind.NUMBER:
            return self.tr("number")
        return self.tr("day, month and year") if kind == CustomKind.DATE else ""


class OwnFields(QWidget):
    """All that the store asks of its clients."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self.fields: dict[int, ValueField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.ROW)

    def show_fields(self, fields: tuple[FieldValue, ...]) -> None:
        """These, in their order; one that is asked as before keeps the keyboard."""
        wanted: dict[int, ValueField] = {}
        for of in fields:
            there = self.fields.get(of.field_id)
            if there is None or not _asked_alike(there.of, of):
                there = ValueField(self._desk, self._client_id, of)
            else:
                there.show_value(of)
            wanted[of.field_id] = there
        for field in self.fields.values():
            if field not in wanted.values():
                field.hide()
                field.deleteLater()
        for at, field in enumerate(wanted.values()):
            if self._column.indexOf(field) != at:
                self._column.insertWidget(at, field)
        self.fields = wanted
        self.setVisible(bool(wanted))


def _asked_alike(one: FieldValue, other: FieldValue) -> bool:
    same = (one.name, one.kind, one.choices, one.retired) == (
        other.name,
        other.kind,
        other.choices,
        other.retired,
    )
    offered = not other.value or other.kind != CustomKind.CHOICE or other.value in one.choices
    return same and (offered or one.value == other.value)
