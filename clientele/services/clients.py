"""A client's own facts: names, birthday, contact points, address, tags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, ContactKind
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_points import kind_of, normalised
from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.names import full_name, sort_name
from clientele.domain.tables import (
    Address,
    BookMembership,
    Client,
    ClientReference,
    ClientTag,
    ContactPoint,
    Tag,
)
from clientele.services.drafts import forget_draft
from clientele.services.new_tags import new_tag
from clientele.services.rows import new_id, profile, the
from clientele.services.verb import verb
from clientele.store.queries.called import called

WORDS = ("given_name", "family_name", "preferred_name", "say_it", "language", "time_zone")
"""The fields of a client that are edited as typed."""


class ClientWithoutName(Refusal):
    """Nothing to know the client by."""

    template = (
        "A client needs a name, a telephone number or an e-mail address. "
        "What you typed is still there; add one of them."
    )


class NotABirthYear(Refusal):
    """A year that is still to come, or too long ago, as one that is half typed."""

    template = "Nobody here was born in {year}. That year was not kept; look at it again."


OLDEST = 130
"""Years that nobody has lived."""


class SentByThemselves(Refusal):
    """Nobody is sent by themselves, also not round a circle."""

    template = (
        "{name} was sent by this client, so cannot have sent them. "
        "Nothing was changed; choose somebody else."
    )


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client as first met; all but one of name, phone and e-mail may be empty.

    The associate ``by`` becomes the owner.
    """

    by: int
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    phone: str = ""
    email: str = ""
    birthday: PartialDate | None = None
    draft: str = ""
    """The place of the draft that this client was typed in; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditClient:
    """One of ``WORDS`` as it stands in the field now."""

    client_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetBirthday:
    """The birthday, with or without the year; None when it is not known."""

    client_id: int
    birthday: PartialDate | None


@dataclass(frozen=True, slots=True)
class AddContactPoint:
    """A telephone number or e-mail address; which of them is seen from the text.

    While the text is neither yet it is a ``kind`` (``ContactKind``), in whose field it is typed.
    """

    client_id: int
    value: str
    label: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class EditContactPoint:
    """A contact point as it stands in the field now; empty removes it."""

    contact_point_id: int
    value: str


@dataclass(frozen=True, slots=True)
class EditAddress:
    """One field of the client's first address (street, city, postcode or country), as typed."""

    client_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetTag:
    """Put a tag on a client, or take it off."""

    client_id: int
    tag: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class SetReferredBy:
    """Which client sent this one; None where nobody did."""

    client_id: int
    referred_by_id: int | None


@verb
def new_client(session: Session, what: NewClient, /, *, now: datetime) -> int | None:
    """Add a client to the associate's book and answer their id.

    Raises:
        ClientWithoutName: there is no name, phone or e-mail.
    """
    given, family = what.given_name.strip(), what.family_name.strip()
    if not (given or family or what.phone.strip() or what.email.strip()):
        raise ClientWithoutName
    client = Client(
        given_name=given,
        family_name=family,
        preferred_name=what.preferred_name.strip(),
        sort_name=sort_name(given, family),
        created_at=now,
        updated_at=now,
    )
    _set_birthday(client, what.birthday)
    client_id = new_id(session, client)
    for text in (what.phone, what.email):
        if text.strip():
            _add_contact_point(session, client_id, text)
    session.add(
        BookMembership(
            client_id=client_id,
            associate_id=what.by,
            role=BookRole.OWNER,
            since=now,
            why="new client",
        )
    )
    forget_draft(session, what.by, what.draft)
    return client_id


@verb
def edit_client(session: Session, what: EditClient, /, *, now: datetime) -> int | None:
    """Keep one field as it is typed; the name's place in lists follows."""
    if what.field not in WORDS:
        raise ValueError(what.field)
    client = the(session, Client, what.client_id)
    setattr(client, what.field, what.value)
    if what.field in ("given_name", "family_name"):
        reference = session.scalar(
            select(col(ClientReference.reference)).where(
                col(ClientReference.client_id) == client.id
            )
        )
        client.sort_name = sort_name(client.given_name, client.family_name, reference or "")
    client.updated_at = now
    return client.id


@verb
def set_birthday(session: Session, what: SetBirthday, /, *, now: datetime) -> int | None:
    """Keep the birthday, or that it is not known.

    Raises:
        NotABirthYear: its year is still to come, or more than ``OLDEST`` ago.
    """
    client = the(session, Client, what.client_id)
    year = what.birthday.year if what.birthday is not None else None
    if year is not None and not now.year - OLDEST <= year <= now.year:
        raise NotABirthYear(year=year)
    _set_birthday(client, what.birthday)
    client.updated_at = now
    return client.id


@verb
def add_contact_point(session: Session, what: AddContactPoint, /, *, now: datetime) -> int | None:
    """Add a contact point after the ones that are there and answer its id."""
    the(session, Client, what.client_id)
    if not what.value.strip():
        return None
    return _add_contact_point(session, what.client_id, what.value, what.label, what.kind)


@verb
def edit_contact_point(session: Session, what: EditContactPoint, /, *, now: datetime) -> int | None:
    """Keep a contact point as it is typed."""
    row = the(session, ContactPoint, what.contact_point_id)
    if not what.value.strip():
        session.delete(row)
        return None
    row.value = what.value.strip()
    row.kind = kind_of(row.value, row.kind)
    row.normalised = normalised(row.kind, row.value, profile(session).country)
    return row.id


@verb
def edit_address(session: Session, what: EditAddress, /, *, now: datetime) -> int | None:
    """Keep one field of the first address as it is typed."""
    if what.field not in ("street", "city", "postcode", "country"):
        raise ValueError(what.field)
    row = session.scalars(
        select(Address)
        .where(col(Address.client_id) == what.client_id)
        .order_by(col(Address.position), col(Address.id))
    ).first()
    if row is None:
        the(session, Client, what.client_id)
        row = Address(client_id=what.client_id)
        session.add(row)
    setattr(row, what.field, what.value)
    session.flush()
    return row.id


@verb
def set_tag(session: Session, what: SetTag, /, *, now: datetime) -> int | None:
    """Put a tag on a client or take it off; twice is once."""
    name = " ".join(what.tag.split())
    if not name:
        return None
    tag_id = called(session, Tag, name)
    if tag_id is None:
        if not what.on:
            return None
        tag_id = new_tag(session, name)
    there = session.scalars(
        select(ClientTag).where(
            col(ClientTag.client_id) == what.client_id, col(ClientTag.tag_id) == tag_id
        )
    ).first()
    if what.on and there is None:
        session.add(ClientTag(client_id=what.client_id, tag_id=tag_id))
    elif not what.on and there is not None:
        session.delete(there)
    return tag_id


@verb
def set_referred_by(session: Session, what: SetReferredBy, /, *, now: datetime) -> int | None:
    """Keep who sent the client.

    Raises:
        SentByThemselves: that one was sent by this client, however far back.
    """
    client = the(session, Client, what.client_id)
    if what.referred_by_id is not None:
        sender = the(session, Client, what.referred_by_id)
        seen: set[int | None] = set()
        above: Client | None = sender
        while above is not None and above.id not in seen:
            if above.id == client.id:
                name = full_name(sender.given_name, sender.family_name)
                raise SentByThemselves(name=name or sender.preferred_name or f"№ {sender.id}")
            seen.add(above.id)
            sent_by = above.referred_by_id
            above = None if sent_by is None else session.get(Client, sent_by)
    client.referred_by_id = what.referred_by_id
    client.updated_at = now
    return client.id


def _set_birthday(client: Client, birthday: PartialDate | None) -> None:
    client.birth_year = birthday.year if birthday else None
    client.birth_month = birthday.month if birthday else None
    client.birth_day = birthday.day if birthday else None


def _add_contact_point(
    session: Session, client_id: int, text: str, label: str = "", typed_as: str = ""
) -> int:
    text = text.strip()
    kind = kind_of(text, typed_as)
    return new_id(
        session,
        ContactPoint(
            client_id=client_id,
            kind=ContactKind(kind),
            value=text,
            normalised=normalised(kind, text, profile(session).country),
            label=label,
            position=_next_position(session, client_id, kind),
        ),
    )


def _next_position(session: Session, client_id: int, kind: str) -> int:
    last = session.scalar(
        select(func.max(col(ContactPoint.position))).where(
            col(ContactPoint.client_id) == client_id, col(ContactPoint.kind) == kind
        )
    )
    return 0 if last is None else int(last) + 1
