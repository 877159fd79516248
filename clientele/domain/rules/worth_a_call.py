"""Whom is it worth calling today, and why? Each reason by itself, and all of them in one order.

Six reasons are known, each with the rows behind it. A reason weighs between 0 and 1; what several
weigh together is what is left when each takes its part of the rest (1 − (1−a)(1−b)…), so that one
strong reason comes before two weak ones, and a further one never takes away. Of equals, the client
who was entered first.

- **A wish arrived**, **a promise was just kept**: these are service. Whoever was reached since
  then has heard of it, and of a wish whoever was here.
- **An occasion is ahead**, **the own rhythm is overdue** (ordered by the chance that they stay
  away, ``returning``), **the season of an earlier purchase**, **a new department is likely**: these
  are news, and rest for some days after the client was reached or was here.

Somebody with whom something is going on anyhow (``Facts.busy``) is not shown at all. What a rule
has somebody ask about by itself (``Facts.planned``) is no reason besides: but a wish that is here
does not wait until a birthday is asked about. Where there is too little to say whether a reason
holds, ``lacking`` says so. Days are days of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from clientele.domain.client import Purpose
from clientele.domain.rules.returning import NEEDED, OLDEST, Learnt, scorer
from clientele.domain.rules.worth_departments import Course, Followed, likely_next

USUAL_MOST: Final = 12
"""Clients that a day can hold, where the associate said nothing else."""

MOST_OF_ALL: Final = 40

RESTS: Final = 14
"""Days after anybody reached a client in which there is no news for them."""

BUSY_AHEAD: Final = 14
"""An appointment within so many days, or a follow-up that somebody means to do by then: somebody
sees to them already."""

ARRIVED_WITHIN: Final = 60
KEPT_FROM: Final = 1
KEPT_WITHIN: Final = 14
"""Days since a wish arrived, or a promise was kept, in which it is a reason."""

OCCASION_WITHIN: Final = 21

LATE: Final = 1.5
"""Overdue is who has been away for so many times their usual gap, and"""
LATE_DAYS: Final = 7
"""at least so many days longer; and who was seldom away so long before:"""
SELDOM: Final = 0.25
GONE: Final = 5.0
"""After so many usual gaps it is not their rhythm any more."""

SEASON_BEFORE: Final = 7
SEASON_AFTER: Final = 20
"""The same weeks of an earlier year: from so many days before this one to so many after it."""
SEASON_YEARS: Final = 4
SEASON_PART: Final = 0.25
"""Of all earlier buying days, those in these weeks; by chance it would be a twelfth."""


class Because(StrEnum):
    """Why it is worth calling somebody."""

    WISH = "wish"
    PROMISE = "promise"
    OCCASION = "occasion"
    RHYTHM = "rhythm"
    SEASON = "season"
    DEPARTMENT = "department"


SERVICE: Final = frozenset({Because.WISH, Because.PROMISE})
"""Reasons that are about the client's own things; the others are news."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A row behind a reason: a wish that arrived, a promise that was kept, an occasion ahead.

    ``words`` are the article or what was promised; ``kind`` that of the promise or occasion. For an
    occasion ``who`` is the one of the household (empty: the client), ``relation`` what they are to
    the client, ``years`` which one it is.
    """

    id: int
    on: date
    words: str = ""
    kind: str = ""
    who: str = ""
    relation: str = ""
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the book knows of a client that bears on it.

    ``days`` are buying days (numbers, in order, each once), ``departments`` those in which they
    bought, in the order in which they took them up; None where that was not read. ``reached`` is
    the day on which anybody last reached them, ``seen`` that on which they were last here.
    ``planned`` is what a rule has somebody ask about within the next days.
    """

    days: Sequence[int]
    wishes: tuple[Thing, ...] = ()
    kept: tuple[Thing, ...] = ()
    occasions: tuple[Thing, ...] = ()
    departments: tuple[int, ...] | None = None
    reached: date | None = None
    seen: date | None = None
    busy: bool = False
    planned: frozenset[Because] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, its weight, and the rows behind it.

    ``days`` are buying days, the newest first (of a rhythm all, of a season those in its weeks);
    ``usual`` and ``since`` are days of a rhythm, ``longer`` of ``gaps`` were as long as this one;
    ``following`` says which department, and who took it up before.
    """

    because: Because
    weight: float
    thing: Thing | None = None
    days: tuple[date, ...] = ()
    usual: int = 0
    since: int = 0
    longer: int = 0
    gaps: int = 0
    following: Followed | None = None

    @property
    def purpose(self) -> Purpose:
        """About what the client would be reached."""
        return Purpose.SERVICE if self.because in SERVICE else Purpose.NEWS


@dataclass(frozen=True, slots=True)
class Lacking:
    """A reason of which nothing can be said yet: ``days`` more buying days are needed (0: years).

    Of a department: too few clients (``seen``) had bought where this one did.
    """

    because: Because
    days: int = 0
    seen: int = 0


def value_of(reasons: Iterable[Reason]) -> int:
    """What they weigh together, in millionths; 0 without any."""
    return together(reason.weight for reason in reasons)


def together(weights: Iterable[float]) -> int:
    """Several weights as one, in millionths, the same in whatever order."""
    rest = 1.0
    for weight in sorted(weights):
        rest *= 1 - weight
    return round((1 - rest) * 1_000_000)


class Judge:
    """Says the reasons for one client after another, on one day of the store."""

    def __init__(self, today: date, learnt: Learnt, course: Course) -> None:
        self.today, self._course = today, course
        self._now = today.toordinal()
        self._chances: Callable[[Sequence[int]], tuple[float, float]] = scorer(today, learnt)
        self._weeks = weeks(today)

    def reasons(
        self, facts: Facts, *, aside: frozenset[str] = frozenset(), news: bool = True
    ) -> tuple[Reason, ...]:
        """The reasons that hold, the strongest first.

        ``aside`` are kinds that were set aside (empty text: all); without ``news`` only service.
        What is planned by itself (``Facts.planned``) is none.
        """
        if facts.busy or "" in aside:
            return ()
        found = self._service(facts)
        if news and not self._rests(facts.reached) and not self._rests(facts.seen):
            days = [day for day in facts.days if day <= self._now]
            found += [
                Reason(Because.OCCASION, occasion_weight(ahead), one)
                for one in facts.occasions[:1]
                if 0 <= (ahead := one.on.toordinal() - self._now) <= OCCASION_WITHIN
            ]
            found += self._rhythm(days) + self._season(days) + self._department(facts)
        away = aside | {one.value for one in facts.planned}
        kept = (one for one in found if one.because.value not in away)
        return tuple(sorted(kept, key=lambda one: (-one.weight, one.because)))

    def lacking(self, facts: Facts) -> tuple[Lacking, ...]:
        """Of which reasons there is too little to say."""
        days = [day for day in facts.days if day <= self._now]
        found = []
        if len(days) < NEEDED:
            found.append(Lacking(Because.RHYTHM, days=NEEDED - len(days)))
        if not days or days[0] > self._now - 365 + SEASON_AFTER:
            found.append(Lacking(Because.SEASON))
        if facts.departments is not None:
            seen = self._course.seen(facts.departments)
            if seen < self._course.least:
                found.append(Lacking(Because.DEPARTMENT, seen=seen))
        return tuple(found)

    def by_days(self, days: Sequence[int]) -> int:
        """What rhythm and season weigh, in millionths: for going through very many quickly."""
        if not days:
            return 0
        since = self._now - days[-1]
        if since < 0:
            days = [day for day in days if day <= self._now]
            if not days:
                return 0
        weights = [one.weight for one in (*self._rhythm(days), *self._season(days))]
        return together(weights) if weights else 0

    def _rests(self, reached: date | None) -> bool:
        return reached is not None and self.today < reached + timedelta(RESTS)

    def _service(self, facts: Facts) -> list[Reason]:
        found = []
        for one in facts.wishes:
            age = (self.today - one.on).days
            told = _heard(facts.reached, one.on) or _heard(facts.seen, one.on)
            if 0 <= age <= ARRIVED_WITHIN and not told:
                found.append(Reason(Because.WISH, wish_weight(age), one))
                break
        for one in facts.kept:
            age = (self.today - one.on).days
            if KEPT_FROM <= age <= KEPT_WITHIN and not _heard(facts.reached, one.on):
                found.append(Reason(Because.PROMISE, PROMISE_WEIGHS, one))
                break
        return found

    def _rhythm(self, days: Sequence[int]) -> list[Reason]:
        if len(days) < NEEDED:
            return []
        since = self._now - days[-1]
        if since < LATE_DAYS or since > OLDEST:
            return []
        gaps = sorted([b - a for a, b in pairwise(days)])
        half, odd = divmod(len(gaps), 2)
        usual = gaps[half] if odd else round((gaps[half - 1] + gaps[half]) / 2)
        if since < usual * LATE or since < usual + LATE_DAYS or since > usual * GONE:
            return []
        longer = sum(gap >= since for gap in gaps)
        if longer > len(gaps) * SELDOM:
            return []
        _, stays = self._chances(days)
        shown = tuple(map(date.fromordinal, reversed(days)))
        return [
            Reason(
                Because.RHYTHM,
                rhythm_weight(stays),
                days=shown,
                usual=usual,
                since=since,
                longer=longer,
                gaps=len(gaps),
            )
        ]

    def _season(self, days: Sequence[int]) -> list[Reason]:
        """Bought in the same weeks of earlier years, and not yet in this one's."""
        now = self._now
        if not days or now - days[-1] <= SEASON_BEFORE + SEASON_AFTER:
            return []
        found: list[int] = []
        years = set()
        for day in reversed(days):
            age = now - day
            if age > _SEASON_OLDEST:
                break
            year = self._weeks[age]
            if year:
                years.add(year)
                found.append(day)
        if not found or min(years) > 2 or len(found) < SEASON_PART * len(days):
            return []
        shown = tuple(map(date.fromordinal, found))
        return [Reason(Because.SEASON, season_weight(len(years)), days=shown)]

    def _department(self, facts: Facts) -> list[Reason]:
        if not facts.departments:
            return []
        following = likely_next(self._course, facts.departments)
        if following is None:
            return []
        return [Reason(Because.DEPARTMENT, department_weight(following), following=following)]


def _heard(reached: date | None, since: date) -> bool:
    return reached is not None and reached >= since


_SEASON_OLDEST: Final = SEASON_YEARS * 366 + SEASON_BEFORE + SEASON_AFTER


def weeks(today: date) -> bytes:
    """By age in days: which year back it lies in the same weeks of (1 is last year); 0: in none."""
    ages = bytearray(_SEASON_OLDEST + 1)
    for year in range(1, SEASON_YEARS + 1):
        same = _years_before(today, year).toordinal()
        for day in range(same - SEASON_BEFORE, same + SEASON_AFTER + 1):
            age = today.toordinal() - day
            if 0 <= age <= _SEASON_OLDEST:
                ages[age] = year
    return bytes(ages)


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


PROMISE_WEIGHS: Final = 0.7


def wish_weight(age: int) -> float:
    """Of a wish that arrived so many days ago: the fresher the more."""
    return 0.9 - 0.3 * age / ARRIVED_WITHIN


def occasion_weight(ahead: int) -> float:
    """Of an occasion in so many days: the nearer the more."""
    return 0.7 - 0.25 * ahead / OCCASION_WITHIN


def rhythm_weight(stays: float) -> float:
    """Of a rhythm overdue, by the chance that they stay away."""
    return 0.3 + 0.35 * stays


def season_weight(years: int) -> float:
    """Of a season in which they bought in so many years."""
    return min(0.25 + 0.1 * years, 0.5)


def department_weight(following: Followed) -> float:
    """Of a department that a part of clients like this one took up next."""
    return 0.3 * following.took / following.of
