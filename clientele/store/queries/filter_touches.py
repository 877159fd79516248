"""Conditions and an order of a list by when each client is next to hear from us.

The same touches as ``next_touch``: open follow-ups and promises, appointments ahead and, within a
fortnight, occasions. A list asks only whether one is before some day, and so reads no words of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.dates import PartialDate, next_time
from clientele.domain.rules.filters import Condition
from clientele.domain.tables import (
    Appointment,
    Client,
    FollowUp,
    HouseholdMember,
    Occasion,
    Promise,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.filter_days import DAYS
from clientele.store.queries.filter_sets import in_set
from clientele.store.queries.next_touch import AHEAD, OPEN
from clientele.store.queries.reading import StoreFacts

Touches = list[Select[Any]]
"""Each of clients and days, the columns ``client_id`` and ``next_on``."""

EXACT = 60
"""Days ahead on which the order knows an appointment's day by the store's clock."""


def planned(_: Condition, today: date, facts: StoreFacts) -> ColumnElement[bool]:
    """Anything is open or ahead; turned round: nothing planned."""
    return _of(_touches(today, facts, None))


def next_within(asked: Condition, today: date, facts: StoreFacts) -> ColumnElement[bool]:
    """The next touch is within so many days, today included, or overdue."""
    return _until(today + timedelta(days=asked.most or 0), today, facts)


def next_on(asked: Condition, today: date, facts: StoreFacts) -> ColumnElement[bool]:
    """The next touch is on a day from ``first`` to ``last``; an overdue one has its own day."""
    asks = [planned(asked, today, facts) if asked.last is None else true()]
    if asked.last is not None:
        asks = [_until(asked.last, today, facts)]
    if asked.first is not None and asked.first > date.min:
        asks.append(not_(_until(asked.first - timedelta(days=1), today, facts)))
    return and_(*asks)


def next_days(today: date, facts: StoreFacts) -> Any:
    """Of each client for whom there is anything the day of the next touch, ``next_on``."""
    there = union_all(*_touches(today, facts, None)).subquery()
    return (
        select(there.c.client_id, func.min(there.c.next_on).label("next_on"))
        .group_by(there.c.client_id)
        .subquery()
    )


def _until(last: date, today: date, facts: StoreFacts) -> ColumnElement[bool]:
    return _of(_touches(today, facts, last))


def _of(touches: Touches) -> ColumnElement[bool]:
    return in_set(union_all(*(one.with_only_columns(one.selected_columns[0]) for one in touches)))


def _touches(today: date, facts: StoreFacts, last: date | None) -> Touches:
    """All touches until ``last``, or all there are."""
    touches = [_follow_ups(last), _promises(today, last)]
    if last is None or last >= today:
        touches.append(_appointments(today, facts, last))
        near = today + AHEAD if last is None else min(last, today + AHEAD)
        touches += _occasions(today, near)
    return touches


def _follow_ups(last: date | None) -> Select[Any]:
    on: Any = col(FollowUp.due_on)
    asked = select(col(FollowUp.client_id).label("client_id"), on.label("next_on"))
    asked = asked.where(col(FollowUp.state) == FollowUpState.OPEN)
    return asked if last is None else asked.where(on <= last)


def _promises(today: date, last: date | None) -> Select[Any]:
    """One that waits for the client is never overdue, and counts as today's."""
    due = col(Promise.due_on)
    put_aside = and_(col(Promise.kind) == PromiseKind.HOLD, col(Promise.step) != "")
    waits = or_(col(Promise.state) == PromiseState.READY, put_aside)
    on = case((and_(waits, due < today), literal(today, Date)), else_=due)
    asked = select(col(Promise.client_id).label("client_id"), on.label("next_on"))
    asked = asked.where(col(Promise.state).in_(OPEN))
    return asked if last is None else asked.where(on <= last)


def _appointments(today: date, facts: StoreFacts, last: date | None) -> Select[Any]:
    starts = col(Appointment.starts_at)
    ahead = EXACT if last is None else 0
    days = [today + timedelta(days=at) for at in range(ahead)]
    on: Any = func.date(starts, type_=Date)
    if days:
        each = [
            (starts < facts.begins(day + timedelta(days=1)), literal(day, Date)) for day in days
        ]
        on = case(*each, else_=on)
    asked: Select[Any] = select(
        col(Appointment.client_id).label("client_id"), on.label("next_on")
    ).where(
        starts >= facts.begins(today),
        col(Appointment.cancelled_at).is_(None),
        col(Appointment.visit_id).is_(None),
        col(Appointment.outcome) == "",
    )
    if last is None or last >= date.max:
        return asked
    return asked.where(starts < facts.begins(last + timedelta(days=1)))


def _occasions(today: date, last: date) -> Touches:
    """Yearly and single days until ``last``, the client's and those of people of the household."""
    comes = _comes(today, last)
    months = {key: on for key, on in comes.items() if key % 100 == 0}
    days = {key: on for key, on in comes.items() if key % 100}
    linked = aliased(Client)
    member = col(HouseholdMember.client_id)
    elsewhere = col(HouseholdMember.linked_client_id)
    birthdays = select(
        ident(Client.id).label("client_id"), _day(_key(Client, "birth_"), days).label("next_on")
    ).where(_key(Client, "birth_").in_(days))
    their_birthdays = (
        select(member.label("client_id"), _day(_key(linked, "birth_"), days).label("next_on"))
        .join(linked, ident(linked.id) == elsewhere)
        .where(_key(linked, "birth_").in_(days), elsewhere != member)
    )
    key = col(Occasion.month) * 100 + func.coalesce(col(Occasion.day), 0)
    all_days = days | months
    year = col(Occasion.year)
    its_year = case({at: on.year for at, on in all_days.items()}, value=key)
    every_year = col(Occasion.every_year)
    theirs = and_(
        key.in_(all_days),
        or_(
            year.is_(None),
            and_(every_year.is_(True), year <= its_year),
            and_(every_year.is_(False), year == its_year),
        ),
    )
    occasions = select(
        col(Occasion.client_id).label("client_id"), _day(key, all_days).label("next_on")
    ).where(theirs)
    their_occasions = (
        select(member.label("client_id"), _day(key, all_days).label("next_on"))
        .join(Occasion, col(Occasion.client_id) == elsewhere)
        .where(elsewhere != member, col(Occasion.household_member_id).is_(None), theirs)
    )
    return [birthdays, their_birthdays, occasions, their_occasions]


def _comes(today: date, last: date) -> dict[int, date]:
    """When a month and day is next, of those until ``last``: 1125 is 25 November, 1100 a month."""
    there = [(100 * month + day, PartialDate(month, day)) for month, day in DAYS]
    there += [(100 * month, PartialDate(month, None)) for month in range(1, 13)]
    found = {key: next_time(day, today) for key, day in there}
    return {key: on for key, on in found.items() if on <= last}


def _key(whose: Any, begins: str) -> ColumnElement[int]:
    month, day = (col(getattr(whose, begins + part)) for part in ("month", "day"))
    key: ColumnElement[int] = month * 100 + day
    return key


def _day(key: ColumnElement[int], comes: dict[int, date]) -> ColumnElement[Any]:
    each = {at: literal(on, Date) for at, on in comes.items()}
    return case(each, value=func.coalesce(key, 0, type_=Integer))
