"""Where does each kind of entry stand: its table, its instant, whose it is, which department's?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, join, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.promises import Happened
from clientele.domain.rules.promise_steps import STEPS
from clientele.domain.tables import (
    Appointment,
    Associate,
    BookMembership,
    ClientMerge,
    Consent,
    ContactMade,
    HandOff,
    MadeRight,
    Note,
    PartPayment,
    Promise,
    PromiseStep,
    Purchase,
    PurchaseLine,
    Visit,
    VisitStop,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import Told

TOLD_STEPS = (
    *dict.fromkeys(step for steps in STEPS.values() for step in steps[:-1]),
    Happened.MOVED.value,
)
"""What of a promise's steps has an entry; the last step of a kind is told as the promise kept."""

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries of a kind come from.

    ``within`` answers whether a row belongs to a department. What names none itself belongs to
    that of whoever did it. ``through``: where it is read from, if the row itself does not know the
    client.
    """

    key: Any
    at: Any
    client: Any
    within: Callable[[Any], Condition]
    only: tuple[Condition, ...] = ()
    through: FromClause | None = None


def _by(associate: Any, department: Any) -> Condition:
    people = select(ident(Associate.id)).where(col(Associate.department_id) == department)
    return associate.in_(people)  # type: ignore[no-any-return]


def _of(place: Any, *people: Any) -> Callable[[Any], Condition]:
    """In a department by its own word, or where it has none by whoever did it."""

    def within(department: Any) -> Condition:
        theirs = or_(*(_by(who, department) for who in people))
        # Only the client's index is to be used: a department has rows of every client.
        return or_(func.coalesce(place, 0) == department, and_(place.is_(None), theirs))

    return within


def _who(person: Any) -> Callable[[Any], Condition]:
    return lambda department: _by(person, department)


def _stopped(visit: Any, department: Any) -> Condition:
    return (
        select(ident(VisitStop.id))
        .where(
            col(VisitStop.visit_id) == visit,
            col(VisitStop.department_id) == department,
            col(VisitStop.started_at).is_not(None),
        )
        .exists()
    )


def _ticket_in(department: Any) -> Condition:
    """A line of it, or a stop of its visit, was there."""
    line = (
        select(ident(PurchaseLine.id))
        .where(
            col(PurchaseLine.purchase_id) == ident(Purchase.id),
            col(PurchaseLine.department_id) == department,
        )
        .exists()
    )
    return or_(line, _stopped(col(Purchase.visit_id), department))


def _nobody_after() -> Condition:
    """The book of whoever knows them in a department, or an owner's whom no other followed."""
    next_one = aliased(BookMembership)
    followed = (
        select(ident(next_one.id))
        .where(
            col(next_one.client_id) == col(BookMembership.client_id),
            col(next_one.role) == BookRole.OWNER,
            col(next_one.since) == col(BookMembership.until),
        )
        .exists()
    )
    return or_(col(BookMembership.role) != BookRole.OWNER, ~followed)


IN_VISIT: Condition = col(Purchase.visit_id).is_not(None)
BROUGHT_BACK: Condition = (
    select(ident(PurchaseLine.id))
    .where(
        col(PurchaseLine.purchase_id) == ident(Purchase.id),
        or_(col(PurchaseLine.amount) < 0, col(PurchaseLine.quantity) < 0),
    )
    .exists()
)
_TICKET = select(ident(Purchase.id)).where(col(Purchase.visit_id) == ident(Visit.id)).exists()
_STEPS = join(Promise, PromiseStep, col(PromiseStep.promise_id) == ident(Promise.id))
_PROMISED = _of(col(Promise.department_id), col(Promise.associate_id))
_HANDED = _of(col(HandOff.department_id), col(HandOff.from_id), col(HandOff.to_id))
_HELD = _of(col(BookMembership.department_id), col(BookMembership.associate_id))

SOURCES: dict[Told, Source] = {
    Told.BOOK: Source(
        ident(BookMembership.id),
        col(BookMembership.since),
        col(BookMembership.client_id),
        _HELD,
    ),
    Told.BOOK_ENDED: Source(
        ident(BookMembership.id),
        col(BookMembership.until),
        col(BookMembership.client_id),
        _HELD,
        (col(BookMembership.until).is_not(None), _nobody_after()),
    ),
    Told.MERGED: Source(
        ident(ClientMerge.id),
        col(ClientMerge.merged_at),
        col(ClientMerge.kept_id),
        _who(col(ClientMerge.associate_id)),
    ),
    Told.CONSENT: Source(
        ident(Consent.id),
        col(Consent.said_at),
        col(Consent.client_id),
        _who(col(Consent.associate_id)),
    ),
    Told.APPOINTMENT: Source(
        ident(Appointment.id),
        col(Appointment.cancelled_at),
        col(Appointment.client_id),
        _of(col(Appointment.department_id), col(Appointment.associate_id)),
        (col(Appointment.cancelled_at).is_not(None),),
    ),
    Told.VISIT: Source(
        ident(Visit.id),
        col(Visit.arrived_at),
        col(Visit.client_id),
        lambda department: _stopped(ident(Visit.id), department),
        (~_TICKET,),
    ),
    Told.PURCHASE: Source(
        ident(Purchase.id),
        col(Purchase.sold_at),
        col(Purchase.client_id),
        _ticket_in,
    ),
    Told.PART_PAYMENT: Source(
        ident(PartPayment.id),
        col(PartPayment.paid_at),
        col(PartPayment.client_id),
        _who(col(PartPayment.associate_id)),
    ),
    Told.MADE_RIGHT: Source(
        ident(MadeRight.id),
        col(MadeRight.opened_at),
        col(MadeRight.client_id),
        _of(col(MadeRight.department_id), col(MadeRight.associate_id)),
    ),
    Told.PROMISE: Source(
        ident(Promise.id),
        col(Promise.promised_at),
        col(Promise.client_id),
        _PROMISED,
    ),
    Told.PROMISE_STEP: Source(
        ident(PromiseStep.id),
        col(PromiseStep.at),
        col(Promise.client_id),
        _PROMISED,
        (
            col(PromiseStep.what).in_(TOLD_STEPS),
            col(PromiseStep.at) > col(Promise.promised_at),  # else it is told by the promise itself
        ),
        _STEPS,
    ),
    Told.PROMISE_ENDED: Source(
        ident(Promise.id),
        col(Promise.ended_at),
        col(Promise.client_id),
        _PROMISED,
        (col(Promise.ended_at).is_not(None),),
    ),
    Told.HAND_OFF: Source(
        ident(HandOff.id),
        col(HandOff.offered_at),
        col(HandOff.client_id),
        _HANDED,
    ),
    Told.HAND_OFF_ANSWERED: Source(
        ident(HandOff.id),
        col(HandOff.answered_at),
        col(HandOff.client_id),
        _HANDED,
        (col(HandOff.answered_at).is_not(None),),
    ),
    Told.HAND_OFF_ENDED: Source(
        ident(HandOff.id),
        col(HandOff.ended_at),
        col(HandOff.client_id),
        _HANDED,
        (col(HandOff.ended_at).is_not(None),),
    ),
    Told.CONTACT: Source(
        ident(ContactMade.id),
        col(ContactMade.took_place_at),
        col(ContactMade.client_id),
        _who(col(ContactMade.associate_id)),
    ),
    Told.NOTE: Source(
        ident(Note.id),
        col(Note.written_at),
        col(Note.client_id),
        _of(col(Note.department_id), col(Note.associate_id)),
    ),
}
