"""Does an appointment move, grow and end as somebody says, and only then tell calendars?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from clientele.domain.rules.appointments import (
    DEFAULT_LENGTH,
    LONGEST,
    STEP,
    Booked,
    NoSuchLength,
    NotYet,
    Outcome,
    snapped,
)
from clientele.domain.tables import Appointment, Associate
from clientele.services.appointment_outcomes import (
    CancelAppointment,
    SayOutcome,
    cancel_appointment,
    say_outcome,
)
from clientele.services.appointments import (
    AlreadyHere,
    AppointmentOver,
    ChangeAppointment,
    ExpectClient,
    MoveAppointment,
    NoSuchReminder,
    change_appointment,
    expect_client,
    move_appointment,
)
from clientele.services.rows import ColleagueGone, the
from clientele.services.undo import undo
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.appointments import appointment, conflicts_of
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, ZONE, Day, a_day, local
from tests.as_kept import as_kept


@pytest.fixture
def day(store: Store, clock: FixedClock) -> Day:
    """A day with appointments, seen early in the morning."""
    made = a_day(store, clock.now())
    clock.set(local(TODAY, 8))
    return made


def kept(store: Store, key: int) -> Appointment:
    return as_kept(store, Appointment, key)


def move(store: Store, what: MoveAppointment, now: datetime) -> int:
    with store.write() as session:
        return move_appointment(session, what, now=now).subject or 0


def test_moved_in_place_as_long_as_it_was(store: Store, clock: FixedClock, day: Day) -> None:
    key, at = day.appointments["Daniel"], local(TODAY, 17)
    assert move(store, MoveAppointment(key, at), clock.now()) == key
    row = kept(store, key)
    assert (row.starts_at, row.ends_at) == (at, at + DEFAULT_LENGTH)
    assert (row.sequence, row.changed_at) == (1, clock.now())


def test_longer_with_the_same_beginning(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.appointments["Daniel"]
    begins = kept(store, key).starts_at
    move(store, MoveAppointment(key, begins, begins + timedelta(hours=2)), clock.now())
    assert kept(store, key).ends_at == begins + timedelta(hours=2)
    move(store, MoveAppointment(key, begins, begins + timedelta(hours=2)), clock.now())
    assert kept(store, key).sequence == 1, "nothing was changed, so nothing is told"
    for wrong in (begins, begins - STEP, begins + LONGEST + STEP):
        with pytest.raises(NoSuchLength):
            move(store, MoveAppointment(key, begins, wrong), clock.now())


def test_given_to_a_colleague_who_works_here(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.appointments["Daniel"]
    at = kept(store, key).starts_at
    move(store, MoveAppointment(key, at, associate_id=day.sato), clock.now())
    assert kept(store, key).associate_id == day.sato
    with store.write() as session:
        the(session, Associate, day.okafor).active = False
    with pytest.raises(ColleagueGone):
        move(store, MoveAppointment(key, at, associate_id=day.okafor), clock.now())


def test_one_that_was_missed_stays_as_moved(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.appointments["Daniel"]
    clock.set(local(TODAY, 15))
    with store.write() as session:
        changes = move_appointment(session, MoveAppointment(key, local(TODAY, 18)), now=clock.now())
    assert changes.subject not in (None, key)
    old, new = kept(store, key), kept(store, changes.subject or 0)
    assert (old.outcome, old.cancelled_at, old.sequence) == (Outcome.MOVED, clock.now(), 1)
    assert (new.starts_at, new.about, new.outcome) == (local(TODAY, 18), old.about, "")
    assert new.uid != old.uid
    assert changes.undo is not None
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())
        assert session.get(Appointment, changes.subject) is None
    assert kept(store, key).cancelled_at is None


def test_a_slip_into_the_past_is_moved_back_in_place(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.appointments["Daniel"]
    yesterday = local(TODAY - timedelta(days=1), 14, 30)
    assert move(store, MoveAppointment(key, yesterday), clock.now()) == key
    clock.advance(timedelta(minutes=1))
    assert move(store, MoveAppointment(key, local(TODAY, 16)), clock.now()) == key
    assert kept(store, key).outcome == ""


def test_what_is_over_or_was_kept_is_not_moved(store: Store, clock: FixedClock, day: Day) -> None:
    daniel, nell = day.appointments["Daniel"], day.appointments["Eleanor"]
    clock.set(local(TODAY, 10, 50))
    with store.write() as session:
        cancel_appointment(session, CancelAppointment(daniel), now=clock.now())
        what = StartVisit(day.clients["Eleanor"], day.okafor, day.departments["Shoes"])
        start_visit(session, what, now=clock.now())
    with pytest.raises(AppointmentOver):
        move(store, MoveAppointment(daniel, local(TODAY, 18)), clock.now())
    with pytest.raises(AlreadyHere):
        move(store, MoveAppointment(nell, local(TODAY, 18)), clock.now())
    with pytest.raises(AlreadyHere), store.write() as session:
        cancel_appointment(session, CancelAppointment(nell), now=clock.now())
    say = SayOutcome(nell, Outcome.DID_NOT_COME)
    with pytest.raises(AlreadyHere), store.write() as session:
        say_outcome(session, say, now=local(TODAY, 12))


def test_nobody_says_before_it_begins_whether_the_client_comes(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.appointments["Daniel"]
    say = SayOutcome(key, Outcome.DID_NOT_COME)
    with pytest.raises(NotYet), store.write() as session:
        say_outcome(session, say, now=local(TODAY, 14, 29))
    with store.write() as session:
        say_outcome(session, say, now=local(TODAY, 14, 30))
    assert kept(store, key).outcome == Outcome.DID_NOT_COME
    with store.write() as session:
        say_outcome(session, SayOutcome(key, Outcome.CAME), now=local(TODAY, 15))
    assert kept(store, key).outcome == Outcome.CAME
    assert kept(store, key).sequence == 0, "calendars know nothing of it"


def test_changed_as_its_form_says(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.appointments["Daniel"]
    begins = kept(store, key).starts_at
    same = ChangeAppointment(
        key, day.okafor, begins, begins + DEFAULT_LENGTH, " new words ", None, day_before=True
    )
    with store.write() as session:
        change_appointment(session, same, now=clock.now())
    row = kept(store, key)
    assert (row.about, row.remind_minutes, row.day_before) == ("new words", None, True)
    assert row.sequence == 0
    late = ChangeAppointment(key, day.okafor, begins, begins + STEP, "", -5, day_before=False)
    with pytest.raises(NoSuchReminder), store.write() as session:
        change_appointment(session, late, now=clock.now())


def test_conflicts_are_told_and_refuse_nothing(store: Store, clock: FixedClock, day: Day) -> None:
    at = local(TODAY, 14, 45)
    what = ExpectClient(day.clients["Tom"], day.okafor, at, ends_at=at + STEP)
    with store.write() as session:
        key = expect_client(session, what, now=clock.now()).subject or 0
        row = appointment(session, key)
        assert row is not None
        (told,) = conflicts_of(session, row.booked)
    assert told.other is not None
    assert told.other.id == day.appointments["Daniel"]
    assert told.associate == "R. Okafor"


ZONES = [ZoneInfo(name) for name in ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe")]
INSTANTS = st.datetimes(
    datetime(2026, 3, 1),  # noqa: DTZ001
    datetime(2026, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(INSTANTS, st.integers(-200, 200), st.sampled_from(ZONES))
def test_what_is_dragged_stands_on_a_quarter_of_the_wall(
    start: datetime, quarters: int, zone: ZoneInfo
) -> None:
    """However far it is dragged over changes of the clock, it is as near as a quarter can be."""
    aimed = start + quarters * STEP
    at = snapped(aimed, zone)
    wall = at.astimezone(zone)
    assert (wall.minute % 15, wall.second, wall.microsecond) == (0, 0, 0)
    assert snapped(at, zone) == at
    assert abs(at - aimed) <= timedelta(hours=1) + STEP / 2


class _Rollback(Exception):
    """What was tried is to leave no trace."""


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example([("move", 65, 1)])  # into the hour that the clocks leave out
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["move", "grow", "off", "came", "missed", "later"]),
            st.integers(-40, 200),
            st.integers(1, 96),
        ),
        max_size=12,
    )
)
def test_whatever_is_done_calendars_are_told_each_time_once(
    store: Store, clock: FixedClock, steps: list[tuple[str, int, int]]
) -> None:
    """The sequence rises by one with each change of time or state, and never else."""
    people = _people(store, clock)
    begins = local(date(2027, 3, 27), 10)
    with pytest.raises(_Rollback), store.write() as session:
        _do_all(session, people, begins, steps)


def _do_all(
    session: Session, people: Day, begins: datetime, steps: list[tuple[str, int, int]]
) -> None:
    what = ExpectClient(people.clients["Tom"], people.okafor, begins)
    key = expect_client(session, what, now=local(TODAY, 8)).subject or 0
    now = local(TODAY, 9)
    for name, quarters, length in steps:
        before = _seen(session, key)
        now += timedelta(hours=1)
        now = max(now, begins) if name == "later" else now
        made = _try(session, name, key, begins + quarters * STEP, length, now)
        after = _seen(session, key)
        told = after.sequence - before.sequence
        assert told == int(_time_or_end(before) != _time_or_end(after))
        assert timedelta() < after.ends_at - after.starts_at <= LONGEST
        if made not in (None, key):
            assert after.called_off
    raise _Rollback


class _Seen:
    def __init__(self, row: Appointment) -> None:
        self.sequence = row.sequence
        self.starts_at = row.starts_at
        self.ends_at = row.ends_at or row.starts_at + DEFAULT_LENGTH
        self.called_off = row.cancelled_at is not None
        assert self.called_off == (row.outcome in (Outcome.MOVED, Outcome.CALLED_OFF))


def _time_or_end(seen: _Seen) -> tuple[datetime, datetime, bool]:
    return seen.starts_at, seen.ends_at, seen.called_off


def _seen(session: Session, key: int) -> _Seen:
    return _Seen(the(session, Appointment, key))


def _try(
    session: Session, name: str, key: int, at: datetime, length: int, now: datetime
) -> int | None:
    try:
        if name in {"move", "later"}:
            return move_appointment(session, MoveAppointment(key, at), now=now).subject
        if name == "grow":
            row = the(session, Appointment, key)
            end = row.starts_at + length * STEP
            return move_appointment(
                session, MoveAppointment(key, row.starts_at, end), now=now
            ).subject
        if name == "off":
            return cancel_appointment(session, CancelAppointment(key), now=now).subject
        outcome = Outcome.CAME if name == "came" else Outcome.DID_NOT_COME
        return say_outcome(session, SayOutcome(key, outcome), now=now).subject
    except (AppointmentOver, AlreadyHere, NotYet):
        return None


_KNOWN: dict[int, Day] = {}


def _people(store: Store, clock: FixedClock) -> Day:
    if id(store) not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[id(store)] = a_day(store, clock.now())
    return _KNOWN[id(store)]


def test_a_day_of_23_hours_keeps_the_length(store: Store, clock: FixedClock, day: Day) -> None:
    """From Saturday 23:00 to the night in which the clocks go forward."""
    key = day.appointments["Daniel"]
    at = datetime(2027, 3, 28, 1, 30, tzinfo=ZONE)
    move(store, MoveAppointment(key, at), clock.now())
    row = kept(store, key)
    assert row.ends_at is not None
    assert row.ends_at - row.starts_at == DEFAULT_LENGTH
    assert row.ends_at.astimezone(ZONE).time().isoformat() == "03:15:00"
    assert Booked(key, 1, 1, row.starts_at, row.ends_at).takes_time
