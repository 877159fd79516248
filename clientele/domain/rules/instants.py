"""Is a moment an instant, and which one? Rules compare and add in UTC alone.

Python compares and subtracts two moments of one zone by their clocks, so that an hour that comes
twice or is left out would count wrongly.
"""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Raises:
        ValueError: it has no zone, so that nobody knows which instant it is.
    """
    if at.tzinfo is None:
        raise ValueError(at)
    return at.astimezone(UTC)
