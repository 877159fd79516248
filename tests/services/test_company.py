"""Who came along, and the fitting room."""

from __future__ import annotations

import pytest

from clientele.domain.tables import HouseholdMember
from clientele.services.company import (
    AddCompanion,
    RemoveCompanion,
    SayFittingRoom,
    add_companion,
    remove_companion,
    say_fitting_room,
)
from clientele.services.visits import Leave, StartVisit, VisitEnded, leave, start_visit
from clientele.store.queries.route import companions_of, household_names
from clientele.store.queries.visit import visit_page
from tests.services.floor import Floor


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def names(floor: Floor, visit: int) -> list[tuple[str, str]]:
    return [(one.name, one.relation) for one in floor.ask(companions_of, visit)]


def test_someone_of_the_household_comes_along_once(floor: Floor, visit: int) -> None:
    mai = floor.add(HouseholdMember(client_id=floor.daniel, name="Mai", relation="fiancée"))
    assert floor.ask(household_names, floor.daniel) == ((mai, "Mai", "fiancée"),)
    came = floor.do(add_companion, AddCompanion(visit, household_member_id=mai))
    assert came.clients == {floor.daniel}
    assert names(floor, visit) == [("Mai", "fiancée")]
    assert not floor.do(add_companion, AddCompanion(visit, " Mai "))
    floor.undo(came)
    assert names(floor, visit) == []
    floor.do(add_companion, AddCompanion(visit, "Mai"))
    assert names(floor, visit) == [("Mai", "fiancée")]


def test_a_name_is_enough_and_can_be_taken_off(floor: Floor, visit: int) -> None:
    key = floor.new(add_companion, AddCompanion(visit, "his  mother"))
    assert names(floor, visit) == [("his mother", "")]
    assert not floor.do(add_companion, AddCompanion(visit, "  "))
    off = floor.do(remove_companion, RemoveCompanion(key))
    assert names(floor, visit) == []
    floor.undo(off)
    assert names(floor, visit) == [("his mother", "")]


def test_the_fitting_room_stands_until_it_is_emptied(floor: Floor, visit: int) -> None:
    said = floor.do(say_fitting_room, SayFittingRoom(visit, " 3 "))
    assert floor.ask(visit_page, visit).fitting_room == "3"
    floor.undo(said)
    assert floor.ask(visit_page, visit).fitting_room == ""


def test_an_ended_visit_changes_no_more(floor: Floor, visit: int) -> None:
    key = floor.new(add_companion, AddCompanion(visit, "Mai"))
    floor.do(leave, Leave(visit, floor.okafor))
    with pytest.raises(VisitEnded):
        floor.do(say_fitting_room, SayFittingRoom(visit, "3"))
    with pytest.raises(VisitEnded):
        floor.do(add_companion, AddCompanion(visit, "An"))
    with pytest.raises(VisitEnded):
        floor.do(remove_companion, RemoveCompanion(key))
    assert names(floor, visit) == [("Mai", "")]
