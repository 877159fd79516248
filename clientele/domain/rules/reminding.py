"""What is to be told now, and when is the next look? Each reminder once, whatever the clock does.

Nothing here remembers when it looked last, because clocks are set back, terminals sleep and
travel. What was told is known by keys alone: a key says what is due, whose it is and what was
agreed, so that a reminder that was moved, snoozed or passed on is another one, and the same one
is never told twice; undoing a move leads back to the key that was told.

How a caller uses it: hand in everything open that is due until ``now`` and a little beyond
(``until``), with the keys that were told; keep the keys of ``Telling.remember`` before showing
anything (where two windows keep the same key, the one that was first shows it); look again at
``next_wake`` and whenever something changes. Keys are forgotten by ``forgettable`` alone.

Told are the things of one associate: their own and those of whom they cover (``mine``). While
nobody is signed in they are told as numbers without a name (``nobody``, ``counts``), once, and
then once more by name to whoever signs in: that first look is ``since_start``, as the first one
after the program opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from clientele.domain.rules.cover import Away, answers_for
from clientele.domain.rules.day_moments import moment_of

OPENING = time(9, 30)
"""When the things of a day are told, where the store does not say when it opens."""

AT_ONCE = 3
"""So many are told one by one; when more fall due together they are one list."""

LATE = timedelta(minutes=15)
"""What fell due longer ago, as while the terminal slept, is told in the list."""

AT_MOST = timedelta(minutes=1)
"""No sleep is longer: a timer counts on while the clock is set or the terminal sleeps."""

BEYOND = timedelta(days=2)
"""So far ahead of ``now`` a caller reads what is due: more than any sleep."""

KEEP = timedelta(days=60)
"""So long a key is kept of what was closed, for it may be taken up again."""


class DueKind(StrEnum):
    """What is due."""

    FOLLOW_UP = "follow-up"
    PROMISE = "promise"
    HOLD = "hold"
    APPOINTMENT = "appointment"


class Part(StrEnum):
    """Which of its reminders it is."""

    ON_TIME = "on time"
    DAY_BEFORE = "day before"


@dataclass(frozen=True, slots=True)
class OnDay:
    """On a day of the store's zone, at a time of day; None: when the store opens."""

    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder of one thing."""

    kind: DueKind
    id: int
    associate_id: int
    """Whose it is; who covers for them is told in their place."""
    agreed: str
    """What was agreed, as written: another day, time or snooze is another reminder."""
    tell: OnDay | datetime
    """When to tell: on a day of the store, or at an instant (aware)."""
    part: Part = Part.ON_TIME
    ahead_until: datetime | None = None
    """Until then it lies ahead (aware): an appointment begins. Told by itself until then."""
    over_at: datetime | None = None
    """From then on (aware) there is nothing to tell: a later reminder took its place."""
    known_at: datetime | None = None
    """When the associate agreed it themselves (aware): what was past by then needs no telling.

    None: somebody else did, or it does not matter. One that lies ahead of the clock is not
    believed, because the clock was wrong then or is now.
    """

    @property
    def key(self) -> str:
        """What is remembered once it was told."""
        thing = _thing(self.kind, self.id)
        return f"{thing}:{self.part}:{self.associate_id}:{self.agreed}"


@dataclass(frozen=True, slots=True)
class Telling:
    """What to tell now. Each is in one of the two, in the order in which it fell due."""

    each: tuple[Due, ...] = ()
    """To be told one by one."""
    together: tuple[Due, ...] = ()
    """To be told as one list: it fell due while nobody could be told, or is too much at once."""
    remember: tuple[str, ...] = ()
    """The keys to keep, before anything is shown."""

    def __bool__(self) -> bool:
        return bool(self.remember)


def tell_at(due: Due, *, store_zone: tzinfo, opening: time = OPENING) -> datetime:
    """The instant from which on ``due`` is to be told, in UTC."""
    if isinstance(due.tell, datetime):
        return due.tell.astimezone(UTC)
    at = opening if due.tell.at is None else due.tell.at
    return moment_of(due.tell.day, at, store_zone)


def to_tell(
    dues: Iterable[Due],
    told: Collection[str],
    now: datetime,
    *,
    store_zone: tzinfo,
    opening: time = OPENING,
    since_start: bool = False,
    nobody: bool = False,
) -> Telling:
    """What of ``dues`` is to be told at ``now`` (aware), in the order in which it fell due.

    ``told`` are the keys kept of earlier tellings. ``since_start``: the first look after the
    program opened or somebody signed in; what waited is one list, except an appointment that is
    still ahead. ``nobody`` is signed in: everything is in one list, to be told as ``counts``, and
    the keys to remember do not keep it from being told by name later.
    """
    waiting: dict[str, tuple[datetime, Due]] = {}
    for due in dues:
        key = _key(due, nobody)
        if key in told or due.key in told or key in waiting:
            continue
        moment = tell_at(due, store_zone=store_zone, opening=opening)
        if moment <= now and not _needless(due, moment, now):
            waiting[key] = (moment, due)
    if not waiting:
        return Telling()
    ordered = sorted(waiting.values(), key=lambda one: (one[0], one[1].kind, one[1].id))
    each = () if nobody else _one_by_one(ordered, now, since_start)
    return Telling(
        each,
        tuple(due for _, due in ordered if due not in each),
        tuple(_key(due, nobody) for _, due in ordered),
    )


def next_wake(
    dues: Iterable[Due],
    told: Collection[str],
    now: datetime,
    *,
    store_zone: tzinfo,
    opening: time = OPENING,
    nobody: bool = False,
    at_most: timedelta = AT_MOST,
) -> datetime:
    """When to look again, in UTC: when the next falls due, at once where one is, soon in any case.

    Never later than ``at_most`` after ``now``, also with nothing due: the clock may be set
    forward, or the terminal sleep, while a timer counts the seconds that it was awake.
    """
    soonest = now.astimezone(UTC) + at_most
    for due in dues:
        if _key(due, nobody) in told or due.key in told:
            continue
        moment = tell_at(due, store_zone=store_zone, opening=opening)
        if moment < soonest and not _needless(due, moment, now):
            soonest = max(moment, now.astimezone(UTC))
    return soonest


def until(now: datetime, store_zone: tzinfo) -> date:
    """The last day of the store that a caller must read: whatever is open and due until then.

    There is no first one: what is overdue for long was told, unless the program was closed.
    """
    return (now + BEYOND).astimezone(store_zone).date()


def forgettable(
    told: Mapping[str, datetime], things: Iterable[tuple[DueKind, int]], now: datetime
) -> frozenset[str]:
    """Which keys need not be kept any longer; ``told`` is when each was told (aware).

    Those told more than ``KEEP`` ago of nothing among ``things``: everybody's that are open, and
    those closed within ``KEEP``, which may be taken up again. Of these every key stays, also of
    the day from which one was put off. To be asked as the program opens and not later, because
    what was removed since can be brought back by undo. So there are never more keys than were
    told of these things and within ``KEEP``; what was told before the clock was set back stays
    until it is over again.
    """
    kept = {_thing(kind, id) for kind, id in things}
    return frozenset(
        key
        for key, at in told.items()
        if now - at > KEEP and ":".join(key.split(":", 2)[:2]) not in kept
    )


def mine(
    dues: Iterable[Due], associate: int, day: date, absences: Iterable[Away]
) -> tuple[Due, ...]:
    """What is to be told to ``associate`` on ``day``: their own, and that of whom they cover.

    An absent colleague who looks in answers as well; whoever of the two is here first is told.
    """
    theirs = answers_for(associate, day, absences)
    return tuple(due for due in dues if due.associate_id in theirs)


def counts(telling: Telling) -> tuple[tuple[DueKind, int], ...]:
    """How many of each kind, appointments first, with no name: for a screen that is locked."""
    order = (DueKind.APPOINTMENT, DueKind.PROMISE, DueKind.HOLD, DueKind.FOLLOW_UP)
    kinds = [due.kind for due in (*telling.each, *telling.together)]
    return tuple((kind, kinds.count(kind)) for kind in order if kind in kinds)


def _thing(kind: DueKind, id: int) -> str:
    return f"{kind}:{id}"


def _key(due: Due, nobody: bool) -> str:
    return f"{due.key}:counted" if nobody else due.key


def _needless(due: Due, moment: datetime, now: datetime) -> bool:
    if due.over_at is not None and due.over_at <= now:
        return True
    return due.known_at is not None and moment <= due.known_at <= now


def _one_by_one(
    ordered: Iterable[tuple[datetime, Due]], now: datetime, since_start: bool
) -> tuple[Due, ...]:
    """What is told by itself: what fell due just now, unless that is too much at once.

    What is still ahead waits for no list, however it comes to be told late.
    """
    ahead, fresh = [], []
    for moment, due in ordered:
        is_ahead = due.ahead_until is not None and now < due.ahead_until
        if is_ahead:
            ahead.append(due)
        if is_ahead or (not since_start and now - moment <= LATE):
            fresh.append(due)
    return next((tuple(some) for some in (fresh, ahead) if len(some) <= AT_ONCE), ())
