"""The fields of a rule: from what a manager chose and typed to a rule, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from clientele.domain.client import Channel
from clientele.domain.money import Money, parse_price, plain
from clientele.domain.plans import OccasionKind
from clientele.domain.rules.touch_rules import (
    BEFORE,
    PRICED,
    Gets,
    Rule,
    RuleOutOfBounds,
    Trigger,
    Unit,
    Whose,
)
from clientele.store.queries.touch_rules import RuleNames
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import channel_words, occasion_words
from clientele.ui.models.rule_words import (
    MONDAY,
    gets_words,
    trigger_words,
    unit_words,
    whose_words,
)
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.several import Several

EVERYBODY = 0


class RuleForm(QObject):
    """Makes the fields and reads them; ``changed`` tells that any says something else.

    ``fields()`` are names and fields in the order in which they are asked; ``wanted()`` says
    which of them the chosen trigger has a use for.
    """

    changed = Signal()

    def __init__(
        self, names: RuleNames, templates: dict[str, str], formats: Formats, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._names, self._formats = names, formats
        self._given = Rule("", Trigger.PURCHASE, "", Channel.EMAIL)
        channels = [(one.value, channel_words(one.value)) for one in Channel]
        self.name = Field(self.tr("Name"), hint=self.tr("Thank you for a purchase"))
        self.trigger = Choice(self.tr("When"), trigger_words(), wraps=True)
        self.wait = Field(self.tr("How long after, or before"))
        self.unit = Choice(self.tr("Counted in"), unit_words(), wraps=True)
        self.overdue = Field(self.tr("Per cent longer than usual"))
        self.years = Field(self.tr("In how many first years"))
        self.least = Field(self.tr("Amount at least"), hint=self.tr("any"))
        self.departments = Several(self.tr("Departments"), _options(names.departments))
        self.tags = Several(self.tr("Tags"), _options(names.tags))
        self.kinds = Several(
            self.tr("Occasions"), [(one.value, _kind(one)) for one in OccasionKind]
        )
        self.whose = Choice(self.tr("Whose occasion"), whose_words(), wraps=True)
        self.book = QComboBox()
        self.channel = Choice(self.tr("Channel"), channels, wraps=True)
        self.otherwise = Several(self.tr("Or else by"), channels)
        self.template = QComboBox()
        self.gets = Choice(self.tr("Who gets it"), gets_words(), wraps=True)
        self.once_in = Field(self.tr("At most once in days"), hint=self.tr("as often as it comes"))
        self.expires = Field(self.tr("Worth doing for days"))
        self.not_on = Several(self.tr("Not on"), self._weekdays())
        self.among_all = Choice(
            self.tr("Beside other follow-ups"),
            [("yes", self.tr("keeps days between")), ("no", self.tr("comes all the same"))],
            wraps=True,
        )
        self.book.addItem(self.tr("everybody's clients"), EVERYBODY)
        for key, words in names.associates.items():
            self.book.addItem(words, key)
        for template, words in templates.items():
            self.template.addItem(words, template)
        self._listen()

    def fields(self) -> Iterator[tuple[str, QWidget]]:
        """Names and fields, in the order in which they are asked."""
        yield self.tr("Its name"), self.name
        yield self.tr("When"), self.trigger
        yield self.tr("How long after it, or before what lies ahead"), self.wait
        yield self.tr("Counted in"), self.unit
        yield self.tr("By how many per cent longer than usual"), self.overdue
        yield self.tr("In how many first years"), self.years
        yield self.tr("For what of this amount or more"), self.least
        yield self.tr("In which departments; none chosen: all"), self.departments
        yield self.tr("For clients with any of these tags; none chosen: all"), self.tags
        yield self.tr("Which occasions; none chosen: all"), self.kinds
        yield self.tr("Whose occasion"), self.whose
        yield self.tr("In whose book"), self.book
        yield self.tr("How to reach them"), self.channel
        yield self.tr("Or else by"), self.otherwise
        yield self.tr("With which template"), self.template
        yield self.tr("Who gets it"), self.gets
        yield self.tr("For one client at most once in so many days"), self.once_in
        yield self.tr("Worth doing for so many days"), self.expires
        yield self.tr("Never on"), self.not_on
        yield self.tr("Soon after another follow-up"), self.among_all

    def unwanted(self) -> frozenset[QWidget]:
        """The fields that the chosen trigger has no use for."""
        trigger, found = Trigger(self.trigger.value), set[QWidget]()
        if trigger is Trigger.RHYTHM:
            found |= {self.wait, self.unit}
        else:
            found.add(self.overdue)
        if trigger is not Trigger.ANNIVERSARY:
            found.add(self.years)
        if trigger not in PRICED:
            found.add(self.least)
        if trigger is not Trigger.OCCASION:
            found |= {self.kinds, self.whose}
        if not self._names.tags:
            found.add(self.tags)
        return frozenset(found)

    def show_rule(self, rule: Rule) -> None:
        """Fill the fields."""
        self._given = rule
        self.name.set_value(rule.name)
        self.trigger.choose(rule.trigger.value)
        self.wait.set_value(str(rule.wait))
        self.unit.choose(rule.unit.value)
        self.overdue.set_value(str(rule.overdue))
        self.years.set_value(str(rule.years))
        least = rule.least
        self.least.set_value("" if least is None else plain(least.minor, least.currency))
        self.departments.choose({str(one) for one in rule.departments})
        self.tags.choose({str(one) for one in rule.tags})
        self.kinds.choose(rule.kinds)
        self.whose.choose(rule.whose.value)
        _pick(self.book, rule.book or EVERYBODY)
        self.channel.choose(rule.channel.value)
        self.otherwise.choose({one.value for one in rule.otherwise})
        if rule.template and self.template.findData(rule.template) < 0:
            self.template.addItem(rule.template, rule.template)
        _pick(self.template, rule.template or self.template.itemData(0))
        self.gets.choose(rule.gets.value)
        self.once_in.set_value(str(rule.once_in) if rule.once_in else "")
        self.expires.set_value(str(rule.expires))
        self.not_on.choose({str(one) for one in rule.not_on})
        self.among_all.choose("yes" if rule.among_all else "no")

    def rule(self) -> Rule:
        """What the fields say, not checked yet.

        Raises:
            RuleOutOfBounds: a number cannot be read as one.
            Refusal: the amount cannot be read.
        """
        gone = self.unwanted()
        book = self.book.currentData()
        before = [one for one in self._given.otherwise if one.value in self.otherwise.values]
        chosen = [Channel(one) for one in self.otherwise.values]
        return replace(
            self._given,
            name=self.name.value,
            trigger=Trigger(self.trigger.value),
            template=str(self.template.currentData() or ""),
            channel=Channel(self.channel.value),
            otherwise=(*before, *(one for one in chosen if one not in before)),
            wait=0 if self.wait in gone else _number(self.wait, 0),
            unit=Unit(self.unit.value),
            overdue=25 if self.overdue in gone else _number(self.overdue, 25),
            years=1 if self.years in gone else _number(self.years, 1),
            departments=_ids(self.departments, self._given.departments),
            tags=_ids(self.tags, self._given.tags),
            least=None if self.least in gone else self._least(),
            kinds=frozenset() if self.kinds in gone else frozenset(self.kinds.values),
            whose=Whose.ANYBODY if self.whose in gone else Whose(self.whose.value),
            book=None if book == EVERYBODY else int(book),
            gets=Gets(self.gets.value),
            once_in=_number(self.once_in, 0),
            expires=_number(self.expires, 14),
            not_on=frozenset(int(one) for one in self.not_on.values),
            among_all=self.among_all.value == "yes",
        )

    def is_before(self) -> bool:
        """Whether the chosen trigger lies ahead."""
        return Trigger(self.trigger.value) in BEFORE

    def _least(self) -> Money | None:
        given = self._given.least
        currency = self._names.currency if given is None else given.currency
        minor = parse_price(self.least.value, currency)
        return None if minor is None else Money(minor, currency)

    def _weekdays(self) -> list[tuple[str, str]]:
        name = self._formats.weekday_name
        return [(str(day), name(MONDAY + timedelta(days=day))) for day in range(7)]

    def _listen(self) -> None:
        for field in (
            self.name, self.wait, self.overdue, self.years, self.least, self.once_in, self.expires,
        ):  # fmt: skip
            field.typed.connect(self._changed)
        for choice in (
            self.trigger, self.unit, self.whose, self.channel, self.gets, self.among_all
        ):  # fmt: skip
            choice.chosen.connect(self._changed)
        for several in (self.departments, self.tags, self.kinds, self.otherwise, self.not_on):
            several.changed.connect(self._changed)
        for box in (self.book, self.template):
            box.activated.connect(self._changed)

    def _changed(self, _: object = None) -> None:
        self.changed.emit()


def _options(names: dict[int, str]) -> list[tuple[str, str]]:
    return [(str(key), words) for key, words in names.items()]


def _kind(kind: OccasionKind) -> str:
    if kind is OccasionKind.OTHER:
        return QCoreApplication.translate("RuleForm", "other days")
    return occasion_words(kind.value, "", None)


def _pick(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))


def _ids(several: Several, given: frozenset[int]) -> frozenset[int]:
    """Those that are chosen, and those that are not offered because they are gone."""
    offered = {int(one) for one in several.buttons}
    return frozenset(int(one) for one in several.values) | (given - offered)


def _number(field: Field, usual: int) -> int:
    text = field.value.strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise RuleOutOfBounds(what=field.accessibleName(), number=text, least=0, most=999_999_999)
    return int(text)
