"""On which day does a rule come? Open, allowed, not too near to another touch, never gone by."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clientele.domain.rules.cover import acting
from clientele.domain.rules.touch_rules import BEFORE, Rule, Trigger, Unit
from clientele.domain.rules.touch_rules_facts import Event, Made, MadeState, Shop

AHEAD = 30
"""Days ahead of its day that a follow-up is made: near enough to be seen coming, and a birthday in
ten months is not work yet."""

EARLIER = 4
"""A day to come before may be so many days earlier than said, where no open day is left between:
a long weekend."""

LONGEST_CLOSED = 31
"""For so long the store may be closed and what falls due meanwhile still comes after."""

_COUNTS = (MadeState.OPEN, MadeState.DONE)
"""What was dropped or ended reached nobody, and keeps no other touch away."""


class NoDay(StrEnum):
    """Why there is no day."""

    NOT_YET = "not yet"
    TOO_LATE = "too late"
    CLOSED = "closed"
    AWAY = "away"
    TOO_SOON = "too soon after another"


@dataclass(frozen=True, slots=True)
class Window:
    """The day that a rule aims at, and the last on which it is still worth doing."""

    aimed_at: date
    last: date


def window(rule: Rule, event: Event, shop: Shop) -> Window:
    """The days of a rule for a fact.

    Before an occasion the last is the day before it (the day itself where nothing is to lie
    between). A rule that comes after always has its first open day, also beyond its expiry.
    """
    if rule.trigger in BEFORE:
        aimed = _moved(event.day, -rule.wait, rule.unit)
        latest = event.day if rule.wait == 0 else _plus(event.day, -1)
        return Window(aimed, min(_plus(aimed, rule.expires), latest))
    if rule.trigger is Trigger.RHYTHM:
        days = -(-(event.rhythm or 1) * (100 + rule.overdue) // 100)
        aimed = _plus(event.day, days)
    else:
        aimed = _moved(event.day, rule.wait, rule.unit)
    last = _plus(aimed, rule.expires)
    opens = next((day for day in _from(aimed, LONGEST_CLOSED) if may_be_on(rule, day, shop)), last)
    return Window(aimed, max(last, opens))


def may_be_on(rule: Rule, day: date, shop: Shop) -> bool:
    """Whether the store is open on ``day`` and the rule may come then."""
    return day.weekday() not in rule.not_on and shop.open_on(day)


def day_for(
    rule: Rule,
    event: Event,
    associate: int,
    made: Iterable[Made],
    shop: Shop,
    today: date,
    *,
    however_far: bool = False,
) -> date | NoDay:
    """The day on which ``associate`` gets it, never before ``today``, or why there is none.

    The first of its window on which the store is open, somebody is there and no other touch of
    ``made`` (all of this client) is too near. What comes before an occasion, and finds no such
    day, comes a little earlier. ``however_far``: also where it is not yet time to make it, for a
    follow-up that is there already and has to move.
    """
    found = window(rule, event, shop)
    ahead = 0 if rule.trigger is Trigger.RHYTHM else AHEAD
    if not however_far and found.aimed_at > _plus(today, ahead):
        return NoDay.NOT_YET
    if today > found.last:
        return NoDay.TOO_LATE
    near = _near(rule, made, shop, today)
    failed = set()
    for day in _candidates(rule, found, today):
        if not may_be_on(rule, day, shop):
            failed.add(NoDay.CLOSED)
        elif _nobody_there(associate, day, shop):
            failed.add(NoDay.AWAY)
        elif any(abs((day - other).days) < least for other, least in near):
            failed.add(NoDay.TOO_SOON)
        else:
            return day
    return next(one for one in (NoDay.TOO_SOON, NoDay.AWAY, NoDay.CLOSED) if one in failed)


def _candidates(rule: Rule, found: Window, today: date) -> Iterator[date]:
    first = max(found.aimed_at, today)
    yield from _from(first, (found.last - first).days)
    if rule.trigger in BEFORE:
        for back in range(1, EARLIER + 1):
            earlier = _plus(found.aimed_at, -back)
            if earlier < today:
                return
            yield earlier


def _near(rule: Rule, made: Iterable[Made], shop: Shop, today: date) -> list[tuple[date, int]]:
    """The days of other touches, and how many days are to lie between; overdue ones are today's."""
    near = []
    for one in made:
        if one.state not in _COUNTS:
            continue
        own = rule.once_in if one.rule_id is not None and one.rule_id == rule.id else 0
        least = max(own, shop.between if rule.among_all else 0)
        if least:
            overdue = one.state is MadeState.OPEN and one.day < today
            near.append((today if overdue else one.day, least))
    return near


def _nobody_there(associate: int, day: date, shop: Shop) -> bool:
    who = acting(associate, day, shop.absences)
    return any(one.associate_id == who and one.on(day) for one in shop.absences)


def _from(first: date, days: int) -> Iterator[date]:
    return (_plus(first, more) for more in range(days + 1))


def _moved(day: date, count: int, unit: Unit) -> date:
    """A day so many days or months on; a month on the 31st is the last day there is."""
    if unit is Unit.DAYS:
        return _plus(day, count)
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if count > 0 else date.min
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _plus(day: date, days: int) -> date:
    """A day so many days on, at most the last that there is."""
    if days > (date.max - day).days:
        return date.max
    return date.min if days < (date.min - day).days else day + timedelta(days=days)
