"""The people a client buys for, and the days that matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    Client,
    Gift,
    HouseholdMember,
    Occasion,
    Preference,
    ShownItem,
    Size,
    VisitCompanion,
    Wish,
)
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class AddHouseholdMember:
    """Someone of the client's household, in the client's words: “Robert”, “husband”."""

    client_id: int
    name: str
    relation: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class EditHouseholdMember:
    """One field (name, relation, about) as it stands now; all empty removes the person."""

    household_member_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class AddOccasion:
    """A day that matters; ``every_year`` False for one that comes once, such as a wedding ahead."""

    client_id: int
    when: PartialDate
    kind: str = OccasionKind.OTHER
    title: str = ""
    household_member_id: int | None = None
    every_year: bool = True


@dataclass(frozen=True, slots=True)
class RemoveOccasion:
    """An occasion that is none."""

    occasion_id: int


@dataclass(frozen=True, slots=True)
class EditOccasion:
    """An occasion as it stands now: which day, and why it matters."""

    occasion_id: int
    when: PartialDate
    kind: str = OccasionKind.OTHER
    title: str = ""
    every_year: bool | None = None
    """None: as it was."""


@dataclass(frozen=True, slots=True)
class RemoveHouseholdMember:
    """Someone who does not belong there; their sizes, likes and occasions go with them.

    What they were given and wished for stays with the client.
    """

    household_member_id: int


@verb
def add_household_member(
    session: Session, what: AddHouseholdMember, /, *, now: datetime
) -> int | None:
    """Add a person to the household and answer their id; without name and relation it is nobody."""
    if not what.name.strip() and not what.relation.strip():
        return None
    the(session, Client, what.client_id)
    return new_id(
        session,
        HouseholdMember(
            client_id=what.client_id,
            name=what.name.strip(),
            relation=what.relation.strip(),
            about=what.about.strip(),
        ),
    )


@verb
def edit_household_member(
    session: Session, what: EditHouseholdMember, /, *, now: datetime
) -> int | None:
    """Keep one field as it is typed; a person left without any word goes."""
    if what.field not in ("name", "relation", "about"):
        raise ValueError(what.field)
    row = the(session, HouseholdMember, what.household_member_id)
    setattr(row, what.field, what.value)
    if not (row.name.strip() or row.relation.strip() or row.about.strip()):
        _remove(session, row)
        return None
    return row.id


@verb
def remove_household_member(
    session: Session, what: RemoveHouseholdMember, /, *, now: datetime
) -> int | None:
    """Take a person out of the household, with everything that is known of them."""
    _remove(session, the(session, HouseholdMember, what.household_member_id))
    return None


@verb
def add_occasion(session: Session, what: AddOccasion, /, *, now: datetime) -> int | None:
    """Keep a day that matters and answer its id."""
    the(session, Client, what.client_id)
    return new_id(
        session,
        Occasion(
            client_id=what.client_id,
            household_member_id=what.household_member_id,
            kind=what.kind,
            title=what.title.strip(),
            month=what.when.month,
            day=what.when.day,
            year=what.when.year,
            every_year=what.every_year,
        ),
    )


@verb
def edit_occasion(session: Session, what: EditOccasion, /, *, now: datetime) -> int | None:
    """Keep another day or reason for an occasion."""
    row = the(session, Occasion, what.occasion_id)
    row.month, row.day, row.year = what.when.month, what.when.day, what.when.year
    row.kind, row.title = what.kind, what.title
    if what.every_year is not None:
        row.every_year = what.every_year
    return row.id


@verb
def remove_occasion(session: Session, what: RemoveOccasion, /, *, now: datetime) -> int | None:
    """Take an occasion away."""
    _remove_occasion(session, the(session, Occasion, what.occasion_id))
    return None


def _remove(session: Session, member: HouseholdMember) -> None:
    """Delete what hangs on the person first and by name: a cascade of the store is not undone.

    What they were given, what they wished for and that they came along stays with the client, who
    gave, asked and came; it says by name whom it was about.
    """
    for table in (Size, Preference):
        for row in session.scalars(
            select(table).where(col(table.household_member_id) == member.id)
        ):
            session.delete(row)
    for day in session.scalars(
        select(Occasion).where(col(Occasion.household_member_id) == member.id)
    ):
        _remove_occasion(session, day)
    who = member.name.strip() or member.relation.strip()
    for wish in session.scalars(select(Wish).where(col(Wish.household_member_id) == member.id)):
        wish.household_member_id, wish.note = None, _with_name(who, wish.note)
    for gift in session.scalars(select(Gift).where(col(Gift.household_member_id) == member.id)):
        gift.household_member_id, gift.what = None, _with_name(who, gift.what)
    for item in session.scalars(
        select(ShownItem).where(col(ShownItem.household_member_id) == member.id)
    ):
        item.household_member_id = None
    for beside in session.scalars(
        select(VisitCompanion).where(col(VisitCompanion.household_member_id) == member.id)
    ):
        beside.household_member_id, beside.name = None, beside.name or who
    session.flush()
    session.delete(member)


def _remove_occasion(session: Session, occasion: Occasion) -> None:
    """What was given for that day stays given."""
    for gift in session.scalars(select(Gift).where(col(Gift.occasion_id) == occasion.id)):
        gift.occasion_id = None
    session.flush()
    session.delete(occasion)


def _with_name(who: str, words: str) -> str:
    return f"{who}: {words}" if who and words else who or words
