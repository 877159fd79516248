"""When is the store open, and how are its days written in a note?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clientele.services.sample.words import words

OPENS, CLOSES = 10 * 60, 20 * 60
"""Minutes after midnight, in the store's zone."""
CLOSED = frozenset({(12, 25), (1, 1)})
SATURDAY = 5


class Days:
    """The days around ``now`` (aware) in the store's zone."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now
        self.zone = zone
        local = now.astimezone(zone)
        self.today = local.date()
        self.minute = local.hour * 60 + local.minute

    def at(self, day: date, minutes: float) -> datetime:
        """The instant so many minutes after midnight, as the store's clocks show them."""
        seconds = int(minutes * 60)
        clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def ago(self, days: int) -> date:
        """So many days before today; negative for days ahead."""
        return self.today - timedelta(days=days)

    def settle(self, day: date, off: Collection[int] = (), *, step: int = -1) -> date:
        """The day itself, or the nearest before (``step`` 1: after) when one works and is open."""
        while (day.month, day.day) in CLOSED or day.weekday() in off:
            day += timedelta(days=step)
        return day

    def off_days(self, number: int) -> frozenset[int]:
        """The two weekdays on which an associate is off: never Saturdays, never today."""
        free = [day for day in (6, 2, 0, 3, 1, 4) if day != self.today.weekday()]
        return frozenset((free[number % len(free)], free[(number + 1) % len(free)]))

    @staticmethod
    def short(day: date) -> str:
        """“5 Nov”."""
        return f"{day.day} {month_name(day.month)[:3]}"


def month_name(month: int) -> str:
    """“November”, in English whatever the machine's language is."""
    return str(words().phrases["months"][month - 1])


def weekday_name(day: date) -> str:
    """“Saturday”, in English whatever the machine's language is."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return names[day.weekday()]
