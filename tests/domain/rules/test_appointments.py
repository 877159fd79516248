"""Is a client who is expected told to be in the way of another exactly when they are?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.appointments import (
    DEFAULT_LENGTH,
    LENGTHS,
    STEP,
    Booked,
    ConflictKind,
    NoSuchLength,
    NotYet,
    Opening,
    Outcome,
    check_length,
    conflicts,
    days_of,
    may_say,
    moved,
    snapped,
)
from clientele.domain.rules.cover import Away

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TEN = datetime(2026, 3, 10, 9, tzinfo=UTC)
"""A Tuesday, 10:00 in Amsterdam."""
MINUTE = timedelta(minutes=1)


def booked(
    number: int | None = 1,
    *,
    by: int = 1,
    client: int = 1,
    at: datetime = TEN,
    length: timedelta = DEFAULT_LENGTH,
    outcome: Outcome | None = None,
) -> Booked:
    return Booked(number, by, client, at, at + length, outcome)


def kinds(wanted: Booked, *others: Booked, **also: object) -> list[ConflictKind]:
    return [one.kind for one in conflicts(wanted, others, zone=AMSTERDAM, **also)]  # type: ignore[arg-type]


def test_forty_five_minutes_and_what_is_offered() -> None:
    assert timedelta(minutes=45) == DEFAULT_LENGTH
    assert DEFAULT_LENGTH in LENGTHS
    assert list(LENGTHS) == sorted(LENGTHS)


def test_an_associate_is_busy_while_another_client_is_there() -> None:
    other = booked(2, client=2, at=TEN + timedelta(minutes=44))
    assert kinds(booked(None), other) == [ConflictKind.ASSOCIATE_BUSY]
    assert kinds(booked(None), booked(2, client=2, at=TEN + DEFAULT_LENGTH)) == []
    assert kinds(booked(None), booked(2, client=2, at=TEN - DEFAULT_LENGTH)) == []


def test_a_client_is_expected_elsewhere() -> None:
    assert kinds(booked(None), booked(2, by=2)) == [ConflictKind.CLIENT_ELSEWHERE]
    assert kinds(booked(None), booked(2, by=2, client=2)) == []


def test_neither_its_own_earlier_form_nor_what_was_called_off_is_in_the_way() -> None:
    assert kinds(booked(1, at=TEN + MINUTE), booked(1)) == []
    for outcome in (Outcome.MOVED, Outcome.CALLED_OFF):
        assert kinds(booked(None), booked(2, outcome=outcome)) == []
        assert kinds(booked(None, outcome=outcome), booked(2)) == []
    for there in (Outcome.CAME, Outcome.DID_NOT_COME, None):
        assert kinds(booked(None), booked(2, outcome=there)) == [ConflictKind.ASSOCIATE_BUSY]
    assert kinds(booked(None), booked(None)) == [ConflictKind.ASSOCIATE_BUSY]


def test_the_ones_in_the_way_are_named_by_their_beginning() -> None:
    late, early = booked(2, at=TEN + 9 * MINUTE), booked(3, at=TEN - 9 * MINUTE)
    found = conflicts(booked(None), [late, early], zone=AMSTERDAM)
    assert [one.other for one in found] == [early, late]


DAY = (time(10), time(18))
OPENING = Opening(
    {0: (DAY,), 1: (DAY,), 3: ((time(10), time(13)), (time(14), time(21))), 4: (DAY,),
     5: ((time(18), time(2)),)},
    {date(2026, 3, 9): (), date(2026, 3, 11): (DAY, (time(18), time(0)))},
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "hour", "minutes", "open_"),
    [
        (10, 10, 45, True),
        (10, 9, 45, False),
        (10, 17, 60, True),
        (10, 17, 61, False),
        (9, 11, 45, False),  # a holiday on a Monday
        (16, 11, 45, True),
        (15, 11, 45, False),  # Sundays are not in the week
        (12, 12, 60, True),
        (12, 12, 61, False),  # over the lunch hour
        (12, 13, 30, False),
        (14, 23, 120, True),  # a Saturday night
        (15, 1, 60, True),
        (15, 1, 61, False),
        (11, 17, 120, True),  # two hours that meet are one
        (11, 23, 60, True),
        (11, 23, 61, False),
    ],
)
def test_the_store_is_open_or_closed(day: int, hour: int, minutes: int, open_: bool) -> None:
    at = datetime(2026, 3, day, hour, tzinfo=AMSTERDAM)
    wanted = booked(None, at=at, length=minutes * MINUTE)
    assert kinds(wanted, opening=OPENING) == ([] if open_ else [ConflictKind.STORE_CLOSED])
    assert kinds(wanted) == []


def test_the_store_opens_by_its_own_clock_on_both_sides_of_a_change() -> None:
    opening = Opening(dict.fromkeys(range(7), (DAY,)))
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
        opens = datetime.combine(day, time(10), AMSTERDAM).astimezone(UTC)
        closes = datetime.combine(day, time(18), AMSTERDAM).astimezone(UTC)
        assert opening.covers(opens, closes, AMSTERDAM)
        assert not opening.covers(opens - MINUTE, closes, AMSTERDAM)
        assert not opening.covers(opens, closes + MINUTE, AMSTERDAM)


def test_an_associate_who_is_away_and_who_is_there_for_them() -> None:
    absences = [
        Away(1, 2, date(2026, 3, 10), date(2026, 3, 12)),
        Away(2, 3, date(2026, 3, 10), date(2026, 3, 11)),
    ]
    (found,) = conflicts(booked(None), (), zone=AMSTERDAM, absences=absences)
    assert (found.kind, found.day) == (ConflictKind.ASSOCIATE_AWAY, date(2026, 3, 10))
    assert found.cover_id == 3
    back = booked(None, at=TEN + timedelta(days=2))
    assert kinds(back, absences=absences) == []
    assert kinds(booked(None, by=3), absences=absences) == []
    circle = [*absences, Away(3, 1, date(2026, 3, 10), date(2026, 3, 11))]
    (nobody,) = conflicts(booked(None), (), zone=AMSTERDAM, absences=circle)
    assert nobody.cover_id is None


def test_a_day_away_is_a_day_of_the_store() -> None:
    absences = [Away(1, 2, date(2026, 3, 11), date(2026, 3, 12))]
    late = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)  # 23:30 in Amsterdam
    assert kinds(booked(None, at=late, length=30 * MINUTE), absences=absences) == []
    assert kinds(booked(None, at=late, length=31 * MINUTE), absences=absences) == [
        ConflictKind.ASSOCIATE_AWAY
    ]


def test_nobody_can_say_beforehand_whether_a_client_comes() -> None:
    for outcome in (Outcome.CAME, Outcome.DID_NOT_COME):
        with pytest.raises(NotYet):
            may_say(outcome, TEN, TEN - MINUTE)
        may_say(outcome, TEN, TEN)
    may_say(Outcome.CALLED_OFF, TEN, TEN - MINUTE)
    may_say(Outcome.MOVED, TEN, TEN - MINUTE)


def test_a_length_is_more_than_nothing_and_no_more_than_a_day() -> None:
    assert check_length(TEN, TEN + MINUTE) == MINUTE
    assert check_length(TEN, TEN + timedelta(days=1)) == timedelta(days=1)
    for length in (timedelta(), -MINUTE, timedelta(days=1, minutes=1)):
        with pytest.raises(NoSuchLength):
            check_length(TEN, TEN + length)


def test_an_end_at_midnight_is_still_the_day_before() -> None:
    midnight = datetime(2026, 3, 11, tzinfo=AMSTERDAM)
    assert list(days_of(midnight - MINUTE, midnight, AMSTERDAM)) == [date(2026, 3, 10)]
    assert list(days_of(midnight - MINUTE, midnight + MINUTE, AMSTERDAM)) == [
        date(2026, 3, 10), date(2026, 3, 11),
    ]  # fmt: skip
    assert list(days_of(midnight, midnight, AMSTERDAM)) == [date(2026, 3, 11)]


INSTANTS = st.integers(0, 366 * 86_400).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


@given(INSTANTS, st.sampled_from(["Europe/Amsterdam", "Asia/Kolkata", "Asia/Kathmandu"]))
def test_a_dragged_time_is_the_nearest_quarter_on_the_wall(at: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    found = snapped(at, zone)
    assert found.tzinfo is UTC
    local = found.astimezone(zone)
    assert (local.minute % 15, local.second, local.microsecond) == (0, 0, 0)
    assert abs(found - at) <= STEP / 2
    assert snapped(found, zone) == found


def test_dragged_within_the_hour_that_comes_twice_it_stays_in_its_own() -> None:
    for hour in (0, 1):
        at = datetime(2026, 10, 25, hour, 8, tzinfo=UTC)
        assert snapped(at, AMSTERDAM) == at + 7 * MINUTE


@given(INSTANTS, st.integers(1, 1_440))
def test_what_is_moved_is_as_long_as_it_was(at: datetime, minutes: int) -> None:
    one = booked(length=minutes * MINUTE)
    there = moved(one, at)
    assert there.starts_at == at
    assert there.ends_at - there.starts_at == minutes * MINUTE
    assert (there.id, there.client_id, there.associate_id) == (1, 1, 1)


@pytest.mark.parametrize(
    ("day", "shut"),
    [
        (10, [(0, 10), (18, 24)]),
        (12, [(0, 10), (13, 14), (21, 24)]),
        (9, [(0, 24)]),
        (11, [(0, 10)]),  # two hours that meet, until midnight
        (14, [(0, 18)]),
        (15, [(2, 24)]),  # what is left of a Saturday night
    ],
)
def test_the_hours_on_which_the_store_is_closed(day: int, shut: list[tuple[int, int]]) -> None:
    hours = [(top // 60, bottom // 60) for top, bottom in OPENING.shut(date(2026, 3, day))]
    assert hours == shut
