"""Is a time of day one instant, also where the clocks go forward or back?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.day_moments import FAR, NEVER_BEFORE, moment_of

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "America/Santiago",
    "Pacific/Apia",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        ("Europe/Berlin", date(2028, 2, 29), time(9, 30), "2028-02-29T08:30Z"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00Z"),  # skipped
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31T00:30Z"),  # twice
        ("America/New_York", date(2027, 3, 14), time(2), "2027-03-14T07:00Z"),
        ("America/New_York", date(2027, 11, 7), time(1, 59), "2027-11-07T05:59Z"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), "2027-10-02T15:30Z"),  # half
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45Z"),
        ("America/Santiago", date(2027, 9, 5), time(0, 10), "2027-09-05T04:00Z"),  # at midnight
        ("Pacific/Apia", date(2011, 12, 30), time(9, 30), "2011-12-30T10:00Z"),  # no such day
    ],
)
def test_a_skipped_time_is_the_first_after_and_a_double_one_the_first(
    zone: str, day: date, clock: time, instant: str
) -> None:
    assert moment_of(day, clock, ZoneInfo(zone)) == at(instant)
    assert moment_of(day, clock.replace(fold=1), ZoneInfo(zone)) == at(instant)


def test_a_day_at_the_end_of_the_calendar_stops_nothing() -> None:
    assert moment_of(date.max, time(23), ZoneInfo("America/New_York")) == FAR
    assert moment_of(date.min, time(1), ZoneInfo("Asia/Kolkata")) == NEVER_BEFORE


@given(
    st.sampled_from(ZONES),
    st.dates(date(2010, 1, 1), date(2037, 12, 31)),
    st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)),
)
def test_it_is_when_the_clocks_first_show_that_time_or_later(
    zone: str, day: date, clock: time
) -> None:
    assert moment_of(day, clock, ZoneInfo(zone)) == first_shown(day, clock, ZoneInfo(zone))


def first_shown(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """By walking through the days around it a quarter of an hour at a time."""
    wanted = datetime.combine(day, clock)
    instant = datetime.combine(day, clock, UTC) - timedelta(hours=39)
    while instant.astimezone(zone).replace(tzinfo=None) < wanted:
        instant += timedelta(minutes=15)
    return instant
