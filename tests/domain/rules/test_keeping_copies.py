"""Which copies stay: of any history the right ones, never the only good one, never by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.keeping_copies import (
    CopyName,
    Kept,
    Why,
    is_due,
    is_late,
    to_let_go,
)

ZONE = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


def daily(count: int, *, good: bool = True) -> list[Kept]:
    return [
        Kept(f"{number:04}", START + timedelta(days=number), Why.DAILY, good)
        for number in range(count)
    ]


def after(copies: list[Kept]) -> list[Kept]:
    gone = to_let_go(copies, ZONE)
    return [one for one in copies if one.file not in gone]


def test_a_year_of_days_leaves_seven_days_four_weeks_and_twelve_months() -> None:
    stays = after(daily(365))
    last = START + timedelta(days=364)  # Thursday 31 December
    days = {(last - timedelta(days=back)).date() for back in range(7)}
    weeks = {datetime(2026, 12, day, tzinfo=UTC).date() for day in (31, 27, 20, 13)}
    ends = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    months = {datetime(2026, month, day, tzinfo=UTC).date() for month, day in enumerate(ends, 1)}
    assert {one.at.date() for one in stays} == days | weeks | months


def test_let_go_day_by_day_it_comes_to_the_same() -> None:
    kept: list[Kept] = []
    for one in daily(400):
        kept = after([*kept, one])
    assert {one.file for one in kept} == {one.file for one in after(daily(400))}
    assert len(kept) <= 7 + 4 + 12


def test_of_a_day_the_newest_stays() -> None:
    hourly = [Kept(f"{hour:02}", START + timedelta(hours=hour), Why.DAILY) for hour in range(10)]
    assert [one.file for one in after(hourly)] == ["09"]


def test_a_day_is_the_stores() -> None:
    around = [
        Kept("before", datetime(2026, 11, 21, 22, 30, tzinfo=UTC), Why.DAILY),
        Kept("after", datetime(2026, 11, 21, 23, 30, tzinfo=UTC), Why.DAILY),
    ]
    assert len(after(around)) == 2
    gone = to_let_go(around, ZoneInfo("UTC"))
    assert gone == {"before"}


def test_made_by_hand_stays_for_ever() -> None:
    by_hand = Kept("mine", START - timedelta(days=4000), Why.BY_HAND)
    assert by_hand in after([by_hand, *daily(800)])


def test_bad_ones_take_no_place_and_go_once_a_newer_one_is_good() -> None:
    good, bad = daily(3), daily(5, good=False)[3:]
    assert after([*good, *bad]) == [*good, *bad]
    newer = Kept("new", START + timedelta(days=9), Why.DAILY)
    assert after([*good, *bad, newer]) == [*good, newer]


def test_the_only_good_one_stays_whatever_came_after_it() -> None:
    only = daily(1)
    bad = [
        Kept(f"b{number}", START + timedelta(days=number + 1), Why.DAILY, good=False)
        for number in range(500)
    ]
    assert only[0] in after([*only, *bad])
    assert after(bad) == bad


def test_of_each_great_change_the_newest_three_stay() -> None:
    many = [Kept(f"r{number}", START + timedelta(hours=number), Why.RESTORE) for number in range(9)]
    later = daily(800)[30:]
    stays = [one.file for one in after([*many, *later]) if one.why is Why.RESTORE]
    assert stays[-3:] == ["r6", "r7", "r8"]


def test_a_clock_set_far_ahead_makes_nothing_old() -> None:
    ahead = Kept("2099", datetime(2099, 1, 1, tzinfo=UTC), Why.DAILY)
    week = daily(7)
    assert after([*week, ahead]) == [*week[1:], ahead]


@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from(Why), st.booleans()), max_size=60)
)
def test_of_any_history(history: list[tuple[int, Why, bool]]) -> None:
    copies = [
        Kept(f"{number:03}", START + timedelta(hours=hours), why, good)
        for number, (hours, why, good) in enumerate(history)
    ]
    gone = to_let_go(copies, ZONE)
    stays = [one for one in copies if one.file not in gone]
    good = [one for one in copies if one.good]
    assert not [one for one in copies if one.why is Why.BY_HAND and one.file in gone]
    if good:
        assert max(good, key=lambda one: (one.at, one.file)).file not in gone
    else:
        assert not gone
    assert to_let_go(stays, ZONE) == frozenset()
    assert len([one for one in stays if one.good and one.why is not Why.BY_HAND]) <= 23 + 4 * 3


def test_a_name_is_read_as_it_was_written_and_sorts_by_time() -> None:
    first = CopyName("book.clientele", START, Why.IMPORT, "0a1b2c3d")
    later = CopyName("book.clientele", START + timedelta(seconds=1), Why.DAILY, "0a1b2c3d")
    assert first.file == "book.clientele.2026-01-01T09-00-00Z.before-an-import.0a1b2c3d.backup"
    assert CopyName.read(first.file) == first
    assert sorted([later.file, first.file]) == [first.file, later.file]


@pytest.mark.parametrize(
    "file",
    [
        "book.clientele",
        "book.clientele.before-5.backup",
        "book.2026-13-01T09-00-00Z.daily.0a1b2c3d.backup",
        "book.2026-01-01T09-00-00Z.on-a-whim.0a1b2c3d.backup",
        "book.2026-01-01T09-00-00Z.daily.0a1b2c3d.backup.new",
        "holiday.2026-01-01.backup",
    ],
)
def test_other_files_are_not_ours(file: str) -> None:
    assert CopyName.read(file) is None


def test_a_copy_is_due_once_a_day_also_when_the_clock_was_set() -> None:
    assert is_due(None, START, ZONE)
    assert not is_due(START, START + timedelta(hours=10), ZONE)
    assert is_due(START, START + timedelta(hours=15), ZONE)  # past midnight in the store
    assert is_due(START, START - timedelta(days=400), ZONE)
    assert is_due(START, START + timedelta(days=400), ZONE)


def test_three_days_without_a_copy_are_too_many() -> None:
    assert is_late(None, START)
    assert not is_late(START, START + timedelta(days=3))
    assert is_late(START, START + timedelta(days=3, seconds=1))
