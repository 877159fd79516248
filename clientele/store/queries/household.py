"""The people of a client's household, and the days that matter to them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    HouseholdMember,
    Occasion,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.columns import ident
from clientele.store.queries.wearing import PreferenceRow, SizeRow, newest


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
class MemberRow:
    """Someone of the household with what is known of them."""

    id: int
    name: str
    relation: str
    about: str
    linked_client_id: int | None
    sizes: tuple[SizeRow, ...]
    preferences: tuple[PreferenceRow, ...]
    occasions: tuple[OccasionRow, ...]


def occasions_of(session: Session, client_id: int) -> tuple[OccasionRow, ...]:
    """All days that matter to a client and the household, in the order of the year."""
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
) -> tuple[MemberRow, ...]:
    """The people of the household, each with what is known of them."""
    rows = _MEMBERS.rows(session, client_id=client_id)
    return tuple(
        MemberRow(
            id=key,
            name=name,
            relation=relation,
            about=about,
            linked_client_id=linked,
            sizes=newest(tuple(size for size in sizes if size.member_id == key)),
            preferences=tuple(row for row in preferences if row.member_id == key),
            occasions=tuple(row for row in occasions if row.member_id == key),
        )
        for key, name, relation, about, linked in rows
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
    )
    .where(col(HouseholdMember.client_id) == given("client_id"))
    .order_by(ident(HouseholdMember.id))
)
