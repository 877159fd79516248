"""Does a series take place when RFC 5545 and dateutil say so, wherever one looks at it from?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clientele.exchange.calendar_lines import Property
from clientele.exchange.calendar_refusals import RepeatsTooOften
from clientele.exchange.calendar_repeats import Effort, times
from clientele.exchange.calendar_rules import read_rule
from tests.examples import examples


def counted(
    text: str, start: datetime, since: datetime, before: datetime, until: datetime | None = None
) -> list[datetime]:
    rule = read_rule(Property("RRULE", {}, text, 1), lambda _: until or before)
    return list(times(rule, start, since, before, Effort()))


def by_dateutil(text: str, start: datetime, since: datetime, before: datetime) -> list[datetime]:
    """As dateutil counts; the first of the series counts even where it does not fit."""
    text, _, count = text.partition(";COUNT=")
    rule: Any = rrulestr(text, dtstart=start)
    further: Iterator[datetime] = (one for one in rule if one != start)
    if count:
        further = islice(further, int(count) - 1)
    found = [start]
    for one in further:
        if one >= before:
            break
        found.append(one)
    return [one for one in found if since <= one < before]


# RFC 5545, section 3.8.5.3: the examples that a list of days can tell. All begin at 9:00.
RFC = [
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "0902 0912 0922 1002 1012"),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4", "0902 0916 0930 1014"),
    ("19970902", "FREQ=WEEKLY;COUNT=6;WKST=SU;BYDAY=TU,TH", "0902 0904 0909 0911 0916 0918"),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=5;WKST=SU;BYDAY=TU,TH", "0902 0904 0916 0918 0930"),
    ("19970905", "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "0905 1003 1107 1205"),
    ("19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU", "0907 0928 1102 1130 0104 0125"),
    ("19970922", "FREQ=MONTHLY;COUNT=4;BYDAY=-2MO", "0922 1020 1117 1222"),
    ("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4", "0928 1029 1128 1229"),
    ("19970902", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15", "0902 0915 1002 1015"),
    ("19970930", "FREQ=MONTHLY;COUNT=5;BYMONTHDAY=1,-1", "0930 1001 1031 1101 1130"),
    ("19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU;COUNT=6", "0902 0909 0916 0923 0930 1104"),
    ("19970610", "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "0610 0710 0610 0710"),
    ("19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3", "0310 0110 0210 0310"),
    ("19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", "0101 0410 0719 0101"),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "0519 0518 0517"),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "0512 0511 0517"),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "0512 0511 0517"),
    ("19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4", "0313 0320 0327 0305"),
    ("19980213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4", "0213 0313 1113 0813"),
    ("19970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=3", "0913 1011 1108"),
    ("19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
     "1105 1107 1102"),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "0904 1007 1106"),
    ("19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4", "0929 1030 1127 1230"),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "0805 0810 0819 0824"),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "0805 0817 0819 0831"),
    ("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "0115 0130 0215 0315 0330"),
    ("19980101", "FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TH;COUNT=3", "0101 0105 0108"),
    ("20240229", "FREQ=YEARLY;COUNT=2", "0229 0229"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "rule", "days"), RFC)
def test_the_examples_of_the_standard(first: str, rule: str, days: str) -> None:
    start = datetime.strptime(f"{first}T09", "%Y%m%dT%H")  # noqa: DTZ007 the clock on the wall
    found = counted(rule, start, start, datetime(2040, 1, 1))  # noqa: DTZ001
    assert " ".join(f"{one:%m%d}" for one in found) == days
    assert {one.hour for one in found} == {9}


def test_a_weekday_and_the_first_of_another_are_both_meant() -> None:
    start = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    found = counted("FREQ=MONTHLY;BYDAY=MO,1TU", start, start, datetime(2026, 4, 1))  # noqa: DTZ001
    assert [one.day for one in found] == [2, 3, 9, 16, 23, 30]


def test_until_is_part_of_it_and_one_before_the_first_leaves_nothing() -> None:
    start = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    far = datetime(2027, 1, 1)  # noqa: DTZ001
    third = start + timedelta(days=2)
    assert counted("FREQ=DAILY;UNTIL=X", start, start, far, third)[-1] == third
    just_before = third - timedelta(seconds=1)
    assert counted("FREQ=DAILY;UNTIL=X", start, start, far, just_before)[-1] < third
    assert counted("FREQ=DAILY;UNTIL=X", start, start, far, start - timedelta(days=1)) == []


def test_what_takes_too_long_ends_for_one_rule_and_for_all_together() -> None:
    start, far = datetime(1900, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001
    rule = read_rule(Property("RRULE", {}, "FREQ=HOURLY;COUNT=99999999", 7), lambda _: far)
    with pytest.raises(RepeatsTooOften) as caught:
        list(times(rule, start, far - timedelta(days=9), far, Effort()))
    assert caught.value.values["line"] == 7
    with pytest.raises(RepeatsTooOften):
        list(times(rule, start, start, start + timedelta(days=9), Effort(100)))


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules of which dateutil finds something before long, and on whose sense all agree."""
    frequency = draw(st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")))
    parts = [f"FREQ={frequency}"]
    if frequency == "HOURLY":
        parts.append(f"INTERVAL={draw(st.sampled_from((1, 5, 7, 11)))}")
    else:
        parts.append(f"INTERVAL={draw(st.sampled_from((1, 1, 2, 3, 5)))}")
    lists: list[tuple[str, st.SearchStrategy[Any]]] = [
        ("BYMONTH", st.integers(1, 12)),
        ("BYMONTHDAY", st.integers(1, 28) | st.integers(-28, -1)),
        ("BYDAY", st.sampled_from(WEEKDAYS)),
        ("BYHOUR", st.integers(0, 23)),
        ("BYMINUTE", st.integers(0, 59)),
    ]
    if frequency == "YEARLY":
        lists.append(("BYYEARDAY", st.integers(1, 365) | st.integers(-365, -1)))
    if frequency in ("YEARLY", "MONTHLY"):
        nth = st.sampled_from((1, 2, 4, -1, -2))
        lists[2] = draw(
            st.sampled_from(
                (
                    lists[2],
                    ("BYDAY", st.builds("{}{}".format, nth, st.sampled_from(WEEKDAYS))),
                )
            )
        )
    for name, values in draw(
        st.lists(st.sampled_from(lists), max_size=2, unique_by=lambda x: x[0])
    ):
        chosen = draw(st.lists(values, min_size=1, max_size=3, unique=True))
        parts.append(f"{name}={','.join(map(str, chosen))}")
    if frequency == "YEARLY" and len(parts) == 2 and draw(st.booleans()):
        weeks = st.lists(st.integers(1, 52) | st.integers(-52, -1), min_size=1, max_size=3)
        parts.append(f"BYWEEKNO={','.join(map(str, draw(weeks)))}")
        parts.append(f"BYDAY={draw(st.sampled_from(WEEKDAYS))}")
    if draw(st.booleans()) and any(part.startswith("BY") for part in parts):
        positions = draw(st.lists(st.sampled_from((1, 2, -1)), min_size=1, max_size=2, unique=True))
        if frequency in ("YEARLY", "MONTHLY"):
            parts.append(f"BYSETPOS={','.join(map(str, positions))}")
    parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    return ";".join(parts)


@settings(max_examples=examples(100), deadline=None)
@given(
    rule=rules(),
    day=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    hour=st.integers(0, 23),
    later=st.integers(-50, 3_000),
    long=st.integers(1, 400),
)
def test_as_dateutil_counts(rule: str, day: date, hour: int, later: int, long: int) -> None:
    start = datetime(day.year, day.month, day.day, hour, 30)  # noqa: DTZ001
    assume(not ("BYMONTHDAY" in rule and ("BYYEARDAY" in rule or "BYDAY" in rule)))
    assume(not ("BYMONTH=" in rule and "BYYEARDAY" in rule))
    assume(not ("BYYEARDAY" in rule and "BYDAY" in rule))
    since = start + timedelta(days=later)
    before = since + timedelta(days=long if "HOURLY" not in rule else long % 20 + 1)
    try:
        expected = by_dateutil(rule, start, since, before)
    except ValueError:
        assume(False)  # dateutil finds that nothing can come of it
    assert counted(rule, start, since, before) == expected
