"""What is to be told now, to whoever is signed in, and when is the next look?

The rules are ``rules.reminding``. Everything open is read that is due until now and a little beyond
(``reminders_due``), whatever was told of it; then what was told is looked up by its keys. Names are
read only of what is to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from clientele.domain.rules.reminders_of import LEAD
from clientele.domain.rules.reminding import (
    OPENING,
    Due,
    DueKind,
    Telling,
    next_wake,
    tell_at,
    to_tell,
)
from clientele.store.queries.naming import names_of
from clientele.store.queries.reading import Named, store_facts
from clientele.store.queries.reminders_due import (
    Waiting,
    open_follow_ups,
    waiting_of,
    waiting_of_all,
)
from clientele.store.queries.reminders_told import in_parts, was_told


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who looks, and how it is told.

    ``associate_id`` None: nobody is signed in, and what fell due ``since`` (aware) is counted for
    all who work here. ``opening``: when the store's day begins. ``lead``: how long before an
    appointment, where nobody chose another time than the usual one.
    """

    associate_id: int | None
    opening: time = OPENING
    lead: timedelta = LEAD
    since_start: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is told: of whom, what, and of which sort (a channel, a kind of promise)."""

    due: Due
    named: Named
    what: str
    sort: str = ""
    on: date | None = None
    """Its day in the store."""
    at: time | None = None
    """Its time of day in the store."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found."""

    telling: Telling
    reminders: Mapping[str, Reminder]
    """By key: what is told, with its names; empty where nobody is signed in."""
    wake: datetime
    """When to look again, UTC."""
    things: frozenset[tuple[DueKind, int]]
    """Everything open that is due or will be soon: a notice of anything else is out of date."""

    def of(self, dues: Iterable[Due]) -> tuple[Reminder, ...]:
        """The reminders of these, in their order."""
        return tuple(self.reminders[due.key] for due in dues if due.key in self.reminders)


def look(session: Session, wanted: Wanted, *, now: datetime) -> Look:
    """What is to be told at ``now`` (aware). Keep ``telling.remember`` before showing any of it."""
    store = store_facts(session)
    nobody = wanted.associate_id is None
    waiting = {one.due.key: one for one in _waiting(session, wanted, now)}
    dues = [one.due for one in waiting.values()]
    if nobody and wanted.since is not None:
        since = wanted.since
        dues = [
            due
            for due in dues
            if tell_at(due, store_zone=store.zone, opening=wanted.opening) >= since
        ]
    things = frozenset((due.kind, due.id) for due in dues)
    if wanted.associate_id is not None:
        ids = open_follow_ups(session, wanted.associate_id, now=now)
        things |= {(DueKind.FOLLOW_UP, id) for id in ids}
    told = was_told(session, _counted_keys(dues) if nobody else waiting)
    if not nobody:  # most of it was told: the rules need not look at it again
        dues = [one.due for key, one in waiting.items() if key not in told]
    telling = to_tell(
        dues,
        told,
        now,
        store_zone=store.zone,
        opening=wanted.opening,
        since_start=wanted.since_start,
        nobody=nobody,
    )
    wake = next_wake(
        dues,
        told.union(telling.remember),
        now,
        store_zone=store.zone,
        opening=wanted.opening,
        nobody=nobody,
    )
    shown = () if nobody else (*telling.each, *telling.together)
    return Look(
        telling,
        _named(session, [waiting[due.key] for due in shown]),
        wake,
        things,
    )


def _waiting(session: Session, wanted: Wanted, now: datetime) -> Iterator[Waiting]:
    opening, lead = wanted.opening, wanted.lead
    if wanted.associate_id is not None:
        return waiting_of(session, wanted.associate_id, now=now, opening=opening, lead=lead)
    since = store_facts(session).day_of(min(wanted.since or now, now))
    return waiting_of_all(session, now=now, since=since, opening=opening, lead=lead)


def _counted_keys(dues: list[Due]) -> list[str]:
    """Under which keys it may have been told: to somebody, or to nobody as a number."""
    keys = [due.key for due in dues]
    return [*keys, *(f"{key}:counted" for key in keys)]


def _named(session: Session, waiting: list[Waiting]) -> dict[str, Reminder]:
    ids = sorted({one.client_id for one in waiting})
    names: dict[int, Named] = {}
    for some in in_parts(ids):
        names |= names_of(session, some)
    return {
        one.due.key: Reminder(one.due, names[one.client_id], one.what, one.sort, one.on, one.at)
        for one in waiting
        if one.client_id in names
    }
