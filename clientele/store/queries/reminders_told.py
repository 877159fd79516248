"""What was told, by its keys, and what became of the things: what need not be kept any longer?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.reminding import KEEP, DueKind
from clientele.domain.tables import Appointment, FollowUp, Promise, ToldReminder
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident
from clientele.store.queries.reminders_due import HELD, IS_OPEN, STANDS

T = TypeVar("T")

AT_A_TIME = 500
"""How many keys or ids are looked up in one statement."""


def was_told(session: Session, keys: Iterable[str]) -> frozenset[str]:
    """Which of these keys are kept."""
    found: set[str] = set()
    for some in in_parts(list(keys)):
        found |= set(_TOLD.column(session, keys=some))
    return frozenset(found)


def still_open(
    session: Session, things: Collection[tuple[DueKind, int]]
) -> frozenset[tuple[DueKind, int]]:
    """Which of these are there and not done: what was told of others need not be shown."""
    return _kept(session, things, _OPEN, {})


def kept_things(
    session: Session, things: Collection[tuple[DueKind, int]], *, now: datetime
) -> frozenset[tuple[DueKind, int]]:
    """Which of these are open, or were closed so lately that they may be taken up again."""
    return _kept(session, things, _LATELY, {"since": now - KEEP})


def old_told(session: Session, *, now: datetime) -> dict[str, datetime]:
    """What was told so long ago that it may be forgotten, by key."""
    return dict(_OLD.rows(session, before=now - KEEP))


def thing_of(key: str) -> tuple[DueKind, int] | None:
    """What a key is about; None where it is none of ours."""
    kind, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    if kind not in list(DueKind) or not (number.isascii() and number.isdigit()):
        return None
    return DueKind(kind), int(number)


def _kept(
    session: Session,
    things: Collection[tuple[DueKind, int]],
    asked: Mapping[DueKind, Prepared],
    values: Mapping[str, Any],
) -> frozenset[tuple[DueKind, int]]:
    kept: set[tuple[DueKind, int]] = set()
    for kind, statement in asked.items():
        ids = sorted(id for one, id in things if one == kind)
        for some in in_parts(ids):
            kept |= {(kind, id) for id in statement.column(session, ids=some, **values)}
    return frozenset(kept)


def in_parts(many: list[T]) -> Iterator[list[T]]:
    """The same in lists that are short enough for a statement."""
    for start in range(0, len(many), AT_A_TIME):
        yield many[start : start + AT_A_TIME]


_TOLD = Prepared(select(col(ToldReminder.key)).where(col(ToldReminder.key).in_(among("keys"))))
_OLD = Prepared(
    select(col(ToldReminder.key), col(ToldReminder.told_at)).where(
        col(ToldReminder.told_at) < given("before")
    )
)


def _among_promises(*where: Any) -> Prepared:
    return Prepared(select(ident(Promise.id)).where(ident(Promise.id).in_(among("ids")), *where))


_FOLLOW_UP_IDS = select(ident(FollowUp.id)).where(ident(FollowUp.id).in_(among("ids")))
_APPOINTMENT_IDS = select(ident(Appointment.id)).where(ident(Appointment.id).in_(among("ids")))
_IS_HELD = _among_promises(col(Promise.state).in_(HELD))
_HELD_LATELY = _among_promises(
    or_(
        col(Promise.state).in_(HELD),
        col(Promise.ended_at).is_(None),
        col(Promise.ended_at) >= given("since"),
    )
)
_OPEN = {
    DueKind.FOLLOW_UP: Prepared(_FOLLOW_UP_IDS.where(IS_OPEN)),
    DueKind.PROMISE: _IS_HELD,
    DueKind.HOLD: _IS_HELD,
    DueKind.APPOINTMENT: Prepared(_APPOINTMENT_IDS.where(*STANDS)),
}
_LATELY = {
    DueKind.FOLLOW_UP: Prepared(
        _FOLLOW_UP_IDS.where(
            or_(
                IS_OPEN,
                col(FollowUp.done_at).is_(None),
                col(FollowUp.done_at) >= given("since"),
            )
        )
    ),
    DueKind.PROMISE: _HELD_LATELY,
    DueKind.HOLD: _HELD_LATELY,
    DueKind.APPOINTMENT: Prepared(
        _APPOINTMENT_IDS.where(col(Appointment.starts_at) >= given("since"))
    ),
}
