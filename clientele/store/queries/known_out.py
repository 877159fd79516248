"""What a customers file says beyond what a file can bring in: labels, language, own fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import ContactKind
from clientele.domain.tables import Address, Client, ContactPoint, CustomField, CustomValue
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class KnownOut:
    """One client's further facts; labels in the order of the numbers and addresses."""

    say_it: str
    language: str
    time_zone: str
    sent_by: int | None
    """The client who sent them."""
    labels: tuple[tuple[str, str], ...]
    """Kind and label of each contact point, the preferred one first."""
    addresses: tuple[tuple[str, str, str, str, str], ...]
    """Label, street, postcode, city, country, the preferred one first."""
    values: dict[int, str]
    """What the store's own fields say, by field."""


def own_fields(session: Session) -> tuple[tuple[int, str], ...]:
    """The store's own fields by id and name, in their order, those no longer asked for last."""
    rows = session.execute(
        select(ident(CustomField.id), col(CustomField.name)).order_by(
            col(CustomField.retired_at).is_not(None),
            col(CustomField.position),
            ident(CustomField.id),
        )
    )
    return tuple((key, name) for key, name in rows)


@dataclass(frozen=True, slots=True)
class Said:
    """Of which further facts anything is said in the book."""

    say_it: bool
    language: bool
    time_zone: bool
    sent_by: bool
    phone_labels: bool
    email_labels: bool
    addresses: bool
    """More than one address of a client, or one with a label."""
    fields: tuple[tuple[int, str], ...]
    """Own fields that say something of anybody, by id and name, in their order."""


def said(session: Session) -> Said:
    """What a file of this book has to have columns for."""

    def any_of(what: ColumnElement[bool]) -> bool:
        return bool(session.scalar(select(exists().where(what))))

    label = col(ContactPoint.label) != ""
    answered = session.scalars(select(col(CustomValue.field_id)).distinct()).all()
    return Said(
        say_it=any_of(col(Client.say_it) != ""),
        language=any_of(col(Client.language) != ""),
        time_zone=any_of(col(Client.time_zone) != ""),
        sent_by=any_of(col(Client.referred_by_id).is_not(None)),
        phone_labels=any_of(and_(label, col(ContactPoint.kind) == ContactKind.PHONE)),
        email_labels=any_of(and_(label, col(ContactPoint.kind) == ContactKind.EMAIL)),
        addresses=any_of(or_(col(Address.position) > 0, col(Address.label) != "")),
        fields=tuple((key, name) for key, name in own_fields(session) if key in answered),
    )


def known_out(session: Session, ids: Sequence[int]) -> dict[int, KnownOut]:
    """The further facts of these clients."""
    labels: dict[int, list[tuple[str, str]]] = {}
    for client, kind, label in session.execute(
        select(col(ContactPoint.client_id), col(ContactPoint.kind), col(ContactPoint.label))
        .where(col(ContactPoint.client_id).in_(ids))
        .order_by(col(ContactPoint.position), ident(ContactPoint.id))
    ):
        labels.setdefault(client, []).append((kind, label))
    addresses: dict[int, list[tuple[str, str, str, str, str]]] = {}
    for client, *parts in session.execute(
        select(
            col(Address.client_id),
            col(Address.label),
            col(Address.street),
            col(Address.postcode),
            col(Address.city),
            col(Address.country),
        )
        .where(col(Address.client_id).in_(ids))
        .order_by(col(Address.position), ident(Address.id))
    ):
        label, street, postcode, city, country = parts
        addresses.setdefault(client, []).append((label, street, postcode, city, country))
    values: dict[int, dict[int, str]] = {}
    for client, field, value in session.execute(
        select(col(CustomValue.client_id), col(CustomValue.field_id), col(CustomValue.value)).where(
            col(CustomValue.client_id).in_(ids)
        )
    ):
        values.setdefault(client, {})[field] = value
    rows = session.execute(
        select(
            ident(Client.id),
            col(Client.say_it),
            col(Client.language),
            col(Client.time_zone),
            col(Client.referred_by_id),
        ).where(ident(Client.id).in_(ids))
    )
    return {
        key: KnownOut(
            say_it,
            language,
            zone,
            sender,
            tuple(labels.get(key, ())),
            tuple(addresses.get(key, ())),
            values.get(key, {}),
        )
        for key, say_it, language, zone, sender in rows
    }
