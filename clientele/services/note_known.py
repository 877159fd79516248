"""Is what a note offers known of the client already? Then it is not offered again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.known import OfferState
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.rules.contact_points import kind_of, normalised
from clientele.domain.rules.quick_note_days import read_when
from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.domain.tables import (
    Client,
    ContactPoint,
    FollowUp,
    NoteOffer,
    Occasion,
    Preference,
    Promise,
    Size,
    Wish,
)
from clientele.domain.wishes import WishState
from clientele.services.note_keeping import member_of

if TYPE_CHECKING:
    from clientele.domain.rules.quick_note import Offer


class Known:
    """What is known of one client, and offered by notes other than this one."""

    def __init__(self, session: Session, client_id: int, note_id: int, country: str) -> None:
        self._session, self._client_id, self._country = session, client_id, country
        rows = session.execute(
            select(col(NoteOffer.kind), col(NoteOffer.fields)).where(
                col(NoteOffer.client_id) == client_id,
                col(NoteOffer.note_id) != note_id,
                col(NoteOffer.state) == OfferState.OFFERED,
            )
        )
        self._waiting = {(kind, _key(json.loads(fields))) for kind, fields in rows}

    def holds(self, offer: Offer) -> bool:
        """Whether nothing new is said by this offer."""
        if (offer.kind.value, _key(dict(offer.fields))) in self._waiting:
            return True
        fields = offer.fields
        member: int | None = None
        if fields.get("for_name") or fields.get("for_relation"):
            member = member_of(
                self._session, self._client_id, fields["for_name"], fields["for_relation"]
            )
            if member is None:
                return False
        if offer.kind is OfferKind.PERSON:
            found = member_of(self._session, self._client_id, fields["name"], fields["relation"])
            return found is not None
        if offer.kind in (OfferKind.BIRTHDAY, OfferKind.LANGUAGE, OfferKind.NAME):
            return self._of_client(offer)
        return self._among(offer, member)

    def _of_client(self, offer: Offer) -> bool:
        client = self._session.get(Client, self._client_id)
        if client is None:
            return False
        if offer.kind is OfferKind.LANGUAGE:
            return client.language.split("-")[0] == offer.fields["tag"]
        if offer.kind is OfferKind.NAME:
            names = (client.preferred_name.casefold(), client.given_name.casefold())
            return offer.fields["name"].casefold() in names
        when = read_when(offer.fields["when"])
        there = (client.birth_month, client.birth_day)
        return (
            when is not None
            and there == (when.month, when.day)
            and not (when.year and client.birth_year is None)
        )

    def _among(self, offer: Offer, member: int | None) -> bool:
        f = {name: value.casefold() for name, value in offer.fields.items()}
        if offer.kind is OfferKind.SIZE:
            rows = self._rows(Size, member, Size.category, Size.value, Size.brand)
            return (f["category"], f["value"], f["brand"]) in rows
        if offer.kind in (OfferKind.LIKE, OfferKind.AVOID):
            liked = self._rows(Preference, member, Preference.kind, Preference.what)
            return all((offer.kind.value, one.strip()) in liked for one in f["what"].split(","))
        if offer.kind is OfferKind.OCCASION:
            when = read_when(offer.fields["when"])
            days = self._rows(Occasion, member, Occasion.kind, Occasion.month, Occasion.day)
            return when is not None and (f["occasion"], when.month, when.day) in days
        if offer.kind is OfferKind.CONTACT:
            kind = kind_of(offer.fields["value"])
            normal = normalised(kind, offer.fields["value"], self._country)
            return (normal,) in self._rows(ContactPoint, None, ContactPoint.normalised)
        if offer.kind is OfferKind.PROMISE:
            made = self._rows(Promise, None, Promise.state, Promise.kind, Promise.what)
            return (PromiseState.OPEN.value, f["promise"], f["what"]) in made
        if offer.kind is OfferKind.FOLLOW_UP:
            due = self._rows(FollowUp, None, FollowUp.state, FollowUp.channel, FollowUp.due_on)
            return (FollowUpState.OPEN.value, f["channel"], f["due"]) in {
                (state, channel, day.isoformat()) for state, channel, day in due
            }
        wishes = self._rows(Wish, member, Wish.state, Wish.item)
        return (WishState.OPEN.value, f["item"]) in wishes

    def _rows(self, table: Any, member: int | None, *columns: Any) -> set[tuple[Any, ...]]:
        """The values of these columns in the rows of the client, or of one of the household."""
        asked = select(*(col(column) for column in columns)).where(
            table.client_id == self._client_id
        )
        if hasattr(table, "household_member_id"):
            asked = asked.where(
                table.household_member_id.is_(None)
                if member is None
                else table.household_member_id == member
            )
        return {_folded(row) for row in self._session.execute(asked)}


def _folded(row: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(value.casefold() if isinstance(value, str) else value for value in row)


def _key(fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value.casefold()) for name, value in fields.items()))
