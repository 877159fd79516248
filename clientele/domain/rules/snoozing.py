"""To which days may a follow-up be put off? The natural ones, when somebody is there to do it.

The days themselves are ``rules.due_days``: what is offered with one click, and what is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from clientele.domain.errors import Refusal
from clientele.domain.rules.due_days import Soon, day_of, parse_day_ahead

OFFERED = (
    Soon.TOMORROW,
    Soon.THREE_DAYS,
    Soon.NEXT_MONDAY,
    Soon.NEXT_WEEK,
    Soon.TWO_WEEKS,
    Soon.NEXT_MONTH,
)
"""In this order; of two that fall on one day the first that need not be moved is kept."""

BEFORE = (7, 3, 1)
"""So many days before their occasion there is time to choose a gift, to have it sent, or at
least to say a word: the first of these that is still to come."""

LOOK_AHEAD = 366
"""Days within which the store is open again, or nothing is offered."""


class NotLater(Refusal):
    """Put off to the day that it is."""

    template = "“{text}” is today already. It was not put off; choose a day after today."


There = Callable[[date], bool]
"""Whether somebody is there to do it on a day of the store: it is open, and they are not away."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A day that is offered, and why."""

    on: date
    soon: Soon | None
    """What it is called, where it is the very day; None: before their occasion, or moved."""
    occasion_on: date | None = None
    """The occasion that it lies before."""

    @property
    def moved(self) -> bool:
        """Whether it is only the next day on which somebody is there: say its date alone."""
        return self.soon is None and self.occasion_on is None


def snoozes(
    today: date, *, occasion_on: date | None = None, there: There = lambda _: True
) -> tuple[Snooze, ...]:
    """The days that are offered on ``today`` of the store, in their order, no day twice.

    ``occasion_on`` is the client's next occasion, if one is near enough to matter. Days when
    nobody is ``there`` are passed over: to the next one when somebody is, and before an occasion
    to the last one. A Monday that stands for a closed Sunday is not called tomorrow: it has a
    date alone.
    """
    found: dict[date, Snooze] = {}
    if occasion_on is not None and (before := _before(occasion_on, today, there)):
        found[before] = Snooze(before, None, occasion_on)
    wanted = [(soon, day_of(soon, today)) for soon in OFFERED]
    for soon, day in wanted:
        if there(day):
            found.setdefault(day, Snooze(day, soon))
    for _, day in wanted:
        if not there(day) and (opened := next_open(day, there)):
            found.setdefault(opened, Snooze(opened, None))
    return tuple(found[day] for day in sorted(found))


def parse_snooze(text: str, today: date) -> date | None:
    """Read a day that is typed: “in 2 weeks”, “fri”, “5 dec”, “nächsten Freitag”. Empty is None.

    A day on which nobody is there is taken as it is typed: whoever types it may well come in.

    Raises:
        NotADay: it is no day, or a month alone.
        DayGone: it lies before ``today``.
        NotLater: it is ``today``.
    """
    day = parse_day_ahead(text, today)
    if day == today:
        raise NotLater(text=text)
    return day


def next_open(day: date, there: There) -> date | None:
    """``day`` or the next one on which somebody is there; None where that is not within a year."""
    ahead = (day + timedelta(days=days) for days in range(LOOK_AHEAD))
    return next((one for one in ahead if there(one)), None)


def _before(occasion_on: date, today: date, there: There) -> date | None:
    for days in BEFORE:
        day = occasion_on - timedelta(days=days)
        while day > today and not there(day):
            day -= timedelta(days=1)
        if day > today:
            return day
    return None
