"""Is what the store asks kept word for word, and never guessed?"""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Purpose
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.policy_texts import (
    Practice,
    UnknownPolicy,
    practice_json,
    practice_of,
)
from clientele.domain.rules.quiet_hours import DayHours, Hours, HoursTooWide

days = st.frozensets(st.dates(), max_size=3)
day_hours = st.none() | st.builds(
    lambda opens, length: DayHours(time(opens), time(min(opens + length, 21))),
    st.integers(8, 20),
    st.integers(1, 13),
)
rules = st.builds(ChannelRule, used=st.booleans(), service_needs_yes=st.booleans())
limits = st.builds(
    Limit, st.integers(1, 99), st.integers(1, 400), st.none() | st.sampled_from(Purpose)
)
practices = st.builds(
    Practice,
    st.builds(
        Policy,
        call=rules,
        email=rules,
        text=rules,
        hours=st.builds(Hours, st.tuples(*[day_hours] * 7), days),
        email_at_any_hour=st.booleans(),
        limits=st.lists(limits, max_size=3).map(tuple),
    ),
    st.booleans(),
    st.frozensets(st.integers(0, 6)),
    days,
    st.just(()) | st.tuples(*[day_hours] * 7).filter(any),
)


@given(practices)
def test_what_is_kept_is_read_back(practice: Practice) -> None:
    assert practice_of(practice_json(practice)) == practice


def test_what_was_kept_before_there_were_opening_hours_says_none() -> None:
    assert "opens" not in json.loads(practice_json(Practice()))
    whole = json.loads(practice_json(Practice())) | {"opens": [None] * 6}
    with pytest.raises(UnknownPolicy):
        practice_of(json.dumps(whole))


def test_every_part_is_needed() -> None:
    whole = json.loads(practice_json(Practice(closed_on=frozenset({date(2026, 12, 25)}))))
    for part in whole:
        with pytest.raises(UnknownPolicy):
            practice_of(json.dumps({key: value for key, value in whole.items() if key != part}))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("form", 2),
        ("hours", [None] * 6),
        ("hours", [["08:00"]] * 7),
        ("limits", [{"most": 0, "days": 1, "purpose": None}]),
        ("limits", [{"most": True, "days": 1, "purpose": None}]),
        ("limits", [{"most": 1, "days": 1, "purpose": "gossip"}]),
        ("email_at_any_hour", "no"),
        ("closed_weekdays", [7]),
        ("closed_on", ["Christmas"]),
        ("channels", {}),
    ],
)
def test_what_makes_no_sense_is_not_guessed(part: str, value: object) -> None:
    whole = json.loads(practice_json(Practice()))
    with pytest.raises(UnknownPolicy):
        practice_of(json.dumps({**whole, part: value}))


def test_hours_beyond_the_law_are_not_read() -> None:
    whole = json.loads(practice_json(Practice()))
    whole["hours"][0] = ["07:00", "21:00"]
    with pytest.raises(HoursTooWide):
        practice_of(json.dumps(whole))


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "7"])
def test_what_is_no_policy_is_said(text: str) -> None:
    with pytest.raises(UnknownPolicy):
        practice_of(text)
