"""A colleague is brought in, comes, is left with the client, goes; each step with its way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from clientele.domain.rules.visits import Help
from clientele.domain.tables import BookMembership
from clientele.services.colleagues import (
    AlreadyWithThem,
    BringIn,
    ColleagueGoes,
    ComeBack,
    Join,
    LeaveThemWith,
    NoStopNow,
    NotAtThisStop,
    bring_in,
    colleague_goes,
    come_back,
    join,
    leave_them_with,
)
from clientele.services.team import AddAssociate, add_associate
from clientele.services.visits import (
    GoTo,
    Leave,
    MoveStop,
    PlanStop,
    StartVisit,
    VisitEnded,
    go_to,
    leave,
    move_stop,
    plan_stop,
    start_visit,
)
from clientele.store.queries.counts import rail_counts
from clientele.store.queries.route import Stop, colleagues_for, stops_of, wanted
from tests.services.floor import Floor


@pytest.fixture
def visit(floor: Floor) -> int:
    made = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    floor.clock.advance(timedelta(minutes=12))
    floor.do(go_to, GoTo(made, floor.shoes))
    return made


def stops(floor: Floor, visit: int) -> tuple[Stop, ...]:
    found: tuple[Stop, ...] = floor.ask(stops_of, visit)
    return found


def here(floor: Floor, visit: int) -> Stop:
    found = [stop for stop in stops(floor, visit) if stop.current]
    assert len(found) == 1
    return found[0]


def test_a_colleague_is_asked_comes_and_is_seen_waiting_for(floor: Floor, visit: int) -> None:
    assert floor.ask(wanted, floor.silva) == ()
    assert floor.ask(rail_counts, floor.silva, now=floor.clock.now()).visits == 0
    stop = floor.new(bring_in, BringIn(visit, floor.silva))
    assert stop == here(floor, visit).id
    assert here(floor, visit).help is Help.ASKED
    counted = floor.ask(rail_counts, floor.silva, now=floor.clock.now())
    assert counted.visits == 1
    seen = floor.ask(wanted, floor.silva)
    assert [(one.named.name, one.department, one.brought_by, one.joined_at) for one in seen] == [
        ("Daniel Tran", "Men's Shoes", "R. Okafor", None)
    ]
    joined = floor.do(join, Join(stop))
    assert here(floor, visit).joined_at == floor.clock.now()
    floor.clock.advance(timedelta(minutes=1))
    assert not floor.do(join, Join(stop))
    floor.undo(joined)
    assert here(floor, visit).help is Help.ASKED


def test_the_client_is_left_with_the_colleague_and_taken_back(floor: Floor, visit: int) -> None:
    stop = floor.new(bring_in, BringIn(visit, floor.silva))
    left = floor.do(leave_them_with, LeaveThemWith(stop))
    assert here(floor, visit).help is Help.ALONE
    assert here(floor, visit).joined_at == floor.clock.now()
    back = floor.do(come_back, ComeBack(stop))
    assert here(floor, visit).help is Help.JOINED
    floor.undo(back)
    floor.undo(left)
    assert here(floor, visit).help is Help.ASKED


def test_who_never_came_leaves_no_trace_and_who_came_stays_written_down(
    floor: Floor, visit: int
) -> None:
    stop = floor.new(bring_in, BringIn(visit, floor.silva))
    called_off = floor.do(colleague_goes, ColleagueGoes(stop))
    assert (len(stops(floor, visit)), here(floor, visit).help) == (2, Help.NOBODY)
    floor.undo(called_off)
    floor.do(join, Join(stop))
    floor.clock.advance(timedelta(minutes=5))
    gone = floor.do(colleague_goes, ColleagueGoes(stop))
    was, now = stops(floor, visit)[1:]
    assert (was.id, was.colleague, was.ended_at) == (stop, "M. Silva", floor.clock.now())
    assert (now.id, now.colleague_id, now.department) == (gone.subject, None, "Men's Shoes")
    floor.undo(gone)
    assert len(stops(floor, visit)) == 2
    assert here(floor, visit).help is Help.JOINED


def test_another_colleague_takes_the_place_of_one_who_came(floor: Floor, visit: int) -> None:
    with floor.store.write() as session:
        made = add_associate(session, AddAssociate("L. Sato", "Men's Shoes"), now=floor.clock.now())
    sato = made.subject or 0
    stop = floor.new(bring_in, BringIn(visit, floor.silva))
    floor.do(leave_them_with, LeaveThemWith(stop))
    changed = floor.do(bring_in, BringIn(visit, sato))
    assert [(one.colleague, one.help) for one in stops(floor, visit)[1:]] == [
        ("M. Silva", Help.ALONE),
        ("L. Sato", Help.ASKED),
    ]
    floor.undo(changed)
    assert here(floor, visit).help is Help.ALONE


def test_a_colleague_is_asked_to_a_planned_stop_and_waited_for_from_then_on(
    floor: Floor, visit: int
) -> None:
    planned = floor.new(plan_stop, PlanStop(visit, floor.accessories))
    floor.do(bring_in, BringIn(visit, floor.silva, planned))
    assert floor.ask(wanted, floor.silva) == ()
    with pytest.raises(NotAtThisStop, match="Accessories"):
        floor.do(join, Join(planned))
    floor.do(go_to, GoTo(visit, floor.accessories))
    assert [one.stop_id for one in floor.ask(wanted, floor.silva)] == [planned]


def test_who_knows_the_client_and_works_there_is_suggested_first(floor: Floor, visit: int) -> None:
    with floor.store.write() as session:
        for name, department in (("A. Ames", "Accessories"), ("B. Bell", "Men's Shoes")):
            add_associate(session, AddAssociate(name, department), now=floor.clock.now())

    def order() -> list[tuple[str, bool, bool]]:
        found = floor.ask(colleagues_for, visit, floor.shoes, today=floor.clock.now().date())
        return [(one.name, one.works_here, one.knows) for one in found]

    assert order() == [
        ("B. Bell", True, False),
        ("M. Silva", True, False),
        ("A. Ames", False, False),
    ]
    floor.add(
        BookMembership(
            client_id=floor.daniel,
            associate_id=floor.silva,
            department_id=floor.shoes,
            role="department",
            since=floor.clock.now(),
        )
    )
    assert order()[0] == ("M. Silva", True, True)


def test_planned_stops_change_their_order(floor: Floor, visit: int) -> None:
    keys = [floor.new(plan_stop, PlanStop(visit, one)) for one in (floor.accessories, floor.suits)]

    def planned() -> list[int]:
        return [stop.id for stop in stops(floor, visit) if stop.started_at is None]

    assert planned() == keys
    moved = floor.do(move_stop, MoveStop(keys[1], -1))
    assert planned() == keys[::-1]
    assert not floor.do(move_stop, MoveStop(keys[1], -1))
    floor.undo(moved)
    assert planned() == keys
    floor.do(move_stop, MoveStop(keys[0], 9))
    assert planned() == keys[::-1]


def test_what_does_not_fit_is_refused_and_changes_nothing(floor: Floor, visit: int) -> None:
    stop = here(floor, visit).id
    been = stops(floor, visit)[0].id
    before = stops(floor, visit)
    attempts: list[tuple[type[Exception], Callable[[], object]]] = [
        (AlreadyWithThem, lambda: floor.do(bring_in, BringIn(visit, floor.okafor))),
        (NotAtThisStop, lambda: floor.do(bring_in, BringIn(visit, floor.silva, been))),
        (NotAtThisStop, lambda: floor.do(join, Join(stop))),
        (NotAtThisStop, lambda: floor.do(leave_them_with, LeaveThemWith(stop))),
        (NotAtThisStop, lambda: floor.do(come_back, ComeBack(stop))),
        (NotAtThisStop, lambda: floor.do(colleague_goes, ColleagueGoes(stop))),
    ]
    for refusal, attempt in attempts:
        with pytest.raises(refusal):
            attempt()
    assert stops(floor, visit) == before
    floor.do(leave, Leave(visit, floor.okafor))
    for attempt in (
        lambda: floor.do(bring_in, BringIn(visit, floor.silva)),
        lambda: floor.do(join, Join(stop)),
        lambda: floor.do(move_stop, MoveStop(stop, 1)),
    ):
        with pytest.raises(VisitEnded):
            attempt()


def test_nobody_can_be_brought_to_no_department(floor: Floor, visit: int) -> None:
    with floor.store.write() as session:
        from clientele.domain.tables import VisitStop

        for row in session.query(VisitStop):
            row.ended_at = floor.clock.now()
    with pytest.raises(NoStopNow, match="no department"):
        floor.do(bring_in, BringIn(visit, floor.silva))
