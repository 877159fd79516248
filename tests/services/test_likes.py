"""Are likes and avoids added at once, kept once, moved, and settled where they contradict?"""

from __future__ import annotations

from clientele.domain.preferences import Evidence
from clientele.domain.rules.likes import conflicts
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.likes import (
    AddPreferences,
    MovePreference,
    SetPreferenceDepartment,
    SettlePreference,
    add_preferences,
    move_preference,
    set_preference_department,
    settle_preference,
)
from clientele.services.preferences import AddPreference, add_preference
from clientele.store.queries.likes import Likes, likes
from tests.services.floor import Floor


def said(floor: Floor) -> list[tuple[str, str, str]]:
    found: Likes = floor.ask(likes, floor.daniel)
    return [(row.kind, row.what, row.department) for row in found.rows]


def test_several_are_added_in_one_step(floor: Floor) -> None:
    what = AddPreferences(floor.daniel, "emerald, silk; avoids: wool", floor.okafor)
    changes = floor.do(add_preferences, what)
    assert said(floor) == [("like", "emerald", ""), ("like", "silk", ""), ("avoid", "wool", "")]
    floor.undo(changes)
    assert said(floor) == []


def test_nothing_is_stored_twice_in_whatever_form(floor: Floor) -> None:
    first = floor.new(add_preference, AddPreference(floor.daniel, "like", "logo", floor.okafor))
    for again in (
        AddPreference(floor.daniel, "like", "Logos", floor.okafor),
        AddPreference(floor.daniel, "like", "logos", floor.okafor, floor.suits),
    ):
        changes = floor.do(add_preference, again)
        assert changes.subject == first
        assert not changes
    assert said(floor) == [("like", "logo", "")]


def test_what_one_department_knows_and_all_are_told_counts_for_all(floor: Floor) -> None:
    wool = AddPreference(floor.daniel, "avoid", "wool", floor.okafor, floor.suits)
    first = floor.new(add_preference, wool)
    shoes = AddPreference(floor.daniel, "avoid", "wool", floor.okafor, floor.shoes)
    assert floor.new(add_preference, shoes) != first
    changes = floor.do(add_preference, AddPreference(floor.daniel, "avoid", "Wool", floor.silva))
    assert changes.subject == first
    assert ("avoid", "wool", "") in said(floor)
    floor.undo(changes)
    assert {place for _, _, place in said(floor)} == {"Men's Suits", "Men's Shoes"}


def test_how_it_is_known_is_said(floor: Floor) -> None:
    robert = floor.new(add_household_member, AddHouseholdMember(floor.daniel, "Robert"))
    what = AddPreference(floor.daniel, "like", "tweed", floor.silva, None, robert, Evidence.KEPT)
    floor.do(add_preference, what)
    found = floor.ask(likes, floor.daniel)
    row = found.rows[0]
    assert (row.member, row.evidence, row.associate, row.told_in) == (
        "Robert",
        "kept",
        "M. Silva",
        "Men's Shoes",
    )
    assert row.said_at == floor.clock.now()
    assert found.people == ((robert, "Robert"),)


def test_it_goes_to_the_other_side_and_back(floor: Floor) -> None:
    key = floor.new(add_preference, AddPreference(floor.daniel, "like", "wool", floor.okafor))
    changes = floor.do(move_preference, MovePreference(key))
    assert said(floor) == [("avoid", "wool", "")]
    floor.undo(changes)
    assert said(floor) == [("like", "wool", "")]
    floor.do(add_preference, AddPreference(floor.daniel, "avoid", "Wools", floor.okafor))
    floor.do(move_preference, MovePreference(key))
    assert said(floor) == [("avoid", "Wools", "")]


def test_it_counts_in_another_department(floor: Floor) -> None:
    key = floor.new(add_preference, AddPreference(floor.daniel, "like", "wool", floor.okafor))
    changes = floor.do(set_preference_department, SetPreferenceDepartment(key, floor.shoes))
    assert said(floor) == [("like", "wool", "Men's Shoes")]
    floor.undo(changes)
    assert said(floor) == [("like", "wool", "")]


def test_in_another_department_it_is_not_said_twice(floor: Floor) -> None:
    keys = [
        floor.new(add_preference, AddPreference(floor.daniel, "like", "wool", floor.okafor, place))
        for place in (floor.suits, floor.shoes)
    ]
    changes = floor.do(set_preference_department, SetPreferenceDepartment(keys[0], floor.shoes))
    assert said(floor) == [("like", "wool", "Men's Shoes")]
    floor.undo(changes)
    floor.do(set_preference_department, SetPreferenceDepartment(keys[1], None))
    assert said(floor) == [("like", "wool", "")]


def test_a_conflict_is_settled_by_keeping_one_side(floor: Floor) -> None:
    like = floor.new(add_preference, AddPreference(floor.daniel, "like", "logos", floor.okafor))
    for what in ("a logo", "wool"):
        floor.do(add_preference, AddPreference(floor.daniel, "avoid", what, floor.silva))
    rows = floor.ask(likes, floor.daniel).rows
    assert len(conflicts(row.held for row in rows)) == 1
    changes = floor.do(settle_preference, SettlePreference(like))
    assert said(floor) == [("like", "logos", ""), ("avoid", "wool", "")]
    floor.undo(changes)
    assert len(said(floor)) == 3
