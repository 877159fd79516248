"""Is each reminder told once, by itself or in one list, to the one whom it concerns?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clientele.domain.rules.cover import Away
from clientele.domain.rules.dates import PartialDate, next_time
from clientele.domain.rules.reminders_of import of_appointment, of_follow_up, of_promise
from clientele.domain.rules.reminding import (
    AT_MOST,
    KEEP,
    Due,
    DueKind,
    Part,
    Telling,
    counts,
    forgettable,
    mine,
    next_wake,
    tell_at,
    to_tell,
    until,
)

BERLIN = ZoneInfo("Europe/Berlin")
OKAFOR, SATO = 1, 2
DAY = date(2027, 6, 15)


def at(clock: str, day: date = DAY) -> datetime:
    """That time in the store."""
    return datetime.combine(day, time.fromisoformat(clock), BERLIN).astimezone(UTC)


def telling(
    *dues: Due, now: datetime, told: tuple[str, ...] = (), since_start: bool = False
) -> Telling:
    return to_tell(dues, told, now, store_zone=BERLIN, since_start=since_start)


def follow_up(id: int = 7, day: date = DAY, clock: time | None = None) -> Due:
    return of_follow_up(id, associate_id=OKAFOR, due_on=day, at=clock)


def test_a_follow_up_is_told_when_the_store_opens_and_not_before() -> None:
    due = follow_up()
    assert not telling(due, now=at("09:29:59"))
    told = telling(due, now=at("09:30"))
    assert (told.each, told.together, told.remember) == ((due,), (), (due.key,))
    assert not telling(due, now=at("09:30"), told=told.remember)
    assert to_tell([due], (), at("08:00"), store_zone=BERLIN, opening=time(8)).each == (due,)


def test_another_opening_or_zone_of_the_store_is_no_other_reminder() -> None:
    due = follow_up()
    told = telling(due, now=at("09:30")).remember
    later = at("21:00")
    for zone in (BERLIN, ZoneInfo("America/New_York")):
        assert not to_tell([due], told, later, store_zone=zone, opening=time(11))


def test_snoozed_moved_or_passed_on_it_is_told_anew_and_undone_it_is_not() -> None:
    plain = follow_up()
    told = list(telling(plain, now=at("09:30")).remember)
    for clock in ("14:00", "15:00"):
        snoozed = of_follow_up(7, associate_id=OKAFOR, due_on=DAY, snoozed_until=at(clock))
        assert not telling(snoozed, now=at(clock) - timedelta(seconds=1), told=tuple(told))
        told += telling(snoozed, now=at(clock), told=tuple(told)).remember
        assert not telling(plain, now=at(clock), told=tuple(told))  # the snooze was undone
    tomorrow = DAY + timedelta(days=1)
    assert telling(follow_up(day=tomorrow), now=at("09:30", tomorrow), told=tuple(told))
    assert telling(replace(plain, associate_id=SATO), now=at("16:00"), told=tuple(told))
    assert len(told) == len(set(told)) == 3


def test_what_fell_due_while_closed_is_one_list_told_once() -> None:
    dues = [follow_up(id, DAY - timedelta(days=id)) for id in range(40)]
    told = telling(*dues, now=at("10:00"), since_start=True)
    assert told.each == ()
    assert [due.id for due in told.together] == list(reversed(range(40)))
    assert not telling(*dues, now=at("10:00"), told=told.remember, since_start=True)


def test_one_that_fell_due_while_closed_is_in_the_list_too() -> None:
    assert telling(follow_up(), now=at("09:31"), since_start=True).together == (follow_up(),)
    assert telling(follow_up(), now=at("09:31")).each == (follow_up(),)


def test_what_is_late_after_a_sleep_is_a_list_although_the_program_ran() -> None:
    told = telling(follow_up(1, DAY - timedelta(days=2)), follow_up(2), now=at("09:40"))
    assert [due.id for due in told.each] == [2]
    assert [due.id for due in told.together] == [1]


def test_many_at_once_are_a_list_and_an_appointment_stands_out() -> None:
    three, four = [follow_up(id) for id in (1, 2, 3)], [follow_up(id) for id in (1, 2, 3, 4)]
    assert telling(*three, now=at("09:30")).each == tuple(three)
    assert telling(*four, now=at("09:30")).together == tuple(four)
    (soon,) = of_appointment(9, associate_id=OKAFOR, starts_at=at("09:40"), store_zone=BERLIN)
    told = telling(*three, soon, now=at("09:30"))
    assert (told.each, told.together) == ((soon,), tuple(three))
    assert telling(*four, soon, now=at("09:35"), since_start=True).each == (soon,)


def test_an_appointment_that_has_begun_is_listed_and_too_many_are() -> None:
    (gone,) = of_appointment(9, associate_id=OKAFOR, starts_at=at("09:40"), store_zone=BERLIN)
    assert telling(gone, now=at("09:40"), since_start=True).together == (gone,)
    many = [replace(gone, id=id) for id in range(4)]
    assert telling(*many, now=at("09:30")).together == tuple(many)


def test_the_day_before_is_told_if_asked_and_falls_away_once_it_begins_soon() -> None:
    eve = DAY - timedelta(days=1)
    before, soon = of_appointment(
        9, associate_id=OKAFOR, starts_at=at("00:10"), store_zone=BERLIN, day_before=True
    )
    assert (before.part, tell_at(before, store_zone=BERLIN)) == (Part.DAY_BEFORE, at("09:30", eve))
    assert tell_at(soon, store_zone=BERLIN) == at("23:55", eve)
    assert telling(before, soon, now=at("10:00", eve)).remember == (before.key,)
    assert telling(before, soon, now=at("23:55", eve)).remember == (soon.key,)
    assert len({before.key, soon.key}) == 2


def test_a_promise_is_told_in_the_morning_or_an_hour_before_it_is_due() -> None:
    for due_time, clock in ((None, "09:30"), (time(16), "09:30"), (time(9), "08:00")):
        one = of_promise(3, kind="alteration", associate_id=OKAFOR, due_on=DAY, due_time=due_time)
        assert tell_at(one, store_zone=BERLIN) == at(clock)
    night = of_promise(3, kind="hold", associate_id=OKAFOR, due_on=DAY, due_time=time(0, 20))
    assert (night.kind, tell_at(night, store_zone=BERLIN)) == (DueKind.HOLD, at("00:00"))


def test_what_one_writes_down_oneself_after_its_hour_needs_no_telling() -> None:
    made = replace(follow_up(), known_at=at("11:00"))
    assert not telling(made, now=at("11:00"))
    assert next_wake([made], (), at("11:00"), store_zone=BERLIN) == at("11:01")
    assert telling(replace(follow_up(), known_at=at("09:00")), now=at("11:00"))
    # Written down while the clock was wrong: it is told all the same.
    assert telling(made, now=at("10:00"))


def test_nobody_there_it_is_told_as_numbers_and_by_name_to_who_signs_in() -> None:
    (soon,) = of_appointment(9, associate_id=SATO, starts_at=at("09:40"), store_zone=BERLIN)
    dues = [follow_up(1), follow_up(2), soon]
    locked = to_tell(dues, (), at("09:30"), store_zone=BERLIN, nobody=True)
    assert (locked.each, counts(locked)) == ((), ((DueKind.APPOINTMENT, 1), (DueKind.FOLLOW_UP, 2)))
    assert not to_tell(dues, locked.remember, at("09:31"), store_zone=BERLIN, nobody=True)
    by_name = telling(*dues[:2], now=at("09:32"), told=locked.remember, since_start=True)
    assert by_name.together == tuple(dues[:2])
    kept = (*locked.remember, *by_name.remember)
    assert not telling(*dues[:2], now=at("09:33"), told=kept)
    # What was told by name is not counted on a locked screen afterwards.
    assert not to_tell(dues[:2], by_name.remember, at("09:34"), store_zone=BERLIN, nobody=True)


def test_it_is_told_to_the_owner_or_to_who_covers() -> None:
    away = [Away(OKAFOR, SATO, DAY, DAY + timedelta(days=3))]
    assert mine([follow_up()], SATO, DAY, away) == (follow_up(),)
    assert mine([follow_up()], SATO, DAY + timedelta(days=3), away) == ()
    assert mine([follow_up()], OKAFOR, DAY, ()) == (follow_up(),)


def test_the_next_look_is_when_something_falls_due_and_soon_in_any_case() -> None:
    due = follow_up()
    hour = timedelta(hours=1)

    def wake(clock: str, *told: str, at_most: timedelta = hour) -> datetime:
        return next_wake([due], told, at(clock), store_zone=BERLIN, at_most=at_most)

    assert wake("09:00") == at("09:30")
    assert wake("08:00") == at("09:00")
    assert wake("10:00") == at("10:00")
    assert wake("10:00", due.key) == at("11:00")
    assert wake("09:00", at_most=AT_MOST) == at("09:01")
    assert next_wake([], (), at("10:00"), store_zone=BERLIN) == at("10:01")


def test_a_key_is_forgotten_once_its_thing_is_closed_for_long() -> None:
    """Also one of a day from which the thing was put off: undo leads back to it."""
    due, now = follow_up(), at("12:00")
    put_off = of_follow_up(7, associate_id=OKAFOR, due_on=DAY, snoozed_until=at("18:00"))
    gone = [replace(due, id=id).key for id in (70, 71, 72)]
    told = {
        due.key: now - KEEP * 5,
        put_off.key: now - KEEP * 4,
        f"{due.key}:counted": now - KEEP * 5,
        gone[0]: now - KEEP - timedelta(seconds=1),
        gone[1]: now - KEEP,
        gone[2]: now + timedelta(days=400),  # before the clock was set back
    }
    assert forgettable(told, [(DueKind.FOLLOW_UP, 7)], now) == {gone[0]}
    assert forgettable(told, [(DueKind.PROMISE, 7)], now) == {*list(told)[:4]}


def test_a_look_reads_two_days_ahead() -> None:
    assert until(at("23:59"), BERLIN) == DAY + timedelta(days=2)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
def test_a_birthday_on_29_february_is_told_every_year_on_its_day(zone: str) -> None:
    """Peers told a day early, and where it is far ahead of UTC reckoned the next one behind."""
    store, told, days = ZoneInfo(zone), set[str](), []
    now = datetime(2026, 11, 1, tzinfo=UTC)
    while now.year < 2030:
        today = now.astimezone(store).date()
        due = follow_up(day=next_time(PartialDate(2, 29), today))
        for _ in to_tell([due], told, now, store_zone=store).remember:
            told.add(due.key)
            days.append(today)
        now += timedelta(hours=3)
    assert days == [date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)]
