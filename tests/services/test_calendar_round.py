"""Do appointments leave for other calendars and come back, each once, and as somebody meant?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clientele.domain.rules import card_numbers
from clientele.domain.rules.appointments import DEFAULT_LENGTH, Outcome
from clientele.domain.tables import Appointment, AppointmentImport
from clientele.exchange.calendar_refusals import NothingToWrite
from clientele.exchange.refusals import FileNotReadable, NotWritable
from clientele.services.appointment_outcomes import CancelAppointment, cancel_appointment
from clientele.services.appointments import MoveAppointment, move_appointment
from clientele.services.calendar_import import Take, TakeCalendar, take_calendar
from clientele.services.calendar_out import (
    Wanted,
    calendar_bytes,
    series_key,
    series_uid,
    write_calendar,
)
from clientele.services.calendar_plan import CalendarPlan, What, plan_calendar, read_bytes
from clientele.services.changes import Changes
from clientele.services.undo import undo
from clientele.store.errors import OverTheBook
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, a_day, local
from tests.as_kept import as_kept

EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261120T080000Z
SEQUENCE:{sequence}
DTSTART;TZID=Europe/Amsterdam:{start}
DTEND;TZID=Europe/Amsterdam:{end}
SUMMARY:{summary}
{more}END:VEVENT
"""


def event(
    uid: str, start: str, end: str, summary: str, more: str = "", *, sequence: int = 0
) -> str:
    """One VEVENT; ``more`` lines end in a newline."""
    return EVENT.format(
        uid=uid, start=start, end=end, summary=summary, more=more, sequence=sequence
    )


def calendar(*events: str) -> bytes:
    """A file."""
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Else//EN\n" + "".join(events)
    return (text + "END:VCALENDAR\n").replace("\n", "\r\n").encode()


FITTING = event("a@else", "20261124T100000", "20261124T110000", "Fitting with Tom Becker")
SHIRTS = event(
    "b@else", "20261125T150000", "20261125T153000", "Shirts", "ATTENDEE:mailto:nell@marsh.example\n"
)
DENTIST = event("c@else", "20261126T090000", "20261126T100000", "Dentist")
WEEKLY = event(
    "d@else", "20261123T160000", "20261123T163000", "Daniel Tran, trousers", "RRULE:FREQ=WEEKLY\n"
)


@pytest.fixture
def day(store: Store, clock: FixedClock) -> Day:
    """A day with three appointments, seen early in the morning."""
    made = a_day(store, clock.now())
    clock.set(local(TODAY, 8))
    return made


def plan(store: Store, data: bytes, now: datetime) -> CalendarPlan:
    with store.read() as session:
        return plan_calendar(session, data, "mine.ics", now=now)


def take(store: Store, planned: CalendarPlan, day: Day, now: datetime) -> Changes:
    """All that is offered, new ones with whom they were matched."""
    wanted = tuple(Take(one, one.match.client_id) for one in planned.offered)
    with store.write() as session:
        return take_calendar(session, TakeCalendar(wanted, day.okafor), now=now)


def all_kept(store: Store) -> list[Appointment]:
    with store.read() as session:
        rows = list(session.scalars(select(Appointment)))
        session.expunge_all()
        return rows


def export(store: Store, what: Wanted, now: datetime) -> bytes:
    with store.read() as session:
        return calendar_bytes(session, what, now=now)[0]


def unfolded(data: bytes) -> str:
    return data.decode().replace("\r\n ", "").replace("\r\n", "\n")


def test_each_is_matched_by_address_or_name_and_the_rest_left_out(
    store: Store, clock: FixedClock, day: Day
) -> None:
    planned = plan(store, calendar(FITTING, SHIRTS, DENTIST), clock.now())
    who = {one.row.summary: one.match for one in planned.offered if one.row}
    assert who["Fitting with Tom Becker"].client_id == day.clients["Tom"]
    assert who["Fitting with Tom Becker"].by == "name"
    assert who["Shirts"].client_id == day.clients["Eleanor"]
    assert who["Shirts"].by == "email"
    assert who["Dentist"].client_id is None
    before = len(all_kept(store))
    changes = take(store, planned, day, clock.now())
    made = [row for row in all_kept(store) if row.uid.endswith("@else")]
    assert len(all_kept(store)) == before + 2
    assert {row.about for row in made} == {"Fitting", "Shirts"}
    assert made[0].ends_at == local(TODAY + timedelta(days=3), 11)
    assert changes.undo is not None
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())
        assert session.scalars(select(AppointmentImport)).first() is None
    assert len(all_kept(store)) == before
    assert len(plan(store, calendar(FITTING), clock.now()).new) == 1


def test_the_same_file_twice_makes_nothing_twice(store: Store, clock: FixedClock, day: Day) -> None:
    data = calendar(FITTING, WEEKLY)
    first = plan(store, data, clock.now())
    assert len(first.new) == 1 + 52, "a year of Mondays"
    take(store, first, day, clock.now())
    count = len(all_kept(store))
    again = plan(store, data, clock.now())
    assert (again.offered, again.same) == ((), 53)
    take(store, first, day, clock.now())
    assert len(all_kept(store)) == count, "a plan made before is of no more use"


def test_moved_and_gone_in_the_calendar(store: Store, clock: FixedClock, day: Day) -> None:
    take(store, plan(store, calendar(FITTING, WEEKLY), clock.now()), day, clock.now())
    later = event(
        "a@else", "20261124T120000", "20261124T130000", "Fitting with Tom Becker", sequence=1
    )
    fewer = WEEKLY.replace("RRULE", "EXDATE;TZID=Europe/Amsterdam:20261130T160000\nRRULE")
    planned = plan(store, calendar(later, fewer), clock.now())
    assert [one.what for one in planned.offered] == [What.MOVED, What.GONE]
    take(store, planned, day, clock.now())
    rows = {(row.uid, row.starts_at): row for row in all_kept(store)}
    assert ("a@else", local(TODAY + timedelta(days=3), 12)) in rows
    off = rows["d@else", local(TODAY + timedelta(days=9), 16)]
    assert off.outcome == Outcome.CALLED_OFF
    assert plan(store, calendar(later, fewer), clock.now()).offered == ()
    assert plan(store, calendar(FITTING), clock.now()).offered == (), "an older file says nothing"


def test_called_off_in_the_calendar(store: Store, clock: FixedClock, day: Day) -> None:
    take(store, plan(store, calendar(FITTING), clock.now()), day, clock.now())
    off = FITTING.replace("SEQUENCE:0", "SEQUENCE:1\nSTATUS:CANCELLED")
    planned = plan(store, calendar(off), clock.now())
    assert [one.what for one in planned.offered] == [What.OFF]
    take(store, planned, day, clock.now())
    assert plan(store, calendar(off), clock.now()).offered == ()


@pytest.mark.parametrize("discreet", [True, False])
def test_own_ones_come_back_as_they_left(
    store: Store, clock: FixedClock, day: Day, *, discreet: bool
) -> None:
    take(store, plan(store, calendar(FITTING, WEEKLY), clock.now()), day, clock.now())
    before = len(all_kept(store))
    data = export(store, Wanted(day.okafor, discreet=discreet), clock.now())
    back = plan(store, data, clock.now())
    assert back.offered == ()
    assert back.same == data.count(b"BEGIN:VEVENT") == before
    uids = [line for line in unfolded(data).splitlines() if line.startswith("UID:")]
    assert len(uids) == len(set(uids)), "one of a series has a UID of its own here"


def test_own_ones_moved_outside_are_offered_each_time(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.appointments["Daniel"]
    clock.set(local(TODAY, 12))
    text = unfolded(export(store, Wanted(day.okafor, (key,)), clock.now()))
    stale = text.encode()
    for hour in (17, 18):
        moved = text.replace("20261121T143000", f"20261121T{hour}0000").replace(
            "20261121T151500", f"20261121T{hour}4500"
        )
        clock.advance(timedelta(minutes=10))
        planned = plan(store, moved.encode(), clock.now())
        (one,) = planned.offered
        assert (one.what, one.there and one.there.id) == (What.MOVED, key)
        assert one.about == "collects navy suit, 42R"
        take(store, planned, day, clock.now())
        row = as_kept(store, Appointment, key)
        assert (row.starts_at, row.ends_at) == (
            local(TODAY, hour),
            local(TODAY, hour) + DEFAULT_LENGTH,
        )
        assert row.about == "collects navy suit, 42R"
        assert plan(store, moved.encode(), clock.now()).offered == ()
    with store.write() as session:
        at = local(TODAY, 19)
        move_appointment(session, MoveAppointment(key, at), now=clock.now())
    assert plan(store, stale, clock.now()).offered == (), "the book was changed since it left"


@pytest.mark.parametrize("before_there_were_uids", [True, False])
def test_an_id_given_again_is_not_taken_for_the_one_that_left(
    store: Store, clock: FixedClock, day: Day, *, before_there_were_uids: bool
) -> None:
    if before_there_were_uids:
        with store.write() as session:
            old = session.get(Appointment, day.appointments["Priya"])
            assert old is not None
            old.uid = ""
    data = export(store, Wanted(day.okafor, (day.appointments["Priya"],)), clock.now())
    assert plan(store, data, clock.now()).offered == ()
    with store.write() as session:
        gone = session.get(Appointment, day.appointments["Priya"])
        assert gone is not None
        client = gone.client_id
        session.delete(gone)
        session.flush()
        session.add(
            Appointment(
                id=day.appointments["Priya"],
                client_id=client,
                associate_id=day.okafor,
                starts_at=local(TODAY, 12),
                uid="clientele-0@clientele",
            )
        )
    (one,) = plan(store, data, clock.now()).offered
    assert one.what is What.NEW


def test_discreet_says_no_name_and_nothing_else(store: Store, clock: FixedClock, day: Day) -> None:
    data = unfolded(export(store, Wanted(day.okafor), clock.now()))
    assert "SUMMARY:Appointment EM" in data
    for told in ("Eleanor", "Marsh", "coat", "wardrobe"):
        assert told not in data
    open_ = unfolded(export(store, Wanted(day.okafor, discreet=False), clock.now()))
    assert "SUMMARY:Eleanor Marsh: coat fitting" in open_


def test_called_off_ones_leave_as_called_off(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        what = CancelAppointment(day.appointments["Daniel"])
        cancel_appointment(session, what, now=clock.now())
    data = unfolded(export(store, Wanted(day.okafor), clock.now()))
    assert data.count("STATUS:CANCELLED") == 1
    with pytest.raises(NothingToWrite):
        export(store, Wanted(day.sato), clock.now())


def test_the_file_is_nobody_elses_to_read(
    store: Store, clock: FixedClock, day: Day, tmp_path: Path
) -> None:
    path = tmp_path / "mine.ics"
    what = Wanted(day.okafor)
    with store.read() as session:
        assert write_calendar(session, store.path, path, what, clock.now()) == 3
        assert path.stat().st_mode & 0o777 == 0o600
        assert [one.name for one in tmp_path.glob("*.part")] == []
        with pytest.raises(OverTheBook):
            write_calendar(session, store.path, store.path, what, clock.now())
        with pytest.raises(NotWritable):
            write_calendar(session, store.path, tmp_path / "no" / "a.ics", what, clock.now())
    with pytest.raises(FileNotReadable):
        read_bytes(tmp_path)


def test_whole_days_and_what_cannot_be_read_are_said(
    store: Store, clock: FixedClock, day: Day
) -> None:
    trip = (
        "BEGIN:VEVENT\nUID:t@else\nDTSTART;VALUE=DATE:20261201\nSUMMARY:Tom Becker away\n"
        "END:VEVENT\n"
    )
    odd = event("x@else", "20261324T100000", "20261124T110000", "No such month")
    planned = plan(store, calendar(FITTING, trip, odd), clock.now())
    assert [row.summary for row in planned.whole_days] == ["Tom Becker away"]
    assert ["20261324T100000" in one.reason for one in planned.rejected] == [True]
    assert len(planned.new) == 1


def test_what_stands_in_a_visit_is_not_changed_from_outside(
    store: Store, clock: FixedClock, day: Day
) -> None:
    planned = plan(store, calendar(FITTING), clock.now())
    take(store, planned, day, clock.now())
    later = event("a@else", "20261124T120000", "20261124T130000", "Fitting", sequence=1)
    offered = plan(store, calendar(later), clock.now())
    with store.write() as session:
        _came(session, "a@else")
    take(store, offered, day, clock.now())
    (row,) = [row for row in all_kept(store) if row.uid == "a@else"]
    assert row.starts_at == local(TODAY + timedelta(days=3), 10)
    assert plan(store, calendar(later), clock.now()).offered == ()


def _came(session: Session, uid: str) -> None:
    row = session.scalars(select(Appointment).where(Appointment.uid == uid)).one()  # type: ignore[arg-type]
    row.outcome = Outcome.CAME


def test_two_of_a_name_are_left_to_choose(store: Store, clock: FixedClock, day: Day) -> None:
    from clientele.services.clients import NewClient, new_client

    with store.write() as session:
        other = new_client(session, NewClient(day.sato, "Tom", "Becker"), now=clock.now()).subject
    (one,) = plan(store, calendar(FITTING), clock.now()).offered
    assert one.match.client_id is None
    assert {named.client_id for named in one.match.candidates} == {other, day.clients["Tom"]}
    chosen = Take(replace(one), other)
    with store.write() as session:
        take_calendar(session, TakeCalendar((chosen,), day.okafor), now=clock.now())
    (row,) = [row for row in all_kept(store) if row.uid == "a@else"]
    assert (row.client_id, row.about) == (other, "Fitting")


def test_the_uid_of_one_of_a_series_never_looks_like_a_card_number() -> None:
    key = "4111111111111111abcdefabcdef0123456789ab"
    assert card_numbers.found_in(f"clientele-of-{key}")
    uid = series_uid(key)
    assert not any(sign.isdigit() for sign in uid)
    assert series_key(uid) == key
    assert series_key("clientele-of-somebody@clientele") is None
