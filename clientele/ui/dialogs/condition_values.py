"""The values of one condition: a tag, a department, a number of days, two amounts, a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.known import CustomKind
from clientele.domain.money import parse_price, plain
from clientele.domain.rules.custom_values import UNIT, read_value
from clientele.domain.rules.dates import parse_day
from clientele.domain.rules.filters import MOST_DAYS, Condition, Value
from clientele.ui.desk import Desk
from clientele.ui.models.filter_typed import NAMED, OF_KIND
from clientele.ui.models.filter_words import Ground, channel_words
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.fields import Field


class ValueForm(QWidget):
    """Fields for what a condition needs; ``condition()`` is what they say now."""

    def __init__(self, desk: Desk, ground: Ground, condition: Condition) -> None:
        super().__init__()
        self._desk, self._ground, self._given = desk, ground, condition
        self.what = condition.what
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SMALL)
        self.choice: Choice | None = None
        self.own: Choice | None = None
        self.fields: dict[str, Field] = {}
        self.client: ClientPicker | None = None
        self._wrong = ""
        self._make(condition.shape.value)

    @property
    def asks(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.choice or self.own or self.fields or self.client)

    def begin(self) -> None:
        """Put the keyboard where the first value is said."""
        chips = [one for one in (self.own, self.choice) if one is not None]
        first = next(iter(self.fields.values()), None) or (self.client and self.client.box)
        unsaid = next((one for one in chips if not one.value), None)
        if first is not None and unsaid is None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif chips:
            (unsaid or chips[-1]).take_keyboard()

    def missing(self) -> str:
        """What is still to be said."""
        return self._wrong or self.tr("Something is still missing; choose or type it.")

    def condition(self) -> Condition | None:
        """What the fields say; None where one of them cannot be read."""
        self._wrong = ""
        blank = Condition(self.what)
        try:
            return self._read(blank, blank.shape.value)
        except _Unread as why:
            self._wrong = str(why)
            return None

    # making

    def _make(self, value: Value) -> None:
        given, choices = self._given, self._ground.choices
        if value.value.startswith("field "):
            kinds = {kind for kind, what in OF_KIND.items() if what is self.what}
            own = [(str(one.id), one.name) for one in choices.fields if one.kind in kinds]
            self.own = self._choice(self.tr("Which field"), own, str(given.about or ""))
            self.own.chosen.connect(self._offer_words)
        if value in NAMED:
            name, named = {
                Value.TAG: (self.tr("Tag"), choices.tags),
                Value.DEPARTMENT: (self.tr("Department"), choices.departments),
                Value.COLLEAGUE: (self.tr("Colleague"), choices.colleagues),
            }[value]
            options = [(str(key), words) for key, words in named]
            self.choice = self._choice(name, options, str(given.about or ""))
        elif value is Value.CHANNEL:
            options = [(one.value, channel_words(one.value)) for one in Channel]
            self.choice = self._choice(self.tr("Channel"), options, given.words)
        elif value is Value.MONTH:
            month = self._ground.formats.month
            options = [(str(at), month(at)) for at in range(1, 13)]
            self.choice = self._choice(self.tr("Month"), options, given.words)
        elif value is Value.FIELD_YES:
            options = [("yes", self.tr("yes")), ("no", self.tr("no"))]
            self.choice = self._choice(self.tr("Answer"), options, given.words or "yes")
        elif value is Value.CLIENT:
            self.client = ClientPicker(self._desk, given.about)
            self._add(self.tr("By whom; nobody chosen: by anybody"), self.client)
        elif value is Value.FIELD_CHOICE:
            self._offer_words("")
        elif value in (Value.TEXT, Value.FIELD_TEXT):
            self._field("words", self.tr("Words"), given.words)
        else:
            self._make_ends(value)

    def _make_ends(self, value: Value) -> None:
        given, formats = self._given, self._ground.formats
        if value is Value.AHEAD:
            self._field("most", self.tr("In how many days at most"), str(given.most or 30))
        elif value is Value.AGO:
            self._field("least", self.tr("At least so many days ago"), _number(given.least))
            self._field("most", self.tr("At most so many days ago"), _number(given.most))
        elif value in (Value.DAYS, Value.FIELD_DAYS):
            for name, words, day in (
                ("first", self.tr("From day"), given.first),
                ("last", self.tr("To day"), given.last),
            ):
                self._field(name, words, "" if day is None else formats.day_year(day))
                self.fields[name].setPlaceholderText(self.tr("such as 3 Dec 2026"))
        elif value is not Value.NOTHING:
            self._field("least", self.tr("At least"), self._amount(given.least))
            self._field("most", self.tr("At most"), self._amount(given.most))

    def _offer_words(self, _: str) -> None:
        """The words of the choice that is asked for."""
        if self._given.shape.value is not Value.FIELD_CHOICE or self.own is None:
            return
        if self.choice is not None and (holder := self.choice.parentWidget()) is not None:
            holder.hide()
            holder.deleteLater()
        own = self._ground.choices.field(int(self.own.value or 0))
        options = [(words, words) for words in (own.choices if own else ())]
        self.choice = self._choice(self.tr("Choice"), options, self._given.words)

    def _choice(self, name: str, options: list[tuple[str, str]], chosen: str) -> Choice:
        choice = Choice(name, options, wraps=True)
        choice.choose(chosen if chosen in {value for value, _ in options} else "")
        if len(options) == 1:
            choice.choose(options[0][0])
        self._add(name, choice)
        return choice

    def _field(self, name: str, words: str, value: str) -> None:
        self.fields[name] = Field(words, value)
        self._add(words, self.fields[name])

    def _add(self, name: str, widget: QWidget) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(name, "label"))
        column.addWidget(widget)
        self._column.addWidget(holder)

    # reading

    def _read(self, blank: Condition, value: Value) -> Condition:
        said = self.choice.value if self.choice is not None else ""
        if value in NAMED:
            return replace(blank, about=int(said) if said else None)
        if value is Value.CLIENT and self.client is not None:
            return replace(blank, about=self.client.client_id)
        if self.own is not None:
            blank = replace(blank, about=int(self.own.value) if self.own.value else None)
        if "words" in self.fields:
            said = " ".join(self.fields["words"].value.split()) or said
        if value in (Value.DAYS, Value.FIELD_DAYS):
            return replace(blank, first=self._day("first"), last=self._day("last"))
        if "least" in self.fields or "most" in self.fields:
            return replace(blank, least=self._end("least"), most=self._end("most"))
        return replace(blank, words=said)

    def _end(self, name: str) -> int | None:
        text = self._text(name)
        if not text:
            return None
        value = self._given.shape.value
        try:
            if value is Value.AMOUNT:
                return parse_price(text, self._ground.choices.currency)
            if value is Value.FIELD_NUMBER:
                kept = read_value(CustomKind.NUMBER, text)
                return None if kept is None else kept.number
            number = int(text)
        except (Refusal, ValueError):
            raise self._unread(name, text) from None
        if not 0 <= number <= MOST_DAYS:
            raise self._unread(name, text)
        return number

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        if not text:
            return None
        try:
            found = parse_day(text)
        except Refusal:
            raise self._unread(name, text) from None
        if found is None or found.day is None:
            raise self._unread(name, text)
        year = found.year or self._desk.today().year
        try:
            return date(year, found.month, found.day)
        except ValueError:
            raise self._unread(name, text) from None

    def _text(self, name: str) -> str:
        field = self.fields.get(name)
        if field is None:
            return ""
        field.set_wrong("")
        return field.value.strip()

    def _unread(self, name: str, text: str) -> _Unread:
        words = self.tr("“{text}” cannot be read here; what you typed is still there.")
        self.fields[name].set_wrong(words.format(text=text))
        return _Unread(words.format(text=text))

    def _amount(self, value: int | None) -> str:
        if value is None:
            return ""
        if self._given.shape.value is Value.AMOUNT:
            return plain(value, self._ground.choices.currency)
        if self._given.shape.value is Value.FIELD_NUMBER:
            return f"{Decimal(value) / UNIT:f}"
        return str(value)


class _Unread(Exception):
    """A field that cannot be read, in words."""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
