"""Does one look at the book find what is to be told, to whom, and with whose names?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.reminding import AT_MOST, DueKind, counts
from clientele.domain.tables import Appointment, FollowUp
from clientele.services.absences import SayAway, say_away
from clientele.services.promises import MakePromise, make_promise
from clientele.services.reminders import Remember, remember
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.reminders import Look, Wanted, look
from clientele.store.queries.reminders_due import waiting_of
from clientele.store.session import Store
from tests.a_day import TODAY, Day, a_day, local

NINE = local(TODAY, 9)
OPENS = local(TODAY, 9, 30)


@pytest.fixture
def day(store: Store) -> Day:
    """The day, written two weeks before."""
    return a_day(store, local(date(2026, 11, 7), 10))


def looked(store: Store, wanted: Wanted, now: datetime) -> Look:
    with store.read() as session:
        return look(session, wanted, now=now)


def said(found: Look) -> list[str]:
    """What is told, in its order."""
    dues = (*found.telling.each, *found.telling.together)
    return [f"{one.due.kind}: {one.named.name}" for one in found.of(dues)]


def test_nothing_is_told_before_its_time_and_all_that_waits_at_the_first_look(
    store: Store, day: Day
) -> None:
    early = looked(store, Wanted(day.okafor), NINE)
    assert said(early) == ["follow-up: Marta Lindqvist", "promise: James Whitfield"]
    assert early.wake == NINE + AT_MOST
    found = looked(store, Wanted(day.okafor, since_start=True), OPENS)
    assert found.telling.each == ()
    assert said(found) == [
        "follow-up: Marta Lindqvist",
        "promise: James Whitfield",
        "follow-up: James Whitfield",
        "follow-up: Aisha Rahman",
        "promise: Daniel Tran",
    ]
    call, email = found.of(found.telling.together)[3], found.of(found.telling.together)[2]
    assert (call.what, call.sort) == ("new arrivals in her size (UK 10, navy, no wool)", "call")
    assert (email.sort, email.on) == ("email", TODAY)


def test_another_opening_and_another_usual_lead_are_followed(store: Store, day: Day) -> None:
    eight = local(TODAY, 8)
    found = looked(store, Wanted(day.okafor, opening=time(8), since_start=True), eight)
    assert len(found.telling.together) == 5
    half = local(TODAY, 10, 30)
    assert not [due for due in told_now(store, Wanted(day.okafor), half) if due == "appointment"]
    assert "appointment" in told_now(store, Wanted(day.okafor, lead=timedelta(minutes=30)), half)
    minutes = {"remind_minutes": 5}
    with store.write() as session:
        chosen = col(Appointment.id) == day.appointments["Eleanor"]
        session.execute(update(Appointment).where(chosen).values(**minutes))
    longer = Wanted(day.okafor, lead=timedelta(minutes=30))
    assert "appointment" not in told_now(store, longer, half)
    assert "appointment" in told_now(store, longer, local(TODAY, 10, 55))


def told_now(store: Store, wanted: Wanted, now: datetime) -> list[str]:
    found = looked(store, wanted, now)
    return [str(due.kind) for due in (*found.telling.each, *found.telling.together)]


def test_what_was_told_is_not_told_again_and_a_done_one_is_no_thing_any_more(
    store: Store, day: Day
) -> None:
    found = looked(store, Wanted(day.okafor), OPENS)
    with store.write() as session:
        assert remember(session, Remember(found.telling.remember), now=OPENS).new
    again = looked(store, Wanted(day.okafor), OPENS)
    assert not again.telling
    marta = (DueKind.FOLLOW_UP, day.follow_ups["Marta"])
    assert marta in again.things
    with store.write() as session:
        done = update(FollowUp).where(col(FollowUp.id) == marta[1])
        session.execute(done.values(state=FollowUpState.DONE, done_at=OPENS))
    assert marta not in looked(store, Wanted(day.okafor), OPENS).things


def test_follow_ups_that_were_told_are_not_even_read_until_they_are_moved(
    store: Store, day: Day
) -> None:
    def read() -> set[int]:
        with store.read() as session:
            found = waiting_of(
                session, day.okafor, now=OPENS, opening=OPENS.time(), lead=timedelta(minutes=15)
            )
            return {one.due.id for one in found if one.due.kind == DueKind.FOLLOW_UP}

    before = read()
    with store.write() as session:
        told = looked(store, Wanted(day.okafor), OPENS).telling.remember
        remember(session, Remember(told), now=OPENS)
    ahead = {day.follow_ups["Tom"]} & before
    assert len(before - ahead) >= 3
    assert read() <= ahead
    marta = day.follow_ups["Marta"]
    with store.write() as session:
        moved = update(FollowUp).where(col(FollowUp.id) == marta)
        session.execute(moved.values(due_on=TODAY))
    assert read() == ahead | {marta}


def test_an_appointment_is_told_until_the_client_is_here_or_it_is_long_over(
    store: Store, day: Day
) -> None:
    soon = local(TODAY, 10, 45)
    wanted = Wanted(day.okafor, since_start=True)
    found = looked(store, wanted, soon)
    assert [due.kind for due in found.telling.each] == [DueKind.APPOINTMENT]
    (one,) = found.of(found.telling.each)
    assert (one.named.name, one.what, one.at) == ("Eleanor Marsh", "coat fitting", time(11))
    with store.write() as session:
        suits = day.departments["Men's Suits"]
        here = StartVisit(day.clients["Eleanor"], day.okafor, suits)
        visit = start_visit(session, here, now=soon)
        chosen = col(Appointment.id) == day.appointments["Eleanor"]
        session.execute(
            update(Appointment).where(chosen).values(visit_id=visit.subject, outcome="")
        )
    assert not looked(store, wanted, soon).telling.each
    priya = (DueKind.APPOINTMENT, day.appointments["Priya"])
    for days, there in ((2, True), (4, False)):
        later = looked(store, wanted, local(TODAY + timedelta(days=days), 10))
        kinds = [due.kind for due in later.telling.together]
        assert (priya in later.things, DueKind.APPOINTMENT in kinds) == (there, there)


def test_the_day_before_and_days_before_are_told_where_it_was_asked_for(
    store: Store, day: Day
) -> None:
    eve = TODAY - timedelta(days=1)
    with store.write() as session:
        for who, values in (
            ("Eleanor", {"day_before": True, "remind_minutes": None}),
            ("Daniel", {"day_before": False, "remind_minutes": None}),
            ("Priya", {"day_before": False, "remind_minutes": 60 * 24 * 5}),
        ):
            chosen = col(Appointment.id) == day.appointments[who]
            session.execute(update(Appointment).where(chosen).values(**values))
    wanted = Wanted(day.okafor)
    assert "appointment: Priya Oberoi" in said(looked(store, wanted, local(eve, 9, 29)))
    assert "appointment: Eleanor Marsh" not in said(looked(store, wanted, local(eve, 9, 29)))
    assert "appointment: Eleanor Marsh" in said(looked(store, wanted, local(eve, 9, 30)))
    there = {thing[1] for thing in looked(store, wanted, OPENS).things if "app" in thing[0]}
    assert there == {day.appointments["Eleanor"], day.appointments["Priya"]}
    five_days = TODAY - timedelta(days=5)
    assert "appointment: Priya Oberoi" in said(looked(store, wanted, local(five_days, 16)))
    assert "appointment: Priya Oberoi" not in said(looked(store, wanted, local(five_days, 15)))


def test_who_covers_is_told_and_a_colleague_is_not(store: Store, day: Day) -> None:
    assert not looked(store, Wanted(day.sato), OPENS).telling
    with store.write() as session:
        away = SayAway(day.okafor, day.sato, TODAY, TODAY + timedelta(days=1), day.okafor)
        say_away(session, away, now=NINE)
    assert len(looked(store, Wanted(day.sato), OPENS).telling.remember) == 5
    assert len(looked(store, Wanted(day.okafor), OPENS).telling.remember) == 5
    over = local(TODAY + timedelta(days=1), 10)
    assert not looked(store, Wanted(day.sato), over).telling


def test_whoever_has_a_promise_in_hand_is_told_too(
    store: Store,
    day: Day,
) -> None:
    with store.write() as session:
        made = MakePromise(day.clients["Tom"], day.okafor, PromiseKind.HOLD, "a scarf", TODAY)
        held = make_promise(session, made, now=local(TODAY, 8)).subject
    with store.write() as session:
        session.connection().exec_driver_sql(
            f"UPDATE promise SET colleague_id = {day.sato} WHERE id = {held}"
        )
    for who in (day.sato, day.okafor):
        found = looked(store, Wanted(who), OPENS)
        assert (DueKind.HOLD, held) in found.things
        assert "hold: Tom Becker" in said(found)


def test_what_one_wrote_down_oneself_after_its_hour_is_not_told(store: Store, day: Day) -> None:
    ten = local(TODAY, 10)
    with store.write() as session:
        own, given = (
            FollowUp(
                client_id=day.clients["Tom"],
                associate_id=day.okafor,
                channel="call",
                reason="now",
                due_on=TODAY,
                created_at=ten,
                given_by_id=by,
            )
            for by in (None, day.sato)
        )
        session.add_all([own, given])
        session.flush()
        ids = {(own.id): False, (given.id): True}
    found = looked(store, Wanted(day.okafor), ten + timedelta(minutes=1))
    told = {due.id for due in (*found.telling.each, *found.telling.together)}
    assert {id: id in told for id in ids} == ids


def test_nobody_is_told_numbers_of_everybody_and_of_today_alone(store: Store, day: Day) -> None:
    nobody = Wanted(None, since=NINE)
    assert not looked(store, nobody, NINE).telling
    found = looked(store, nobody, OPENS)
    assert counts(found.telling) == ((DueKind.PROMISE, 1), (DueKind.FOLLOW_UP, 2))
    assert found.reminders == {}
    with store.write() as session:
        remember(session, Remember(found.telling.remember), now=OPENS)
    assert not looked(store, nobody, OPENS).telling
    assert len(looked(store, Wanted(day.okafor), OPENS).telling.remember) == 5
    with store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM told_reminder")
    begun_later = Wanted(None, since=local(TODAY, 9, 31))
    assert not looked(store, begun_later, local(TODAY, 10)).telling
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE associate SET active = 0")
    assert not looked(store, nobody, OPENS).telling


def test_what_a_rule_ended_is_not_told(store: Store, day: Day) -> None:
    with store.write() as session:
        session.execute(update(FollowUp).values(state=FollowUpState.ENDED))
    assert not [k for k, _ in looked(store, Wanted(day.okafor), OPENS).things if "follow" in k]
