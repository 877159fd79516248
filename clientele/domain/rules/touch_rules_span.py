"""Of which days do facts matter today? So that a book is asked for those and for no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clientele.domain.rules.touch_rules import BEFORE, Rule, Trigger, Unit
from clientele.domain.rules.touch_rules_days import AHEAD, LONGEST_CLOSED, window
from clientele.domain.rules.touch_rules_facts import Event, Shop, Source

_MONTH = 31


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the store from ``first`` to ``last``, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


def spans(rules: Iterable[Rule], shop: Shop, today: date) -> dict[Trigger, Span]:
    """For each trigger of ``rules``, the days of facts for which one may be made ``today``.

    The day of an anniversary is the anniversary's own. The own rhythm is not here: there it is
    the client's days that say when (``rhythm_is_due``).
    """
    found: dict[Trigger, Span] = {}
    for rule in rules:
        span = None if rule.trigger is Trigger.RHYTHM else _span(rule, shop, today)
        if span is None:
            continue
        other = found.get(rule.trigger, span)
        found[rule.trigger] = Span(min(span.first, other.first), max(span.last, other.last))
    return found


def rhythm_is_due(rules: Iterable[Rule], days: int, last: date, shop: Shop, today: date) -> bool:
    """Whether somebody with so many days between visits, in on ``last``, is overdue for a rule."""
    event = Event(Trigger.RHYTHM, 0, Source.RHYTHM, 0, last, rhythm=days)
    windows = (window(one, event, shop) for one in rules if one.trigger is Trigger.RHYTHM)
    return any(one.aimed_at <= today <= one.last for one in windows)


def _span(rule: Rule, shop: Shop, today: date) -> Span | None:
    wait = rule.wait * (1 if rule.unit is Unit.DAYS else _MONTH)
    slack = max(rule.expires, LONGEST_CLOSED) + 1
    if rule.trigger in BEFORE:
        first, last = today - timedelta(days=slack), today + timedelta(days=wait + AHEAD)
    else:
        first, last = today - timedelta(days=wait + slack), today + timedelta(days=AHEAD)
    matter = [
        day
        for day in (first + timedelta(days=more) for more in range((last - first).days + 1))
        if _matters(rule, day, shop, today)
    ]
    return Span(matter[0], matter[-1]) if matter else None


def _matters(rule: Rule, day: date, shop: Shop, today: date) -> bool:
    found = window(rule, Event(rule.trigger, 0, Source.PURCHASE, 0, day), shop)
    return found.aimed_at <= today + timedelta(days=AHEAD) and today <= found.last
