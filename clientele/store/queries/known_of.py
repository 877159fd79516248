"""What the form of a client's details shows, and what their heading shows of it at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.contact_points import is_readable, shown
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import Address, Client, ClientPhoto, ClientTag, ContactPoint, Tag
from clientele.store.prepared import Prepared, given
from clientele.store.queries.columns import ident
from clientele.store.queries.custom_fields import FieldValue, values_of
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts

SENT = 12
"""Of how many whom a client sent the names are read."""


@dataclass(frozen=True, slots=True)
class PointKnown:
    """A telephone number or e-mail address with its label, the preferred one of its kind first."""

    id: int
    kind: str
    value: str
    label: str
    readable: bool
    """Whether it was understood; else it stands as typed."""


@dataclass(frozen=True, slots=True)
class AddressKnown:
    """A postal address, the preferred one first."""

    id: int
    street: str
    postcode: str
    city: str
    country: str
    label: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What the heading shows beside name and numbers."""

    photo: bytes | None
    """A JPEG at 96 pixels."""
    time_zone: str
    birthday: PartialDate | None
    referred_by: Named | None
    sent: tuple[Named, ...]
    """Whom they sent, the first first, at most ``SENT``."""


@dataclass(frozen=True, slots=True)
class Details:
    """All that the form of details shows and changes."""

    named: Named
    say_it: str
    language: str
    glance: Glance
    points: tuple[PointKnown, ...]
    addresses: tuple[AddressKnown, ...]
    tags: tuple[str, ...]
    fields: tuple[FieldValue, ...]


def glance(session: Session, client_id: int) -> Glance | None:
    """What the heading of a client shows, None where they are not there."""
    head = _GLANCE.first(session, client_id=client_id)
    if head is None:
        return None
    small, zone, month, day, year, sender = head
    people = _SENT.rows(session, client_id=client_id)
    return Glance(
        photo=small,
        time_zone=zone,
        birthday=PartialDate(month, day, year) if month else None,
        referred_by=None if sender is None else _named(session, sender),
        sent=tuple(Named(*row) for row in people),
    )


def photo_of(session: Session, client_id: int) -> bytes | None:
    """The photo of a client as large as it is kept."""
    return session.scalar(
        select(col(ClientPhoto.picture)).where(col(ClientPhoto.client_id) == client_id)
    )


def details(session: Session, client_id: int) -> Details | None:
    """The details of a client, None where they are not there."""
    head = session.execute(
        select(*name_columns(), col(Client.say_it), col(Client.language)).where(
            ident(Client.id) == client_id
        )
    ).first()
    seen = glance(session, client_id)
    if head is None or seen is None:
        return None
    return Details(
        named=Named(*head[:NAME_WIDTH]),
        say_it=head[NAME_WIDTH],
        language=head[NAME_WIDTH + 1],
        glance=seen,
        points=_points(session, client_id),
        addresses=_addresses(session, client_id),
        tags=_tags(session, client_id),
        fields=values_of(session, client_id),
    )


def _named(session: Session, client_id: int) -> Named | None:
    row = session.execute(select(*name_columns()).where(ident(Client.id) == client_id)).first()
    return None if row is None else Named(*row)


def _points(session: Session, client_id: int) -> tuple[PointKnown, ...]:
    country = store_facts(session).country
    rows = session.execute(
        select(
            ident(ContactPoint.id),
            col(ContactPoint.kind),
            col(ContactPoint.value),
            col(ContactPoint.normalised),
            col(ContactPoint.label),
        )
        .where(col(ContactPoint.client_id) == client_id)
        .order_by(col(ContactPoint.position), ident(ContactPoint.id))
    )
    return tuple(
        PointKnown(
            key, kind, shown(kind, value, normal, country), label, is_readable(kind, value, normal)
        )
        for key, kind, value, normal, label in rows
    )


def _addresses(session: Session, client_id: int) -> tuple[AddressKnown, ...]:
    rows = session.execute(
        select(
            ident(Address.id),
            col(Address.street),
            col(Address.postcode),
            col(Address.city),
            col(Address.country),
            col(Address.label),
        )
        .where(col(Address.client_id) == client_id)
        .order_by(col(Address.position), ident(Address.id))
    )
    return tuple(AddressKnown(*row) for row in rows)


def _tags(session: Session, client_id: int) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(col(Tag.name))
            .join(ClientTag, col(ClientTag.tag_id) == ident(Tag.id))
            .where(col(ClientTag.client_id) == client_id)
            .order_by(col(Tag.name))
        )
    )


_GLANCE = Prepared(
    select(
        col(ClientPhoto.small),
        col(Client.time_zone),
        col(Client.birth_month),
        col(Client.birth_day),
        col(Client.birth_year),
        col(Client.referred_by_id),
    )
    .select_from(Client)
    .outerjoin(ClientPhoto, col(ClientPhoto.client_id) == ident(Client.id))
    .where(ident(Client.id) == given("client_id"))
)

_SENT = Prepared(
    select(*name_columns())
    .where(col(Client.referred_by_id) == given("client_id"))
    .order_by(col(Client.created_at), ident(Client.id))
    .limit(SENT)
)
