"""Days ahead that matter: birthdays of clients and their households, weddings, anniversaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate, next_time, years_at
from clientele.domain.tables import Client, HouseholdMember, Occasion
from clientele.store.queries.clients import WhoseBook, in_book
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OccasionAhead:
    """A day ahead: whose it is, within which client's household, which year it is."""

    named: Named
    member: str
    """The person of the household; empty for the client's own day."""
    relation: str
    kind: str
    title: str
    on: date
    years: int | None
    """The birthday or anniversary that it is; None where the year is not known."""


def occasions_ahead(
    session: Session, whose: WhoseBook, *, today: date, ahead: timedelta = AHEAD, limit: int = 60
) -> tuple[OccasionAhead, ...]:
    """Occasions of the clients of a book from today until ``ahead``, the next first."""
    last = today + ahead
    days = _days(today, last)
    book = in_book(whose)
    found = _birthdays(session, book, days, today, limit)
    found += _occasions(session, book, days, today, limit)
    found = [occasion for occasion in found if today <= occasion.on <= last]
    found.sort(key=lambda occasion: (occasion.on, occasion.named.family_name))
    return tuple(found[:limit])


def of_clients(
    session: Session, ids: list[int], *, today: date, ahead: timedelta
) -> dict[int, list[OccasionAhead]]:
    """Occasions of these clients until ``ahead``, by client, the next first."""
    last = today + ahead
    days = _days(today, last)
    book = select(ident(Client.id)).where(ident(Client.id).in_(ids))
    found: dict[int, list[OccasionAhead]] = {}
    for occasion in sorted(
        _birthdays(session, book, days, today, 500) + _occasions(session, book, days, today, 500),
        key=lambda occasion: occasion.on,
    ):
        if today <= occasion.on <= last:
            found.setdefault(occasion.named.client_id, []).append(occasion)
    return found


def _days(first: date, last: date) -> list[tuple[int, int]]:
    """Every (month, day) from first to last; the 29th of February goes with the 28th."""
    days = []
    day = first
    while day <= last:
        days.append((day.month, day.day))
        if (day.month, day.day) == (2, 28):
            days.append((2, 29))
        day += timedelta(days=1)
    return days


def _soonest(month: Any, day: Any, today: date) -> tuple[ColumnElement[Any], ...]:
    """The order in which yearly days come from ``today`` on, so that a limit keeps the next."""
    on = month * 100 + func.coalesce(day, 1)
    return (case((on < today.month * 100 + today.day, 1), else_=0), on)


def _birthdays(
    session: Session, book: Select[Any], days: list[tuple[int, int]], today: date, limit: int
) -> list[OccasionAhead]:
    rows = session.execute(
        select(
            *name_columns(), col(Client.birth_month), col(Client.birth_day), col(Client.birth_year)
        )
        .where(
            tuple_(col(Client.birth_month), col(Client.birth_day)).in_(days),
            ident(Client.id).in_(book),
        )
        .order_by(*_soonest(col(Client.birth_month), col(Client.birth_day), today))
        .limit(limit)
    )
    found = []
    for row in rows:
        month, day, year = row[NAME_WIDTH:]
        when = PartialDate(month, day, year)
        on = next_time(when, today)
        found.append(
            OccasionAhead(
                Named(*row[:NAME_WIDTH]), "", "", OccasionKind.BIRTHDAY, "", on, years_at(when, on)
            )
        )
    return found


def _occasions(
    session: Session, book: Select[Any], days: list[tuple[int, int]], today: date, limit: int
) -> list[OccasionAhead]:
    rows = session.execute(
        select(
            *name_columns(),
            func.coalesce(col(HouseholdMember.name), ""),
            func.coalesce(col(HouseholdMember.relation), ""),
            col(Occasion.kind),
            col(Occasion.title),
            col(Occasion.month),
            col(Occasion.day),
            col(Occasion.year),
            col(Occasion.every_year),
        )
        .join(Client, ident(Client.id) == col(Occasion.client_id))
        .outerjoin(HouseholdMember, ident(HouseholdMember.id) == col(Occasion.household_member_id))
        .where(
            or_(
                tuple_(col(Occasion.month), col(Occasion.day)).in_(days),
                col(Occasion.day).is_(None) & col(Occasion.month).in_({month for month, _ in days}),
            ),
            col(Occasion.client_id).in_(book),
        )
        .order_by(*_soonest(col(Occasion.month), col(Occasion.day), today))
        .limit(limit)
    )
    found = []
    for row in rows:
        member, relation, kind, title, month, day, year, every_year = row[NAME_WIDTH:]
        when = PartialDate(month, day, year)
        every_year = every_year or year is None
        on = next_time(when, today) if every_year else date(year, month, day or 1)
        found.append(
            OccasionAhead(
                Named(*row[:NAME_WIDTH]), member, relation, kind, title, on, years_at(when, on)
            )
        )
    return found
