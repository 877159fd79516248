"""Is a promise at risk before it is late, and late only once it is broken?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import place_of, state_after, steps_of
from clientele.domain.rules.promises import (
    CARE,
    SILENCE,
    Care,
    Standing,
    ask_on,
    missing_step,
    silent_days,
    standing,
    urgency,
    worries,
)

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZONE)
TODAY = NOW.date()

WORSE = (
    Standing.READY,
    Standing.ON_ITS_WAY,
    Standing.DUE_TODAY,
    Standing.WAITING,
    Standing.AT_RISK,
    Standing.LATE,
)
"""From untroubled to broken: time passing alone only ever leads to the right."""


def stands(
    *,
    kind: PromiseKind = PromiseKind.CALL_BACK,
    state: PromiseState = PromiseState.OPEN,
    step: str = "",
    days: int = 0,
    at: time | None = None,
    silent: timedelta = timedelta(0),
    now: datetime = NOW,
) -> Standing:
    """How a promise due in ``days`` stands, of which nothing was heard for ``silent``."""
    return standing(
        kind=kind,
        state=state,
        step=step,
        due_on=TODAY + timedelta(days=days),
        due_time=at,
        last_word_at=NOW - silent,
        local_now=now,
    )


def test_every_kind_has_its_care_and_needs_only_steps_of_its_own() -> None:
    assert set(CARE) == set(PromiseKind)
    for kind, care in CARE.items():
        places = [place_of(kind, step) for step, _ in care.needs]
        assert all(places), kind
        assert places == sorted(places)
        before = [before for _, before in care.needs]
        assert before == sorted(before, reverse=True), "a later step is needed later"


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
        (PromiseKind.HOLD, 1, Standing.AT_RISK),
        (PromiseKind.HOLD, 2, Standing.ON_ITS_WAY),
        (PromiseKind.SPECIAL_ORDER, 4, Standing.AT_RISK),
        (PromiseKind.SPECIAL_ORDER, 7, Standing.ON_ITS_WAY),
        (PromiseKind.CALL_BACK, 0, Standing.AT_RISK),
        (PromiseKind.CALL_BACK, 1, Standing.ON_ITS_WAY),
    ],
)
def test_silence_near_its_day_is_a_risk(kind: PromiseKind, days: int, expected: Standing) -> None:
    assert stands(kind=kind, days=days, silent=timedelta(days=2)) is expected


def test_a_word_of_yesterday_takes_the_risk_away() -> None:
    assert stands(days=1, silent=timedelta(days=1)) is Standing.ON_ITS_WAY
    assert stands(days=0, silent=timedelta(days=1)) is Standing.DUE_TODAY


@pytest.mark.parametrize(
    ("kind", "step", "days", "missing"),
    [
        (PromiseKind.ALTERATION, "fitted", 2, ""),
        (PromiseKind.ALTERATION, "fitted", 1, "sent"),
        (PromiseKind.ALTERATION, "sent", 1, ""),
        (PromiseKind.SPECIAL_ORDER, "", 7, ""),
        (PromiseKind.SPECIAL_ORDER, "", 6, "ordered"),
        (PromiseKind.SPECIAL_ORDER, "ordered", 4, "confirmed"),
        (PromiseKind.SPECIAL_ORDER, "confirmed", 2, ""),
        (PromiseKind.SPECIAL_ORDER, "confirmed", 1, "arrived"),
        (PromiseKind.TRANSFER, "asked for", 2, "on its way"),
        (PromiseKind.REPAIR, "taken in", 3, "sent"),
        (PromiseKind.REQUEST, "", 1, "taken on"),
        (PromiseKind.CALL_BACK, "", 0, ""),
    ],
)
def test_a_step_that_should_have_been_taken_is_a_risk_ahead_of_time(
    kind: PromiseKind, step: str, days: int, missing: str
) -> None:
    due = TODAY + timedelta(days=days)
    found = missing_step(kind=kind, step=step, due_on=due, due_time=None, local_now=NOW)
    assert found == missing
    assert worries(stands(kind=kind, step=step, days=days)) is bool(missing)


@pytest.mark.parametrize(
    ("at", "now", "missing"),
    [
        (time(14, 30), NOW.replace(hour=10, minute=29), ""),
        (time(14, 30), NOW.replace(hour=10, minute=30), "ready"),
        (None, NOW.replace(hour=13, minute=59), ""),
        (None, NOW.replace(hour=14), "ready"),
    ],
)
def test_on_its_day_it_is_wanted_hours_ahead(at: time | None, now: datetime, missing: str) -> None:
    found = missing_step(
        kind=PromiseKind.ALTERATION, step="sent", due_on=TODAY, due_time=at, local_now=now
    )
    assert found == missing


@pytest.mark.parametrize(
    ("promised", "now", "missing"),
    [
        (NOW, NOW, ""),
        (NOW, NOW.replace(hour=12, minute=14), ""),
        (NOW, NOW.replace(hour=12, minute=15), "sent"),
        (NOW - timedelta(days=3), NOW, "sent"),
    ],
)
def test_what_was_promised_at_short_notice_has_half_of_its_time(
    promised: datetime, now: datetime, missing: str
) -> None:
    found = missing_step(
        kind=PromiseKind.ALTERATION,
        step="fitted",
        due_on=TODAY,
        due_time=time(14, 30),
        local_now=now,
        promised_at=promised,
    )
    assert found == missing


@pytest.mark.parametrize(("kind", "care"), CARE.items())
def test_silence_is_too_long_however_far_its_day(kind: PromiseKind, care: Care) -> None:
    days = care.silence or 30
    far = {"kind": kind, "days": 60}
    assert stands(**far, silent=timedelta(days=days - 1)) is Standing.ON_ITS_WAY  # type: ignore[arg-type]
    worried = Standing.ON_ITS_WAY if care.silence is None else Standing.AT_RISK
    assert stands(**far, silent=timedelta(days=days)) is worried  # type: ignore[arg-type]


def test_what_is_ready_is_no_worry_even_after_its_day_until_nobody_comes_for_long() -> None:
    ready = {"kind": PromiseKind.ALTERATION, "state": PromiseState.READY, "step": "ready"}
    for days, silent, expected in (
        (-3, 3, Standing.READY),
        (-3, 7, Standing.WAITING),
        (0, 9, Standing.READY),
        (-9, 6, Standing.READY),
    ):
        found = stands(**ready, days=days, silent=timedelta(days=silent))  # type: ignore[arg-type]
        assert found is expected


def test_a_hold_is_never_late_it_is_the_client_who_did_not_come() -> None:
    held = {"kind": PromiseKind.HOLD, "step": "put aside", "silent": timedelta(days=5)}
    assert stands(**held, days=1) is Standing.ON_ITS_WAY  # type: ignore[arg-type]
    assert stands(**held, days=0) is Standing.DUE_TODAY  # type: ignore[arg-type]
    assert stands(**held, days=-1) is Standing.WAITING  # type: ignore[arg-type]


MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - given a zone below
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(ZoneInfo("UTC")),
)


@given(
    kind=st.sampled_from(PromiseKind),
    data=st.data(),
    due_on=st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40)),
    due_time=st.none() | st.times(),
    heard=MOMENTS,
    first=MOMENTS,
    promised=st.none() | MOMENTS,
    later=st.timedeltas(timedelta(0), timedelta(days=40)),
)
def test_nothing_gets_better_by_time_alone(
    kind: PromiseKind,
    data: st.DataObject,
    due_on: date,
    due_time: time | None,
    heard: datetime,
    first: datetime,
    promised: datetime | None,
    later: timedelta,
) -> None:
    step = data.draw(st.sampled_from(("", *steps_of(kind)[:-1])))

    def at(now: datetime) -> int:
        found = standing(
            kind=kind,
            state=state_after(kind, step),
            step=step,
            due_on=due_on,
            due_time=due_time,
            last_word_at=heard,
            local_now=now.astimezone(ZONE),
            promised_at=promised,
        )
        return WORSE.index(found)

    assert at(first) <= at(first + later)


@given(
    kind=st.sampled_from(PromiseKind),
    due_on=st.dates(TODAY - timedelta(days=9), TODAY + timedelta(days=30)),
    heard=st.integers(0, 20),
)
def test_every_step_forward_leaves_it_no_worse(kind: PromiseKind, due_on: date, heard: int) -> None:
    last = WORSE.index(Standing.LATE)
    for step in ("", *steps_of(kind)[:-1]):
        found = WORSE.index(
            standing(
                kind=kind,
                state=state_after(kind, step),
                step=step,
                due_on=due_on,
                due_time=None,
                last_word_at=NOW - timedelta(days=heard),
                local_now=NOW,
            )
        )
        assert found <= last
        last = found


def test_what_is_late_leads_and_what_is_at_risk_follows() -> None:
    order = sorted(Standing, key=urgency)
    assert order[:2] == [Standing.LATE, Standing.AT_RISK]
    assert {urgency(one) for one in order[2:]} == {2}
    assert set(WORSE) == set(Standing)
    assert [one for one in Standing if worries(one)] == [Standing.LATE, Standing.AT_RISK]


def test_asking_how_it_turned_out() -> None:
    assert ask_on(PromiseKind.ALTERATION, TODAY) == date(2026, 11, 24)
    assert ask_on(PromiseKind.CALL_BACK, TODAY) is None
    assert SILENCE == 2


def test_silence_is_counted_in_days_of_the_store_not_in_hours() -> None:
    late_at_night = datetime(2026, 11, 19, 23, 50, tzinfo=ZONE)
    assert silent_days(late_at_night, datetime(2026, 11, 21, 0, 10, tzinfo=ZONE)) == 2
    before_midnight_in_store = datetime(2026, 11, 19, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert silent_days(before_midnight_in_store, NOW) == 1
    assert silent_days(datetime(2026, 10, 24, 12, tzinfo=ZONE), NOW) == 28
