"""Who will come back by themselves, who will stay away, and what in their days says so?

All follows from the days on which a client bought, each once, in order. Six signals of them are
weighed by what the store's own past taught (``returning_learnt``): how much they bought of late,
over a few months and over a year; how long ago the last day is, and the first; and on what part of
their past days a purchase followed soon, recent days counting for more, which where little is known
is drawn towards the store's own part.

The reason that is shown is simpler than the weights, and true by itself: their usual gap, the days
since the last purchase, and when they were to be expected. Days are days of the store; where many
clients are gone through they are numbers, as ``date.toordinal`` gives them.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from statistics import quantiles
from typing import Final, NamedTuple

from clientele.domain.rules.habits import LEAST, Of, Spread

WITHIN: Final = 14
"""Somebody who buys in so many days from today on, today among them, came back by themselves."""

AWAY: Final = 30
"""Somebody who does not buy in so many days from today on stays away."""

NEEDED: Final = LEAST[Of.RHYTHM]
"""With fewer buying days nothing is said of a client's rhythm."""

SPANS: Final = (14, 60, 365)
"""In so many days a purchase loses half of what it counts: of late, over months, over a year."""

OLDEST: Final = 30 * 366
"""Days; what is older says nothing."""

_LITTLE: Final = 0.1
"""Stands for purchases, or for a part of the past, that were not seen: no logarithm of nothing."""

Signals = tuple[float, float, float, float, float, float]
Weights = tuple[float, float, float, float, float, float, float]
"""One for each signal, and at last what is added to all."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a store's past taught. ``back`` and ``stays`` are None where it taught too little.

    ``soon`` is on what part of all days a client of this store bought within ``within`` days.
    """

    within: int = WITHIN
    away: int = AWAY
    soon: float = 0.5
    back: Weights | None = None
    stays: Weights | None = None
    rows: int = 0
    """Client and day, so many of them it was learnt from."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often somebody buys by the days that stand in the book, and whether they are late."""

    gaps: Spread
    """Days from one purchase to the next."""
    of: int
    """So many gaps."""
    since: int
    """Days since the last purchase."""
    expected: date
    """The last day and the usual gap; in the past if they are late."""
    longer: int
    """Of their gaps, those at least as long as ``since``: they have been away so long before."""

    @property
    def late(self) -> int:
        """Days past the day on which they were to be expected; 0 if that is still to come."""
        return max(self.since - self.gaps.middle, 0)


@dataclass(frozen=True, slots=True)
class Returning:
    """What is thought of one client, and the days behind it, the newest first.

    ``lacking`` buying days more are needed before there is a rhythm; the chances, from 0 to 1, are
    there for ranking, but where days are lacking they are the store's more than the client's.
    """

    comes: float
    """That they buy within ``Learnt.within`` days from today on, by themselves."""
    stays: float
    """That they do not buy in ``Learnt.away`` days from today on."""
    rhythm: Rhythm | None
    lacking: int
    days: tuple[date, ...]


class Scored(NamedTuple):
    """One client of many. ``usual`` is the usual gap in days, None with too few buying days."""

    id: int
    comes: float
    stays: float
    since: int
    usual: int | None


def returning(days: Iterable[date], today: date, learnt: Learnt) -> Returning:
    """What ``days``, in any order, say of one client; days after ``today`` are left out."""
    known = sorted({day for day in days if day <= today})
    comes, stays = scorer(today, learnt)([day.toordinal() for day in known])
    return Returning(
        comes,
        stays,
        rhythm(known, today),
        max(NEEDED - len(known), 0),
        tuple(reversed(known)),
    )


def rhythm(days: Sequence[date], today: date) -> Rhythm | None:
    """The rhythm of ``days``, in order and each once, none after ``today``; None for too few."""
    if len(days) < NEEDED:
        return None
    gaps = [(b - a).days for a, b in pairwise(days)]
    spread = Spread(*map(round, quantiles(gaps, n=4, method="inclusive")))
    since = (today - days[-1]).days
    longer = sum(gap >= since for gap in gaps)
    expected = days[-1] + timedelta(spread.middle)
    return Rhythm(spread, len(gaps), since, expected, longer)


def scored(
    histories: Iterable[tuple[int, Sequence[int]]], today: date, learnt: Learnt
) -> Iterator[Scored]:
    """Each client of ``histories`` (id, day numbers in order and each once), as they come.

    Who never bought is left out.
    """
    chances = scorer(today, learnt)
    now = today.toordinal()
    for id_, days in histories:
        if days and days[0] <= now:
            known = days if days[-1] <= now else [day for day in days if day <= now]
            yield Scored(id_, *chances(known), now - known[-1], _usual(known))


def ranked(
    histories: Iterable[tuple[int, Sequence[int]]],
    today: date,
    learnt: Learnt,
    *,
    most: int,
    worth: Callable[[Scored], float] = lambda one: one.stays,
) -> list[Scored]:
    """At most ``most`` clients, the most ``worth`` first; of equals, who comes first.

    Goes through ``histories`` once and keeps no more than ``most``. ``worth`` may answer a negative
    number for whom nobody is to call: they are left out.
    """
    found = ((worth(one), -one.id, one) for one in scored(histories, today, learnt))
    return [one for _, _, one in heapq.nlargest(most, (row for row in found if row[0] >= 0))]


def scorer(today: date, learnt: Learnt) -> Callable[[Sequence[int]], tuple[float, float]]:
    """From day numbers, in order and each once, to ``comes`` and ``stays`` of ``Returning``."""
    now, within, away, soon = today.toordinal(), learnt.within, learnt.away, learnt.soon
    back, stays = learnt.back, learnt.stays
    short, middle, long = map(faded, SPANS)

    def by_rate(days: Sequence[int]) -> tuple[float, float]:
        """As often as before, half by the last months and half by the last years."""
        if not days:
            return 0.0, 1.0
        rate = _rate(days, now, SPANS[1], middle) + _rate(days, now, SPANS[2], long)
        return 1 - exp(-rate / 2 * within), exp(-rate / 2 * away)

    if back is None or stays is None:
        return by_rate
    a, b, c, d, e, f, g = back
    p, q, r, s, t, u, v = stays

    def by_weights(days: Sequence[int]) -> tuple[float, float]:
        known = _known(days, now)
        if not known:
            return 0.0, 1.0
        i, j, k, m, n, o = signals(known, now, within, soon, short, middle, long)
        comes = a * i + b * j + c * k + d * m + e * n + f * o + g
        goes = p * i + q * j + r * k + s * m + t * n + u * o + v
        return chance(comes), chance(goes)

    return by_weights


def signals(
    days: Sequence[int],
    now: int,
    within: int,
    soon: float,
    short: Sequence[float],
    middle: Sequence[float],
    long: Sequence[float],
) -> Signals:
    """The six signals of a client with at least one day, as told at the head of this module.

    ``short``, ``middle`` and ``long`` are ``faded`` of the spans; the day ``now`` is the last.
    """
    of_late = months = year = followed = 0.0
    older = now - days[0]
    first = older
    for day in days:
        age = now - day
        weight = middle[age]
        of_late += short[age]
        months += weight
        year += long[age]
        # From the gap that ended here: the last days before it, at most as many as ``within``.
        begun = age + within
        followed += weight - middle[begun if begun < older else older]
        older = age
    # The last days without a purchase count against them only where ``within`` has gone by.
    seen = middle[older if older < within else within] - middle[first]
    return (
        log(of_late + _LITTLE),
        log(months + _LITTLE),
        log(year + _LITTLE),
        log(1 + older),
        log(1 + first),
        log((followed + _LITTLE * soon) / (seen - followed + _LITTLE * (1 - soon))),
    )


@lru_cache(maxsize=12)
def faded(span: int) -> tuple[float, ...]:
    """What a purchase counts at each age in days, when half is lost in ``span`` days."""
    return tuple(0.5 ** (age / span) for age in range(OLDEST + 1))


def chance(odds: float) -> float:
    """From the logarithm of odds to a chance."""
    if odds < 0:
        grown = exp(odds)
        return grown / (1 + grown)
    return 1 / (1 + exp(-odds))


def _known(days: Sequence[int], now: int) -> Sequence[int]:
    if days and (days[-1] > now or now - days[0] > OLDEST):
        return [day for day in days if 0 <= now - day <= OLDEST]
    return days


def _rate(days: Sequence[int], now: int, span: int, weights: Sequence[float]) -> float:
    """Buying days a day, over the time since the first, or ``span`` if that is longer."""
    known = _known(days, now)
    if not known:
        return 0.0
    seen = max(now - known[0], span)
    return sum(weights[now - day] for day in known) * log(2) / (span * (1 - weights[seen]))


def _usual(days: Sequence[int]) -> int | None:
    """The middle of the gaps, as ``rhythm`` says it."""
    if len(days) < NEEDED:
        return None
    gaps = sorted([b - a for a, b in pairwise(days)])
    half, odd = divmod(len(gaps), 2)
    return gaps[half] if odd else round((gaps[half - 1] + gaps[half]) / 2)
