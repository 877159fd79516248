"""Which clients have anything near today that rules ask for? Each trigger by its own index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.rules.returning import NEEDED
from clientele.domain.rules.touch_rules import Rule, Trigger
from clientele.domain.rules.touch_rules_facts import Shop
from clientele.domain.rules.touch_rules_span import Span, rhythm_is_due, spans
from clientele.domain.tables import (
    Appointment,
    Client,
    ClientSum,
    FollowUp,
    MadeRight,
    Occasion,
    Promise,
    Purchase,
    TouchMade,
    Visit,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import StoreFacts, store_facts
from clientele.store.queries.rule_facts import usual_days

AT_ONCE = 500
"""Clients whose days are read in one statement."""

BUYERS = 4_000
"""Clients of one piece of the search for who is overdue by a rhythm: some tenths of a second."""


def candidates(session: Session, rules: Iterable[Rule], shop: Shop, today: date) -> list[int]:
    """The clients for whom ``rules`` may make anything today, the newest client first."""
    asked = list(rules)
    found = set(near_candidates(session, asked, shop, today))
    last: int | None = 0
    while last is not None:
        late, last = overdue_after(session, asked, shop, today, after=last)
        found.update(late)
    return sorted(found, reverse=True)


def near_candidates(session: Session, rules: Iterable[Rule], shop: Shop, today: date) -> list[int]:
    """Those of ``candidates`` who have a fact near today, without who is overdue by a rhythm."""
    asked = list(rules)
    near, found = spans(asked, shop, today), set[int]()
    store = store_facts(session)
    years = max((one.years for one in asked if one.trigger is Trigger.ANNIVERSARY), default=0)
    for trigger, span in near.items():
        for statement in _statements(trigger, span, store, years):
            found.update(session.scalars(statement))
    return sorted(found, reverse=True)


def to_settle(session: Session, today: date) -> list[int]:
    """The clients with open follow-ups of rules, or with ended ones that might come back."""
    state, until = col(FollowUp.state), col(FollowUp.expires_on)
    over = state.in_([FollowUpState.ENDED, FollowUpState.EXPIRED])
    found = session.scalars(
        select(col(FollowUp.client_id))
        .where(
            col(FollowUp.rule_id).is_not(None),
            or_(state == FollowUpState.OPEN, and_(over, until >= today)),
        )
        .distinct()
    )
    return sorted(found, reverse=True)


def clients_of_rule(session: Session, rule_id: int) -> list[int]:
    """The clients for whom a rule made anything that is open or was ended."""
    states = (FollowUpState.OPEN, FollowUpState.ENDED, FollowUpState.EXPIRED)
    found = session.scalars(
        select(col(TouchMade.client_id))
        .join(FollowUp, ident(FollowUp.id) == col(TouchMade.follow_up_id))
        .where(col(FollowUp.rule_id) == rule_id, col(FollowUp.state).in_(states))
        .distinct()
    )
    return sorted(found, reverse=True)


def _statements(trigger: Trigger, span: Span, store: StoreFacts, years: int) -> list[Any]:
    begins, ends = store.begins(span.first), store.begins(span.last + timedelta(days=1))
    if trigger is Trigger.PURCHASE:
        return [_bought(span)]
    if trigger is Trigger.FIRST:
        earlier = aliased(Purchase)
        before = select(ident(earlier.id)).where(
            col(earlier.client_id) == col(Purchase.client_id),
            col(earlier.sold_at) < col(Purchase.sold_at),
        )
        visited = select(col(Visit.client_id)).where(
            col(Visit.arrived_at) >= begins, col(Visit.arrived_at) < ends
        )
        return [visited, _bought(span).where(~before.exists())]
    if trigger is Trigger.ALTERATION:
        return [
            select(col(Promise.client_id)).where(
                col(Promise.kind) == PromiseKind.ALTERATION,
                col(Promise.state) == PromiseState.KEPT,
                col(Promise.ended_at) >= begins,
                col(Promise.ended_at) < ends,
            )
        ]
    if trigger is Trigger.MADE_RIGHT:
        return [
            select(col(MadeRight.client_id)).where(
                col(MadeRight.state) == RightState.SOLVED,
                col(MadeRight.solved_at) >= begins,
                col(MadeRight.solved_at) < ends,
            )
        ]
    if trigger is Trigger.APPOINTMENT:
        return [
            select(col(Appointment.client_id)).where(
                col(Appointment.starts_at) >= begins,
                col(Appointment.starts_at) < ends,
                col(Appointment.cancelled_at).is_(None),
            )
        ]
    if trigger is Trigger.OCCASION:
        return _occasions(span)
    return [_bought(_years_before(span, back)) for back in range(1, years + 1)]


def _bought(span: Span) -> Any:
    return (
        select(col(Purchase.client_id))
        .where(col(Purchase.sold_on) >= span.first, col(Purchase.sold_on) <= span.last)
        .distinct()
    )


def _occasions(span: Span) -> list[Any]:
    """By month and day; of a day of which only the month is known, by its first."""
    days = _days(span)
    firsts = [month for month, day in days if day == 1]
    return [
        select(ident(Client.id)).where(
            or_(
                tuple_(col(Client.birth_month), col(Client.birth_day)).in_(days),
                and_(col(Client.birth_month).in_(firsts), col(Client.birth_day).is_(None)),
            )
        ),
        select(col(Occasion.client_id)).where(
            or_(
                tuple_(col(Occasion.month), col(Occasion.day)).in_(days),
                and_(col(Occasion.month).in_(firsts), col(Occasion.day).is_(None)),
            )
        ),
    ]


def _days(span: Span) -> list[tuple[int, int]]:
    """Every month and day of a span; the 29th of February goes with both its neighbours."""
    length = min((span.last - span.first).days, 366)
    days = dict.fromkeys(
        (one.month, one.day) for one in (span.first + timedelta(days=more)
                                          for more in range(length + 1))
    )  # fmt: skip
    if (2, 28) in days or (3, 1) in days:
        days[2, 29] = None
    return list(days)


def _years_before(span: Span, years: int) -> Span:
    """The same days so many years ago, a day more at each end for the 29th of February."""
    first = _year_before(span.first, years) - timedelta(days=1)
    return Span(first, _year_before(span.last, years) + timedelta(days=1))


def _year_before(day: date, years: int) -> date:
    year = max(day.year - years, 2)
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def overdue_after(
    session: Session, rules: Iterable[Rule], shop: Shop, today: date, *, after: int
) -> tuple[list[int], int | None]:
    """Who of the next ``BUYERS`` has a rhythm and is overdue by it of late; the last one's id.

    Begin with ``after`` 0 and go on after the id that it answers, until that is None: every client
    would be one question of most of a minute for a million of them.

    A usual gap is at most half of all the days since the first, because half of the three gaps
    that there are at least are as long; so whoever stayed away long ago is left out unread.
    """
    mine = [one for one in rules if one.trigger is Trigger.RHYTHM]
    if not mine:
        return [], None
    slack = max(one.expires for one in mine) + 32
    most = max(one.overdue for one in mine)
    buyer = col(ClientSum.client_id)
    rows = session.execute(
        select(buyer, col(ClientSum.tickets), col(ClientSum.first_on), col(ClientSum.last_on))
        .where(buyer > after)
        .order_by(buyer)
        .limit(BUYERS)
    ).all()
    late = [
        key
        for key, tickets, first, last in rows
        if tickets >= NEEDED
        and last < today
        and (today - last).days <= (last - first).days * (100 + most) / 200 + slack
    ]
    store, found = store_facts(session), []
    for start in range(0, len(late), AT_ONCE):
        some = late[start : start + AT_ONCE]
        usual = usual_days(session, some, today=today, store=store)
        found += [
            key for key, (gap, last) in usual.items() if rhythm_is_due(mine, gap, last, shop, today)
        ]
    return found, rows[-1][0] if len(rows) == BUYERS else None
