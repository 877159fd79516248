"""What do rules look at? Facts of one client, the client, what was made before, the store's days.

The key of an occasion is what guarantees that it is never asked for twice. It names the fact (its
table, id and, for what comes every year, the year) and never the rule or the client: so it stays
the same when a rule is edited, renamed, or switched off and on, and when clients are merged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from clientele.domain.client import Channel, Purpose
from clientele.domain.money import Money
from clientele.domain.rules.cover import Away
from clientele.domain.rules.dates import PartialDate, next_on
from clientele.domain.rules.touch_rules import Trigger


class Source(StrEnum):
    """Where a fact stands: a table, or what is worked out of a client."""

    PURCHASE = "purchase"
    VISIT = "visit"
    PROMISE = "promise"
    MADE_RIGHT = "made_right"
    OCCASION = "occasion"
    APPOINTMENT = "appointment"
    WISH = "wish"
    BIRTHDAY = "birthday"
    """The client's own, which stands with the client; its id is the client's."""
    RHYTHM = "rhythm"
    """Not having been in since a day; its id is the client's."""


OF_CLIENT = frozenset({Source.BIRTHDAY, Source.RHYTHM})
"""Facts whose id is a client's, so that it changes when clients are merged."""


@dataclass(frozen=True, slots=True)
class Part:
    """One department of a fact, and what is left of what was spent there, in minor units."""

    department_id: int
    minor: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of one client that took place or lies ahead, on a day of the store's zone.

    ``day`` of an anniversary is the anniversary's, that of a rhythm the last day they were in. A
    purchase on a visit names the visit: several tickets of one visit are one occasion.
    """

    trigger: Trigger
    client_id: int
    source: Source
    source_id: int
    day: date
    parts: tuple[Part, ...] = ()
    currency: str = ""
    who: int | None = None
    """The associate who sold, altered, owns the problem or expects the client."""
    visit_id: int | None = None
    member_id: int | None = None
    """Whose occasion it is, where not the client's."""
    kind: str = ""
    """Of an occasion (``OccasionKind``)."""
    turns: int | None = None
    """Which birthday or anniversary it is, where known."""
    rhythm: int | None = None
    """Days between the client's visits."""
    returned: bool = False
    """All of it was brought back."""

    @property
    def key(self) -> str:
        """The occasion: the same for every rule that fits it."""
        return _key(self, self.source_id)

    @property
    def departments(self) -> tuple[int, ...]:
        """Its departments, the one where most was spent first."""
        return tuple(one.department_id for one in sorted(self.parts, key=lambda one: -one.minor))

    def spent(self, departments: Collection[int] = ()) -> Money | None:
        """What was spent in ``departments`` (empty: in all); None where nothing was bought."""
        if not self.currency:
            return None
        counted = (
            part.minor
            for part in self.parts
            if not departments or part.department_id in departments
        )
        return Money(sum(counted), self.currency)


class Gone(StrEnum):
    """Why a client can no longer be reached."""

    ERASED = "erased"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What a rule has to know of a client.

    ``allowed``: channel and purpose on which they may be reached. ``was``: the ids of clients who
    were merged into this one. ``knows``: department and the associate who knows them there.
    """

    id: int
    owner: int | None = None
    knows: tuple[tuple[int, int], ...] = ()
    departments: frozenset[int] = frozenset()
    """Where they buy: asked where the fact itself is of no department."""
    tags: frozenset[int] = frozenset()
    addresses: frozenset[Channel] = frozenset()
    allowed: frozenset[tuple[Channel, Purpose]] = frozenset()
    was: frozenset[int] = frozenset()
    gone: Gone | None = None

    @property
    def books(self) -> frozenset[int]:
        """In whose books they stand."""
        owner = frozenset() if self.owner is None else frozenset({self.owner})
        return owner | {who for _, who in self.knows}


class MadeState(StrEnum):
    """How a touch stands that was made before."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    ENDED = "ended"
    """By its rule: switched off or changed, or the fact is no more."""


@dataclass(frozen=True, slots=True)
class Made:
    """A touch that was made before, by a rule or (``rule_id`` None) by hand.

    ``key``: the occasion; for one by hand that of the purchase, promise or problem it is for, or
    empty. ``day``: when it is due or was done. A contact without a follow-up counts as done.
    """

    key: str
    client_id: int
    day: date
    state: MadeState = MadeState.OPEN
    rule_id: int | None = None
    aimed_at: date | None = None
    """The day that the rule aimed at (``Wanted.aimed_at``)."""
    in_hand: bool = False
    """An associate has put it off or changed it: it is theirs now."""


@dataclass(frozen=True, slots=True)
class Shop:
    """The store's days and people."""

    closed_weekdays: frozenset[int] = frozenset()
    """0 is Monday."""
    closed_on: frozenset[date] = frozenset()
    between: int = 3
    """At least so many days between two touches of one client, over all rules; 0: no matter."""
    here: frozenset[int] = frozenset()
    """The associates who work here."""
    absences: tuple[Away, ...] = ()

    def open_on(self, day: date) -> bool:
        """Whether the store is open on ``day``."""
        return day.weekday() not in self.closed_weekdays and day not in self.closed_on


def key_of(source: Source, source_id: int, *, visit_id: int | None = None) -> str:
    """The key under which a follow-up made by hand for a fact counts.

    So that no rule asks for it again: for a purchase with its visit, a promise, a problem, an
    appointment.
    """
    if source is Source.PURCHASE and visit_id is not None:
        return f"{Source.VISIT.value}:{visit_id}"
    return f"{source.value}:{source_id}"


def keys_of(event: Event, was: Collection[int] = ()) -> tuple[str, ...]:
    """The key of an occasion, then those it had while the client was still ``was``."""
    others = sorted(was) if event.source in OF_CLIENT else ()
    return (event.key, *(_key(event, one) for one in others if one != event.source_id))


def together(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events with those of one trigger and occasion added up: two tickets of one visit.

    The last day counts; it is returned where nothing is left of any. Only one currency can be
    added up: that of the ticket with the most.
    """
    found: dict[tuple[Trigger, str], list[Event]] = {}
    for event in sorted(events, key=lambda one: (one.day, one.source.value, one.source_id)):
        found.setdefault((event.trigger, event.key), []).append(event)
    return tuple(some[0] if len(some) == 1 else _one(some) for some in found.values())


def occasion(
    occasion_id: int,
    client_id: int,
    when: PartialDate,
    since: date,
    *,
    every_year: bool = True,
    kind: str = "",
    member_id: int | None = None,
    source: Source = Source.OCCASION,
) -> Event | None:
    """The next time of a day that matters, from ``since`` on; None where it is over.

    For a follow-up made for the year Y, ``since`` is the first of January of Y. A client's own
    birthday has the source ``BIRTHDAY`` and the client's id. A month alone is its first day, also
    while it runs: a day that moved on every morning would move its follow-up along.
    """
    day = next_on(when if when.day else replace(when, day=1), every_year, since)
    if day is None:
        return None
    turns = day.year - when.year if when.year is not None and every_year else None
    return Event(
        Trigger.OCCASION,
        client_id,
        source,
        occasion_id,
        day,
        kind=kind,
        member_id=member_id,
        turns=turns,
    )


def anniversary(purchase: Event, since: date) -> Event | None:
    """The next anniversary of a purchase from ``since`` on, the first a year after it."""
    bought = purchase.day
    first = date(bought.year + 1, 1, 1)
    day = next_on(PartialDate(bought.month, bought.day, bought.year), True, max(first, since))
    if day is None:
        return None
    return replace(
        purchase, trigger=Trigger.ANNIVERSARY, day=day, visit_id=None, turns=day.year - bought.year
    )


def not_in_since(
    client_id: int, rhythm_of: Callable[[int], tuple[int, date] | None]
) -> Event | None:
    """The client's own rhythm as a fact; ``rhythm_of`` answers days between visits and last day.

    None where it does, because there is not enough data.
    """
    found = rhythm_of(client_id)
    if found is None or found[0] < 1:
        return None
    days, last = found
    return Event(Trigger.RHYTHM, client_id, Source.RHYTHM, client_id, last, rhythm=days)


def _key(event: Event, source_id: int) -> str:
    if event.trigger is Trigger.RHYTHM:
        return f"{event.source.value}:{source_id}:{event.day.isoformat()}"
    if event.trigger in (Trigger.OCCASION, Trigger.ANNIVERSARY):
        return f"{event.source.value}:{source_id}:{event.day.year}"
    return key_of(event.source, source_id, visit_id=event.visit_id)


def _one(some: list[Event]) -> Event:
    left = [one for one in some if not one.returned] or some
    first = max(left, key=lambda one: (sum(part.minor for part in one.parts), -one.source_id))
    same = [one for one in left if one.currency == first.currency]
    sums: dict[int, int] = {}
    for one in same:
        for part in one.parts:
            sums[part.department_id] = sums.get(part.department_id, 0) + part.minor
    parts = tuple(Part(department, minor) for department, minor in sums.items())
    return replace(first, parts=parts, day=max(one.day for one in left))
