"""Someone of the household who is a client too: linked, made one, and let go of again.

A link moves nothing: what is known of them is read from their own page and from what was said here.
Only making a client out of somebody moves what is theirs, so that it is known once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.plans import OF_BOTH, OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    Client,
    Gift,
    HouseholdMember,
    Occasion,
    Preference,
    Size,
)
from clientele.services.clients import NewClient, SetBirthday, new_client, set_birthday
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


class LinkedToSelf(Refusal):
    """A client of their own household."""

    template = "Nobody is of their own household. Nothing was linked; choose another client."


class LinkedAlready(Refusal):
    """Another of the household is that client."""

    template = "That client is {name} of this household already. Nothing was linked."


class ClientAlready(Refusal):
    """They are a client."""

    template = "{name} is a client already. Nothing was changed; open their page."


@dataclass(frozen=True, slots=True)
class LinkMember:
    """Someone of the household is this client; ``back_relation``: what the client is to them."""

    household_member_id: int
    client_id: int
    back_relation: str = ""


@dataclass(frozen=True, slots=True)
class UnlinkMember:
    """They are not that client after all."""

    household_member_id: int


@dataclass(frozen=True, slots=True)
class SayBackRelation:
    """What the client is to a linked one, as that one says it, as it is typed."""

    household_member_id: int
    back_relation: str


@dataclass(frozen=True, slots=True)
class MakeClientOf:
    """Make a client of the associate ``by`` out of someone of a household."""

    household_member_id: int
    by: int
    given_name: str
    family_name: str = ""
    phone: str = ""
    email: str = ""
    back_relation: str = ""
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class KeepHereToo:
    """Whoever has this client in their household is in the client's own household, too.

    ``household_member_id`` is the row at the other side.
    """

    household_member_id: int


@verb
def link_member(session: Session, what: LinkMember, /, *, now: datetime) -> int | None:
    """Link someone of the household with a client; linked already, with this one from now on.

    Raises:
        LinkedToSelf: it is the client of whose household they are.
        LinkedAlready: somebody else of the household is this client.
    """
    row = the(session, HouseholdMember, what.household_member_id)
    the(session, Client, what.client_id)
    if what.client_id == row.client_id:
        raise LinkedToSelf
    other = session.scalars(
        select(HouseholdMember).where(
            col(HouseholdMember.client_id) == row.client_id,
            col(HouseholdMember.linked_client_id) == what.client_id,
            col(HouseholdMember.id) != row.id,
        )
    ).first()
    if other is not None:
        raise LinkedAlready(name=other.name or other.relation)
    row.linked_client_id, row.back_relation = what.client_id, what.back_relation.strip()
    return row.id


@verb
def unlink_member(session: Session, what: UnlinkMember, /, *, now: datetime) -> int | None:
    """Let go of the link; the client keeps everything that is theirs."""
    row = the(session, HouseholdMember, what.household_member_id)
    row.linked_client_id, row.back_relation = None, ""
    return row.id


@verb
def say_back_relation(session: Session, what: SayBackRelation, /, *, now: datetime) -> int | None:
    """Keep what the client is to them, as it is typed."""
    row = the(session, HouseholdMember, what.household_member_id)
    row.back_relation = what.back_relation
    return row.id


@verb
def make_client_of(session: Session, what: MakeClientOf, /, *, now: datetime) -> int | None:
    """Make a client out of someone of the household and answer the client's id.

    Sizes, likes and days of their own move to the new page, the birthday among the client's facts;
    days that both share, gifts and wishes stay with whoever said, gave and asked.

    Raises:
        ClientAlready: they are linked with a client.
        ClientWithoutName: there is no name, phone or e-mail.
    """
    row = the(session, HouseholdMember, what.household_member_id)
    if row.linked_client_id is not None:
        raise ClientAlready(name=row.name or row.relation)
    forget_draft(session, what.by, what.draft)
    client_id = new_client(
        session,
        NewClient(what.by, what.given_name, what.family_name, "", what.phone, what.email),
        now=now,
    ).subject
    assert client_id is not None
    for table in (Size, Preference):
        for known in session.scalars(select(table).where(col(table.household_member_id) == row.id)):
            known.client_id, known.household_member_id = client_id, None
    _move_days(session, row, client_id, now)
    row.linked_client_id, row.back_relation = client_id, what.back_relation.strip()
    return client_id


@verb
def keep_here_too(session: Session, what: KeepHereToo, /, *, now: datetime) -> int | None:
    """Add whoever has this client in their household to the client's own; answer the new row's id.

    There already, nothing is added.
    """
    there = the(session, HouseholdMember, what.household_member_id)
    here = there.linked_client_id
    if here is None:
        return None
    known: int | None = session.scalar(
        select(col(HouseholdMember.id)).where(
            col(HouseholdMember.client_id) == here,
            col(HouseholdMember.linked_client_id) == there.client_id,
        )
    )
    if known is not None:
        return known
    other = the(session, Client, there.client_id)
    return new_id(
        session,
        HouseholdMember(
            client_id=here,
            linked_client_id=there.client_id,
            name=other.preferred_name or other.given_name or other.family_name,
            relation=there.back_relation,
            back_relation=there.relation,
        ),
    )


def _move_days(session: Session, row: HouseholdMember, client_id: int, now: datetime) -> None:
    birthday = False
    for day in session.scalars(
        select(Occasion)
        .where(col(Occasion.household_member_id) == row.id)
        .order_by(col(Occasion.year).is_(None), col(Occasion.id))
    ):
        if day.kind in OF_BOTH:
            continue
        given_for = list(session.scalars(select(Gift).where(col(Gift.occasion_id) == day.id)))
        if day.kind == OccasionKind.BIRTHDAY and not birthday:
            birthday = True
            when = PartialDate(day.month, day.day, day.year)
            set_birthday(session, SetBirthday(client_id, when), now=now)
            if not given_for:
                session.delete(day)
        elif not given_for:
            day.client_id, day.household_member_id = client_id, None
    session.flush()
