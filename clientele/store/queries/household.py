"""The people of a client's household, and the days that matter to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.wishing import Person
from clientele.domain.tables import (
    Client,
    HouseholdMember,
    Occasion,
    Visit,
    VisitStop,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named
from clientele.store.queries.wearing import (
    PreferenceRow,
    SizeRow,
    newest,
    preferences_of,
    sizes_of,
)


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """A day that matters, of the client or of someone in the household."""

    id: int
    member_id: int | None
    kind: str
    title: str
    when: PartialDate
    every_year: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """The client that someone of a household is, as their own page says it."""

    named: Named
    birthday: PartialDate | None
    occasions: tuple[OccasionRow, ...]
    """Days of their own, as they stand on their page."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Someone of the household with what is known of them.

    Of a linked one that is also what stands on their own page: those sizes, likes and avoids have
    no ``member_id``, and ``linked`` says whose page it is.
    """

    id: int
    name: str
    relation: str
    about: str
    linked_client_id: int | None
    sizes: tuple[SizeRow, ...]
    preferences: tuple[PreferenceRow, ...]
    occasions: tuple[OccasionRow, ...]
    """Days said here; a birthday that their own page knows stands there alone."""
    back_relation: str = ""
    """What the client is to a linked one, as that one says it."""
    linked: Linked | None = None


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Another client who has this one in their household, as ``relation``; seen from here."""

    member_id: int
    """The row in the other's household."""
    named: Named
    relation: str
    """What they call this client: husband."""
    back_relation: str
    """What they are to this client, as far as it was said: wife."""


def occasions_of(session: Session, client_id: int) -> tuple[OccasionRow, ...]:
    """All days that matter to a client and the household, in the order of the year."""
    if not may_have(session, client_id, Occasion):
        return ()
    rows = _OCCASIONS.rows(session, client_id=client_id)
    return tuple(
        OccasionRow(key, member, kind, title, PartialDate(month, day, year), yearly)
        for key, member, kind, title, month, day, year, yearly in rows
    )


def household_of(
    session: Session,
    client_id: int,
    sizes: tuple[SizeRow, ...],
    preferences: tuple[PreferenceRow, ...],
    occasions: tuple[OccasionRow, ...],
    *,
    is_here: Callable[[SizeRow], bool] = lambda _: True,
    tastes: Callable[[Iterable[PreferenceRow]], tuple[PreferenceRow, ...]] = tuple,
) -> tuple[MemberRow, ...]:
    """The people of the household, each with what is known of them.

    ``is_here`` and ``tastes`` choose from what stands on the pages of linked ones; what was said
    here is chosen already.
    """
    if not may_have(session, client_id, HouseholdMember):
        return ()
    found = []
    for key, name, relation, about, linked_id, back in _MEMBERS.rows(session, client_id=client_id):
        # After a merge somebody may be linked with the client themselves: then they are nobody.
        linked = _linked(session, linked_id) if linked_id not in (None, client_id) else None
        worn = tuple(size for size in sizes if size.member_id == key)
        said = tuple(row for row in preferences if row.member_id == key)
        days = tuple(row for row in occasions if row.member_id == key)
        if linked is not None:
            theirs = (size for size in sizes_of(session, linked_id) if size.member_id is None)
            worn = tuple(
                sorted(
                    (*worn, *filter(is_here, theirs)),
                    key=lambda size: size.evidence_at,
                    reverse=True,
                )
            )
            liked = tastes(
                row for row in preferences_of(session, linked_id) if row.member_id is None
            )
            said = _each_once((*said, *liked))
            days = tuple(row for row in days if not _is_birthday(row, linked.birthday))
        found.append(
            MemberRow(
                id=key,
                name=name,
                relation=relation,
                about=about,
                linked_client_id=None if linked is None else linked_id,
                sizes=newest(worn),
                preferences=said,
                occasions=days,
                back_relation=back,
                linked=linked,
            )
        )
    return tuple(found)


def people_of(session: Session, client_id: int) -> tuple[Person, ...]:
    """Who is in a client's household: names and relations alone."""
    return tuple(
        Person(key, name, relation)
        for key, name, relation, *_ in _MEMBERS.rows(session, client_id=client_id)
    )


def people_at_stop(session: Session, stop_id: int) -> tuple[Person, ...]:
    """Who is in the household of the client at a stop of a visit."""
    client_id = session.scalar(
        select(col(Visit.client_id))
        .join(VisitStop, col(VisitStop.visit_id) == ident(Visit.id))
        .where(ident(VisitStop.id) == stop_id)
    )
    return () if client_id is None else people_of(session, client_id)


def other_sides(session: Session, client_id: int) -> tuple[OtherSide, ...]:
    """Who has this client in their household, other than those who are in the client's own."""
    return tuple(
        OtherSide(key, Named(*named), relation, back)
        for key, relation, back, *named in _OTHER_SIDES.rows(session, client_id=client_id)
    )


def _linked(session: Session, client_id: int) -> Linked | None:
    row = _LINKED.first(session, client_id=client_id)
    if row is None:
        return None
    month, day, year = row[NAME_WIDTH:]
    days = tuple(row for row in occasions_of(session, client_id) if row.member_id is None)
    return Linked(Named(*row[:NAME_WIDTH]), PartialDate(month, day, year) if month else None, days)


def _each_once(rows: tuple[PreferenceRow, ...]) -> tuple[PreferenceRow, ...]:
    seen: dict[tuple[str, str], PreferenceRow] = {}
    for row in rows:
        seen.setdefault((row.kind, row.what.casefold()), row)
    return tuple(seen.values())


def _is_birthday(row: OccasionRow, birthday: PartialDate | None) -> bool:
    """Whether the day says no more than the linked client's own birthday does."""
    return (
        birthday is not None
        and row.kind == OccasionKind.BIRTHDAY
        and (row.when.month, row.when.day) == (birthday.month, birthday.day)
        and row.when.year in (None, birthday.year)
    )


_OCCASIONS = Prepared(
    select(
        ident(Occasion.id),
        col(Occasion.household_member_id),
        col(Occasion.kind),
        col(Occasion.title),
        col(Occasion.month),
        col(Occasion.day),
        col(Occasion.year),
        col(Occasion.every_year),
    )
    .where(col(Occasion.client_id) == given("client_id"))
    .order_by(col(Occasion.month), col(Occasion.day), ident(Occasion.id))
)
_MEMBERS = Prepared(
    select(
        ident(HouseholdMember.id),
        col(HouseholdMember.name),
        col(HouseholdMember.relation),
        col(HouseholdMember.about),
        col(HouseholdMember.linked_client_id),
        col(HouseholdMember.back_relation),
    )
    .where(col(HouseholdMember.client_id) == given("client_id"))
    .order_by(ident(HouseholdMember.id))
)
_LINKED = Prepared(
    select(
        *name_columns(), col(Client.birth_month), col(Client.birth_day), col(Client.birth_year)
    ).where(ident(Client.id) == given("client_id"))
)
_MINE = aliased(HouseholdMember)
_OTHER_SIDES = Prepared(
    select(
        ident(HouseholdMember.id),
        col(HouseholdMember.relation),
        col(HouseholdMember.back_relation),
        *name_columns(),
    )
    .join(Client, ident(Client.id) == col(HouseholdMember.client_id))
    .where(
        col(HouseholdMember.linked_client_id) == given("client_id"),
        col(HouseholdMember.client_id) != given("client_id"),
        ~exists().where(
            col(_MINE.client_id) == given("client_id"),
            col(_MINE.linked_client_id) == col(HouseholdMember.client_id),
        ),
    )
    .order_by(ident(HouseholdMember.id))
)
