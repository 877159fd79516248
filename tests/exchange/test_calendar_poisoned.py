"""Does a calendar that somebody broke, or made to break others, end in a sentence, and at once?"""

from __future__ import annotations

import socket
from contextlib import suppress
from datetime import date
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.exchange.calendar_in import CalendarRead, Days, Reader, read_calendar
from clientele.exchange.calendar_lines import MOST_BYTES, MOST_EVENTS
from clientele.exchange.calendar_refusals import (
    CalendarRefused,
    CalendarTooLarge,
    EmptyCalendar,
    EndsBeforeItBegins,
    EventRefused,
    NoStart,
    NotACalendar,
    NotALength,
    NotARule,
    NotATime,
    NotFinished,
    NotOfThisAge,
    OldCalendar,
    RepeatsTooOften,
    TooManyAppointments,
    TooMuchInOne,
    UnknownZone,
)
from tests.examples import examples
from tests.exchange.calendar_samples import APPLE, GOOGLE, OUTLOOK, calendar

READER = Reader("book one", ZoneInfo("Europe/Amsterdam"), "NL")
DAYS = Days(date(2026, 3, 1), date(2026, 5, 31))
GOOD = "UID:good\nDTSTART:20260310T090000\nSUMMARY:Good"
ALL_DAY = ",".join(map(str, range(24)))
AT_MOST = 20.0
"""Seconds, on a machine that does other things; each takes a few at most."""


def read(data: bytes, days: Days = DAYS) -> CalendarRead:
    return read_calendar(data, "a.ics", days, READER)


def refused(*events: str, head: str = "") -> EventRefused:
    """Why the one broken event was left out, after seeing that the good one was kept."""
    found = read(calendar(*events, GOOD, head=head))
    assert [row.summary for row in found.rows] == ["Good"]
    (one,) = found.rejected
    assert one.reason.startswith(f"Line {one.line}: ")
    return one.refusal


@pytest.mark.parametrize(
    ("lines", "kind", "line"),
    [
        ("UID:a", NoStart, 4),
        ("UID:a\nDTSTART", NoStart, 4),
        ("UID:a\nDTSTART:", NotATime, 6),
        ("UID:a\nDTSTART:tomorrow", NotATime, 6),
        ("UID:a\nDTSTART:20260230", NotATime, 6),
        ("UID:a\nDTSTART:20260310T250000", NotATime, 6),
        ("UID:a\nDTSTART:20260310T100061", NotATime, 6),
        ("UID:a\nDTSTART:2026٠٣١٠", NotATime, 6),  # noqa: RUF001 digits of another script
        ("UID:a\nDTSTART:20260310\x00T100000", NotATime, 6),
        ("UID:a\nDTSTART:18991231T100000", NotOfThisAge, 6),
        ("UID:a\nDTSTART:99990101T100000", NotOfThisAge, 6),
        ("UID:a\nDTSTART:20260310T100000\nDTEND:20260310T090000", EndsBeforeItBegins, 7),
        ("UID:a\nDTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260309", EndsBeforeItBegins, 7),
        ("UID:a\nDTSTART:20260310T100000\nDURATION:long", NotALength, 7),
        ("UID:a\nDTSTART:20260310T100000\nDURATION:P", NotALength, 7),
        ("UID:a\nDTSTART:20260310T100000\nDURATION:-PT1H", NotALength, 7),
        ("UID:a\nDTSTART:20260310T100000\nDURATION:P99999999W", NotALength, 7),
        ("UID:a\nDTSTART:20260310T100000\nRDATE:20260311T100000/20260310T1000", NotALength, 7),
        ("UID:a\nDTSTART:20260310T100000\nRDATE:20260311T100000,never", NotATime, 7),
        ("UID:a\nDTSTART:20260310T100000\nEXDATE:never", NotATime, 7),
        ("UID:a\nDTSTART:20260310T100000\nRECURRENCE-ID:never", NotATime, 7),
        ("UID:a\nDTSTART;TZID=Mars/Olympus:20260310T100000", UnknownZone, 6),
        ("UID:a\nDTSTART;TZID=../../etc/passwd:20260310T100000", UnknownZone, 6),
        ("UID:a\nDTSTART;TZID=localtime:20260310T100000", UnknownZone, 6),
        ("UID:a\nDTSTART;TZID=America:20260310T100000", UnknownZone, 6),
        ("UID:a\nDTSTART;TZID=GMT+9900:20260310T100000", UnknownZone, 6),
    ],
)
def test_a_broken_event_is_left_out_with_its_line(
    lines: str, kind: type[EventRefused], line: int
) -> None:
    refusal = refused(lines)
    assert type(refusal) is kind
    assert refusal.values["line"] == line


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("FREQ=SECONDLY", RepeatsTooOften),
        ("FREQ=SECONDLY;COUNT=1000000000", RepeatsTooOften),
        ("FREQ=MINUTELY;INTERVAL=1440", RepeatsTooOften),
        (f"FREQ=DAILY;BYHOUR={ALL_DAY};BYMINUTE=0,1,2,3,4", RepeatsTooOften),
        ("FREQ=HOURLY;COUNT=1000000000;BYMINUTE=0,1,2,3,4,5,6,7,8,9", RepeatsTooOften),
        ("FREQ=DAILY;INTERVAL=0", NotARule),
        ("FREQ=DAILY;INTERVAL=-1", NotARule),
        ("FREQ=DAILY;COUNT=0", NotARule),
        ("FREQ=DAILY;COUNT=many", NotARule),
        ("FREQ=DAILY;UNTIL=whenever", NotARule),
        ("FREQ=DAILY;FREQ=DAILY", NotARule),
        ("FREQ=NEVER", NotARule),
        ("COUNT=3", NotARule),
        ("", NotARule),
        ("nonsense", NotARule),
        ("FREQ=YEARLY;BYMONTH=13", NotARule),
        ("FREQ=MONTHLY;BYMONTHDAY=0", NotARule),
        ("FREQ=DAILY;BYHOUR=24", NotARule),
        ("FREQ=DAILY;BYHOUR=-1", NotARule),
        ("FREQ=DAILY;BYSECOND=60", NotARule),
        ("FREQ=WEEKLY;BYDAY=XX", NotARule),
        ("FREQ=WEEKLY;BYDAY=2MO", NotARule),
        ("FREQ=MONTHLY;BYDAY=54MO", NotARule),
        ("FREQ=YEARLY;BYEASTER=0", NotARule),
        ("FREQ=DAILY;WKST=DAY", NotARule),
        ("RSCALE=HEBREW;FREQ=YEARLY", NotARule),
        ("FREQ=YEARLY;BYDAY=" + ",".join(["MO"] * 900), NotARule),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_or_no_end(rule: str, kind: type[EventRefused]) -> None:
    began = monotonic()
    refusal = refused(f"UID:a\nDTSTART:20260302T000000\nRRULE:{rule}")
    assert type(refusal) is kind
    assert monotonic() - began < AT_MOST


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=1000000000",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
        "FREQ=MONTHLY;INTERVAL=10000;COUNT=999999999999",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=1,3",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    ],
)
def test_a_rule_that_never_comes_true_ends(rule: str) -> None:
    """The first date stands for itself; counting goes no further than the days asked for."""
    began = monotonic()
    found = read(calendar(f"UID:a\nDTSTART:20260302T000000\nRRULE:{rule}"))
    assert len(found.rows) == 1
    assert monotonic() - began < AT_MOST


def test_many_rules_that_take_long_end_and_the_rest_is_kept() -> None:
    rule = "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8;COUNT=999999999"
    events = [f"UID:{number}\nDTSTART:19000101T000000\n{rule}" for number in range(100)]
    began = monotonic()
    found = read(calendar(*events, GOOD))
    assert [row.summary for row in found.rows] == ["Good"]
    assert {type(one.refusal) for one in found.rejected} == {RepeatsTooOften}
    assert len(found.rejected) == 100
    assert monotonic() - began < AT_MOST


def test_more_of_one_series_than_anybody_keeps() -> None:
    long = Days(date(2000, 1, 1), date(2026, 12, 31))
    found = read(calendar("UID:a\nDTSTART:20000101T000000\nRRULE:FREQ=DAILY", GOOD), long)
    assert [type(one.refusal) for one in found.rejected] == [RepeatsTooOften]
    assert [row.summary for row in found.rows] == ["Good"]


def test_more_appointments_than_anybody_keeps() -> None:
    rule = "RRULE:FREQ=HOURLY;COUNT=2000"
    events = [f"UID:{number}\nDTSTART:20260301T000000\n{rule}" for number in range(11)]
    with pytest.raises(TooManyAppointments):
        read(calendar(*events))


def test_a_file_of_more_bytes_lines_or_events_than_any_calendar() -> None:
    large = calendar(GOOD) + b"X" * (100 * 1024 * 1024)
    lines = calendar(GOOD) + b"\n" * (MOST_BYTES - 10_000)
    events = calendar() + b"BEGIN:VEVENT\nEND:VEVENT\n" * (MOST_EVENTS + 1)
    for data in (large, lines, events):
        began = monotonic()
        with pytest.raises(CalendarTooLarge):
            read(data)
        assert monotonic() - began < AT_MOST


def test_a_file_full_of_digits_takes_no_longer_than_any() -> None:
    """Looking for card and telephone numbers has an end; what nobody looked at is covered."""
    text = "1 " * 4_900
    events = [f"UID:{number}\nDTSTART:20260302\nDESCRIPTION:{text}" for number in range(1_000)]
    began = monotonic()
    found = read(calendar(*events, GOOD + "\nDESCRIPTION:4111 1111 1111 1111"))
    assert monotonic() - began < 2 * AT_MOST
    assert len(found.rows) == 1_001
    (good,) = (row for row in found.rows if row.summary == "Good")
    assert good.description == "•••• •••• •••• ••••"


def test_the_largest_calendar_that_is_read_takes_its_time_and_no_more() -> None:
    folded = b"BEGIN:VEVENT\nUID:a\nDTSTART:20260301\nDESCRIPTION:x" + b"\n x" * 400_000
    data = b"BEGIN:VCALENDAR\n" + folded + b"\nEND:VEVENT\nEND:VCALENDAR\n"
    began = monotonic()
    (row,) = read(data).rows
    assert len(row.description) == 10_000
    assert monotonic() - began < AT_MOST


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 1_000,
        b"%PDF-1.7",
        b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n",
        b"<html>BEGIN:VCALENDAR</html>",
        b"\xff\xfe\x00",
        b"\xd8" * 99,
    ],
)
def test_what_is_no_calendar(data: bytes) -> None:
    with pytest.raises(NotACalendar) as caught:
        read(data)
    assert "“a.ics” is not a calendar" in caught.value.sentence


def test_a_calendar_without_appointments_and_one_of_old() -> None:
    with pytest.raises(EmptyCalendar):
        read(calendar())
    with pytest.raises(OldCalendar):
        read(b"BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR")


def test_a_file_that_breaks_off() -> None:
    whole = calendar(GOOD, "UID:b\nDTSTART:20260311T090000\nSUMMARY:Bad")
    found = read(whole[: whole.index(b"SUMMARY:Bad")])
    assert [row.summary for row in found.rows] == ["Good"]
    assert [type(one.refusal) for one in found.rejected] == [NotFinished]
    unclosed = calendar(GOOD).replace(b"END:VEVENT", b"BEGIN:VEVENT\r\nDTSTART:20260301")
    assert [type(one.refusal) for one in read(unclosed).rejected] == [NotFinished] * 2


def test_parts_within_parts_and_ends_without_beginnings() -> None:
    deep = "BEGIN:X\n" * 100_000
    assert type(refused(f"UID:a\nDTSTART:20260301\n{deep}")) is TooMuchInOne
    assert len(read(calendar(GOOD, head=deep)).rows) == 1
    ends = "END:X\nEND:VTIMEZONE\nEND:STANDARD\n" * 10_000
    assert len(read(calendar(f"{ends}{GOOD}", head=ends)).rows) == 1


def test_endless_lines_and_lists() -> None:
    long = ",".join(["20260301T090000"] * 10_000)
    assert type(refused(f"UID:a\nDTSTART:20260301T090000\nEXDATE:{long}")) is TooMuchInOne
    many = "EXDATE:20260301T090000\n" * 3_000
    assert type(refused(f"UID:a\nDTSTART:20260301T090000\n{many}")) is TooMuchInOne
    lists = ("RDATE:" + ",".join(["20260301T090000"] * 2_000) + "\n") * 3
    assert type(refused(f"UID:a\nDTSTART:20260301T090000\n{lists}")) is TooMuchInOne
    guests = "ATTENDEE:mailto:a@example.com\n" * 3_000
    assert len(read(calendar(f"UID:a\nDTSTART:20260301T090000\n{guests}")).rows) == 1
    parameters = ";X=" * 30_000
    assert len(read(calendar(f"UID:a\nSUMMARY{parameters}\n{GOOD}")).rows) == 1


def test_control_characters_leave_a_text() -> None:
    found = read(calendar("UID:a\nDTSTART:20260301T090000\nSUMMARY:A\x00d\x0ba\x1b \u2028 K\x85"))
    assert [row.summary for row in found.rows] == ["Ada K"]


ZONE = """\
BEGIN:VTIMEZONE
TZID:Odd
BEGIN:STANDARD
DTSTART:{start}
TZOFFSETFROM:{old}
TZOFFSETTO:{new}
{rule}
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("start", "old", "new", "rule"),
    [
        ("19700101T000000", "+0100", "+0100", "RRULE:FREQ=SECONDLY"),
        ("19700101T000000", "+0100", "+0100", "RRULE:FREQ=YEARLY;BYHOUR=1"),
        ("19700101T000000", "+0100", "+0100", "RRULE:FREQ=YEARLY;INTERVAL=0"),
        ("19700101T000000", "+0100", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=0"),
        ("19700101T000000", "+0100", "+0100", "RRULE:FREQ=YEARLY;BYDAY=99XX"),
        ("19700101T000000", "+0100", "+0100", "RDATE:never"),
        ("19700101T000000", "+0100", "+9900", ""),
        ("19700101T000000", "", "+0100", ""),
        ("00000101T000000", "+0100", "", ""),
        ("soon", "+0100", "+0100", ""),
    ],
)
def test_a_zone_that_makes_no_sense(start: str, old: str, new: str, rule: str) -> None:
    head = ZONE.format(start=start, old=old, new=new, rule=rule)
    refusal = refused("UID:a\nDTSTART;TZID=Odd:20260310T100000", head=head)
    assert type(refusal) is UnknownZone
    assert "“Odd”" in refusal.sentence


def test_a_zone_with_more_changes_than_any() -> None:
    change = "BEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\n" * 1_000
    head = f"BEGIN:VTIMEZONE\nTZID:Odd\n{change}END:VTIMEZONE\n"
    assert type(refused("UID:a\nDTSTART;TZID=Odd:20260310T100000", head=head)) is UnknownZone


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    for text in (GOOGLE, OUTLOOK, APPLE):
        assert read(text.encode()).rows
    url = (
        "ATTACH:http://127.0.0.1:9/a\nURL:http://127.0.0.1:9/b\nIMAGE;VALUE=URI:file:///etc/passwd"
    )
    assert len(read(calendar(f"{GOOD}\n{url}")).rows) == 1


SAMPLES = [text.encode() for text in (GOOGLE, OUTLOOK, APPLE)]
PIECES = st.sampled_from(
    [
        *(b"\x00", b"\r", b"\n", b"\n ", b":", b";", b'"', b"=", b"\\", b",", b"-", b"\xff", b"T"),
        *(b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"BEGIN:VCALENDAR\n", b"99999999999999999999"),
        *(b"RRULE:FREQ=HOURLY\n", b"DTSTART:19000101\n", b"EXDATE:20260101\n", b"INTERVAL=0;"),
    ]
)


@settings(max_examples=examples(60), deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    hits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=8),
)
def test_whatever_is_done_to_a_file_it_is_read_or_refused(
    sample: bytes, hits: list[tuple[float, int, bytes]]
) -> None:
    for where, gone, put in hits:
        at = int(where * len(sample))
        sample = sample[:at] + put + sample[at + gone :]
    began = monotonic()
    with suppress(CalendarRefused):
        found = read(sample)
        assert all(one.reason for one in found.rejected)
        assert all(row.starts_at < row.ends_at for row in found.rows)
    assert monotonic() - began < AT_MOST


@settings(max_examples=examples(60), deadline=None)
@given(st.binary(max_size=300))
def test_whatever_stands_in_an_event_it_is_read_or_refused(noise: bytes) -> None:
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260301\n" + noise + b"\nEND:VEVENT\n"
    with suppress(CalendarRefused):
        found = read(data)
        assert len(found.rows) + len(found.rejected) <= found.events


@pytest.mark.parametrize("frequency", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"])
def test_a_rule_that_steps_beyond_all_years_gives_its_first(frequency: str) -> None:
    rule = f"UID:far\nDTSTART:20260311T090000\nSUMMARY:Far\nRRULE:FREQ={frequency};INTERVAL=10000"
    assert [row.summary for row in read(calendar(rule, GOOD)).rows] == ["Good", "Far"]
