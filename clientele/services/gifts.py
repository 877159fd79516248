"""What a client gave to those they buy for: said in words, or marked on what was bought here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.tables import (
    Client,
    Gift,
    HouseholdMember,
    Occasion,
    Purchase,
    PurchaseLine,
)
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.called import called


class GiftWithoutWords(Refusal):
    """Nothing says what was given."""

    template = "What was it? Nothing was added; write a few words or choose what was bought."


class GiftForNobody(Refusal):
    """Nobody got it."""

    template = "For whom was it? Nothing was added; choose or name who got it."


class GiftAlready(Refusal):
    """The line is a gift already."""

    template = "“{item}” is a gift already. Nothing was changed; it stands with whom it is for."


@dataclass(frozen=True, slots=True)
class AddGift:
    """A gift, of words or of a line that was bought, to someone of the household or somebody else.

    ``to`` names who got it where they are not of the household yet: they are added to it, because
    a client who gives once gives again.
    """

    client_id: int
    by: int
    what: str = ""
    household_member_id: int | None = None
    to: str = ""
    occasion_id: int | None = None
    purchase_line_id: int | None = None
    given_on: date | None = None
    liked: str = ""
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class ChangeGift:
    """A gift as it stands in its form now."""

    gift_id: int
    by: int
    what: str
    household_member_id: int | None = None
    occasion_id: int | None = None
    given_on: date | None = None
    liked: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class SayLiked:
    """How it was received, as it is typed."""

    gift_id: int
    liked: str


@dataclass(frozen=True, slots=True)
class RemoveGift:
    """It was no gift."""

    gift_id: int


@verb
def add_gift(session: Session, what: AddGift, /, *, now: datetime) -> int | None:
    """Write down a gift and answer its id.

    Raises:
        GiftForNobody: nobody is named.
        GiftWithoutWords: nothing says what it was.
        GiftAlready: the line is a gift to somebody already.
        NotThere: person, occasion or line are not of this client.
    """
    the(session, Client, what.client_id)
    words = what.what.strip()
    if what.purchase_line_id is not None:
        line = _line(session, what.client_id, what.purchase_line_id)
        words = words or line.item or line.sku
        _refuse_second(session, line)
    if not words:
        raise GiftWithoutWords
    member = what.household_member_id
    if member is None and what.to.strip():
        member = _named(session, what.client_id, what.to)
    if member is None:
        raise GiftForNobody
    _of_client(session, what.client_id, member, what.occasion_id)
    forget_draft(session, what.by, what.draft)
    return new_id(
        session,
        Gift(
            client_id=what.client_id,
            household_member_id=member,
            occasion_id=what.occasion_id,
            purchase_line_id=what.purchase_line_id,
            what=words,
            given_on=what.given_on,
            liked=what.liked.strip(),
            associate_id=what.by,
            created_at=now,
        ),
    )


@verb
def change_gift(session: Session, what: ChangeGift, /, *, now: datetime) -> int | None:
    """Keep a gift as it is said now.

    Raises:
        GiftWithoutWords: nothing says what it was.
        NotThere: person or occasion are not of this client.
    """
    row = the(session, Gift, what.gift_id)
    if not what.what.strip():
        raise GiftWithoutWords
    _of_client(session, row.client_id, what.household_member_id, what.occasion_id)
    row.what, row.liked, row.given_on = what.what.strip(), what.liked.strip(), what.given_on
    row.household_member_id, row.occasion_id = what.household_member_id, what.occasion_id
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def say_liked(session: Session, what: SayLiked, /, *, now: datetime) -> int | None:
    """Keep how it was received, as it is typed."""
    row = the(session, Gift, what.gift_id)
    row.liked = what.liked
    return row.id


@verb
def remove_gift(session: Session, what: RemoveGift, /, *, now: datetime) -> int | None:
    """Take a gift away; what was bought stays bought."""
    session.delete(the(session, Gift, what.gift_id))
    return None


def _line(session: Session, client_id: int, key: int) -> PurchaseLine:
    line = the(session, PurchaseLine, key)
    if the(session, Purchase, line.purchase_id).client_id != client_id:
        raise NotThere
    return line


def _refuse_second(session: Session, line: PurchaseLine) -> None:
    """One article is given once; of several in one line each may be for somebody else."""
    there = session.scalars(select(col(Gift.id)).where(col(Gift.purchase_line_id) == line.id)).all()
    if len(there) * QUANTITY_UNIT >= line.quantity:
        raise GiftAlready(item=line.item or line.sku)


def _named(session: Session, client_id: int, name: str) -> int:
    """Who of the household is called so; nobody is, they are added to it."""
    name = " ".join(name.split())
    known = called(session, HouseholdMember, name, col(HouseholdMember.client_id) == client_id)
    if known is not None:
        return known
    return new_id(session, HouseholdMember(client_id=client_id, name=name))


def _of_client(session: Session, client_id: int, member: int | None, occasion: int | None) -> None:
    if member is not None and the(session, HouseholdMember, member).client_id != client_id:
        raise NotThere
    if occasion is not None and the(session, Occasion, occasion).client_id != client_id:
        raise NotThere
