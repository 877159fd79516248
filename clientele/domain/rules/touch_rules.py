"""What does a manager say in a rule that creates follow-ups, and when is it one that can be kept?

A rule says when, for whom, after how long, on which channel, with which template and how often at
most. What it meets is worked out in ``touch_rules_meet``, its days in ``touch_rules_days``, what
becomes of its follow-ups when it changes in ``touch_rules_settle``; ``touch_rules_texts`` keeps it
as text and ``touch_rules_words`` says it in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.money import MOST, Money
from clientele.domain.plans import OccasionKind


class Trigger(StrEnum):
    """What a rule waits for; the value is its name in a kept rule."""

    PURCHASE = "purchase"
    FIRST = "first visit"
    """The first visit or, where nobody wrote one down, the first purchase."""
    ALTERATION = "alteration collected"
    MADE_RIGHT = "made right"
    OCCASION = "occasion"
    APPOINTMENT = "appointment"
    RHYTHM = "own rhythm"
    ANNIVERSARY = "purchase anniversary"


BEFORE = frozenset({Trigger.OCCASION, Trigger.APPOINTMENT})
"""Days that lie ahead: such a rule comes before them, all others after."""

PRICED = frozenset({Trigger.PURCHASE, Trigger.FIRST, Trigger.ANNIVERSARY})
"""These are about a purchase, so that an amount can be asked for."""

SERVICE = frozenset({Trigger.ALTERATION, Trigger.MADE_RIGHT, Trigger.APPOINTMENT})
"""The client's own things (``Purpose.SERVICE``); a thank-you counts as news, as courts hold."""


class Unit(StrEnum):
    """What a wait is counted in."""

    DAYS = "days"
    MONTHS = "months"


class Gets(StrEnum):
    """Whose follow-up it becomes; where there is no such person, the owner's."""

    OWNER = "owner"
    SELLER = "who sold"
    DEPARTMENT = "who knows the department"


class Whose(StrEnum):
    """Whose occasion it is."""

    ANYBODY = "anybody"
    CLIENT = "client"
    HOUSEHOLD = "household"


LONGEST_NAME = 80
LONGEST_WAIT = {Unit.DAYS: 730, Unit.MONTHS: 60}
LONGEST_ONCE_IN = 3650
LONGEST_EXPIRES = 365
MOST_OVERDUE = 500
MOST_YEARS = 50
MOST_IDS = 200
"""Departments or tags of one rule."""

_NEWEST = 1 << 62
"""A rule that is not kept yet is younger than all that are."""

_TEMPLATE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", re.ASCII)


class RuleWithoutName(Refusal):
    """Nothing to call it by."""

    template = "A rule needs a name. What you typed is still there; add one of 80 letters at most."


class RuleWithoutTemplate(Refusal):
    """No template, or a name that none can have."""

    template = (
        "“{text}” is not the name of a template. The rule was not changed; choose a template."
    )


class RuleOutOfBounds(Refusal):
    """A number that makes no sense."""

    template = (
        "“{what}” has to be from {least} to {most}, and {number} is not. "
        "The rule was not changed; write another number."
    )


class RuleWithoutDay(Refusal):
    """All seven weekdays are excepted."""

    template = "This leaves no day of the week. The rule was not changed; allow at least one day."


class RuleWithoutPurchase(Refusal):
    """An amount is asked for where nothing is bought."""

    template = (
        "Only a rule about a purchase can ask for an amount. "
        "The rule was not changed; leave the amount empty."
    )


class RuleWithoutOccasion(Refusal):
    """A kind of occasion, or whose it is, is asked for where there is no occasion."""

    template = (
        "Only a rule about an occasion can ask which and whose. "
        "The rule was not changed; leave that empty."
    )


class RuleByRhythmWaits(Refusal):
    """A wait beside the rhythm."""

    template = (
        "A client's own rhythm says the day by itself. "
        "The rule was not changed; say only by how much they are to be overdue."
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as a manager edits it.

    ``wait`` of ``unit`` runs after the day of the trigger or, for ``BEFORE``, before it; for
    ``RHYTHM`` the follow-up comes once the client is overdue by ``overdue`` per cent of the rhythm.
    A purchase anniversary is asked for in the first ``years`` years.
    """

    name: str
    trigger: Trigger
    template: str
    channel: Channel
    id: int = 0
    """0: not kept yet."""
    version: int = 1
    on: bool = True
    otherwise: tuple[Channel, ...] = ()
    """Where the channel is not open: these, in order."""
    wait: int = 0
    unit: Unit = Unit.DAYS
    overdue: int = 25
    years: int = 1
    not_on: frozenset[int] = frozenset()
    """Weekdays, 0 is Monday. On closed days of the store it never is."""
    departments: frozenset[int] = frozenset()
    """Any of these; empty: all. An amount is then what was spent in these."""
    least: Money | None = None
    tags: frozenset[int] = frozenset()
    """Any of these; empty: all clients."""
    book: int | None = None
    """The associate for whose book alone it is; None: everybody's clients."""
    kinds: frozenset[str] = frozenset()
    """Kinds of occasions (``OccasionKind``); empty: all."""
    whose: Whose = Whose.ANYBODY
    gets: Gets = Gets.OWNER
    once_in: int = 0
    """At most once in so many days for one client by this rule; 0: as often as it comes."""
    among_all: bool = True
    """Whether it also keeps the store's days between touches of all rules. An appointment's
    reminder does not: it is awaited."""
    expires: int = 14
    """Days after the day that it aims at, from which on it is not worth doing any more."""

    @property
    def purpose(self) -> Purpose:
        """What the client is written to about, which decides on which channels that may be."""
        return Purpose.SERVICE if self.trigger in SERVICE else Purpose.NEWS

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels in the order in which they are tried."""
        return (self.channel, *self.otherwise)


def checked(rule: Rule) -> Rule:
    """The rule with its name in shape and each channel once; what a trigger has no use for reset.

    Raises:
        RuleWithoutName, RuleWithoutTemplate, RuleOutOfBounds, RuleWithoutDay, RuleWithoutPurchase,
        RuleWithoutOccasion, RuleByRhythmWaits: as their sentences say.
    """
    name = " ".join(rule.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise RuleWithoutName
    if not _TEMPLATE.fullmatch(rule.template) or len(rule.template) > LONGEST_NAME:
        raise RuleWithoutTemplate(text=rule.template)
    _refuse_numbers(rule)
    if not rule.not_on <= frozenset(range(7)):
        raise ValueError(rule.not_on)
    if len(rule.not_on) == 7:
        raise RuleWithoutDay
    if rule.least is not None and rule.trigger not in PRICED:
        raise RuleWithoutPurchase
    if rule.trigger is not Trigger.OCCASION and (rule.kinds or rule.whose is not Whose.ANYBODY):
        raise RuleWithoutOccasion
    if not rule.kinds <= frozenset(OccasionKind):
        raise ValueError(rule.kinds)
    if rule.trigger is Trigger.RHYTHM and rule.wait:
        raise RuleByRhythmWaits
    others = tuple(one for one in dict.fromkeys(rule.otherwise) if one is not rule.channel)
    return replace(
        rule,
        name=name,
        otherwise=others,
        overdue=rule.overdue if rule.trigger is Trigger.RHYTHM else 25,
        years=rule.years if rule.trigger is Trigger.ANNIVERSARY else 1,
    )


def edited(old: Rule, new: Rule) -> Rule:
    """``new`` in place of ``old``: the same id, and one version on where it says anything else.

    Raises:
        Refusal: as ``checked`` does.
    """
    new = checked(replace(new, id=old.id, version=old.version))
    return new if new == old else replace(new, version=old.version + 1)


def rank(rule: Rule) -> tuple[int, ...]:
    """How specific a rule is; of several that fit one occasion, the one with the highest wins.

    A first visit before any purchase; then who asks for more: each of tags, departments, an
    amount, one book, kinds and whose counts one; then tags before departments before the higher
    amount before a book; then fewer tags and departments; at last the older rule. Two kept rules
    never rank the same.
    """
    asks = (
        bool(rule.tags),
        bool(rule.departments),
        rule.least is not None,
        rule.book is not None,
        bool(rule.kinds),
        rule.whose is not Whose.ANYBODY,
    )
    return (
        rule.trigger is Trigger.FIRST,
        sum(asks),
        bool(rule.tags),
        bool(rule.departments),
        rule.least.minor if rule.least else 0,
        rule.book is not None,
        -len(rule.tags),
        -len(rule.departments),
        -len(rule.kinds),
        -(rule.id or _NEWEST),
    )


def _refuse_numbers(rule: Rule) -> None:
    asked = (
        ("wait", rule.wait, 0, LONGEST_WAIT[rule.unit]),
        ("overdue", rule.overdue, 0, MOST_OVERDUE),
        ("years", rule.years, 1, MOST_YEARS),
        ("once in", rule.once_in, 0, LONGEST_ONCE_IN),
        ("expires", rule.expires, 1, LONGEST_EXPIRES),
        ("amount", rule.least.minor if rule.least else 1, 1, MOST),
        ("departments", len(rule.departments), 0, MOST_IDS),
        ("tags", len(rule.tags), 0, MOST_IDS),
    )
    for what, number, least, most in asked:
        if not least <= number <= most:
            raise RuleOutOfBounds(what=what, number=number, least=least, most=most)
