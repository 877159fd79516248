"""Days ahead that matter: birthdays of clients and their households, weddings, anniversaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.base import Table
from clientele.domain.plans import OF_BOTH, OccasionKind
from clientele.domain.rules.dates import PartialDate, next_on, next_time, years_at
from clientele.domain.tables import Client, HouseholdMember, Occasion
from clientele.store.prepared import Prepared, among
from clientele.store.queries.cards import may_have
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
    """What the client calls them, such as wife."""
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
    found = _all(session, book, days, today, limit)
    found = [occasion for occasion in found if today <= occasion.on <= last]
    found.sort(key=lambda occasion: (occasion.on, occasion.named.family_name))
    return tuple(found[:limit])


def of_clients(
    session: Session, ids: list[int], *, today: date, ahead: timedelta
) -> dict[int, list[OccasionAhead]]:
    """Occasions of these clients until ``ahead``, by client, the next first."""

    def may(table: type[Table]) -> bool:
        return len(ids) != 1 or may_have(session, ids[0], table)

    last = today + ahead
    days = [100 * month + day for month, day in _days(today, last)]
    asked: dict[str, Any] = {
        "ids": ids,
        "days": days,
        "days_or_months": [*days, *sorted({day // 100 * 100 for day in days})],
    }
    near = _read_birthdays(_BIRTHDAYS.rows(session, **asked), today)
    if may(Occasion):
        near += _read_occasions(_OCCASIONS.rows(session, **asked), today)
    if may(HouseholdMember):
        near += _read_occasions(_of_birthdays(_LINKED_BIRTHDAYS.rows(session, **asked)), today)
        near += _read_occasions(_LINKED_OCCASIONS.rows(session, **asked), today)
    found: dict[int, list[OccasionAhead]] = {}
    for occasion in sorted(_once_each(near), key=lambda occasion: occasion.on):
        if today <= occasion.on <= last:
            found.setdefault(occasion.named.client_id, []).append(occasion)
    return found


def _all(
    session: Session, book: Select[Any], days: list[tuple[int, int]], today: date, limit: int
) -> list[OccasionAhead]:
    return _once_each(
        _birthdays(session, book, days, today, limit)
        + _occasions(session, book, days, today, limit)
        + _of_linked(session, book, days, today, limit)
    )


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
        _birthday()
        .where(
            tuple_(col(Client.birth_month), col(Client.birth_day)).in_(days),
            ident(Client.id).in_(book),
        )
        .order_by(*_soonest(col(Client.birth_month), col(Client.birth_day), today))
        .limit(limit)
    )
    return _read_birthdays(rows, today)


def _birthday() -> Select[Any]:
    return select(
        *name_columns(), col(Client.birth_month), col(Client.birth_day), col(Client.birth_year)
    )


def _read_birthdays(rows: Iterable[Any], today: date) -> list[OccasionAhead]:
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
        _occasion()
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
    return _read_occasions(rows, today)


def _occasion() -> Select[Any]:
    return (
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
    )


def _read_occasions(rows: Iterable[Any], today: date) -> list[OccasionAhead]:
    found = []
    for row in rows:
        member, relation, kind, title, month, day, year, every_year = row[NAME_WIDTH:]
        when = PartialDate(month, day, year)
        on = next_on(when, every_year, today)
        if on is not None:
            years = years_at(when, on)
            named = Named(*row[:NAME_WIDTH])
            found.append(OccasionAhead(named, member, relation, kind, title, on, years))
    return found


def _of_linked(
    session: Session, book: Select[Any], days: list[tuple[int, int]], today: date, limit: int
) -> list[OccasionAhead]:
    """Days of those of the household who are clients: read from their own pages, kept once.

    Looked for from the household on, of which a book has few; by the day there would be many.
    """
    on_days = {month * 100 + day for month, day in days}
    months = {month * 100 for month, _ in days}
    household = col(HouseholdMember.client_id).in_(book)
    birthdays = session.execute(_linked_birthday(household, on_days).limit(limit))
    occasions = session.execute(_linked_occasion(household, on_days | months).limit(limit))
    return _read_occasions([*_of_birthdays(birthdays), *occasions], today)


def _of_birthdays(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Birthdays as occasions, which come each year."""
    return [(*row[:-3], OccasionKind.BIRTHDAY.value, "", *row[-3:], True) for row in rows]


def _linked_birthday(household: ColumnElement[bool], days: Any) -> Select[Any]:
    linked = aliased(Client)
    birthday = col(linked.birth_month) * 100 + col(linked.birth_day)
    return (
        select(
            *name_columns(),
            col(HouseholdMember.name),
            col(HouseholdMember.relation),
            col(linked.birth_month),
            col(linked.birth_day),
            col(linked.birth_year),
        )
        .select_from(HouseholdMember)
        .join(Client, ident(Client.id) == col(HouseholdMember.client_id))
        .join(linked, ident(linked.id) == col(HouseholdMember.linked_client_id))
        .where(household, _SOMEBODY_ELSE, birthday.in_(days))
    )


def _linked_occasion(household: ColumnElement[bool], days: Any) -> Select[Any]:
    its_day = col(Occasion.month) * 100 + func.coalesce(col(Occasion.day), 0)
    return (
        select(
            *name_columns(),
            col(HouseholdMember.name),
            col(HouseholdMember.relation),
            col(Occasion.kind),
            col(Occasion.title),
            col(Occasion.month),
            col(Occasion.day),
            col(Occasion.year),
            col(Occasion.every_year),
        )
        .select_from(HouseholdMember)
        .join(Client, ident(Client.id) == col(HouseholdMember.client_id))
        .join(Occasion, col(Occasion.client_id) == col(HouseholdMember.linked_client_id))
        .where(
            household,
            _SOMEBODY_ELSE,
            col(Occasion.household_member_id).is_(None),
            its_day.in_(days),
        )
    )


_SOMEBODY_ELSE = col(HouseholdMember.linked_client_id) != col(HouseholdMember.client_id)


def _once_each(found: list[OccasionAhead]) -> list[OccasionAhead]:
    """A day said on both pages is one: that of both together, such as a wedding, has no owner."""
    seen: dict[tuple[Any, ...], OccasionAhead] = {}
    for one in found:
        whose = "" if one.kind in OF_BOTH else one.member
        seen.setdefault((one.named.client_id, whose, one.kind, one.title, one.on), one)
    return list(seen.values())


_BIRTHDAYS = Prepared(
    _birthday()
    .where(
        ident(Client.id).in_(among("ids")),
        (col(Client.birth_month) * 100 + col(Client.birth_day)).in_(among("days")),
    )
    .order_by(ident(Client.id))
)
_OCCASIONS = Prepared(
    _occasion()
    .where(
        col(Occasion.client_id).in_(among("ids")),
        (col(Occasion.month) * 100 + func.coalesce(col(Occasion.day), 0)).in_(
            among("days_or_months")
        ),
    )
    .order_by(col(Occasion.month), col(Occasion.day), ident(Occasion.id))
)
_THEIRS = col(HouseholdMember.client_id).in_(among("ids"))
_LINKED_BIRTHDAYS = Prepared(_linked_birthday(_THEIRS, among("days")))
_LINKED_OCCASIONS = Prepared(_linked_occasion(_THEIRS, among("days_or_months")))
