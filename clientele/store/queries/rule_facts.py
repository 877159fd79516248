"""What took place or lies ahead of these clients that a rule may ask for?

A few statements for some hundred clients at a time, each on an index by client. What a fact means
for a rule is decided in ``rules.touch_rules_meet``; here they are only read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.returning import rhythm
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.rules.touch_rules_facts import (
    Event,
    Part,
    Source,
    anniversary,
    not_in_since,
    occasion,
)
from clientele.domain.tables import (
    Appointment,
    Client,
    MadeRight,
    Occasion,
    Promise,
    Purchase,
    Visit,
    VisitStop,
)
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import StoreFacts, store_facts
from clientele.store.queries.rule_purchases import purchases_of

EVER = date(1, 1, 2)
"""As ``since``: whatever the book knows."""

Found = dict[int, list[Event]]


def events_of(
    session: Session,
    ids: Sequence[int],
    triggers: Collection[Trigger],
    *,
    since: date,
    today: date,
) -> Found:
    """The facts of these clients for these triggers, by client.

    Purchases, visits, promises and problems from ``since`` on (``EVER``: all); occasions and
    anniversaries of last year, this year and next.
    """
    found: Found = {key: [] for key in ids}
    store = store_facts(session)
    begins = None if since == EVER else store.begins(since)
    if not {Trigger.PURCHASE, Trigger.FIRST, Trigger.ANNIVERSARY}.isdisjoint(triggers):
        bought = purchases_of(session, ids, since)
        _add(found, (one for some in bought.values() for one in some))
        if Trigger.ANNIVERSARY in triggers:
            _add(found, _anniversaries(bought, today))
        if Trigger.FIRST in triggers:
            _add(found, _first(session, ids, bought, since, store))
    if Trigger.ALTERATION in triggers:
        rows = _COLLECTED.rows(session, ids=ids)
        _add(found, _ended(Trigger.ALTERATION, Source.PROMISE, rows, begins, store))
    if Trigger.MADE_RIGHT in triggers:
        rows = _SOLVED.rows(session, ids=ids)
        _add(found, _ended(Trigger.MADE_RIGHT, Source.MADE_RIGHT, rows, begins, store))
    if Trigger.OCCASION in triggers:
        _add(found, _occasions(session, ids, today))
    if Trigger.APPOINTMENT in triggers:
        _add(found, _appointments(session, ids, min(since, today), store))
    if Trigger.RHYTHM in triggers:
        _add(found, _rhythms(session, ids, today, store))
    return found


def usual_days(
    session: Session, ids: Sequence[int], *, today: date, store: StoreFacts | None = None
) -> dict[int, tuple[int, date]]:
    """The usual days between purchases of whoever has a rhythm, and the last day they were in.

    Somebody who looked in without buying was there all the same.
    """
    days: dict[int, dict[date, None]] = defaultdict(dict)
    for key, sold_on in _BOUGHT_ON.rows(session, ids=ids):
        if sold_on <= today:
            days[key][sold_on] = None
    found = {}
    for key, theirs in days.items():
        usual = rhythm(list(theirs), today)
        if usual is not None and usual.gaps.middle >= 1:
            found[key] = (usual.gaps.middle, next(reversed(theirs)))
    if found:
        store = store or store_facts(session)
        for key, arrived in _LAST_VISITS.rows(session, ids=list(found)):
            gap, last = found[key]
            found[key] = (gap, max(last, store.day_of(arrived)))
    return found


def _add(found: Found, events: Iterable[Event]) -> None:
    for event in events:
        found[event.client_id].append(event)


def _years(today: date) -> list[date]:
    """The first of January of last year, of this year and of the next."""
    last = max(today.year - 1, 1)
    return [date(year, 1, 1) for year in range(last, min(today.year + 2, 9999))]


def _anniversaries(bought: dict[int, list[Event]], today: date) -> list[Event]:
    found: dict[str, Event] = {}
    for some in bought.values():
        for purchase in some:
            for since in _years(today):
                event = anniversary(purchase, since)
                if event is not None:
                    found.setdefault(event.key, event)
    return list(found.values())


def _first(
    session: Session,
    ids: Sequence[int],
    bought: dict[int, list[Event]],
    since: date,
    store: StoreFacts,
) -> list[Event]:
    """The first visit, or the first purchase where that was before it."""
    visits = {row[0]: row[1:] for row in _FIRST_VISITS.rows(session, ids=ids)}
    sold = {key: store.day_of(at) for key, at in _FIRST_PURCHASES.rows(session, ids=ids)}
    stops: dict[int, list[int]] = defaultdict(list)
    here = [row[0] for row in visits.values() if store.day_of(row[1]) >= since]
    for visit_id, department in _STOPS.rows(session, visits=here):
        stops[visit_id].append(department)
    found = []
    for key in ids:
        purchases = bought.get(key, [])
        visit = visits.get(key)
        first_sold = sold.get(key)
        if visit is not None:
            visit_id, arrived, who = visit
            day = store.day_of(arrived)
            if first_sold is None or day <= first_sold:
                if day >= since:
                    event = Event(Trigger.FIRST, key, Source.VISIT, visit_id, day, who=who)
                    found.append(_with_ticket(event, purchases, stops[visit_id]))
                continue
        if first_sold is not None and purchases and purchases[0].day == first_sold:
            found.append(replace(purchases[0], trigger=Trigger.FIRST, returned=False))
    return found


def _with_ticket(event: Event, purchases: list[Event], departments: list[int]) -> Event:
    """A visit with what was bought on it, or with the departments that they went to."""
    ticket = next((one for one in purchases if one.visit_id == event.source_id), None)
    if ticket is None:
        return replace(event, parts=tuple(Part(one) for one in dict.fromkeys(departments)))
    return replace(event, parts=ticket.parts, currency=ticket.currency, who=ticket.who or event.who)


def _ended(
    trigger: Trigger,
    source: Source,
    rows: Iterable[tuple[int, int, int, int | None, datetime | None]],
    begins: datetime | None,
    store: StoreFacts,
) -> list[Event]:
    return [
        Event(
            trigger,
            client_id,
            source,
            key,
            store.day_of(at),
            parts=() if department is None else (Part(department),),
            who=who,
        )
        for key, client_id, who, department, at in rows
        if at is not None and (begins is None or at >= begins)
    ]


def _occasions(session: Session, ids: Sequence[int], today: date) -> list[Event]:
    found: dict[str, Event] = {}
    asked = [
        (row[0], row[1], PartialDate(*row[2:5]), True, OccasionKind.BIRTHDAY.value, None,
         Source.BIRTHDAY)
        for row in ((key, key, month, day, year) for key, month, day, year in
                    _BIRTHDAYS.rows(session, ids=ids))
    ]  # fmt: skip
    asked += [
        (key, client_id, PartialDate(month, day, year), every_year, kind, member, Source.OCCASION)
        for key, client_id, month, day, year, every_year, kind, member in _OCCASIONS.rows(
            session, ids=ids
        )
    ]
    for key, client_id, when, every_year, kind, member, source in asked:
        for since in _years(today):
            event = occasion(
                key, client_id, when, since,
                every_year=every_year, kind=kind, member_id=member, source=source,
            )  # fmt: skip
            if event is not None:
                found.setdefault(f"{client_id} {event.key}", event)
    return list(found.values())


def _appointments(
    session: Session, ids: Sequence[int], since: date, store: StoreFacts
) -> list[Event]:
    begins = store.begins(max(since, date(1900, 1, 1)))
    return [
        Event(
            Trigger.APPOINTMENT,
            client_id,
            Source.APPOINTMENT,
            key,
            store.day_of(starts_at),
            parts=() if department is None else (Part(department),),
            who=who,
        )
        for key, client_id, who, department, starts_at in _APPOINTMENTS.rows(
            session, ids=ids, since=begins
        )
    ]


def _rhythms(session: Session, ids: Sequence[int], today: date, store: StoreFacts) -> list[Event]:
    usual = usual_days(session, ids, today=today, store=store)
    events = (not_in_since(key, usual.get) for key in usual)
    return [event for event in events if event is not None]


_COLLECTED = Prepared(
    select(
        ident(Promise.id),
        col(Promise.client_id),
        col(Promise.associate_id),
        col(Promise.department_id),
        col(Promise.ended_at),
    ).where(
        col(Promise.client_id).in_(among("ids")),
        col(Promise.kind) == PromiseKind.ALTERATION,
        col(Promise.state) == PromiseState.KEPT,
    )
)
_SOLVED = Prepared(
    select(
        ident(MadeRight.id),
        col(MadeRight.client_id),
        col(MadeRight.associate_id),
        col(MadeRight.department_id),
        col(MadeRight.solved_at),
    ).where(
        col(MadeRight.client_id).in_(among("ids")),
        col(MadeRight.state) == RightState.SOLVED,
    )
)
_BIRTHDAYS = Prepared(
    select(
        ident(Client.id),
        col(Client.birth_month),
        col(Client.birth_day),
        col(Client.birth_year),
    ).where(ident(Client.id).in_(among("ids")), col(Client.birth_month).is_not(None))
)
_OCCASIONS = Prepared(
    select(
        ident(Occasion.id),
        col(Occasion.client_id),
        col(Occasion.month),
        col(Occasion.day),
        col(Occasion.year),
        col(Occasion.every_year),
        col(Occasion.kind),
        col(Occasion.household_member_id),
    )
    .where(col(Occasion.client_id).in_(among("ids")))
    .order_by(ident(Occasion.id))
)
_APPOINTMENTS = Prepared(
    select(
        ident(Appointment.id),
        col(Appointment.client_id),
        col(Appointment.associate_id),
        col(Appointment.department_id),
        col(Appointment.starts_at),
    )
    .where(
        col(Appointment.client_id).in_(among("ids")),
        col(Appointment.cancelled_at).is_(None),
        col(Appointment.starts_at) >= given("since"),
    )
    .order_by(ident(Appointment.id))
)
_EARLIER = aliased(Visit)
_FIRST_VISITS = Prepared(
    select(col(Visit.client_id), ident(Visit.id), col(Visit.arrived_at), col(Visit.associate_id))
    .where(
        col(Visit.client_id).in_(among("ids")),
        col(Visit.arrived_at)
        == select(func.min(col(_EARLIER.arrived_at)))
        .where(col(_EARLIER.client_id) == col(Visit.client_id))
        .scalar_subquery(),
    )
    .order_by(ident(Visit.id).desc())
)
_LAST_VISITS = Prepared(
    select(col(Visit.client_id), func.max(col(Visit.arrived_at)))
    .where(col(Visit.client_id).in_(among("ids")))
    .group_by(col(Visit.client_id))
)
_STOPS = Prepared(
    select(col(VisitStop.visit_id), col(VisitStop.department_id))
    .where(col(VisitStop.visit_id).in_(among("visits")), col(VisitStop.started_at).is_not(None))
    .order_by(col(VisitStop.visit_id), col(VisitStop.position))
)
_FIRST_PURCHASES = Prepared(
    select(col(Purchase.client_id), func.min(col(Purchase.sold_at)))
    .where(col(Purchase.client_id).in_(among("ids")))
    .group_by(col(Purchase.client_id))
)
_BOUGHT_ON = Prepared(
    select(col(Purchase.client_id), col(Purchase.sold_on))
    .where(col(Purchase.client_id).in_(among("ids")), col(Purchase.total) >= 0)
    .order_by(col(Purchase.client_id), col(Purchase.sold_at))
)
