"""Does every appointment stand in the grid, and does none cover another?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.day_grid import DAY, SHORTEST, Placed, Shown, grid

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = date(2026, 3, 10)


def shown(number: int, start: str, end: str, day: date = TUESDAY, days: int = 0) -> Shown:
    def at(text: str, after: int) -> datetime:
        hour, minute = map(int, text.split(":"))
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)
        return (local + timedelta(days=after)).astimezone(UTC)

    return Shown(number, at(start, 0), at(end, days))


def placed(*appointments: Shown, days: tuple[date, ...] = (TUESDAY,)) -> list[Placed]:
    return list(grid(appointments, days, AMSTERDAM))


def columns(*appointments: Shown) -> dict[int, tuple[int, int, int]]:
    return {one.id: (one.column, one.columns, one.wide) for one in placed(*appointments)}


def test_one_alone_takes_the_whole_width() -> None:
    (one,) = placed(shown(1, "10:00", "10:45"))
    assert one == Placed(1, TUESDAY, 600, 645, 0, 1, 1, from_before=False, goes_on=False)


def test_what_overlaps_stands_side_by_side_and_what_follows_does_not() -> None:
    assert columns(shown(1, "10:00", "11:00"), shown(2, "10:30", "11:30")) == {
        1: (0, 2, 1),
        2: (1, 2, 1),
    }
    assert columns(shown(1, "10:00", "11:00"), shown(2, "11:00", "12:00")) == {
        1: (0, 1, 1),
        2: (0, 1, 1),
    }


def test_what_begins_as_a_crowd_ends_has_the_whole_width() -> None:
    found = columns(
        shown(1, "10:00", "11:00"), shown(2, "10:00", "11:00"), shown(3, "11:00", "12:00")
    )
    assert found[3] == (0, 1, 1)


def test_a_free_column_is_used_again_and_free_ones_beside_are_taken() -> None:
    found = columns(
        shown(1, "10:00", "13:00"),
        shown(2, "10:00", "11:00"),
        shown(3, "10:30", "11:00"),
        shown(4, "11:30", "12:30"),
    )
    assert found == {1: (0, 3, 1), 2: (1, 3, 1), 3: (2, 3, 1), 4: (1, 3, 2)}


def test_the_longer_of_two_that_begin_together_stands_first() -> None:
    found = columns(shown(1, "10:00", "10:30"), shown(2, "10:00", "12:00"))
    assert (found[2][0], found[1][0]) == (0, 1)


def test_what_is_short_is_drawn_tall_enough_and_still_covers_nothing() -> None:
    found = placed(shown(1, "10:00", "10:05"), shown(2, "10:10", "11:00"))
    assert [(one.top, one.bottom, one.column) for one in found] == [
        (600, 600 + SHORTEST, 0),
        (610, 660, 1),
    ]
    (late,) = placed(shown(1, "23:55", "23:59"))
    assert (late.top, late.bottom) == (DAY - SHORTEST, DAY)


def test_over_midnight_it_stands_on_both_days() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    over = shown(1, "23:00", "01:00", days=1)
    first, second = placed(over, days=(TUESDAY, wednesday))
    assert (first.day, first.top, first.bottom, first.goes_on) == (TUESDAY, 1380, DAY, True)
    assert (second.day, second.top, second.bottom, second.from_before) == (wednesday, 0, 60, True)
    assert placed(over, days=(wednesday,)) == [second]
    _, whole = placed(shown(1, "23:00", "00:00", days=2), days=(TUESDAY, wednesday))
    assert (whole.top, whole.bottom, whole.goes_on) == (0, DAY, False)
    (until_midnight,) = placed(shown(1, "23:00", "00:00", days=1), days=(TUESDAY, wednesday))
    assert (until_midnight.bottom, until_midnight.goes_on) == (DAY, False)


def test_on_the_days_of_a_change_the_wall_clock_counts() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        (one,) = placed(shown(1, "10:00", "11:00", day), days=(day,))
        assert (one.top, one.bottom) == (600, 660)
    autumn = date(2026, 10, 25)
    twice = Shown(
        1, datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    )  # from 2:45 to 2:15
    (one,) = placed(twice, days=(autumn,))
    assert (one.top, one.bottom) == (165, 195)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6) | st.integers(1, 60)), max_size=10)


@given(SPANS, st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu"]))
def test_none_covers_another_and_none_is_missing(spans: list[tuple[int, int]], name: str) -> None:
    zone = ZoneInfo(name)
    start = datetime(2026, 3, 27, tzinfo=UTC)
    half_hour = timedelta(minutes=30)
    appointments = [
        Shown(number, start + at * half_hour, start + (at + long) * half_hour)
        for number, (at, long) in enumerate(spans)
    ]
    days = [date(2026, 3, 26) + timedelta(days=number) for number in range(8)]
    found = grid(appointments, days, zone)
    assert found == grid(appointments[::-1], days[::-1], zone)
    for appointment in appointments:
        mine = [piece for piece in found if piece.id == appointment.id]
        assert not mine[0].from_before
        assert not mine[-1].goes_on
        assert all(piece.goes_on for piece in mine[:-1])
    for one in found:
        assert 0 <= one.top < one.bottom <= DAY
        assert one.bottom - one.top >= SHORTEST
        assert 0 <= one.column < one.column + one.wide <= one.columns
        beside = [
            other
            for other in found
            if other.day == one.day and other.top < one.bottom and one.top < other.bottom
        ]
        for other in beside:
            if other is not one:
                apart = (
                    other.column >= one.column + one.wide or one.column >= other.column + other.wide
                )
                assert apart
                assert other.columns == one.columns
        full = one.column + one.wide == one.columns
        assert full or any(other.column == one.column + one.wide for other in beside)
    for one in found:
        group = {one}
        while (
            further := {
                other
                for other in found
                for member in group
                if other.day == one.day and other.top < member.bottom and member.top < other.bottom
            }
            - group
        ):
            group |= further
        at_once = max(sum(other.top <= at.top < other.bottom for other in group) for at in group)
        assert one.columns == at_once  # no more columns than there are at once
