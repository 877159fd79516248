"""Is a promise at risk before it is late, and late only once it is broken?"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promises import AHEAD, Standing, silent_days, standing

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZONE)
TODAY = NOW.date()


def stands(
    *,
    kind: PromiseKind = PromiseKind.ALTERATION,
    state: PromiseState = PromiseState.OPEN,
    days: int = 0,
    at: time | None = None,
    silent: timedelta = timedelta(0),
    now: datetime = NOW,
) -> Standing:
    """How a promise due in ``days`` stands, of which nothing was heard for ``silent``."""
    return standing(
        kind=kind,
        state=state,
        due_on=TODAY + timedelta(days=days),
        due_time=at,
        last_word_at=NOW - silent,
        local_now=now,
    )


def test_every_kind_has_its_time_ahead() -> None:
    assert set(AHEAD) == set(PromiseKind)


@pytest.mark.parametrize(
    ("days", "at", "expected"),
    [
        (-1, None, Standing.LATE),
        (0, time(9, 59), Standing.LATE),
        (0, time(10, 0), Standing.DUE_TODAY),
        (0, None, Standing.DUE_TODAY),
        (1, None, Standing.ON_ITS_WAY),
        (1, time(9, 0), Standing.ON_ITS_WAY),
    ],
)
def test_late_only_once_its_time_is_over(days: int, at: time | None, expected: Standing) -> None:
    assert stands(days=days, at=at) is expected


def test_until_midnight_of_its_day_it_may_be_kept() -> None:
    evening = NOW.replace(hour=23, minute=59)
    assert stands(now=evening) is Standing.DUE_TODAY
    assert stands(now=evening + timedelta(minutes=1)) is Standing.LATE


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [
        (PromiseKind.ALTERATION, 1, Standing.AT_RISK),
        (PromiseKind.ALTERATION, 2, Standing.ON_ITS_WAY),
        (PromiseKind.SPECIAL_ORDER, 4, Standing.AT_RISK),
        (PromiseKind.SPECIAL_ORDER, 5, Standing.ON_ITS_WAY),
        (PromiseKind.CALL_BACK, 0, Standing.AT_RISK),
        (PromiseKind.CALL_BACK, 1, Standing.ON_ITS_WAY),
    ],
)
def test_silence_near_its_day_is_a_risk(kind: PromiseKind, days: int, expected: Standing) -> None:
    assert stands(kind=kind, days=days, silent=timedelta(days=2)) is expected


def test_a_word_of_yesterday_takes_the_risk_away() -> None:
    assert stands(days=1, silent=timedelta(days=1)) is Standing.ON_ITS_WAY
    assert stands(days=0, silent=timedelta(days=1)) is Standing.DUE_TODAY


def test_what_is_ready_is_no_worry_even_after_its_day() -> None:
    assert stands(state=PromiseState.READY, days=-3) is Standing.READY


def test_silence_is_counted_in_days_of_the_store_not_in_hours() -> None:
    late_at_night = datetime(2026, 11, 19, 23, 50, tzinfo=ZONE)
    assert silent_days(late_at_night, datetime(2026, 11, 21, 0, 10, tzinfo=ZONE)) == 2
    before_midnight_in_store = datetime(2026, 11, 19, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert silent_days(before_midnight_in_store, NOW) == 1
    assert silent_days(datetime(2026, 10, 24, 12, tzinfo=ZONE), NOW) == 28
