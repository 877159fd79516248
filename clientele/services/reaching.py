"""In which order a client is reached, and where: labels, the preferred one, several addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Address, Client, ContactPoint
from clientele.services.rows import new_id, the
from clientele.services.verb import verb

Row = TypeVar("Row", Address, ContactPoint)

PARTS = ("street", "city", "postcode", "country", "label")
"""The fields of an address that are edited as typed."""


@dataclass(frozen=True, slots=True)
class LabelContactPoint:
    """What a number or e-mail address is to the client, as it stands now: home, work, own words."""

    contact_point_id: int
    label: str


@dataclass(frozen=True, slots=True)
class PlaceContactPoint:
    """A contact point's place among those of its kind: 0 is the preferred one."""

    contact_point_id: int
    place: int


@dataclass(frozen=True, slots=True)
class AddAddress:
    """A further postal address, begun with what was typed first."""

    client_id: int
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class EditOneAddress:
    """One of ``PARTS`` of an address as it stands now."""

    address_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class RemoveAddress:
    """An address that is none."""

    address_id: int


@dataclass(frozen=True, slots=True)
class PlaceAddress:
    """An address's place among the client's: 0 is the preferred one."""

    address_id: int
    place: int


@verb
def label_contact_point(
    session: Session, what: LabelContactPoint, /, *, now: datetime
) -> int | None:
    """Keep what a contact point is to the client."""
    row = the(session, ContactPoint, what.contact_point_id)
    row.label = what.label
    return row.id


@verb
def place_contact_point(
    session: Session, what: PlaceContactPoint, /, *, now: datetime
) -> int | None:
    """Move a contact point among those of its kind."""
    row = the(session, ContactPoint, what.contact_point_id)
    others = session.scalars(
        select(ContactPoint)
        .where(
            col(ContactPoint.client_id) == row.client_id,
            col(ContactPoint.kind) == row.kind,
            col(ContactPoint.id) != row.id,
        )
        .order_by(col(ContactPoint.position), col(ContactPoint.id))
    ).all()
    _put(row, others, what.place)
    return row.id


@verb
def add_address(session: Session, what: AddAddress, /, *, now: datetime) -> int | None:
    """Add an address after the ones that are there and answer its id; an empty one is none."""
    the(session, Client, what.client_id)
    words = {part: getattr(what, part) for part in PARTS}
    if not any(value.strip() for value in words.values()):
        return None
    last = session.scalar(
        select(func.max(col(Address.position))).where(col(Address.client_id) == what.client_id)
    )
    position = 0 if last is None else last + 1
    return new_id(session, Address(client_id=what.client_id, position=position, **words))


@verb
def edit_one_address(session: Session, what: EditOneAddress, /, *, now: datetime) -> int | None:
    """Keep one field of an address as it is typed."""
    if what.field not in PARTS:
        raise ValueError(what.field)
    row = the(session, Address, what.address_id)
    setattr(row, what.field, what.value)
    return row.id


@verb
def remove_address(session: Session, what: RemoveAddress, /, *, now: datetime) -> int | None:
    """Take an address away; the next one is the preferred one."""
    session.delete(the(session, Address, what.address_id))
    return None


@verb
def place_address(session: Session, what: PlaceAddress, /, *, now: datetime) -> int | None:
    """Move an address among the client's."""
    row = the(session, Address, what.address_id)
    others = session.scalars(
        select(Address)
        .where(col(Address.client_id) == row.client_id, col(Address.id) != row.id)
        .order_by(col(Address.position), col(Address.id))
    ).all()
    _put(row, others, what.place)
    return row.id


def _put(row: Row, others: Sequence[Row], place: int) -> None:
    place = min(max(place, 0), len(others))
    ordered = list(others)
    ordered.insert(place, row)
    for position, one in enumerate(ordered):
        one.position = position
