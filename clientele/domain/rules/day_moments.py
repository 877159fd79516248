"""Which instant is half past nine of a day in the store? Also where clocks skip or repeat."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

FAR = datetime.max.replace(microsecond=0, tzinfo=UTC)
NEVER_BEFORE = datetime.min.replace(tzinfo=UTC)


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """The instant at which the clocks of ``zone`` first show ``day`` and ``at``, or later; in UTC.

    So it is the first moment after the gap for a time that is skipped (at 2:30 while the clocks
    go from 2 to 3 it is 3:00, and for a day that a whole island left out it is the next midnight),
    and the first of both for a time that comes twice. ``at`` is a plain time without a zone. What
    lies beyond the calendar is its last instant, so that no date that was typed stops anything.
    """
    local = datetime.combine(day, at.replace(fold=0))
    try:
        early = local.replace(tzinfo=zone).astimezone(UTC)
        if early.astimezone(zone).replace(tzinfo=None, fold=0) == local:
            return early
        return _after_the_gap(local, early, zone)
    except OverflowError:
        return NEVER_BEFORE if day.year <= 1 else FAR


def _after_the_gap(local: datetime, late: datetime, zone: tzinfo) -> datetime:
    """The instant of the change: between ``local`` read as after it, and ``late``, as before it."""
    before = int(local.replace(tzinfo=zone, fold=1).astimezone(UTC).timestamp())
    after = int(late.timestamp())
    new = late.astimezone(zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == new:
            after = middle
        else:
            before = middle
    return datetime.fromtimestamp(after, UTC)
