"""What the words of a note offer: written with the note, kept or dropped by an associate alone.

A note that is sensitive offers nothing: what must never be said is not turned into what is shown.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.known import OfferState
from clientele.domain.tables import Department, HouseholdMember, Note, NoteOffer
from clientele.services.note_keeping import Keeping, keep_as
from clientele.services.note_known import Known
from clientele.services.rows import the
from clientele.services.verb import verb
from clientele.store.queries.reading import store_facts

if TYPE_CHECKING:
    from clientele.domain.rules.quick_note import Offer
    from clientele.domain.rules.quick_note_people import Person

log = logging.getLogger(__name__)


class OfferDecided(Refusal):
    """It was kept or dropped, perhaps at another terminal."""

    template = "This was kept or dropped already. Nothing was changed; the note stands as it is."


@dataclass(frozen=True, slots=True)
class KeepOffer:
    """Make an offer what it says, by this associate."""

    offer_id: int
    by: int


@dataclass(frozen=True, slots=True)
class KeepOffers:
    """Keep these offers, in this order, as one step."""

    offer_ids: tuple[int, ...]
    by: int


@dataclass(frozen=True, slots=True)
class DropOffer:
    """It is nothing to keep; the note stays as it is."""

    offer_id: int
    by: int


@dataclass(frozen=True, slots=True)
class CorrectOffer:
    """One field of an offer as it stands in its form now (``rules.quick_note.Offer``)."""

    offer_id: int
    field: str
    value: str


@verb
def keep_offer(session: Session, what: KeepOffer, /, *, now: datetime) -> int | None:
    """Keep an offer and answer the id of what it became.

    Raises:
        OfferDecided: it was kept or dropped already.
        NotADay, DayGone: its day cannot be read, or went by since; correct it first.
        Refusal: what the keeping of such an entry refuses.
    """
    return _keep(session, what.offer_id, what.by, now)


@verb
def keep_offers(session: Session, what: KeepOffers, /, *, now: datetime) -> int | None:
    """Keep several; what was decided meanwhile, or is said no more, is passed over.

    Raises:
        NotADay, DayGone: as ``keep_offer``; then none of them is kept.
    """
    for key in what.offer_ids:
        row = session.get(NoteOffer, key)
        if row is not None and row.state == OfferState.OFFERED:
            _keep(session, key, what.by, now)
    return None


@verb
def drop_offer(session: Session, what: DropOffer, /, *, now: datetime) -> int | None:
    """Drop an offer; it is not offered from these words again.

    Raises:
        OfferDecided: it was kept or dropped already.
    """
    row = _undecided(session, what.offer_id)
    row.state, row.decided_at, row.associate_id = OfferState.DROPPED, now, what.by
    return row.id


@verb
def correct_offer(session: Session, what: CorrectOffer, /, *, now: datetime) -> int | None:
    """Keep other words for a field of an offer; it stays an offer.

    Raises:
        OfferDecided: it was kept or dropped already.
    """
    row = _undecided(session, what.offer_id)
    fields = json.loads(row.fields)
    if what.field not in fields:
        raise ValueError(what.field)
    row.fields = as_json({**fields, what.field: what.value})
    return row.id


def write_offers(session: Session, note: Note, *, now: datetime) -> None:
    """Write what the words of ``note`` offer now: new ones are added, those not said any more go.

    What was decided stays decided. The note is kept whatever becomes of its offers: should the
    grammar fail, that is written to the log and nothing is offered.
    """
    session.flush()
    assert note.id is not None, "a written note has an id"
    there = session.scalars(select(NoteOffer).where(col(NoteOffer.note_id) == note.id)).all()
    found = [] if note.sensitive else _read(session, note, now)
    said = {(row.kind, row.said) for row in there}
    wanted = {(offer.kind.value, offer.said): at for at, offer in enumerate(found)}
    for row in there:
        place = wanted.get((row.kind, row.said))
        if place is not None:
            row.position = place
        elif row.state == OfferState.OFFERED:
            session.delete(row)
    for at, offer in enumerate(found):
        if (offer.kind.value, offer.said) not in said:
            session.add(
                NoteOffer(
                    note_id=note.id,
                    client_id=note.client_id,
                    position=at,
                    kind=offer.kind.value,
                    said=offer.said,
                    fields=as_json(dict(offer.fields)),
                )
            )
    session.flush()


def forget_offers(session: Session, note_id: int) -> None:
    """Take all offers of a note away, by name: a cascade of the store is not undone."""
    for row in session.scalars(select(NoteOffer).where(col(NoteOffer.note_id) == note_id)):
        session.delete(row)
    session.flush()


def as_json(fields: dict[str, str]) -> str:
    """The fields of an offer as they are kept."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def _read(session: Session, note: Note, now: datetime) -> Sequence[Offer]:
    """What is offered and not known yet of the client, nor offered by another note.

    Days are meant from the day on which the note was written; what was to be done by a day that is
    gone is not offered.
    """
    from clientele.domain.rules.quick_note import offers  # only who keeps a note needs the grammar

    store = store_facts(session)
    today = store.day_of(now).isoformat()
    try:
        found = offers(
            note.body,
            today=store.day_of(note.written_at),
            people=tuple(_household(session, note.client_id)),
            departments=tuple(session.scalars(select(col(Department.name)))),
            region=store.country,
        )
        known = Known(session, note.client_id, note.id or 0, store.country)
        return [
            offer
            for offer in found
            if not "" < offer.fields.get("due", "") < today and not known.holds(offer)
        ]
    except Exception:
        log.exception("a note could not be read for offers; the note itself is kept")
        return ()


def _household(session: Session, client_id: int) -> Iterable[Person]:
    from clientele.domain.rules.quick_note_people import Person

    rows = session.execute(
        select(col(HouseholdMember.name), col(HouseholdMember.relation))
        .where(col(HouseholdMember.client_id) == client_id)
        .order_by(col(HouseholdMember.id))
    )
    return (Person(name, relation) for name, relation in rows)


def _keep(session: Session, key: int, by: int, now: datetime) -> int | None:
    row = _undecided(session, key)
    note = the(session, Note, row.note_id)
    today: date = store_facts(session).day_of(now)
    made = keep_as(session, Keeping(row, note, by, json.loads(row.fields), today, now))
    row.state, row.decided_at, row.associate_id = OfferState.KEPT, now, by
    row.made_table, row.made_id = made
    session.flush()
    return row.made_id


def _undecided(session: Session, key: int) -> NoteOffer:
    row = the(session, NoteOffer, key)
    if row.state != OfferState.OFFERED:
        raise OfferDecided
    return row
