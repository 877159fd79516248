"""A visit from arriving to leaving, with the way back from every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import CardNumberFound, NotThere
from clientele.domain.tables import Appointment, Draft, Note
from clientele.services.drafts import TypeDraft, sensitive_mark, type_draft
from clientele.services.shown_items import ShowItem, show_item
from clientele.services.visits import (
    GoTo,
    Greet,
    Leave,
    MoveStop,
    PlanStop,
    RemoveStop,
    SayHereFor,
    SomethingShownThere,
    StartVisit,
    StopWasMade,
    VisitEnded,
    go_to,
    greet,
    leave,
    move_stop,
    note_draft,
    plan_stop,
    remove_stop,
    say_here_for,
    start_visit,
)
from clientele.store.queries.team import draft
from clientele.store.queries.visit import VisitPage, open_visits, visit_page
from tests.services.floor import Floor


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def page(floor: Floor, visit: int) -> VisitPage:
    found = floor.ask(visit_page, visit)
    assert isinstance(found, VisitPage)
    return found


def route(floor: Floor, visit: int) -> list[tuple[str, bool, bool]]:
    """Department, begun, ended of each stop."""
    return [
        (stop.department, stop.started_at is not None, stop.ended_at is not None)
        for stop in page(floor, visit).stops
    ]


def notes(floor: Floor) -> list[tuple[str, int | None, int | None]]:
    with floor.store.read() as session:
        rows = session.execute(select(Note.body, Note.visit_id, Note.department_id))  # type: ignore[call-overload]
        return [tuple(row) for row in rows]


def test_a_client_arrives_in_a_department(floor: Floor, visit: int) -> None:
    seen = page(floor, visit)
    assert (seen.named.name, seen.associate, seen.greeted_at) == ("Daniel Tran", "R. Okafor", None)
    assert seen.arrived_at == floor.clock.now()
    assert seen.stop is not None
    assert seen.stop.department == "Men's Suits"
    assert [row.id for row in floor.ask(open_visits)] == [visit]


def test_a_client_who_is_here_is_not_started_twice(floor: Floor, visit: int) -> None:
    again = floor.do(start_visit, StartVisit(floor.daniel, floor.silva, floor.shoes))
    assert again.subject == visit
    assert not again
    assert route(floor, visit) == [("Men's Suits", True, False)]


def test_starting_can_be_undone_and_an_unknown_client_is_refused(floor: Floor) -> None:
    started = floor.do(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    assert started.clients == {floor.daniel}
    floor.undo(started)
    assert floor.ask(open_visits) == ()
    with pytest.raises(NotThere):
        floor.do(start_visit, StartVisit(999, floor.okafor, floor.suits))


@pytest.mark.parametrize(("hours", "taken"), [(3, True), (-3, True), (5, False)])
def test_an_appointment_near_its_time_says_what_they_are_here_for(
    floor: Floor, hours: int, taken: bool
) -> None:
    floor.add(
        Appointment(
            client_id=floor.daniel,
            associate_id=floor.okafor,
            starts_at=floor.clock.now() + timedelta(hours=hours),
            about="suit collection",
        )
    )
    started = floor.do(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    assert started.subject is not None
    assert page(floor, started.subject).here_for == ("suit collection" if taken else "")
    floor.undo(started)
    with floor.store.read() as session:
        assert session.scalars(select(Appointment)).one().visit_id is None


def test_only_the_first_greeting_counts(floor: Floor, visit: int) -> None:
    floor.clock.advance(timedelta(seconds=40))
    floor.do(greet, Greet(visit))
    greeted = floor.clock.now()
    floor.clock.advance(timedelta(minutes=5))
    assert not floor.do(greet, Greet(visit))
    assert page(floor, visit).greeted_at == greeted


def test_what_they_are_here_for_stands_as_typed(floor: Floor, visit: int) -> None:
    floor.do(say_here_for, SayHereFor(visit, "suit collection "))
    changed = floor.do(say_here_for, SayHereFor(visit, "suit collection · wedding 5 Dec"))
    assert page(floor, visit).here_for == "suit collection · wedding 5 Dec"
    floor.undo(changed)
    assert page(floor, visit).here_for == "suit collection "


def test_walking_ends_one_stop_and_begins_the_next(floor: Floor, visit: int) -> None:
    floor.clock.advance(timedelta(minutes=12))
    walked = floor.do(go_to, GoTo(visit, floor.shoes))
    stops = page(floor, visit).stops
    assert stops[0].ended_at == stops[1].started_at == floor.clock.now()
    floor.undo(walked)
    assert route(floor, visit) == [("Men's Suits", True, False)]


def test_a_planned_stop_is_the_one_that_is_walked_to(floor: Floor, visit: int) -> None:
    planned = floor.new(plan_stop, PlanStop(visit, floor.shoes))
    assert floor.new(plan_stop, PlanStop(visit, floor.shoes, floor.silva)) == planned
    assert floor.new(go_to, GoTo(visit, floor.shoes)) == planned
    stop = page(floor, visit).stop
    assert stop is not None
    assert (stop.department, stop.colleague) == ("Men's Shoes", "M. Silva")


def test_a_department_can_be_visited_twice(floor: Floor, visit: int) -> None:
    for department in (floor.shoes, floor.suits, floor.suits):
        floor.clock.advance(timedelta(minutes=1))
        floor.do(go_to, GoTo(visit, department))
    assert route(floor, visit) == [
        ("Men's Suits", True, True),
        ("Men's Shoes", True, True),
        ("Men's Suits", True, False),
    ]


def test_planned_stops_stand_after_those_begun_in_the_order_of_planning(
    floor: Floor, visit: int
) -> None:
    floor.do(plan_stop, PlanStop(visit, floor.accessories))
    shoes = floor.new(plan_stop, PlanStop(visit, floor.shoes))
    assert [name for name, _, _ in route(floor, visit)] == [
        "Men's Suits",
        "Accessories",
        "Men's Shoes",
    ]
    removed = floor.do(remove_stop, RemoveStop(shoes))
    assert [name for name, _, _ in route(floor, visit)] == ["Men's Suits", "Accessories"]
    floor.undo(removed)
    assert len(route(floor, visit)) == 3


def test_a_planned_stop_with_something_to_show_stays(floor: Floor, visit: int) -> None:
    shoes = floor.new(plan_stop, PlanStop(visit, floor.shoes))
    derby = floor.new(show_item, ShowItem(shoes, "Derby €90", floor.okafor))
    with pytest.raises(SomethingShownThere, match="Men's Shoes"):
        floor.do(remove_stop, RemoveStop(shoes))
    assert [one.id for one in page(floor, visit).items] == [derby]


def test_a_stop_that_was_begun_stays(floor: Floor, visit: int) -> None:
    begun = page(floor, visit).stops[0].id
    with pytest.raises(StopWasMade, match="Men's Suits already"):
        floor.do(remove_stop, RemoveStop(begun))
    with pytest.raises(StopWasMade, match="stays on the route"):
        floor.do(move_stop, MoveStop(begun, 1))
    assert len(route(floor, visit)) == 1


def test_leaving_ends_the_stop_and_can_be_undone(floor: Floor, visit: int) -> None:
    left = floor.do(leave, Leave(visit, floor.okafor))
    assert page(floor, visit).left_at == floor.clock.now()
    assert route(floor, visit) == [("Men's Suits", True, True)]
    assert floor.ask(open_visits) == ()
    floor.undo(left)
    assert route(floor, visit) == [("Men's Suits", True, False)]
    assert len(floor.ask(open_visits, floor.okafor)) == 1


def test_a_note_left_in_its_box_is_kept_and_comes_back_with_undo(floor: Floor, visit: int) -> None:
    place = note_draft(visit)
    floor.do(type_draft, TypeDraft(floor.okafor, place, " fiancée likes emerald "))
    left = floor.do(leave, Leave(visit, floor.okafor))
    assert notes(floor) == [("fiancée likes emerald", visit, floor.suits)]
    assert floor.ask(draft, floor.okafor, place) == ""
    floor.undo(left)
    assert notes(floor) == []
    assert floor.ask(draft, floor.okafor, place) == " fiancée likes emerald "


def test_words_in_the_box_of_a_colleague_become_their_note_with_their_mark(
    floor: Floor, visit: int
) -> None:
    place = note_draft(visit)
    floor.do(type_draft, TypeDraft(floor.okafor, place, "likes emerald"))
    floor.do(type_draft, TypeDraft(floor.silva, place, "is ill, do not ask"))
    floor.do(type_draft, TypeDraft(floor.silva, sensitive_mark(place), "yes"))
    left = floor.do(leave, Leave(visit, floor.okafor))
    assert floor.ask(marked) == [
        ("likes emerald", floor.okafor, False),
        ("is ill, do not ask", floor.silva, True),
    ]
    floor.undo(left)
    assert floor.ask(marked) == []
    for at in (place, sensitive_mark(place)):
        assert floor.ask(draft, floor.silva, at) != ""


def marked(session: Session) -> list[tuple[str, int | None, bool]]:
    rows = session.execute(select(Note).order_by(col(Note.id))).scalars()
    return [(row.body, row.associate_id, row.sensitive) for row in rows]


def test_an_empty_box_makes_no_note(floor: Floor, visit: int) -> None:
    floor.do(type_draft, TypeDraft(floor.okafor, note_draft(visit), "  \n"))
    floor.do(leave, Leave(visit, floor.okafor))
    assert notes(floor) == []
    with floor.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_visit_that_ended_is_not_changed(floor: Floor, visit: int) -> None:
    planned = floor.new(plan_stop, PlanStop(visit, floor.shoes))
    floor.do(leave, Leave(visit, floor.okafor))
    attempts: list[Callable[[], object]] = [
        lambda: floor.do(greet, Greet(visit)),
        lambda: floor.do(say_here_for, SayHereFor(visit, "more")),
        lambda: floor.do(plan_stop, PlanStop(visit, floor.accessories)),
        lambda: floor.do(go_to, GoTo(visit, floor.shoes)),
        lambda: floor.do(remove_stop, RemoveStop(planned)),
        lambda: floor.do(leave, Leave(visit, floor.okafor)),
    ]
    for attempt in attempts:
        with pytest.raises(VisitEnded, match="has ended"):
            attempt()
    assert len(route(floor, visit)) == 2


def test_a_client_can_come_again(floor: Floor, visit: int) -> None:
    floor.do(leave, Leave(visit, floor.okafor))
    assert floor.new(start_visit, StartVisit(floor.daniel, floor.silva, floor.shoes)) != visit
    assert [row.associate_id for row in floor.ask(open_visits)] == [floor.silva]


def test_a_card_number_is_not_kept_even_as_a_draft(floor: Floor, visit: int) -> None:
    with pytest.raises(CardNumberFound, match="never keeps one"):
        floor.do(type_draft, TypeDraft(floor.okafor, note_draft(visit), "4111 1111 1111 1111"))
    with pytest.raises(CardNumberFound, match="never keeps one"):
        floor.do(say_here_for, SayHereFor(visit, "pays with 4111 1111 1111 1111"))
