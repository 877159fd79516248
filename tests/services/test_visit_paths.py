"""Whatever is done in a visit, in whatever order: somebody is with the client, at one place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clientele.domain.errors import Refusal
from clientele.domain.rules.visits import with_client
from clientele.domain.tables import BookMembership
from clientele.services.changes import Changes
from clientele.services.colleagues import (
    BringIn,
    ColleagueGoes,
    ComeBack,
    Join,
    LeaveThemWith,
    bring_in,
    colleague_goes,
    come_back,
    join,
    leave_them_with,
)
from clientele.services.visits import (
    GoTo,
    Greet,
    Leave,
    MoveStop,
    PlanStop,
    RemoveStop,
    StartVisit,
    go_to,
    greet,
    leave,
    move_stop,
    plan_stop,
    remove_stop,
    start_visit,
)
from clientele.store.queries.visit import VisitPage, visit_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.examples import examples
from tests.services.floor import Floor, a_floor

MOVES = (
    "go plan remove earlier greet bring join leave-with back goes undo leave".split()  # noqa: SIM905
)
STEP = st.tuples(st.sampled_from(MOVES), st.integers(0, 2))


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    made = a_floor(store, clock)
    made.add(BookMembership(client_id=made.daniel, associate_id=made.okafor, since=clock.now()))
    return made


def page(floor: Floor, visit: int) -> VisitPage:
    found = floor.ask(visit_page, visit)
    assert isinstance(found, VisitPage)
    return found


def step(floor: Floor, visit: int, move: str, at: int) -> Changes | None:
    """Do one thing that may be refused."""
    seen = page(floor, visit)
    department = (floor.suits, floor.shoes, floor.accessories)[at]
    stop = seen.stops[at % len(seen.stops)].id
    doing: dict[str, Callable[[], Changes]] = {
        "go": lambda: floor.do(go_to, GoTo(visit, department)),
        "plan": lambda: floor.do(plan_stop, PlanStop(visit, department)),
        "remove": lambda: floor.do(remove_stop, RemoveStop(stop)),
        "earlier": lambda: floor.do(move_stop, MoveStop(stop, -1)),
        "greet": lambda: floor.do(greet, Greet(visit)),
        "bring": lambda: floor.do(bring_in, BringIn(visit, floor.silva, stop if at else None)),
        "join": lambda: floor.do(join, Join(stop)),
        "leave-with": lambda: floor.do(leave_them_with, LeaveThemWith(stop)),
        "back": lambda: floor.do(come_back, ComeBack(stop)),
        "goes": lambda: floor.do(colleague_goes, ColleagueGoes(stop)),
        "leave": lambda: floor.do(leave, Leave(visit, floor.okafor)),
    }
    try:
        return doing[move]()
    except Refusal:
        assert page(floor, visit) == seen, "what was refused changed something"
        return None


@settings(
    max_examples=examples(10),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEP, max_size=14))
def test_no_path_loses_the_associate_or_the_place(
    floor: Floor, path: list[tuple[str, int]]
) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    before = page(floor, visit)
    done: list[tuple[VisitPage, Changes]] = []
    for move, at in path:
        floor.clock.advance(timedelta(minutes=1))
        seen = page(floor, visit)
        if move == "undo":
            if done:
                before_it, last = done.pop()
                floor.undo(last)
                assert page(floor, visit) == before_it, "undo did not bring back what was"
            continue
        changes = step(floor, visit, move, at)
        if seen.left_at is not None:
            assert page(floor, visit) == seen, "an ended visit changed"
        if changes:
            done.append((seen, changes))
        holds(floor, page(floor, visit), before)
    step(floor, visit, "leave", 0)


def holds(floor: Floor, seen: VisitPage, before: VisitPage) -> None:
    """What is true of every visit at any time."""
    here = [stop for stop in seen.stops if stop.current]
    assert len(here) == (0 if seen.left_at is not None else 1)
    assert seen.associate_id == before.associate_id
    for stop in here:
        assert with_client(seen.associate_id, stop.colleague_id, stop.help)
    for stop in seen.stops:
        assert stop.joined_at is None or stop.colleague_id is not None
        assert not stop.alone or stop.joined_at is not None
        assert stop.joined_at is None or stop.started_at is not None
    with floor.store.read() as session:
        book = session.query(BookMembership).one()
        assert (book.associate_id, book.until) == (floor.okafor, None)
