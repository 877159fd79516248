"""Two clients beside each other, field by field, before they become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Purpose
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    Address,
    Client,
    ClientPhoto,
    ContactMade,
    ContactPoint,
    CustomField,
    CustomValue,
    FollowUp,
    Note,
    Promise,
    Purchase,
    Visit,
)
from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.contact_points import consents

COUNTED: tuple[Any, ...] = (Purchase, Visit, Note, Promise, FollowUp, ContactMade)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, with all that is chosen between and all that comes together."""

    row: ClientRow
    words: dict[str, str]
    """The fields that are words, by column; the store's own as “field 3”."""
    birthday: PartialDate | None
    has_photo: bool
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    addresses: tuple[str, ...]
    refused: frozenset[str]
    """Channels on which they refused to be reached."""
    counts: tuple[tuple[str, int], ...]
    """Tables and how many rows of each, none left out that are not there."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both, and the names of the store's own fields by “field 3”."""

    one: Side
    other: Side
    fields: dict[str, str]


WORDS = ("given_name", "family_name", "preferred_name", "say_it", "language", "time_zone")


def side_by_side(session: Session, one_id: int, other_id: int) -> SideBySide | None:
    """Both clients; None where one of them is gone."""
    rows = rows_of(session, (one_id, other_id))
    if len(rows) < 2:
        return None
    names = {
        f"field {key}": name
        for key, name in session.execute(select(col(CustomField.id), col(CustomField.name)))
    }
    one, other = (_side(session, rows[key]) for key in (one_id, other_id))
    return SideBySide(one, other, names)


def _side(session: Session, row: ClientRow) -> Side:
    key = row.named.client_id
    facts = session.execute(
        select(
            *(getattr(Client, name) for name in WORDS),
            col(Client.birth_month),
            col(Client.birth_day),
            col(Client.birth_year),
        ).where(col(Client.id) == key)
    ).one()
    words = dict(zip(WORDS, facts, strict=False))
    words |= {
        f"field {field_id}": value
        for field_id, value in session.execute(
            select(col(CustomValue.field_id), col(CustomValue.value)).where(
                col(CustomValue.client_id) == key
            )
        )
    }
    month, day, year = facts[len(WORDS) :]
    points = session.execute(
        select(col(ContactPoint.kind), col(ContactPoint.value))
        .where(col(ContactPoint.client_id) == key)
        .order_by(col(ContactPoint.position), col(ContactPoint.id))
    ).all()
    homes = session.execute(
        select(col(Address.street), col(Address.postcode), col(Address.city))
        .where(col(Address.client_id) == key)
        .order_by(col(Address.position), col(Address.id))
    )
    photo = select(func.count()).where(col(ClientPhoto.client_id) == key)
    said = consents(session, [key], Purpose.NEWS).get(key, {})
    return Side(
        row,
        words,
        PartialDate(month, day, year) if month else None,
        bool(session.scalar(photo)),
        tuple(value for kind, value in points if kind == "phone"),
        tuple(value for kind, value in points if kind == "email"),
        tuple(", ".join(filter(None, parts)) for parts in homes),
        frozenset(channel for channel, allowed in said.items() if not allowed),
        tuple(
            (table.__tablename__, count)
            for table in COUNTED
            if (count := session.scalar(select(func.count()).where(table.client_id == key)) or 0)
        ),
    )
