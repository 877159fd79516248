"""What time is it? The only file that asks the machine; everything else is given ``now``."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that can say what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    def running(self) -> float:
        """Seconds since some moment before the program began; nobody can set it."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)

    def running(self) -> float:
        """Seconds since some moment before the program began; nobody can set it."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: for tests, sample data and pictures."""

    def __init__(self, at: datetime) -> None:
        self._at = _aware(at)
        self._running = 0.0

    def now(self) -> datetime:
        """The instant it was set to, aware, in UTC."""
        return self._at

    def running(self) -> float:
        """Seconds by which it was moved on."""
        return self._running

    def advance(self, by: timedelta) -> None:
        """Move on by ``by``; less than nothing is as if the clock had been set back."""
        self._at += by
        self._running += max(by.total_seconds(), 0.0)

    def set(self, at: datetime) -> None:
        """Put the clock to ``at``, which must be aware; no time goes by."""
        self._at = _aware(at)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a clock needs an instant with a time zone")
    return at.astimezone(UTC)
