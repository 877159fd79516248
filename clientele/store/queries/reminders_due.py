"""What is open and due until now or soon after, as reminders: whose, of whom, what and when?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, literal, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.reminders_of import LEAD, of_appointment, of_follow_up, of_promise
from clientele.domain.rules.reminding import BEYOND, Due, DueKind, Part, until
from clientele.domain.tables import Appointment, Associate, FollowUp, Promise, ToldReminder
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.acting import acting_for
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import StoreFacts, store_facts

GONE = timedelta(days=3)
"""So long after it began an appointment of which nobody said anything is still told, once."""

AHEAD = timedelta(days=60)
"""So far ahead an appointment may ask to be told of."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reminder, before anybody asked for names. Day and time are the store's."""

    due: Due
    client_id: int
    what: str
    sort: str
    on: date | None
    at: time | None


def waiting_of(
    session: Session, associate_id: int, *, now: datetime, opening: time, lead: timedelta
) -> Iterator[Waiting]:
    """What an associate has open at ``now`` (aware) that is due until ``until``, or covers.

    Follow-ups that were told are left out, for thousands may be overdue (``open_follow_ups``).

    ``opening`` is when the store's day begins; ``lead`` how long before an appointment it is told,
    where nobody chose another time than the usual one.
    """
    store = store_facts(session)
    theirs = acting_for(session, associate_id, store.day_of(now))
    last = until(now, store.zone)
    for row in _FOLLOW_UPS.rows(session, theirs=theirs, last=last):
        yield _follow_up(row)
    for row in _PROMISES.rows(session, theirs=theirs, last=last):
        yield _promise(row, theirs, opening)
    for row in _APPOINTMENTS.rows(session, theirs=theirs, **_span(store, now)):
        yield from _appointment(row, lead, store)


def open_follow_ups(session: Session, associate_id: int, *, now: datetime) -> frozenset[int]:
    """The ids of all that ``waiting_of`` looks through, told or not."""
    store = store_facts(session)
    theirs = acting_for(session, associate_id, store.day_of(now))
    return frozenset(_FOLLOW_UP_IDS.column(session, theirs=theirs, last=until(now, store.zone)))


def waiting_of_all(
    session: Session, *, now: datetime, since: date, opening: time, lead: timedelta
) -> Iterator[Waiting]:
    """The same of everybody who works here, without what was due before ``since``, a store's day.

    What a colleague has in hand is told of its owner alone.
    """
    store = store_facts(session)
    last = until(now, store.zone)
    for row in _ALL_FOLLOW_UPS.rows(session, since=since, last=last):
        yield _follow_up(row)
    for row in _ALL_PROMISES.rows(session, since=since, last=last):
        yield _promise(row, (), opening)
    for row in _ALL_APPOINTMENTS.rows(session, **_span(store, now)):
        yield from _appointment(row, lead, store)


def _span(store: StoreFacts, now: datetime) -> dict[str, Any]:
    last = until(now, store.zone)
    return {
        "begun": now - GONE,
        "near": store.begins(last + timedelta(days=1)),
        "far": now + AHEAD,
        "long": int(BEYOND.total_seconds() // 60),
    }


def _follow_up(row: Any) -> Waiting:
    id, whose, due_on, client_id, reason, channel, created_at, rule_id, given_by = row
    by_themselves = rule_id is None and given_by is None
    due = of_follow_up(
        id, associate_id=whose, due_on=due_on, known_at=created_at if by_themselves else None
    )
    return Waiting(due, client_id, reason, channel, due_on, None)


def _promise(row: Any, theirs: tuple[int, ...], opening: time) -> Waiting:
    id, owner, colleague, kind, due_on, due_time, client_id, what, promised_at = row
    in_hand = colleague is not None and owner not in theirs and colleague in theirs
    due = of_promise(
        id,
        kind=kind,
        associate_id=colleague if in_hand else owner,
        due_on=due_on,
        due_time=due_time,
        opening=opening,
        # A colleague whose work it became was not there when it was promised.
        known_at=None if in_hand or kind == PromiseKind.REQUEST else promised_at,
    )
    return Waiting(due, client_id, what, kind, due_on, due_time)


def _appointment(row: Any, usual: timedelta, store: StoreFacts) -> Iterator[Waiting]:
    id, whose, starts_at, minutes, day_before, client_id, about = row
    lead = timedelta(minutes=minutes or 0)
    dues = of_appointment(
        id,
        associate_id=whose,
        starts_at=starts_at,
        store_zone=store.zone,
        lead=usual if lead == LEAD else lead,
        day_before=day_before,
    )
    local = starts_at.astimezone(store.zone)
    for due in dues:
        if minutes is not None or due.part is Part.DAY_BEFORE:
            yield Waiting(due, client_id, about, "", local.date(), local.time())


_SELLING = select(ident(Associate.id)).where(col(Associate.active).is_(True))
HELD = (PromiseState.OPEN, PromiseState.READY)
IS_OPEN = col(FollowUp.state) == FollowUpState.OPEN
STANDS = (
    col(Appointment.cancelled_at).is_(None),
    col(Appointment.outcome) == "",
    col(Appointment.visit_id).is_(None),
)


def _follow_ups(*where: Any) -> Prepared:
    return Prepared(
        select(
            ident(FollowUp.id),
            col(FollowUp.associate_id),
            col(FollowUp.due_on),
            col(FollowUp.client_id),
            col(FollowUp.reason),
            col(FollowUp.channel),
            col(FollowUp.created_at),
            col(FollowUp.rule_id),
            col(FollowUp.given_by_id),
        ).where(IS_OPEN, col(FollowUp.due_on) <= given("last"), *where)
    )


def _promises(*where: Any) -> Prepared:
    return Prepared(
        select(
            ident(Promise.id),
            col(Promise.associate_id),
            col(Promise.colleague_id),
            col(Promise.kind),
            col(Promise.due_on),
            col(Promise.due_time),
            col(Promise.client_id),
            col(Promise.what),
            col(Promise.promised_at),
        ).where(col(Promise.state).in_(HELD), col(Promise.due_on) <= given("last"), *where)
    )


def _appointments(*where: Any) -> Prepared:
    asked = select(
        ident(Appointment.id),
        col(Appointment.associate_id),
        col(Appointment.starts_at),
        col(Appointment.remind_minutes),
        col(Appointment.day_before),
        col(Appointment.client_id),
        col(Appointment.about),
    ).where(
        *STANDS,
        or_(col(Appointment.remind_minutes).is_not(None), col(Appointment.day_before).is_(True)),
        col(Appointment.starts_at) >= given("begun"),
        col(Appointment.starts_at) < given("far"),
        or_(
            col(Appointment.starts_at) < given("near"),
            col(Appointment.remind_minutes) > given("long"),
        ),
        *where,
    )
    return Prepared(asked)


def _told() -> ColumnElement[bool]:
    """Whether the reminder of a follow-up is among those told: its key, as ``Due.key`` has it."""
    parts = (ident(FollowUp.id), f":{Part.ON_TIME}:", col(FollowUp.associate_id), ":",
             col(FollowUp.due_on))  # fmt: skip
    key: Any = literal(f"{DueKind.FOLLOW_UP}:", String)
    for part in parts:
        key = key + (literal(part, String) if isinstance(part, str) else cast(part, String))
    return select(col(ToldReminder.key)).where(col(ToldReminder.key) == key).exists()


_THEIRS = col(FollowUp.associate_id).in_(among("theirs"))
_FOLLOW_UPS = _follow_ups(_THEIRS, ~_told())
_FOLLOW_UP_IDS = Prepared(
    select(ident(FollowUp.id)).where(IS_OPEN, col(FollowUp.due_on) <= given("last"), _THEIRS)
)
_ALL_FOLLOW_UPS = _follow_ups(
    col(FollowUp.due_on) >= given("since"), col(FollowUp.associate_id).in_(_SELLING)
)
_PROMISES = _promises(
    or_(
        col(Promise.associate_id).in_(among("theirs")),
        col(Promise.colleague_id).in_(among("theirs")),
    )
)
_ALL_PROMISES = _promises(
    col(Promise.due_on) >= given("since"), col(Promise.associate_id).in_(_SELLING)
)
_APPOINTMENTS = _appointments(col(Appointment.associate_id).in_(among("theirs")))
_ALL_APPOINTMENTS = _appointments(col(Appointment.associate_id).in_(_SELLING))
