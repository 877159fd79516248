"""Is a row that came under the number of a removed one ever taken for it when a merge is undone?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from clientele.domain.base import Table
from clientele.domain.tables import (
    ClientMerge,
    ClientTag,
    ContactPoint,
    HouseholdMember,
    Note,
    Tag,
)
from clientele.services.changes import Changes
from clientele.services.clients import (
    AddContactPoint,
    EditContactPoint,
    NewClient,
    SetTag,
    add_contact_point,
    edit_contact_point,
    new_client,
    set_tag,
)
from clientele.services.household import (
    AddHouseholdMember,
    RemoveHouseholdMember,
    add_household_member,
    remove_household_member,
)
from clientele.services.merging import Merge, merge_clients
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.unmerging import Unmerge, undo_merge
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    return a_floor(store, clock)


@pytest.fixture
def two(floor: Floor) -> tuple[int, int]:
    """Jon, who goes, and John, who stays; the last row of each table is to be Jon's."""
    return (
        floor.new(new_client, NewClient(floor.okafor, "Jon", "Smith")),
        floor.new(new_client, NewClient(floor.okafor, "John", "Smith")),
    )


def merged(floor: Floor, two: tuple[int, int]) -> int:
    (merge_id,) = floor.do(merge_clients, Merge(*two)).ids["client_merge"]
    return merge_id


def part(floor: Floor, merge_id: int) -> Changes:
    return floor.do(undo_merge, Unmerge(merge_id))


def of(floor: Floor, table: Any, client_id: int) -> list[Any]:
    with floor.store.read() as session:
        asked = select(table).where(col(table.client_id) == client_id)
        return list(session.scalars(asked.order_by(col(table.id))))


def stayed(changes: Changes) -> tuple[tuple[str, int], ...]:
    assert changes.stayed is not None
    return changes.stayed.rows


def test_a_number_typed_since_is_not_taken_for_the_one_removed(
    floor: Floor, two: tuple[int, int]
) -> None:
    jon, john = two
    phone = floor.new(add_contact_point, AddContactPoint(jon, "06 12345678"))
    merge_id = merged(floor, two)
    floor.do(edit_contact_point, EditContactPoint(phone, ""))
    assert floor.new(add_contact_point, AddContactPoint(john, "06 87654321")) == phone
    assert stayed(part(floor, merge_id)) == (("contact_point", 1),)
    assert of(floor, ContactPoint, jon) == []
    assert [one.value for one in of(floor, ContactPoint, john)] == ["06 87654321"]


def test_somebody_of_the_household_who_came_since_stays(floor: Floor, two: tuple[int, int]) -> None:
    jon, john = two
    anna = floor.new(add_household_member, AddHouseholdMember(jon, "Anna", "wife"))
    merge_id = merged(floor, two)
    floor.do(remove_household_member, RemoveHouseholdMember(anna))
    assert floor.new(add_household_member, AddHouseholdMember(john, "Tom", "son")) == anna
    part(floor, merge_id)
    assert of(floor, HouseholdMember, jon) == []
    assert [one.name for one in of(floor, HouseholdMember, john)] == ["Tom"]


def test_a_tag_put_on_since_stays(floor: Floor, two: tuple[int, int]) -> None:
    jon, john = two
    floor.do(set_tag, SetTag(jon, "Golf"))
    merge_id = merged(floor, two)
    floor.do(set_tag, SetTag(john, "Golf", on=False))
    floor.do(set_tag, SetTag(john, "Suits"))
    part(floor, merge_id)
    assert of(floor, ClientTag, jon) == []
    (on,) = of(floor, ClientTag, john)
    assert floor.ask(lambda s: s.get(Tag, on.tag_id)).name == "Suits"


def test_what_stayed_with_the_other_all_along_is_not_taken_for_what_came_since(
    floor: Floor, two: tuple[int, int]
) -> None:
    """It is said of the new row that it stayed, although the old one was the stayer's own."""
    john = two[1]
    note = floor.new(keep_note, KeepNote(john, "old words", floor.okafor))
    merge_id = merged(floor, two)
    floor.do(edit_note, EditNote(note, ""))
    assert floor.new(keep_note, KeepNote(john, "new words", floor.okafor)) == note
    assert stayed(part(floor, merge_id)) == (("note", 1),)
    assert [one.body for one in of(floor, Note, john)] == ["new words"]


@pytest.mark.parametrize("linked", [False, True])
def test_a_removal_that_is_undone_lets_the_row_go_home(
    floor: Floor, two: tuple[int, int], linked: bool
) -> None:
    jon, john = two
    whose = floor.daniel if linked else jon
    member: Table = HouseholdMember(
        client_id=whose, name="Anna", linked_client_id=jon if linked else None
    )
    key = floor.add(member)
    merge_id = merged(floor, two)
    before = floor.ask(lambda s: s.get(ClientMerge, merge_id)).moved
    gone = floor.do(remove_household_member, RemoveHouseholdMember(key))
    assert floor.ask(lambda s: s.get(ClientMerge, merge_id)).moved != before
    floor.undo(gone)
    assert floor.ask(lambda s: s.get(ClientMerge, merge_id)).moved == before
    part(floor, merge_id)
    (back,) = of(floor, HouseholdMember, whose)
    assert back.linked_client_id == (jon if linked else None)
    assert of(floor, HouseholdMember, john) == []


def test_a_link_made_since_is_not_taken_for_the_one_removed(
    floor: Floor, two: tuple[int, int]
) -> None:
    jon, john = two
    key = floor.add(HouseholdMember(client_id=floor.daniel, name="Jon", linked_client_id=jon))
    merge_id = merged(floor, two)
    floor.do(remove_household_member, RemoveHouseholdMember(key))
    assert key == floor.add(
        HouseholdMember(client_id=floor.daniel, name="John", linked_client_id=john)
    )
    part(floor, merge_id)
    (member,) = of(floor, HouseholdMember, floor.daniel)
    assert member.linked_client_id == john
