"""Is every rule of RFC 5545 understood, kept as it is, and on the days that the RFC says?"""

from __future__ import annotations

import calendar
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.errors import Refusal
from clientele.domain.rules.repeat_rules import (
    WEEKDAYS,
    NotARepeat,
    TooOften,
    days,
    next_after_doing,
    next_due,
    read_rule,
)
from tests.examples import examples

LAST = date(2100, 1, 1)

# The examples of RFC 5545 3.8.5.3 that fall on days: rule, first day, the days that follow.
OF_THE_RFC: list[tuple[str, str, str]] = [
    ("FREQ=DAILY;COUNT=10", "1997-09-02", "09-03 09-04 09-05 09-06 09-07 09-08 09-09 09-10 09-11"),
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "09-12 09-22 10-02 10-12"),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "09-16 09-30 10-14 10-28 11-11 11-25 …"),
    (
        "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
        "1997-09-02",
        "09-04 09-09 09-11 09-16 09-18 09-23 09-25 09-30 10-02",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "1997-09-02",
        "09-04 09-16 09-18 09-30 10-02 10-14 10-16",
    ),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "08-10 08-19 08-24"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "08-17 08-19 08-31"),
    (
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997-09-05",
        "10-03 11-07 12-05 01-02 02-06 03-06 04-03 05-01 06-05",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09-07",
        "09-28 11-02 11-30 01-04 01-25 03-01 03-29 05-03 05-31",
    ),
    ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "10-20 11-17 12-22 01-19 02-16"),
    ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "10-29 11-28 12-29 01-29 02-26 …"),
    (
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997-09-30",
        "10-01 10-31 11-01 11-30 12-01 12-31 01-01 01-31 02-01",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10",
        "09-11 09-12 09-13 09-14 09-15 03-10 03-11 03-12 03-13",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "01-30 02-15 03-15 03-30"),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "10-07 11-06"),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29",
        "10-30 11-27 12-30 01-29 02-26 03-30 …",
    ),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "02-13 03-13 11-13 08-13 10-13 …"),
    ("FREQ=YEARLY;COUNT=6;BYMONTH=6,7", "1997-06-10", "07-10 06-10 07-10 06-10 07-10"),
    (
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01-01",
        "04-10 07-19 01-01 04-09 07-18 01-01 04-10 07-19 01-01",
    ),
    ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "05-18 05-17 …"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "05-11 05-17 …"),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "03-20 03-27 03-05 03-12 03-19 03-26 …"),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11-05",
        "11-07 11-02 …",
    ),
    # Of days that a month or year does not have, none is put in their place.
    ("FREQ=MONTHLY", "2027-01-31", "03-31 05-31 07-31 08-31 10-31 12-31 …"),
    ("FREQ=YEARLY", "2024-02-29", "02-29 02-29 …"),
    ("FREQ=YEARLY;BYYEARDAY=366", "2024-12-31", "12-31 12-31 …"),
    # What dateutil alone does otherwise.
    ("FREQ=YEARLY;BYWEEKNO=20", "1997-05-13", "05-12 05-18 …"),
    ("FREQ=MONTHLY;BYDAY=MO,1TU", "2026-11-02", "11-03 11-09 11-16 11-23 11-30 12-01 12-07 …"),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2", "2026-11-18", "11-25 12-02 …"),
    ("FREQ=DAILY;BYMONTH=12;BYDAY=SU;BYMONTHDAY=-1", "2026-11-18", "12-31 12-31 …"),
    ("FREQ=WEEKLY;BYMONTH=2;BYDAY=MO", "2026-11-18", "02-01 02-08 02-15 02-22 02-07 …"),
]


@pytest.mark.parametrize("week_begins", [calendar.MONDAY, calendar.SUNDAY])
@pytest.mark.parametrize(("text", "first", "following"), OF_THE_RFC)
def test_the_days_that_the_rfc_says(
    text: str, first: str, following: str, week_begins: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "firstweekday", lambda: week_begins)
    begin, wanted = date.fromisoformat(first), following.split()
    found = list(islice(days(read_rule(text), begin, LAST), 1, len(wanted) + 1))
    if wanted[-1] == "…":
        wanted, found = wanted[:-1], found[:-1]
    assert [f"{day:%m-%d}" for day in found] == wanted


def test_an_end_as_an_instant_is_a_day_in_the_zone_of_the_store() -> None:
    rule = read_rule("FREQ=DAILY;UNTIL=19971224T000000Z")
    first = date(1997, 9, 2)
    assert list(days(rule, first, LAST))[-1] == date(1997, 12, 24)
    there = list(days(rule, first, LAST, zone=ZoneInfo("America/New_York")))
    assert there[-1] == date(1997, 12, 23)
    assert next_due(rule, first, date(1997, 12, 23), zone=ZoneInfo("America/New_York")) is None


@pytest.mark.parametrize("until", ["20261203", "20261203T235959"])
def test_an_end_by_day_is_the_last_one(until: str) -> None:
    rule = read_rule(f"FREQ=DAILY;UNTIL={until}")
    first = date(2026, 12, 1)
    assert next_due(rule, first, date(2026, 12, 2)) == date(2026, 12, 3)
    assert next_due(rule, first, date(2026, 12, 3)) is None


def test_the_first_day_counts_although_it_does_not_fit() -> None:
    rule = read_rule("FREQ=WEEKLY;COUNT=2;BYDAY=MO")
    wednesday = date(2026, 11, 18)
    assert list(days(rule, wednesday, LAST)) == [wednesday, date(2026, 11, 23)]


@pytest.mark.parametrize(
    "text",
    [
        "rrule:freq=weekly;byday=mo",
        " FREQ=MONTHLY;BYDAY=+2TU ",
        "FREQ=MONTHLY;BYMONTHDAY=+5,-1;WKST=SU;",
        "FREQ=DAILY;BYHOUR=9;BYMINUTE=30;BYSECOND=0",
        "INTERVAL=2;FREQ=YEARLY;BYMONTH=12",
    ],
)
def test_what_is_read_keeps_its_text(text: str) -> None:
    assert read_rule(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "weekly",
        "FREQ=DAILY;X",
        "FREQ=",
        "FREQ=FORTNIGHTLY",
        "INTERVAL=2",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=1.5",
        "FREQ=DAILY;INTERVAL=٣",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=DAILY;UNTIL=20270101T250000Z",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=54MO",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYYEARDAY=3",
        "FREQ=MONTHLY;BYWEEKNO=3",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTH=-1",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYSETPOS=-1",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "DTSTART:20260101\nRRULE:FREQ=DAILY",
        "FREQ=YEARLY;BYMONTHDAY=" + ",".join(["1"] * 400),
    ],
)
def test_what_is_no_rule_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotARepeat, match="does not say how often") as refused:
        read_rule(text)
    assert len(refused.value.sentence) < 220


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=HOURLY",
        "FREQ=HOURLY;INTERVAL=48",
        "FREQ=MINUTELY;COUNT=3",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYMINUTE=0,30",
    ],
)
def test_more_than_once_a_day_is_refused(text: str) -> None:
    with pytest.raises(TooOften, match="more than once a day"):
        read_rule(text)


@given(st.text(max_size=40) | st.from_regex(r"FREQ=[A-Z]{5,7}(;[A-Z]{3,10}=[-0-9A-Z,]{0,9}){0,3}"))
def test_no_text_is_a_bug(text: str) -> None:
    with suppress(Refusal):
        read_rule(text)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=DAILY;BYMONTH=3;BYSETPOS=2",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
        "FREQ=DAILY;INTERVAL=9999",
    ],
)
def test_what_never_comes_again_ends(text: str) -> None:
    first = date(2026, 11, 18)
    found = next_due(read_rule(text), first, first)
    assert found is None or found == first + timedelta(days=9999)


def test_to_the_end_of_the_calendar() -> None:
    first = date(9999, 12, 20)
    some = ("WEEKLY", "WEEKLY;BYDAY=SA", "DAILY;INTERVAL=3", "MONTHLY", "YEARLY;BYWEEKNO=1")
    for text in (f"FREQ={one}" for one in some):
        *_, last = days(read_rule(text), first, date.max)
        assert first <= last
        assert next_due(read_rule(text), first, date.max) is None


def test_a_sunday_that_is_a_leap_day_is_found_over_forty_years() -> None:
    rule = read_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU")
    assert next_due(rule, date(2088, 3, 1), date(2088, 3, 1)) == date(2128, 2, 29)


firsts = st.dates(date(1990, 1, 1), date(2104, 12, 31))
rules = st.builds(
    "FREQ={}{}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 6).map(";INTERVAL={}".format),
    st.just("")
    | st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3).map(
        lambda some: f";BYDAY={','.join(some)}"
    ),
    st.just("") | st.integers(1, 40).map(";COUNT={}".format),
)


@settings(max_examples=examples(150))
@given(rules, firsts, st.integers(-30, 2000))
def test_the_next_one_is_never_in_the_past_and_none_is_passed_over(
    text: str, first: date, later: int
) -> None:
    rule, after = read_rule(text), first + timedelta(days=later)
    found = next_due(rule, first, after)
    until = found or after + timedelta(days=800)
    between = [day for day in days(rule, first, until) if day > after]
    assert between == ([] if found is None else [found])
    assert found is None or found > after


@settings(max_examples=examples(100))
@given(rules, firsts, st.integers(0, 400), st.integers(-20, 400))
def test_done_early_or_late_it_is_next_due_after_both(
    text: str, first: date, put_off: int, done: int
) -> None:
    rule, due_on = read_rule(text), first + timedelta(days=put_off)
    done_on = due_on + timedelta(days=done)
    found = next_after_doing(rule, first, due_on=due_on, done_on=done_on)
    assert found is None or found > max(due_on, done_on)
    assert found == next_due(rule, first, max(due_on, done_on))
