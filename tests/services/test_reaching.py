"""Is a client reached in the order that they want, and by whom were they sent?"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientele.domain.errors import NotThere
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import Client
from clientele.services.clients import (
    AddContactPoint,
    EditContactPoint,
    NotABirthYear,
    SentByThemselves,
    SetBirthday,
    SetReferredBy,
    add_contact_point,
    edit_contact_point,
    set_birthday,
    set_referred_by,
)
from clientele.services.reaching import (
    AddAddress,
    EditOneAddress,
    LabelContactPoint,
    PlaceAddress,
    PlaceContactPoint,
    RemoveAddress,
    add_address,
    edit_one_address,
    label_contact_point,
    place_address,
    place_contact_point,
    remove_address,
)
from clientele.store.queries.known_of import Details, details, glance
from tests.examples import examples
from tests.services.floor import Floor


def known(floor: Floor) -> Details:
    found = floor.ask(details, floor.daniel)
    assert isinstance(found, Details)
    return found


def values(floor: Floor, kind: str) -> list[str]:
    return [point.value for point in known(floor).points if point.kind == kind]


def test_one_of_each_kind_is_preferred_and_another_can_be(floor: Floor) -> None:
    for value in ("020 555 0100", "a@example.com", "06 1234 5678"):
        floor.do(add_contact_point, AddContactPoint(floor.daniel, value))
    last = floor.new(add_contact_point, AddContactPoint(floor.daniel, "b@example.com"))
    changes = floor.do(place_contact_point, PlaceContactPoint(last, 0))
    assert values(floor, "email") == ["b@example.com", "a@example.com"]
    assert values(floor, "phone") == ["020 555 0100", "06 12345678"]
    floor.undo(changes)
    assert values(floor, "email") == ["a@example.com", "b@example.com"]


def test_a_label_is_kept_in_own_words(floor: Floor) -> None:
    key = floor.new(add_contact_point, AddContactPoint(floor.daniel, "020 555 0100", "home"))
    changes = floor.do(label_contact_point, LabelContactPoint(key, "the boat"))
    assert known(floor).points[0].label == "the boat"
    floor.undo(changes)
    assert known(floor).points[0].label == "home"


def test_what_is_typed_letter_by_letter_stays_what_it_is(floor: Floor) -> None:
    for value in ("a@example.com", "b@example.com"):
        floor.do(add_contact_point, AddContactPoint(floor.daniel, value))
    key = floor.new(add_contact_point, AddContactPoint(floor.daniel, "c", kind="email"))
    for value in ("c@", "c@ex", "c", "c2"):
        floor.do(edit_contact_point, EditContactPoint(key, value))
        assert values(floor, "email") == ["a@example.com", "b@example.com", value]
    floor.do(edit_contact_point, EditContactPoint(key, "020 555 0100"))
    assert values(floor, "phone") == ["020 555 0100"]


def test_what_cannot_be_read_is_kept_as_typed_and_said_to_be(floor: Floor) -> None:
    for value in ("020 555 0100", "ask at the boat", "a@example.com"):
        floor.do(add_contact_point, AddContactPoint(floor.daniel, value, kind="phone"))
    assert [(point.value, point.readable) for point in known(floor).points] == [
        ("020 555 0100", True),
        ("a@example.com", True),
        ("ask at the boat", False),
    ]


def test_several_addresses_keep_their_words_and_order(floor: Floor) -> None:
    first = floor.new(add_address, AddAddress(floor.daniel, city="Utrecht"))
    second = floor.new(add_address, AddAddress(floor.daniel, street="Kade 1", label="the boat"))
    assert floor.do(add_address, AddAddress(floor.daniel, street=" ")).subject is None
    edited = floor.do(edit_one_address, EditOneAddress(second, "city", "Gouda"))
    floor.undo(edited)
    assert known(floor).addresses[1].city == ""
    floor.do(edit_one_address, EditOneAddress(second, "city", "Gouda"))
    moved = floor.do(place_address, PlaceAddress(second, 0))
    assert [(one.city, one.label) for one in known(floor).addresses] == [
        ("Gouda", "the boat"),
        ("Utrecht", ""),
    ]
    gone = floor.do(remove_address, RemoveAddress(first))
    assert len(known(floor).addresses) == 1
    floor.undo(gone)
    floor.undo(moved)
    assert [one.city for one in known(floor).addresses] == ["Utrecht", "Gouda"]
    with pytest.raises(ValueError, match="position"):
        floor.do(edit_one_address, EditOneAddress(first, "position", "3"))
    with pytest.raises(NotThere):
        floor.do(add_address, AddAddress(4711, city="x"))


def test_who_sent_whom_is_seen_from_both_sides(floor: Floor) -> None:
    now = floor.clock.now()
    anna, tom = (
        floor.add(Client(given_name=name, created_at=now, updated_at=now))
        for name in ("Anna", "Tom")
    )
    floor.do(set_referred_by, SetReferredBy(floor.daniel, anna))
    changes = floor.do(set_referred_by, SetReferredBy(tom, floor.daniel))
    seen = floor.ask(glance, floor.daniel)
    assert seen.referred_by.name == "Anna"
    assert [one.name for one in seen.sent] == ["Tom"]
    for sent, by in ((anna, tom), (anna, anna), (floor.daniel, tom)):
        with pytest.raises(SentByThemselves):
            floor.do(set_referred_by, SetReferredBy(sent, by))
    with pytest.raises(NotThere):
        floor.do(set_referred_by, SetReferredBy(tom, 4711))
    floor.undo(changes)
    assert floor.ask(glance, floor.daniel).sent == ()
    floor.do(set_referred_by, SetReferredBy(floor.daniel, None))
    assert floor.ask(glance, floor.daniel).referred_by is None


def test_nobody_is_born_later(floor: Floor) -> None:
    floor.do(set_birthday, SetBirthday(floor.daniel, PartialDate(6, None)))
    assert known(floor).glance.birthday == PartialDate(6, None)
    for year in (2027, 196):
        with pytest.raises(NotABirthYear):
            floor.do(set_birthday, SetBirthday(floor.daniel, PartialDate(6, 1, year)))
    assert known(floor).glance.birthday == PartialDate(6, None)


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 5)), max_size=6))
def test_however_they_are_moved_every_number_is_there_once(
    floor: Floor, moves: list[tuple[int, int]]
) -> None:
    there = {point.id for point in known(floor).points}
    while len(there) < 4:
        what = AddContactPoint(floor.daniel, f"020 555 010{len(there)}")
        there.add(floor.new(add_contact_point, what))
    expected = [point.id for point in known(floor).points]
    for which, place in moves:
        key = sorted(there)[which]
        floor.do(place_contact_point, PlaceContactPoint(key, place))
        expected.remove(key)
        expected.insert(min(max(place, 0), 3), key)
    assert [point.id for point in known(floor).points] == expected
