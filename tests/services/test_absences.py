"""Is an absence written down so that somebody is there every day, and is it over by itself?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from clientele.domain.tables import Absence, Associate
from clientele.domain.team import Role
from clientele.services import absences
from clientele.services.absences import (
    ChangeAbsence,
    EndAbsence,
    SayAway,
    change_absence,
    end_absence,
    say_away,
)
from clientele.services.rows import the
from clientele.store.queries.acting import acting_for
from tests.examples import examples
from tests.services.floor import Floor

TODAY = date(2026, 11, 21)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def colleague(floor: Floor, name: str, **facts: Any) -> int:
    return floor.add(Associate(name=name, created_at=floor.clock.now(), **facts))


def rows(floor: Floor) -> list[tuple[int, int, date, date, str]]:
    return [
        (row.associate_id, row.cover_id, row.away_from, row.back_on, row.why)
        for row in floor.ask(lambda s: s.scalars(select(Absence)).all())
    ]


def acts(floor: Floor, who: int, number: int) -> set[int]:
    return set(floor.ask(acting_for, who, day(number)))


def away(floor: Floor, who: int, cover: int, first: int = 0, back: int = 3) -> SayAway:
    return SayAway(who, cover, day(first), day(back), by=who)


def test_the_cover_answers_until_the_day_back_and_undo_takes_it_away(floor: Floor) -> None:
    what = SayAway(floor.okafor, floor.silva, day(1), day(3), by=floor.okafor, why=" holiday ")
    changes = floor.do(say_away, what)
    assert rows(floor) == [(floor.okafor, floor.silva, day(1), day(3), "holiday")]
    assert changes.ids == {"absence": {changes.subject}}
    both = {floor.okafor, floor.silva}
    assert [acts(floor, floor.silva, n) == both for n in range(4)] == [False, True, True, False]
    floor.undo(changes)
    assert rows(floor) == []


@pytest.mark.parametrize(
    ("first", "back", "refusal"),
    [
        (2, 2, absences.BackBeforeAway),
        (2, 1, absences.BackBeforeAway),
        (-3, 0, absences.DayIsOver),
        (1, 4, absences.AwayAlready),
        (4, 6, absences.AwayAlready),
    ],
)
def test_days_that_cannot_be_are_refused(
    floor: Floor, first: int, back: int, refusal: type[absences.AbsenceRefused]
) -> None:
    floor.do(say_away, away(floor, floor.okafor, floor.silva, 2, 5))
    with pytest.raises(refusal):
        floor.do(say_away, away(floor, floor.okafor, floor.silva, first, back))
    assert len(rows(floor)) == 1


def test_one_absence_may_follow_another_at_once(floor: Floor) -> None:
    floor.do(say_away, away(floor, floor.okafor, floor.silva, 2, 5))
    floor.do(say_away, away(floor, floor.okafor, floor.silva, 5, 6))
    floor.do(say_away, away(floor, floor.okafor, floor.silva, -4, 2))
    assert len(rows(floor)) == 3


def test_the_cover_is_a_colleague_who_works_here(floor: Floor) -> None:
    with pytest.raises(absences.CoversThemselves, match=r"R\. Okafor cannot cover"):
        floor.do(say_away, away(floor, floor.okafor, floor.okafor))
    gone = colleague(floor, "G. Gone", active=False)
    with pytest.raises(absences.CoverLeft, match=r"G\. Gone no longer works here"):
        floor.do(say_away, away(floor, floor.okafor, gone))
    assert rows(floor) == []


def test_a_cover_who_is_away_is_covered_in_turn_but_not_in_a_circle(floor: Floor) -> None:
    third = colleague(floor, "T. Third")
    floor.do(say_away, away(floor, floor.silva, third, 0, 2))
    floor.do(say_away, away(floor, floor.okafor, floor.silva, 0, 5))
    assert acts(floor, third, 0) == {third, floor.silva, floor.okafor}
    assert acts(floor, floor.silva, 2) == {floor.silva, floor.okafor}
    with pytest.raises(absences.NobodyThere, match="nobody would be there") as refused:
        floor.do(say_away, away(floor, third, floor.okafor, 1, 3))
    assert refused.value.sentence.startswith("R. Okafor is away on some of these days as well")
    floor.do(say_away, away(floor, third, floor.okafor, 5, 6))


def test_only_oneself_or_a_manager_says_it(floor: Floor) -> None:
    by_silva = SayAway(floor.okafor, floor.silva, day(0), day(1), by=floor.silva)
    with pytest.raises(absences.NotYoursToSay, match=r"Only R\. Okafor or a manager"):
        floor.do(say_away, by_silva)
    boss = colleague(floor, "B. Boss", role=str(Role.DEPARTMENT_MANAGER), department_id=floor.suits)
    floor.do(say_away, SayAway(floor.okafor, floor.silva, day(0), day(1), by=boss))
    with pytest.raises(absences.NotYoursToSay):
        floor.do(say_away, SayAway(floor.silva, boss, day(0), day(1), by=boss))
    with floor.store.write() as session:
        the(session, Associate, boss).role = Role.STORE_MANAGER
    floor.do(say_away, SayAway(floor.silva, boss, day(0), day(1), by=boss))


def test_an_absence_is_changed_and_undone(floor: Floor) -> None:
    third = colleague(floor, "T. Third")
    key = floor.new(say_away, away(floor, floor.okafor, floor.silva, 1, 3))
    changes = floor.do(
        change_absence, ChangeAbsence(key, third, day(2), day(6), by=floor.okafor, why="fair")
    )
    assert rows(floor) == [(floor.okafor, third, day(2), day(6), "fair")]
    with pytest.raises(absences.BackBeforeAway):
        floor.do(change_absence, ChangeAbsence(key, third, day(6), day(6), by=floor.okafor))
    with pytest.raises(absences.NotYoursToSay):
        floor.do(change_absence, ChangeAbsence(key, third, day(2), day(7), by=floor.silva))
    floor.undo(changes)
    assert rows(floor) == [(floor.okafor, floor.silva, day(1), day(3), "")]


def test_back_early_everything_is_the_owner_s_again(floor: Floor) -> None:
    key = floor.new(say_away, away(floor, floor.okafor, floor.silva, 0, 9))
    floor.clock.advance(timedelta(days=2))
    changes = floor.do(end_absence, EndAbsence(key, floor.okafor))
    assert rows(floor) == [(floor.okafor, floor.silva, day(0), day(2), "")]
    assert acts(floor, floor.silva, 1) == {floor.silva, floor.okafor}
    assert acts(floor, floor.silva, 2) == {floor.silva}
    with pytest.raises(absences.BackAlready, match=r"R\. Okafor is back already"):
        floor.do(end_absence, EndAbsence(key, floor.okafor))
    with pytest.raises(absences.BackAlready):
        floor.do(change_absence, ChangeAbsence(key, floor.silva, day(0), day(9), by=floor.okafor))
    floor.undo(changes)
    assert acts(floor, floor.silva, 2) == {floor.silva, floor.okafor}


@pytest.mark.parametrize("first", [0, 4], ids=["begins today", "not yet"])
def test_one_that_has_not_begun_goes_and_comes_back_by_undo(floor: Floor, first: int) -> None:
    key = floor.new(say_away, away(floor, floor.okafor, floor.silva, first, 9))
    with pytest.raises(absences.NotYoursToSay):
        floor.do(end_absence, EndAbsence(key, floor.silva))
    changes = floor.do(end_absence, EndAbsence(key, floor.okafor))
    assert rows(floor) == []
    floor.undo(changes)
    assert rows(floor) == [(floor.okafor, floor.silva, day(first), day(9), "")]


def test_where_the_cover_left_it_stays_with_the_owner(floor: Floor) -> None:
    floor.do(say_away, away(floor, floor.okafor, floor.silva))
    with floor.store.write() as session:
        the(session, Associate, floor.silva).active = False
    assert acts(floor, floor.silva, 0) == {floor.silva}
    assert acts(floor, floor.okafor, 0) == {floor.okafor}


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 5), st.integers(-1, 5)),
        max_size=8,
    )
)
def test_whatever_is_accepted_somebody_who_is_there_answers_every_day(
    floor: Floor, said: list[tuple[int, int, int, int]]
) -> None:
    team = [floor.okafor, floor.silva]
    with floor.store.write() as session:
        session.execute(delete(Absence))
    while len(team) < 4:
        team.append(colleague(floor, f"C. {len(team)}"))
    for who, cover, first, length in said:
        try:
            floor.do(say_away, away(floor, team[who], team[cover], first, first + length))
        except absences.AbsenceRefused:
            continue
    accepted = rows(floor)
    for number in range(12):
        there = set(team) - {
            who for who, _, first, back, _ in accepted if first <= day(number) < back
        }
        answered = [owner for one in there for owner in acts(floor, one, number)]
        assert sorted(answered) == sorted(team)
