"""Does a calendar from elsewhere come in as its people meant it, and only once?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clientele.exchange.calendar_in import CalendarRead, Days, Reader, read_calendar
from clientele.exchange.calendar_known import Known, compare, print_of
from clientele.exchange.calendar_people import Person, emails_in, names_in, phones_in
from clientele.exchange.calendar_refusals import EventRefused, UnknownZone
from tests.exchange.calendar_samples import APPLE, GOOGLE, OUTLOOK, calendar

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
READER = Reader("book one", AMSTERDAM, "NL")
SPRING = Days(date(2026, 3, 1), date(2026, 5, 31))


def read(data: bytes | str, days: Days = SPRING, reader: Reader = READER) -> CalendarRead:
    data = data.encode() if isinstance(data, str) else data
    return read_calendar(data, "appointments.ics", days, reader)


def utc(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def starts(data: bytes | str, days: Days = SPRING) -> list[datetime]:
    found = read(data, days)
    assert [one.reason for one in found.rejected] == []
    return [row.starts_at for row in found.rows]


def test_a_calendar_of_google() -> None:
    found = read(GOOGLE)
    assert found.rejected == ()
    assert [(row.starts_at, row.summary) for row in found.rows] == [
        (utc(3, 9, 9), "Wardrobe with Ada Katz"),
        (utc(3, 23, 9), "Wardrobe with Ada Katz"),
        (utc(3, 30, 8), "Wardrobe with Ada Katz"),  # the clocks went forward on the 29th
        (utc(4, 1, 12, 30), "Suit; second fitting"),
        (utc(4, 4, 22), "Away"),
        (utc(4, 7, 13), "Wardrobe with Ada Katz (moved)"),
        (utc(4, 13, 8), "Wardrobe with Ada Katz"),
        (utc(4, 20, 8), "Wardrobe with Ada Katz"),
    ]
    suit, away, moved = found.rows[3:6]
    assert suit.people == (
        Person("Store", "store@example.com", invites=True),
        Person("Katz, Ben", "ben@example.com"),
    )
    assert suit.emails == ("ben@example.com", "ben.katz@example.com")
    assert suit.phones == ("+31201234567",)
    assert suit.names == ("Katz, Ben",)
    assert suit.location == "Main Street 1, Amsterdam"
    assert suit.description.startswith("Call +31 20 123 4567, or write to\nben")
    assert suit.zone == "UTC"
    assert suit.ends_at - suit.starts_at == timedelta(minutes=45)
    assert away.all_day
    assert away.cancelled
    assert away.ends_at - away.starts_at == timedelta(days=2)
    assert moved.recurrence == "20260406T080000Z"
    assert moved.sequence == 2
    assert moved.zone == "Europe/Amsterdam"
    assert found.rows[0].names == ("Ada Katz",)


def test_a_calendar_of_outlook() -> None:
    fitting, own, stock = sorted(read(OUTLOOK).rows, key=lambda row: row.line)
    assert fitting.starts_at == own.starts_at == utc(3, 30, 7, 30)
    assert fitting.zone == "Europe/Berlin"
    assert own.zone == "Customized Time Zone"
    assert fitting.names == ("Katz",)
    assert fitting.private
    assert fitting.description == "Bring the shoes."
    assert stock.all_day
    assert (stock.starts_at, stock.ends_at) == (utc(3, 30, 22), utc(3, 31, 22))


def test_a_calendar_of_apple() -> None:
    found = read(APPLE)
    assert [(row.starts_at, row.summary) for row in found.rows] == [
        (utc(3, 6, 22), "Mrs. Lovelace"),
        (utc(3, 10, 10, 30), "Floating"),  # on the store's clock
        (utc(3, 13, 21), "Mrs. Lovelace"),  # New York is already on summer time
        (utc(3, 27, 21), "Mrs. Lovelace"),  # the 20th is excepted, and counts all the same
    ]
    assert found.rows[0].names == ("Lovelace",)
    assert found.rows[1].zone == "Europe/Amsterdam"


def test_the_bytes_of_a_file_may_be_written_in_many_ways() -> None:
    plain = read(GOOGLE.replace("Ada", "Zoë"))
    for data in (
        GOOGLE.replace("Ada", "Zoë").encode("utf-8-sig"),
        GOOGLE.replace("Ada", "Zoë").encode("utf-16"),
        GOOGLE.replace("Ada", "Zoë").encode("cp1252"),
        GOOGLE.replace("Ada", "Zoë").replace("\n", "\r\n").encode(),
        GOOGLE.replace("Ada", "Zoë").replace("\n", "\r").encode(),
    ):
        assert read(data).rows == plain.rows
    doubled = read(GOOGLE.replace("Ada", "Zoë").replace("\n", "\r\r\n\n").encode())
    assert [row.summary for row in doubled.rows] == [row.summary for row in plain.rows]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DTSTART:20260310T100000\nDURATION:PT90M", [(10, 90)]),
        ("DTSTART:20260310T100000\nDTEND:20260310T100000", [(10, 45)]),
        ("DTSTART:20260310T100000", [(10, 45)]),
        ("DTSTART:20260310T100060\nDTEND:20260310T1030", [(10, 29)]),
        ("DTSTART;VALUE=DATE:20260310", [(0, 1440)]),
        ("DTSTART;VALUE=DATE:20260310\nDURATION:P2D", [(0, 2880)]),
        ("DTSTART;TZID=GMT+0100:20260310T100000\nDTEND:20260310T100000Z", [(10, 60)]),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Amsterdam:20260310T100000", [(10, 45)]),
        ("DTSTART;TZID=/x.sourceforge.net/America/Indiana/Knox:20260310T040000", [(10, 45)]),
    ],
)
def test_beginnings_and_ends(lines: str, expected: list[tuple[int, int]]) -> None:
    found = read(calendar(f"UID:a\n{lines}"))
    assert found.rejected == ()
    shown = [
        (
            row.starts_at.astimezone(AMSTERDAM).hour,
            int((row.ends_at - row.starts_at).total_seconds()) // 60,
        )
        for row in found.rows
    ]
    assert shown == expected


def test_daylight_saving_both_ways() -> None:
    """RFC 5545, section 3.3.5: before the gap's offset, and the first of two."""
    gap = "UID:a\nDTSTART;TZID=Europe/Amsterdam:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3"
    assert starts(calendar(gap)) == [utc(3, 28, 1, 30), utc(3, 29, 1, 30), utc(3, 30, 0, 30)]
    twice = "UID:a\nDTSTART;TZID=Europe/Amsterdam:20261024T023000\nRRULE:FREQ=DAILY;COUNT=3"
    autumn = Days(date(2026, 10, 1), date(2026, 11, 30))
    assert starts(calendar(twice), autumn) == [
        utc(10, 24, 0, 30), utc(10, 25, 0, 30), utc(10, 26, 1, 30),
    ]  # fmt: skip


def test_a_length_in_days_follows_the_calendar_and_one_in_hours_the_watch() -> None:
    start = "DTSTART;TZID=Europe/Amsterdam:20260328T120000"
    (day,) = read(calendar(f"UID:a\n{start}\nDURATION:P1D")).rows
    (hours,) = read(calendar(f"UID:a\n{start}\nDURATION:PT24H")).rows
    assert day.ends_at == utc(3, 29, 10)
    assert hours.ends_at == utc(3, 29, 11)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;COUNT=3", [2, 3, 4]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260304", [2, 3, 4]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260304T080000Z", [2, 3, 4]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260304T075959Z", [2, 3]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;UNTIL=20260301", []),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260302T090000", [3, 4]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260303T080000Z", [2, 4]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260303", [2, 4]),
        ("DTSTART:20260302T090000\nRDATE:20260305T090000,20260309T090000", [2, 5, 9]),
        ("DTSTART:20260302T090000\nRDATE:20260305T080000Z\nRDATE:20260302T090000", [2, 5]),
        ("DTSTART:20260302T090000\nRDATE;VALUE=PERIOD:20260305T090000/PT1H", [2, 5]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;COUNT=4\nEXRULE:FREQ=DAILY;INTERVAL=2", [3, 5]),
        ("DTSTART:20260303T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2", [3, 9]),
        ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260304", [2, 3, 4]),
        ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260304T000000Z", [2, 3, 4]),
        ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260303T000000Z", [2, 4]),
        ("DTSTART:20260302T090000\nRRULE:FREQ=DAILY;COUNT=2;\nSTATUS:CONFIRMED", [2, 3]),
    ],
)  # fmt: skip
def test_what_repeats(lines: str, days: list[int]) -> None:
    march = Days(date(2026, 3, 1), date(2026, 3, 31))
    found = starts(calendar(f"UID:a\n{lines}"), march)
    assert [one.astimezone(AMSTERDAM).day for one in found] == days


def test_an_override_may_be_written_as_day_or_moved_into_and_out_of_the_days() -> None:
    series = "UID:a\nDTSTART:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Old"
    moved = "UID:a\nRECURRENCE-ID:20260309T090000\nDTSTART:20260310T100000\nSUMMARY:New"
    as_day = moved.replace("20260309T090000", "20260309")
    for one in (moved, as_day):
        rows = read(calendar(series, one)).rows
        assert [row.starts_at.day for row in rows] == [2, 10, 16, 23]
        assert len({row.key for row in rows}) == 4
        assert rows[1].recurrence == "20260309T080000Z"
    only = Days(date(2026, 3, 10), date(2026, 3, 10))
    assert [row.summary for row in read(calendar(series, moved), only).rows] == ["New"]
    left = Days(date(2026, 3, 9), date(2026, 3, 9))
    assert read(calendar(series, moved), left).rows == ()


def test_from_one_on_all_are_moved() -> None:
    series = "UID:a\nDTSTART:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Old"
    later = (
        "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260316T090000\n"
        "DTSTART:20260317T110000\nDURATION:PT2H\nSUMMARY:New"
    )
    rows = read(calendar(series, later)).rows
    assert [(row.starts_at.day, row.starts_at.hour, row.summary) for row in rows] == [
        (2, 8, "Old"), (9, 8, "Old"), (17, 10, "New"), (24, 10, "New"),
    ]  # fmt: skip
    assert rows[3].ends_at - rows[3].starts_at == timedelta(hours=2)
    assert rows[3].recurrence == "20260323T080000Z"


def test_what_lies_across_the_edge_of_the_days_is_in() -> None:
    event = "UID:a\nDTSTART:20260309T230000\nDTEND:20260310T010000\nRRULE:FREQ=WEEKLY;COUNT=9"
    assert len(starts(calendar(event), Days(date(2026, 3, 10), date(2026, 3, 10)))) == 1
    assert len(starts(calendar(event), Days(date(2026, 3, 9), date(2026, 3, 9)))) == 1
    assert starts(calendar(event), Days(date(2026, 3, 11), date(2026, 3, 15))) == []


def test_the_newer_of_two_with_one_uid_counts() -> None:
    one = "UID:a\nDTSTART:20260302T090000\nSEQUENCE:2\nSUMMARY:Two"
    two = "UID:a\nDTSTART:20260303T090000\nSEQUENCE:1\nSUMMARY:One"
    for data in (calendar(one, two), calendar(two, one), calendar(one, one)):
        assert [row.summary for row in read(data).rows] == ["Two"]
    stamped = "UID:a\nDTSTART:20260302T090000\nDTSTAMP:202603{}T000000Z\nSUMMARY:{}"
    early, late = stamped.format("01", "Early"), stamped.format("02", "Late")
    assert [row.summary for row in read(calendar(late, early)).rows] == ["Late"]


def test_without_a_uid_the_same_appointment_has_the_same_key() -> None:
    data = calendar("DTSTART:20260302T090000\nSUMMARY:A", "DTSTART:20260302T090000\nSUMMARY:B")
    first, again = read(data), read(data)
    assert [row.key for row in first.rows] == [row.key for row in again.rows]
    assert len({row.key for row in first.rows}) == 2


def test_the_key_is_of_one_book() -> None:
    data = calendar("UID:a\nDTSTART:20260302T090000")
    other = Reader("book two", AMSTERDAM, "NL")
    assert read(data).rows[0].key != read(data, reader=other).rows[0].key


def test_a_cancelling_file_calls_everything_off() -> None:
    data = calendar("UID:a\nDTSTART:20260302T090000", head="METHOD:CANCEL\n")
    assert [row.cancelled for row in read(data).rows] == [True]


def test_a_number_of_a_card_is_covered() -> None:
    data = calendar(
        "UID:4111111111111111\nDTSTART:20260302T090000\nSUMMARY:Pays with 4111 1111 1111 1111"
    )
    (row,) = read(data).rows
    assert row.summary == "Pays with •••• 1111"
    assert "4111" not in row.uid


def known(found: CalendarRead) -> list[Known]:
    return [
        Known(
            row.key,
            row.uid,
            row.sequence,
            row.stamped_at,
            row.starts_at,
            print_of(row),
            row.cancelled,
        )
        for row in found.rows
    ]


def test_the_same_file_twice_brings_nothing() -> None:
    for text in (GOOGLE, OUTLOOK, APPLE):
        found = read(text)
        first = compare(found, (), SPRING, AMSTERDAM)
        assert len(first.new) == len([row for row in found.rows if not row.cancelled])
        again = compare(read(text), known(found), SPRING, AMSTERDAM)
        assert again.same == found.rows
        assert (again.new, again.changed, again.older, again.gone) == ((), (), (), ())


def test_a_later_file_changes_and_an_older_one_does_not() -> None:
    old = "UID:a\nDTSTART:20260302T090000\nSEQUENCE:1\nDTSTAMP:20260101T000000Z"
    new = "UID:a\nDTSTART:20260302T100000\nSEQUENCE:2\nDTSTAMP:20260102T000000Z"
    same_number = new.replace("SEQUENCE:2", "SEQUENCE:1")
    kept = known(read(calendar(old)))
    for later in (new, same_number):
        assert len(compare(read(calendar(later)), kept, SPRING, AMSTERDAM).changed) == 1
        back = compare(read(calendar(old)), known(read(calendar(later))), SPRING, AMSTERDAM)
        assert len(back.older) == 1
        assert back.changed == back.new == ()


def test_what_was_excepted_since_is_gone_and_only_within_the_days() -> None:
    series = "UID:a\nDTSTART:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=8"
    kept = known(read(calendar(series)))
    less = read(calendar(f"{series}\nEXDATE:20260309T090000"))
    gone = compare(less, kept, SPRING, AMSTERDAM).gone
    assert gone == (kept[1].key,)
    april = Days(date(2026, 4, 1), date(2026, 4, 30))
    less = read(calendar(f"{series}\nEXDATE:20260309T090000"), april)
    assert compare(less, kept, april, AMSTERDAM).gone == ()
    ended = read(calendar("UID:a\nDTSTART:20260302T090000\nSTATUS:CANCELLED"), april)
    assert len(compare(ended, kept, april, AMSTERDAM).gone) == 3
    ended = read(calendar("UID:a\nDTSTART:20260302T090000\nSTATUS:CANCELLED"))
    assert len(compare(ended, kept, SPRING, AMSTERDAM).gone) == 8


def test_an_invitation_to_one_of_a_series_leaves_the_others() -> None:
    series = "UID:a\nDTSTART:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=8"
    kept = known(read(calendar(series)))
    one = "UID:a\nRECURRENCE-ID:20260309T090000\nDTSTART:20260309T100000"
    found = compare(read(calendar(one)), kept, SPRING, AMSTERDAM)
    assert (len(found.changed), found.gone) == (1, ())


def test_nothing_is_gone_of_what_could_not_be_read() -> None:
    series = "UID:a\nDTSTART:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=8"
    kept = known(read(calendar(series)))
    broken = read(calendar(series.replace("WEEKLY", "SOMETIMES")))
    assert compare(broken, kept, SPRING, AMSTERDAM).gone == ()
    change = "UID:a\nRECURRENCE-ID:20260309T090000\nDTSTART:20260399T090000"
    one_broken = read(calendar(series, change))
    assert len(one_broken.rows) == 7
    assert compare(one_broken, kept, SPRING, AMSTERDAM).gone == ()


def test_what_an_alarm_says_is_not_what_the_appointment_says() -> None:
    alarm = "BEGIN:VALARM\nUID:alarm\nSUMMARY:No\nDESCRIPTION:No\nDURATION:PT5M\nEND:VALARM"
    (row,) = read(calendar(f"{alarm}\nUID:a\nDTSTART:20260302T090000\nSUMMARY:Suit")).rows
    assert (row.uid, row.summary, row.description) == ("a", "Suit", "")
    assert row.ends_at - row.starts_at == timedelta(minutes=45)


def test_one_that_was_changed_unreadably_is_not_expected_at_the_old_time() -> None:
    series = "UID:a\nDTSTART:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=3"
    change = "UID:a\nRECURRENCE-ID:20260309T090000\nDTSTART;TZID=Nowhere:20260310T090000"
    found = read(calendar(series, change))
    assert [row.starts_at.day for row in found.rows] == [2, 16]
    assert [type(one.refusal) for one in found.rejected] == [UnknownZone]


@pytest.mark.parametrize(
    ("summary", "names"),
    [
        ("Fitting with Ada van der Berg", ("Ada van der Berg",)),
        ("Ada Katz / Ben O’Hara", ("Ada Katz", "Ben O’Hara")),
        ("Ada Katz, Ben Katz", ("Ada Katz", "Ben Katz")),
        ("lunch", ()),
        ("Dhr. Jansen komt", ("Jansen",)),
        ("", ()),
    ],
)
def test_names_in_a_summary(summary: str, names: tuple[str, ...]) -> None:
    assert names_in(summary) == names


def test_addresses_and_numbers_in_a_text() -> None:
    text = "Ada.Katz@Example.com, tel. 020 123 45 67 and +49 30 123456; ada.katz@example.com."
    assert emails_in(text) == ("ada.katz@example.com",)
    assert phones_in(text, "NL") == ("+31201234567", "+4930123456")
    assert phones_in("at 10:30, room 12", "NL") == ()


def test_a_reason_names_the_line_where_it_is_wrong() -> None:
    data = calendar("UID:a\nSUMMARY:Suit\nDTSTART:20260231T090000", "UID:b\nDTSTART:20260302T09")
    first, second = read(data).rejected
    assert (first.line, first.summary) == (7, "Suit")
    assert first.reason == (
        "Line 7: “20260231T090000” is not a date or a time. The appointment was left out."
    )
    assert second.line == 11
    assert isinstance(second.refusal, EventRefused)
