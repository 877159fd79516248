"""When is a client next to hear from us, about what, and from whom?

Of every client the next touch is known, or that nothing is planned. What is overdue comes first,
the oldest before the rest; then whatever is next by its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from clientele.domain.rules.cover import Away, acting


class TouchKind(StrEnum):
    """What it is; of several on one day the first that stands here leads.

    An appointment is the surest, since the client comes; a promise is a word given; a follow-up is
    our own plan; an occasion alone is a reason, and nobody's task yet.
    """

    APPOINTMENT = "appointment"
    PROMISE = "promise"
    FOLLOW_UP = "follow-up"
    OCCASION = "occasion"


CAN_BE_LATE = frozenset({TouchKind.PROMISE, TouchKind.FOLLOW_UP})
"""These stay until they are done; an appointment or occasion that has gone by is over."""


class Planned(StrEnum):
    """How a client stands today."""

    OVERDUE = "overdue"
    TODAY = "today"
    AHEAD = "ahead"
    NOTHING = "nothing planned"


@dataclass(frozen=True, slots=True)
class Touch:
    """Something open or ahead with a client, on a day of the store's zone."""

    kind: TouchKind
    id: int
    """Of its row; of an occasion or birthday whatever tells it apart from others."""
    on: date
    by: int | None
    """Whose it is; for an occasion whoever is responsible for the client; None: nobody's."""
    what: str = ""
    """Its reason, what was promised, what it is about."""
    channel: str = ""
    at: time | None = None
    """In the store's zone; None: some time that day."""
    waits: bool = False
    """Ours is done and the client is waited for (ready to collect, put aside): never overdue."""


@dataclass(frozen=True, slots=True)
class NextTouch:
    """The next touch of a client: what, when and by whom; or that nothing is planned."""

    planned: Planned
    touch: Touch | None = None
    by: int | None = None
    """Who does it: whose it is or, on a day when they are away, who covers."""
    overdue_days: int = 0
    others: int = 0
    """How many more there are."""


def in_order(touches: Iterable[Touch], today: date) -> tuple[Touch, ...]:
    """What is still to come on ``today``, the next first; what is over is left out.

    An overdue one has its own day. One that waits for the client since an earlier day counts as
    today's, and comes after what is to be done today.
    """
    there = [one for one in touches if one.on >= today or one.kind in CAN_BE_LATE]
    return tuple(sorted(there, key=lambda one: _place(one, today)))


def next_touch(touches: Iterable[Touch], today: date, absences: Iterable[Away] = ()) -> NextTouch:
    """The next touch of one client, of all their open follow-ups and promises and what is ahead.

    ``today`` is the store's. Give in no appointment that was cancelled or came to be a visit, and
    no occasion further ahead than it is worth speaking of. An overdue one is whose it is today.
    """
    ordered = in_order(touches, today)
    if not ordered:
        return NextTouch(Planned.NOTHING)
    first = ordered[0]
    day = max(first.on, today)
    planned = Planned.AHEAD if first.on > today else Planned.TODAY
    late = _is_late(first, today)
    return NextTouch(
        Planned.OVERDUE if late else planned,
        first,
        None if first.by is None else acting(first.by, day, absences),
        overdue_days=(today - first.on).days if late else 0,
        others=len(ordered) - 1,
    )


def _is_late(touch: Touch, today: date) -> bool:
    return touch.kind in CAN_BE_LATE and not touch.waits and touch.on < today


def _place(touch: Touch, today: date) -> tuple[object, ...]:
    waiting = touch.on < today and not _is_late(touch, today)
    return (
        today if waiting else touch.on,
        waiting,
        list(TouchKind).index(touch.kind),
        touch.at is None,
        touch.at or time(),
        touch.id,
    )
