"""Is a client who is expected written down, and taken off again?"""

from __future__ import annotations

from datetime import datetime

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.rules.appointments import Outcome
from clientele.domain.tables import Appointment
from clientele.services.appointment_outcomes import CancelAppointment, cancel_appointment
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.changes import Kind
from clientele.services.undo import undo
from clientele.services.visits import StartVisit, start_visit
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, local
from tests.as_kept import as_kept


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A day with appointments."""
    return staged_saturday


def the_appointment(store: Store, key: int) -> Appointment:
    """The row as it stands."""
    return as_kept(store, Appointment, key)


def test_expected_at_an_instant_about_something(store: Store, clock: FixedClock, day: Day) -> None:
    at = local(TODAY, 18, 15)
    what = ExpectClient(day.clients["Tom"], day.okafor, at, " a coat ", day.departments["Shoes"])
    with store.write() as session:
        changes = expect_client(session, what, now=clock.now())
    assert changes.kinds == {Kind.APPOINTMENT}
    assert changes.subject is not None
    made = the_appointment(store, changes.subject)
    assert (made.starts_at, made.about, made.cancelled_at) == (at, "a coat", None)


def test_nobody_and_no_zone_are_not_kept(store: Store, clock: FixedClock, day: Day) -> None:
    what = ExpectClient(9_999, day.okafor, local(TODAY, 18))
    with pytest.raises(NotThere), store.write() as session:
        expect_client(session, what, now=clock.now())
    naive = datetime(2026, 11, 21, 18)  # noqa: DTZ001
    with pytest.raises(Exception, match="time zone"), store.write() as session:
        expect_client(session, ExpectClient(1, day.okafor, naive), now=clock.now())


def test_cancelled_stays_on_record_and_can_be_undone(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.appointments["Daniel"]
    with store.write() as session:
        changes = cancel_appointment(session, CancelAppointment(key), now=clock.now())
    assert the_appointment(store, key).cancelled_at == clock.now()
    assert changes.undo is not None
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())
    assert the_appointment(store, key).cancelled_at is None


def test_the_visit_takes_the_appointment_and_what_it_is_about(
    store: Store, clock: FixedClock, day: Day
) -> None:
    clock.set(local(TODAY, 10, 50))
    what = StartVisit(day.clients["Eleanor"], day.okafor, day.departments["Men's Suits"])
    with store.write() as session:
        visit_id = start_visit(session, what, now=clock.now()).subject
    assert the_appointment(store, day.appointments["Eleanor"]).visit_id == visit_id
    assert the_appointment(store, day.appointments["Daniel"]).visit_id is None


def test_the_visit_says_that_the_client_came(store: Store, clock: FixedClock, day: Day) -> None:
    clock.set(local(TODAY, 10, 50))
    what = StartVisit(day.clients["Eleanor"], day.okafor, day.departments["Men's Suits"])
    with store.write() as session:
        start_visit(session, what, now=clock.now())
    assert the_appointment(store, day.appointments["Eleanor"]).outcome == Outcome.CAME


def test_each_has_a_uid_of_its_own_even_where_its_id_is_given_again(
    store: Store, clock: FixedClock, day: Day
) -> None:
    what = ExpectClient(day.clients["Tom"], day.okafor, local(TODAY, 18, 15))
    seen = []
    for _ in range(2):
        with store.write() as session:
            changes = expect_client(session, what, now=clock.now())
        seen.append((changes.subject, the_appointment(store, changes.subject or 0).uid))
        assert changes.undo is not None
        with store.write() as session:
            undo(session, changes.undo, now=clock.now())
    (first, one), (again, other) = seen
    assert first == again
    assert one != other
    assert "" not in (one, other)
