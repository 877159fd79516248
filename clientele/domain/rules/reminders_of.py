"""Which reminders does a follow-up, a promise or an appointment have?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.reminding import OPENING, Due, DueKind, OnDay, Part

LEAD = timedelta(minutes=15)
"""So long before an appointment begins it is told, where nothing else was asked for."""

IN_TIME = 1
"""So many hours before its time of day a promise is told, where the store is still closed then."""


def of_follow_up(
    id: int,
    *,
    associate_id: int,
    due_on: date,
    at: time | None = None,
    snoozed_until: datetime | None = None,
    known_at: datetime | None = None,
) -> Due:
    """The reminder of an open follow-up: on its day, at a time of day or when the store opens.

    Put off until an instant (aware), it is told then; put off to another day, that is its
    ``due_on``. ``known_at``: see ``Due``; leave it empty where a colleague assigned it.
    """
    agreed = due_on.isoformat() + ("" if at is None else f"T{at:%H:%M}")
    tell: OnDay | datetime = OnDay(due_on, at)
    if snoozed_until is not None:
        tell = snoozed_until
        agreed = f"snoozed {_written(snoozed_until)}"
    return Due(DueKind.FOLLOW_UP, id, associate_id, agreed, tell, known_at=known_at)


def of_promise(
    id: int,
    *,
    kind: str,
    associate_id: int,
    due_on: date,
    due_time: time | None = None,
    opening: time = OPENING,
    known_at: datetime | None = None,
) -> Due:
    """The reminder of an open promise, in the morning of its day; a hold, of the day it ends.

    One that is due before the store opens, or soon after, is told an hour ahead.
    """
    at = None
    if due_time is not None:
        early = due_time.replace(hour=due_time.hour - IN_TIME) if due_time.hour else time()
        at = early if early < opening else None
    agreed = due_on.isoformat() + ("" if due_time is None else f"T{due_time:%H:%M}")
    told_as = DueKind.HOLD if kind == PromiseKind.HOLD else DueKind.PROMISE
    return Due(told_as, id, associate_id, agreed, OnDay(due_on, at), known_at=known_at)


def of_appointment(
    id: int,
    *,
    associate_id: int,
    starts_at: datetime,
    store_zone: tzinfo,
    lead: timedelta = LEAD,
    day_before: bool = False,
    known_at: datetime | None = None,
) -> tuple[Due, ...]:
    """The reminders of an appointment that stands: shortly before, and if asked the day before.

    The one of the day before is told when the store opens, and falls away once the other is due.
    Another ``lead`` is no other reminder: what was told is not told again.
    """
    soon = starts_at.astimezone(UTC) - lead
    agreed = _written(starts_at)
    on_time = Due(
        DueKind.APPOINTMENT,
        id,
        associate_id,
        agreed,
        soon,
        ahead_until=starts_at,
        known_at=known_at,
    )
    if not day_before:
        return (on_time,)
    eve = starts_at.astimezone(store_zone).date() - timedelta(days=1)
    before = Due(
        DueKind.APPOINTMENT,
        id,
        associate_id,
        agreed,
        OnDay(eve),
        part=Part.DAY_BEFORE,
        over_at=soon,
        known_at=known_at,
    )
    return (before, on_time)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
