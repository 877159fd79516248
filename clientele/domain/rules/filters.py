"""Which clients does a list ask for? Conditions, all of them or any, each plain enough to be read.

A filter holds conditions and alternatives: one alternative is a few conditions of which any is
enough, all are needed, or none may hold. Deeper is not offered, because nobody could read it. A
condition is one row of ``SHAPES`` with its values; turned round it asks for everybody else. What a
saved list keeps of it is written and read by ``rules.filter_texts``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Match(StrEnum):
    """How conditions go together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class What(StrEnum):
    """What a condition asks; the value is its name in a saved list."""

    MINE = "mine"
    MY_DEPARTMENT = "my department"
    COLLEAGUE = "colleague"
    NOBODYS = "nobody"
    WORDS = "words"
    TAG = "tag"
    FIELD_TEXT = "field text"
    FIELD_CHOICE = "field choice"
    FIELD_NUMBER = "field number"
    FIELD_DATE = "field date"
    FIELD_YES = "field yes"
    BIRTHDAY_WITHIN = "birthday within"
    BIRTHDAY_IN = "birthday in"
    OCCASION_WITHIN = "occasion within"
    OCCASION_IN = "occasion in"
    BOUGHT_IN = "bought in"
    BOUGHT = "bought"
    BRAND = "brand"
    WEARS = "wears"
    LIKES = "likes"
    AVOIDS = "avoids"
    HOUSEHOLD = "household"
    WISHES = "wishes"
    SPENT = "spent"
    TICKETS = "tickets"
    LAST_BOUGHT = "last bought"
    LAST_BOUGHT_ON = "last bought on"
    FIRST_BOUGHT = "first bought"
    FIRST_BOUGHT_ON = "first bought on"
    EVER_BOUGHT = "ever bought"
    NEW = "new"
    NEW_ON = "new on"
    LANGUAGE = "language"
    TIME_ZONE = "time zone"
    PLACE = "place"
    PHONE = "phone"
    EMAIL = "email"
    MAY = "may"
    REFUSED = "refused"
    PROMISE = "promise"
    FOLLOW_UP = "follow-up"
    PLANNED = "next touch"
    NEXT_WITHIN = "next touch within"
    NEXT_ON = "next touch on"
    REFERRED = "referred"
    MERGED = "merged"
    TWICE = "twice"


class Part(StrEnum):
    """Under which heading a condition is offered."""

    WHO = "who"
    BOUGHT = "bought"
    DAYS = "days"
    KNOWN = "known"
    REACHED = "reached"
    OPEN = "open"


class Value(StrEnum):
    """What has to be said for a condition."""

    NOTHING = "nothing"
    TAG = "tag"
    COLLEAGUE = "colleague"
    DEPARTMENT = "department"
    CLIENT = "client"
    TEXT = "text"
    FIELD_TEXT = "field text"
    FIELD_CHOICE = "field choice"
    FIELD_YES = "field yes"
    FIELD_NUMBER = "field number"
    FIELD_DAYS = "field days"
    CHANNEL = "channel"
    MONTH = "month"
    AHEAD = "ahead"
    AMOUNT = "amount"
    COUNT = "count"
    AGO = "ago"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a condition is offered and what it needs; ``may_be_empty``: it says enough without."""

    part: Part
    value: Value = Value.NOTHING
    may_be_empty: bool = False


SHAPES = {
    What.MINE: Shape(Part.WHO),
    What.MY_DEPARTMENT: Shape(Part.WHO),
    What.COLLEAGUE: Shape(Part.WHO, Value.COLLEAGUE),
    What.NOBODYS: Shape(Part.WHO),
    What.WORDS: Shape(Part.WHO, Value.TEXT),
    What.TAG: Shape(Part.WHO, Value.TAG),
    What.BOUGHT_IN: Shape(Part.BOUGHT, Value.DEPARTMENT),
    What.BOUGHT: Shape(Part.BOUGHT, Value.TEXT),
    What.BRAND: Shape(Part.BOUGHT, Value.TEXT),
    What.SPENT: Shape(Part.BOUGHT, Value.AMOUNT),
    What.TICKETS: Shape(Part.BOUGHT, Value.COUNT),
    What.LAST_BOUGHT: Shape(Part.BOUGHT, Value.AGO),
    What.LAST_BOUGHT_ON: Shape(Part.BOUGHT, Value.DAYS),
    What.FIRST_BOUGHT: Shape(Part.BOUGHT, Value.AGO),
    What.FIRST_BOUGHT_ON: Shape(Part.BOUGHT, Value.DAYS),
    What.EVER_BOUGHT: Shape(Part.BOUGHT),
    What.WISHES: Shape(Part.BOUGHT, Value.TEXT, may_be_empty=True),
    What.BIRTHDAY_WITHIN: Shape(Part.DAYS, Value.AHEAD),
    What.BIRTHDAY_IN: Shape(Part.DAYS, Value.MONTH),
    What.OCCASION_WITHIN: Shape(Part.DAYS, Value.AHEAD),
    What.OCCASION_IN: Shape(Part.DAYS, Value.MONTH),
    What.NEW: Shape(Part.DAYS, Value.AGO),
    What.NEW_ON: Shape(Part.DAYS, Value.DAYS),
    What.WEARS: Shape(Part.KNOWN, Value.TEXT),
    What.LIKES: Shape(Part.KNOWN, Value.TEXT),
    What.AVOIDS: Shape(Part.KNOWN, Value.TEXT),
    What.HOUSEHOLD: Shape(Part.KNOWN, Value.TEXT, may_be_empty=True),
    What.FIELD_TEXT: Shape(Part.KNOWN, Value.FIELD_TEXT),
    What.FIELD_CHOICE: Shape(Part.KNOWN, Value.FIELD_CHOICE),
    What.FIELD_NUMBER: Shape(Part.KNOWN, Value.FIELD_NUMBER),
    What.FIELD_DATE: Shape(Part.KNOWN, Value.FIELD_DAYS),
    What.FIELD_YES: Shape(Part.KNOWN, Value.FIELD_YES),
    What.REFERRED: Shape(Part.KNOWN, Value.CLIENT, may_be_empty=True),
    What.LANGUAGE: Shape(Part.REACHED, Value.TEXT),
    What.TIME_ZONE: Shape(Part.REACHED, Value.TEXT),
    What.PLACE: Shape(Part.REACHED, Value.TEXT),
    What.PHONE: Shape(Part.REACHED),
    What.EMAIL: Shape(Part.REACHED),
    What.MAY: Shape(Part.REACHED, Value.CHANNEL),
    What.REFUSED: Shape(Part.REACHED, Value.CHANNEL),
    What.PROMISE: Shape(Part.OPEN),
    What.FOLLOW_UP: Shape(Part.OPEN),
    What.PLANNED: Shape(Part.OPEN),
    What.NEXT_WITHIN: Shape(Part.OPEN, Value.AHEAD),
    What.NEXT_ON: Shape(Part.OPEN, Value.DAYS),
    What.MERGED: Shape(Part.OPEN),
    What.TWICE: Shape(Part.OPEN),
}
"""Every condition there is, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with its values, of which only those that its shape asks for are set.

    ``about`` is the id of a tag, department, colleague, client or own field; ``least`` and
    ``most`` are minor units, tickets, thousandths of a number, or days (ago or ahead, both
    included); ``first`` and ``last`` are days of the store, both included; ``words`` are a text, a
    channel, the number of a month, ``yes`` or ``no``.
    """

    what: What
    words: str = ""
    about: int | None = None
    least: int | None = None
    most: int | None = None
    first: date | None = None
    last: date | None = None
    turned: bool = False
    """It asks for those of whom it is not so."""

    @property
    def shape(self) -> Shape:
        """What it needs."""
        return SHAPES[self.what]

    @property
    def whole(self) -> bool:
        """Whether all that it needs was said."""
        return _says_enough(self)


@dataclass(frozen=True, slots=True)
class Group:
    """A few conditions that go together as one."""

    match: Match
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list asks: ``parts`` go together by ``match``; without parts it asks for everybody."""

    match: Match = Match.ALL
    parts: tuple[Condition | Group, ...] = field(default=())

    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, those of alternatives too."""
        found: list[Condition] = []
        for part in self.parts:
            found += part.parts if isinstance(part, Group) else (part,)
        return tuple(found)

    def with_part(self, part: Condition | Group, at: int | None = None) -> Filter:
        """With ``part`` at the end, or in the place of the one at ``at``."""
        parts = list(self.parts)
        if at is None or not 0 <= at < len(parts):
            parts.append(part)
        else:
            parts[at] = part
        return Filter(self.match, tuple(dict.fromkeys(parts)))

    def without(self, at: int) -> Filter:
        """Without the part at ``at``."""
        return Filter(self.match, self.parts[:at] + self.parts[at + 1 :])


_NEEDS_ABOUT = frozenset(
    {
        Value.TAG,
        Value.COLLEAGUE,
        Value.DEPARTMENT,
        Value.CLIENT,
        Value.FIELD_TEXT,
        Value.FIELD_CHOICE,
        Value.FIELD_YES,
        Value.FIELD_NUMBER,
        Value.FIELD_DAYS,
    }
)
_NEEDS_WORDS = frozenset(
    {
        Value.TEXT,
        Value.FIELD_TEXT,
        Value.FIELD_CHOICE,
        Value.FIELD_YES,
        Value.CHANNEL,
        Value.MONTH,
    }
)
_NEEDS_NUMBER = frozenset({Value.AMOUNT, Value.COUNT, Value.AGO, Value.FIELD_NUMBER})
_NEEDS_DAY = frozenset({Value.DAYS, Value.FIELD_DAYS})

MOST_DAYS = 36_500
"""A hundred years: as far as anybody looks back or ahead."""


def _says_enough(asked: Condition) -> bool:
    value = asked.shape.value
    if value in _NEEDS_ABOUT and asked.about is None:
        return asked.shape.may_be_empty
    if value in _NEEDS_WORDS and not asked.words.strip():
        return asked.shape.may_be_empty
    if value is Value.MONTH:
        return asked.words.isascii() and asked.words.isdigit() and 1 <= int(asked.words) <= 12
    if value is Value.AHEAD:
        return asked.most is not None and 0 <= asked.most <= MOST_DAYS
    if value is Value.AGO and any((days or 0) > MOST_DAYS for days in (asked.least, asked.most)):
        return False
    if value in _NEEDS_NUMBER:
        return asked.least is not None or asked.most is not None
    if value in _NEEDS_DAY:
        return asked.first is not None or asked.last is not None
    return True
