"""Are the people a client buys for, and their days, kept and taken back whole?"""

from __future__ import annotations

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.services.household import (
    AddHouseholdMember,
    AddOccasion,
    EditHouseholdMember,
    EditOccasion,
    RemoveHouseholdMember,
    RemoveOccasion,
    add_household_member,
    add_occasion,
    edit_household_member,
    edit_occasion,
    remove_household_member,
    remove_occasion,
)
from clientele.services.preferences import (
    AddPreference,
    add_preference,
)
from clientele.services.sizes import (
    AddSize,
    add_size,
)
from clientele.store.queries.client import ClientPage, client_page
from tests.services.floor import Floor

NOVEMBER = PartialDate(11, 27)


def page(floor: Floor) -> ClientPage:
    found = floor.ask(client_page, floor.daniel, now=floor.clock.now())
    assert isinstance(found, ClientPage)
    return found


@pytest.fixture
def mai(floor: Floor) -> int:
    """Mai, his wife, with a birthday, a size and a like."""
    who = AddHouseholdMember(floor.daniel, " Mai ", "wife", "loves emerald")
    key = floor.new(add_household_member, who)
    day = AddOccasion(floor.daniel, NOVEMBER, OccasionKind.BIRTHDAY, "", key)
    floor.do(add_occasion, day)
    floor.do(add_size, AddSize(floor.daniel, "Ring", "6", floor.okafor, household_member_id=key))
    like = AddPreference(floor.daniel, "like", "emerald", floor.okafor, household_member_id=key)
    floor.do(add_preference, like)
    return key


def test_what_is_known_of_a_person_stands_with_them(floor: Floor, mai: int) -> None:
    found = page(floor)
    (member,) = found.household
    assert (member.name, member.relation, member.about) == ("Mai", "wife", "loves emerald")
    assert [size.value for size in member.sizes] == ["6"]
    assert [like.what for like in member.preferences] == ["emerald"]
    assert [day.when for day in member.occasions] == [NOVEMBER]
    assert (found.sizes, found.likes, found.occasions) == ((), (), ())


def test_a_person_is_changed_field_by_field(floor: Floor, mai: int) -> None:
    floor.do(edit_household_member, EditHouseholdMember(mai, "relation", "fiancée"))
    changes = floor.do(edit_household_member, EditHouseholdMember(mai, "name", ""))
    assert page(floor).household[0].relation == "fiancée"
    floor.undo(changes)
    assert page(floor).household[0].name == "Mai"
    with pytest.raises(ValueError, match="client_id"):
        floor.do(edit_household_member, EditHouseholdMember(mai, "client_id", "2"))
    assert floor.do(add_household_member, AddHouseholdMember(floor.daniel, " ")).subject is None


@pytest.mark.parametrize("by_typing", [True, False])
def test_a_person_removed_comes_back_with_everything(
    floor: Floor, mai: int, by_typing: bool
) -> None:
    before = page(floor).household
    if by_typing:
        steps = [
            floor.do(edit_household_member, EditHouseholdMember(mai, field, ""))
            for field in ("about", "relation", "name")
        ]
    else:
        steps = [floor.do(remove_household_member, RemoveHouseholdMember(mai))]
    assert page(floor).household == ()
    for changes in reversed(steps):
        floor.undo(changes)
    assert page(floor).household == before


def test_an_occasion_is_changed_and_removed(floor: Floor) -> None:
    what = AddOccasion(floor.daniel, PartialDate(6, None), title=" graduates ")
    key = floor.new(add_occasion, what)
    (day,) = page(floor).occasions
    assert (day.title, day.kind, day.when) == ("graduates", "other", PartialDate(6, None))
    day_now = EditOccasion(key, PartialDate(6, 20, 2027), OccasionKind.GRADUATION)
    changes = floor.do(edit_occasion, day_now)
    (day,) = page(floor).occasions
    assert (day.title, day.kind, day.when) == ("", "graduation", PartialDate(6, 20, 2027))
    floor.undo(changes)
    assert page(floor).occasions[0].title == "graduates"
    changes = floor.do(remove_occasion, RemoveOccasion(key))
    assert page(floor).occasions == ()
    floor.undo(changes)
    assert page(floor).occasions[0].when == PartialDate(6, None)


def test_what_is_gone_is_said_to_be(floor: Floor) -> None:
    with pytest.raises(NotThere):
        floor.do(remove_household_member, RemoveHouseholdMember(4711))
    with pytest.raises(NotThere):
        floor.do(edit_occasion, EditOccasion(4711, NOVEMBER))
    with pytest.raises(NotThere):
        floor.do(add_occasion, AddOccasion(4711, NOVEMBER))
