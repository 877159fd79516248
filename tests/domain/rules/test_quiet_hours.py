"""Is it the client's own clock that counts, through every change of clocks?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.quiet_hours import (
    DayHours,
    Hours,
    HoursEmpty,
    HoursTooWide,
    is_day_off,
    is_open,
    next_open,
    quiet_in,
    within_law,
)
from tests.examples import examples

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
    "Pacific/Chatham",
    "America/Sao_Paulo",
]
BERLIN, NEW_YORK, SAO_PAULO = "Europe/Berlin", "America/New_York", "America/Sao_Paulo"
LAW = Hours()


def at(zone: str, text: str, fold: int = 0) -> datetime:
    """What a clock in a zone shows, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def all_days(opens: time, closes: time) -> Hours:
    """The same hours on every day."""
    return Hours((DayHours(opens, closes),) * 7)


def changes(zone: str, first: int, last: int) -> list[datetime]:
    """About when clocks change in a zone, to the hour."""
    tz, hour = ZoneInfo(zone), timedelta(hours=1)
    begin, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    probes = [begin + one * hour for one in range(int((end - begin) / hour))]
    return [
        later
        for before, later in pairwise(probes)
        if before.astimezone(tz).utcoffset() != later.astimezone(tz).utcoffset()
    ]


# Brazil gave its summer time up in 2019; before, it changed clocks at midnight.
CHANGES = {zone: changes(zone, 2017, 2020) + changes(zone, 2026, 2028) for zone in ZONES}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("clock", "is_right"),
    [
        ("07:59:59.999999", False),
        ("08:00", True),
        ("20:59:59.999999", True),
        ("21:00", False),
        ("00:00", False),
    ],
)
def test_the_law_lets_nobody_be_reached_before_8_and_after_21(
    zone: str, clock: str, is_right: bool
) -> None:
    assert is_open(LAW, zone, at(zone, f"2026-07-04T{clock}")) is is_right
    assert is_open(LAW, zone, at(zone, f"2026-12-04T{clock}")) is is_right


def test_late_in_the_evening_the_next_morning_is_the_next_time() -> None:
    assert next_open(LAW, [BERLIN], at(BERLIN, "2026-11-22T23:59")) == at(
        BERLIN, "2026-11-23T08:00"
    )
    assert next_open(LAW, [BERLIN], at(BERLIN, "2026-11-23T00:00")) == at(
        BERLIN, "2026-11-23T08:00"
    )


def test_the_night_when_clocks_change_is_an_hour_shorter_or_longer() -> None:
    evening = at(BERLIN, "2026-03-28T21:00")
    opening = next_open(LAW, [BERLIN], evening)
    assert opening is not None
    assert opening - evening == timedelta(hours=10)
    evening = at(BERLIN, "2026-10-24T21:00")
    opening = next_open(LAW, [BERLIN], evening)
    assert opening is not None
    assert opening - evening == timedelta(hours=12)


def test_an_opening_that_the_clock_leaps_over_is_at_the_leap() -> None:
    early = all_days(time(2, 30), time(5))
    # 02:00 became 03:00 that night.
    assert next_open(early, [BERLIN], at(BERLIN, "2026-03-29T01:15")) == at(
        BERLIN, "2026-03-29T03:00"
    )


def test_hours_that_the_clock_leaps_over_do_not_come() -> None:
    short = all_days(time(2, 15), time(2, 45))
    assert next_open(short, [BERLIN], at(BERLIN, "2026-03-29T01:15")) == at(
        BERLIN, "2026-03-30T02:15"
    )


def test_an_hour_that_comes_twice_is_judged_by_what_the_clock_shows() -> None:
    short = all_days(time(2, 15), time(2, 45))
    first, second = at(BERLIN, "2026-10-25T02:15"), at(BERLIN, "2026-10-25T02:15", fold=1)
    assert second - first == timedelta(hours=1)
    assert next_open(short, [BERLIN], at(BERLIN, "2026-10-25T01:00")) == first
    assert next_open(short, [BERLIN], first + timedelta(minutes=30)) == second
    assert next_open(short, [BERLIN], second + timedelta(minutes=30)) == at(
        BERLIN, "2026-10-26T02:15"
    )


def test_a_midnight_that_does_not_exist_is_no_stumbling_block() -> None:
    late = all_days(time(0), time(3))
    # On 4 November 2018 the day began at 01:00 in São Paulo.
    assert next_open(late, [SAO_PAULO], at(SAO_PAULO, "2018-11-03T22:00")) == at(
        SAO_PAULO, "2018-11-04T01:00"
    )


def test_a_last_hour_of_the_day_that_comes_twice_belongs_to_that_day() -> None:
    # On 17 February 2018 the clock went from 24:00 back to 23:00 in São Paulo.
    late = Hours((None,) * 5 + (DayHours(time(23, 30), time(23, 59)), None))
    first = at(SAO_PAULO, "2018-02-17T23:30")
    second = at(SAO_PAULO, "2018-02-17T23:30", fold=1)
    assert next_open(late, [SAO_PAULO], first + timedelta(minutes=45)) == second
    assert second - first == timedelta(hours=1)


def test_after_midnight_the_day_before_may_come_again() -> None:
    # St. John's turned its clocks at 00:01, from the 2nd back to 23:01 on the 1st of November 2008.
    zone = "America/St_Johns"
    late = Hours((None,) * 5 + (DayHours(time(23, 30), time(23, 59)), None))
    after_midnight = at(zone, "2008-11-02T00:00:30")
    assert next_open(late, [zone], after_midnight) == at(zone, "2008-11-01T23:30", fold=1)


def test_a_minute_of_tomorrow_comes_before_the_day_that_comes_again() -> None:
    zone = "America/St_Johns"
    late, early = DayHours(time(23, 30), time(23, 59)), DayHours(time(0), time(3))
    hours = Hours((None,) * 5 + (late, early))
    midnight = at(zone, "2008-11-02T00:00")
    assert next_open(hours, [zone], midnight - timedelta(seconds=30)) == midnight


def test_a_day_that_a_country_left_out_is_passed_over() -> None:
    # Samoa went from 29 to 31 December 2011.
    zone = "Pacific/Apia"
    assert next_open(LAW, [zone], at(zone, "2011-12-29T21:00")) == at(zone, "2011-12-31T08:00")


def test_sundays_and_holidays_can_be_left_out() -> None:
    week = (DayHours(time(9), time(18)),) * 5 + (DayHours(time(10), time(16)), None)
    hours = Hours(week, frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
    thursday = at(BERLIN, "2026-12-24T18:00")
    assert next_open(hours, [BERLIN], thursday) == at(BERLIN, "2026-12-28T09:00")
    assert is_day_off(hours, BERLIN, at(BERLIN, "2026-12-27T12:00"))
    assert is_day_off(hours, BERLIN, at(BERLIN, "2026-12-25T12:00"))
    assert not is_day_off(hours, BERLIN, at(BERLIN, "2026-12-24T20:00"))
    assert not is_open(hours, BERLIN, at(BERLIN, "2026-12-19T17:00"))


def test_a_holiday_is_one_on_the_client_s_calendar() -> None:
    hours = Hours(days_off=frozenset({date(2026, 12, 25)}))
    instant = at(BERLIN, "2026-12-25T01:00")  # still the 24th in New York, 19:00
    assert is_open(hours, NEW_YORK, instant)
    assert is_day_off(hours, BERLIN, instant)


def test_where_the_client_may_be_in_several_zones_it_is_right_in_all() -> None:
    zones = [NEW_YORK, "America/Los_Angeles"]
    morning = at(NEW_YORK, "2026-11-23T08:30")
    assert quiet_in(LAW, zones, morning) == ("America/Los_Angeles",)
    assert next_open(LAW, zones, morning) == at(NEW_YORK, "2026-11-23T11:00")
    evening = at(NEW_YORK, "2026-11-23T21:00")
    assert quiet_in(LAW, zones, evening) == (NEW_YORK,)
    assert next_open(LAW, zones, evening) == at(NEW_YORK, "2026-11-24T11:00")


def test_hours_that_never_meet_are_told_from_those_that_wait() -> None:
    narrow = all_days(time(10), time(12))
    assert next_open(narrow, [BERLIN, NEW_YORK], at(BERLIN, "2026-11-23T10:00")) is None
    assert next_open(Hours((None,) * 7), [BERLIN], at(BERLIN, "2026-11-23T10:00")) is None


def test_hours_that_meet_only_while_clocks_differ_wait_for_those_weeks() -> None:
    # Six hours apart but in the weeks when only New York has turned its clocks: then five.
    hours = all_days(time(9), time(14, 30))
    meeting = next_open(hours, [BERLIN, NEW_YORK], at(BERLIN, "2026-02-02T10:00"))
    assert meeting == at(NEW_YORK, "2026-03-08T09:00")


def test_no_store_keeps_wider_hours_than_the_law() -> None:
    within_law(LAW)
    for opens, closes in ((time(7, 59), time(12)), (time(12), time(21, 1))):
        with pytest.raises(HoursTooWide, match="08:00 to 21:00"):
            within_law(Hours((None,) * 6 + (DayHours(opens, closes),)))


def test_hours_end_after_they_begin() -> None:
    with pytest.raises(HoursEmpty, match="From 12:00 to 12:00"):
        DayHours(time(12), time(12))


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="DayHours"):
        Hours((DayHours(),) * 6)


clock_times = st.integers(0, 24 * 12 - 1).map(lambda one: time(one // 12, one % 12 * 5))
day_hours = st.none() | st.tuples(clock_times, clock_times).filter(
    lambda both: both[0] != both[1]
).map(lambda both: DayHours(min(both), max(both)))
weeks = st.tuples(*[day_hours] * 7).map(Hours)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """An instant, most often within two days of a change of clocks."""
    minutes = st.integers(-2 * 24 * 60, 2 * 24 * 60)
    zone = draw(st.sampled_from([one for one in ZONES if CHANGES[one]]))
    change = draw(st.sampled_from(CHANGES[zone]))
    return change + timedelta(minutes=draw(minutes), seconds=draw(st.sampled_from([0, 1, 59])))


@settings(max_examples=examples(150), deadline=None)
@given(weeks, st.lists(st.sampled_from(ZONES), min_size=1, max_size=3), moments())
def test_the_first_open_moment_is_open_and_no_earlier_one_is(
    hours: Hours, zones: list[str], after: datetime
) -> None:
    found = next_open(hours, zones, after)
    scanned_until = after + timedelta(days=3) if found is None else found
    if found is not None:
        assert found >= after
        assert not quiet_in(hours, zones, found)
        if found > after:
            assert quiet_in(hours, zones, found - timedelta(microseconds=1))
    probe = after
    while probe < min(scanned_until, after + timedelta(days=3)):
        assert quiet_in(hours, zones, probe)
        probe += timedelta(minutes=5)


@settings(max_examples=examples(100), deadline=None)
@given(weeks, st.sampled_from(ZONES), moments())
def test_one_more_zone_never_makes_it_earlier(hours: Hours, zone: str, after: datetime) -> None:
    alone = next_open(hours, [BERLIN], after)
    both = next_open(hours, [BERLIN, zone], after)
    assert both is None or (alone is not None and alone <= both)
