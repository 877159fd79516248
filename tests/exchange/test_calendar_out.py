"""Does an appointment leave as every calendar reads it, and does it come back the same?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from clientele.exchange.calendar_in import Days, Reader, read_calendar
from clientele.exchange.calendar_lines import parts_of
from clientele.exchange.calendar_out import (
    CalendarWords,
    Leaving,
    Sender,
    calendar_of,
    own_appointment,
    uid_of,
)
from clientele.exchange.calendar_refusals import NothingToWrite
from clientele.exchange.calendar_zones import Zones
from tests.examples import examples

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SENDER = Sender("book one", AMSTERDAM, "Main Street 1, Amsterdam", "Ben Lee", "ben@example.com")
CHANGED = datetime(2026, 3, 1, 8, tzinfo=UTC)


def leaving(
    start: datetime = datetime(2026, 3, 30, 8, tzinfo=UTC),
    *,
    number: int = 7,
    client: str = "Ada Katz",
    about: str = "Suit; second fitting\nBring the shoes, please",
    sequence: int = 0,
    cancelled: bool = False,
    remind: timedelta | None = timedelta(minutes=30),
    length: timedelta = timedelta(minutes=45),
    uid: str = "",
) -> Leaving:
    return Leaving(
        number, start, start + length, client, about, sequence, CHANGED, cancelled, remind, uid
    )


def lines(data: bytes) -> list[str]:
    return re.sub(r"\r\n ", "", data.decode()).split("\r\n")


def test_one_appointment_line_by_line() -> None:
    found = lines(calendar_of([leaving()], SENDER))
    event = found[found.index("BEGIN:VEVENT") : found.index("END:VEVENT") + 1]
    assert set(event) == {
        "BEGIN:VEVENT",
        f"UID:{uid_of('book one', 7)}",
        "DTSTAMP:20260301T080000Z",
        "LAST-MODIFIED:20260301T080000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/Amsterdam:20260330T100000",
        "DTEND;TZID=Europe/Amsterdam:20260330T104500",
        "SUMMARY:Ada Katz: Suit\\; second fitting",
        "DESCRIPTION:Suit\\; second fitting\\nBring the shoes\\, please",
        "LOCATION:Main Street 1\\, Amsterdam",
        'ORGANIZER;CN="Ben Lee":mailto:ben@example.com',
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT30M",
        "DESCRIPTION:Ada Katz: Suit\\; second fitting",
        "END:VALARM",
        "END:VEVENT",
    }
    assert found[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", *found[2:4]]


def test_a_zone_is_described_by_the_clock_before_each_change() -> None:
    """RFC 5545, section 3.6.5: DTSTART is on the clock of TZOFFSETFROM."""
    found = lines(calendar_of([leaving()], SENDER))
    spring = found.index("DTSTART:20270328T020000")
    autumn = found.index("DTSTART:20261025T030000")
    assert set(found[spring - 1 : spring + 5]) == {
        "BEGIN:DAYLIGHT",
        "DTSTART:20270328T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
    }
    assert {"TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"} <= set(found[autumn : autumn + 4])


@pytest.mark.parametrize(
    "name",
    ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
     "Asia/Kolkata", "America/Santiago", "Pacific/Apia"],
)  # fmt: skip
def test_the_description_of_a_zone_tells_every_hour(name: str) -> None:
    """Read back from its description alone, the clock is the same, gaps and doubles included."""
    zone = ZoneInfo(name)
    first, last = datetime(2025, 2, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    data = calendar_of([leaving(first), leaving(last, number=8)], Sender("b", zone)).replace(
        f"TZID:{name}".encode(), b"TZID:Odd"
    )
    described = Zones(AMSTERDAM, parts_of(data, "a.ics").zones).named("Odd", 1)
    at = first
    while at < last:
        assert at.astimezone(described).replace(tzinfo=None) == at.astimezone(zone).replace(
            tzinfo=None
        )
        wall = at.replace(tzinfo=None)
        for fold in (0, 1):
            wall = wall.replace(fold=fold)
            assert wall.replace(tzinfo=described).utcoffset() == zone.utcoffset(wall)
        soon = at + timedelta(days=1)
        steady = at.astimezone(zone).utcoffset() == soon.astimezone(zone).utcoffset()
        at += timedelta(hours=9) if steady else timedelta(minutes=15)


def test_the_discreet_way_names_nobody() -> None:
    data = calendar_of(
        [leaving(client="Ada van der Katz", about="Ring for her 30th")],
        SENDER,
        discreet=True,
        private=False,
        words=CalendarWords("Termin", "Erinnerung"),
    )
    found = lines(data)
    assert "SUMMARY:Termin AK" in found
    assert "DESCRIPTION:Erinnerung" in found
    assert "CLASS:PRIVATE" in found
    text = data.decode()
    for secret in ("Ada", "Katz", "Ring", "30th", "book one"):
        assert secret not in text


def test_without_a_name_a_store_or_an_address() -> None:
    found = lines(calendar_of([leaving(client=" ", about="")], Sender("b", ZoneInfo("UTC"))))
    assert "SUMMARY:Appointment" in found
    assert "DTSTART:20260330T080000Z" in found
    names = {line.partition(":")[0].partition(";")[0] for line in found}
    assert not names & {"LOCATION", "ORGANIZER", "TZID"}


def test_public_where_it_is_wanted_and_called_off_without_a_reminder() -> None:
    found = lines(calendar_of([leaving(cancelled=True, sequence=3)], SENDER, private=False))
    assert {"CLASS:PUBLIC", "STATUS:CANCELLED", "SEQUENCE:3"} <= set(found)
    assert "BEGIN:VALARM" not in found


def test_nothing_to_write_is_a_sentence() -> None:
    with pytest.raises(NothingToWrite) as caught:
        calendar_of([], SENDER)
    assert "Nothing was written" in caught.value.sentence


def test_a_uid_is_one_appointment_of_one_book_for_ever() -> None:
    uid = uid_of("book one", 7)
    assert uid == "clientele-7-297abd5c61333383fe4141aa@clientele"
    assert own_appointment(uid, "book one") == 7
    assert own_appointment(uid, "book two") is None
    assert own_appointment(f"x{uid}", "book one") is None
    assert len({uid_of(book, number) for book in "ab" for number in (1, 2)}) == 4
    elsewhere = calendar_of([leaving(uid="from-google@x")], SENDER)
    assert b"UID:from-google@x\r\n" in elsewhere


def test_the_same_appointments_give_the_same_bytes_in_their_order() -> None:
    late = leaving(datetime(2026, 4, 30, 8, tzinfo=UTC), number=1)
    assert calendar_of([late, leaving()], SENDER) == calendar_of([leaving(), late], SENDER)
    starts = [line for line in lines(calendar_of([late, leaving()], SENDER)) if "DTSTART;" in line]
    assert [line[-15:] for line in starts] == ["20260330T100000", "20260430T100000"]


def test_the_hour_that_comes_twice_is_not_mixed_up() -> None:
    """02:30 in the second of both hours: only UTC can say so."""
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    data = calendar_of([leaving(second)], SENDER)
    assert b"DTSTART:20261025T013000Z\r\n" in data


TEXTS = st.text(max_size=200)
INSTANTS = st.integers(0, 100 * 365 * 86_400).map(
    lambda second: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)
ZONES = st.sampled_from(
    ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
).map(ZoneInfo)


@settings(max_examples=examples(150), deadline=None)
@given(
    start=INSTANTS,
    minutes=st.integers(1, 1_440),
    client=TEXTS,
    about=TEXTS,
    sequence=st.integers(0, 10**6),
    cancelled=st.booleans(),
    zone=ZONES,
    discreet=st.booleans(),
)
def test_what_goes_out_comes_in_the_same(
    start: datetime,
    minutes: int,
    client: str,
    about: str,
    sequence: int,
    cancelled: bool,
    zone: ZoneInfo,
    discreet: bool,
) -> None:
    one = leaving(
        start,
        client=client,
        about=about,
        sequence=sequence,
        cancelled=cancelled,
        length=timedelta(minutes=minutes),
    )
    sender = Sender("book one", zone, "Store, Main Street", "B", "b@example.com")
    data = calendar_of([one], sender, discreet=discreet)

    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    for line in data.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two

    day = start.astimezone(zone).date()
    days = Days(day - timedelta(days=1), day + timedelta(days=1))
    found = read_calendar(data, "a.ics", days, Reader("book one", zone, "NL"))
    assert found.rejected == ()
    (row,) = found.rows
    assert (row.starts_at, row.ends_at) == (one.starts_at, one.ends_at)
    assert (row.own_id, row.sequence, row.cancelled) == (7, sequence, cancelled)
    assert (row.stamped_at, row.location) == (CHANGED, "Store, Main Street")
    assert row.private

    (event,) = Calendar.from_ical(data).events
    assert event.errors == []
    assert (event.start, event.end) == (start, one.ends_at)
    assert " ".join(str(event.get("SUMMARY")).split())[:400] == row.summary[:400]


@settings(max_examples=examples(100), deadline=None)
@given(words=st.lists(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1)))
def test_every_sign_of_a_text_comes_back(words: list[str]) -> None:
    about = "First line\n" + "\n".join(words)
    data = calendar_of([leaving(about=about)], SENDER)
    days = Days(date(2026, 3, 30), date(2026, 3, 30))
    (row,) = read_calendar(data, "a.ics", days, Reader("book one", AMSTERDAM, "NL")).rows
    assert row.description == ("" if not words else about).strip()
