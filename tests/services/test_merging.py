"""When two clients become one: is nothing lost, and is what cannot be twice settled as decided?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from clientele.domain.client import BookRole, Channel
from clientele.domain.errors import NotThere
from clientele.domain.tables import (
    Address,
    BookMembership,
    Client,
    ClientReference,
    Consent,
    ContactPoint,
    CustomField,
    CustomValue,
    Draft,
    DuplicatePair,
    HouseholdMember,
    Note,
    Preference,
    Purchase,
    Visit,
    VisitStop,
)
from clientele.services.clients import (
    AddContactPoint,
    NewClient,
    SetTag,
    add_contact_point,
    new_client,
    set_tag,
)
from clientele.services.consents import SayConsent, say_consent
from clientele.services.imports.people import own_reference, reference_for
from clientele.services.merging import Merge, SameClient, better, merge_clients
from clientele.store.bulk import Bulk
from clientele.store.queries.merged import where_now
from clientele.store.search import search
from tests.services.floor import Floor


@pytest.fixture
def two(floor: Floor) -> tuple[int, int]:
    """Jon of Okafor, and John, newer, of Silva."""
    jon = floor.new(new_client, NewClient(floor.okafor, "Jon", "Smith", phone="06 12345678"))
    floor.clock.advance(timedelta(hours=1))
    john = floor.new(
        new_client, NewClient(floor.silva, "John", "Smith", phone="+31 6 12345678", email="j@s.nl")
    )
    floor.clock.advance(timedelta(hours=1))
    return jon, john


def merge(floor: Floor, two: tuple[int, int], **chosen: int) -> None:
    floor.do(merge_clients, Merge(*two, by=floor.okafor, chosen=chosen))


def rows(floor: Floor, table: Any, client_id: int) -> list[Any]:
    with floor.store.read() as session:
        return list(session.scalars(select(table).where(col(table.client_id) == client_id)))


def owners(floor: Floor, client_id: int) -> list[tuple[int, str]]:
    return sorted(
        (one.associate_id, one.role)
        for one in rows(floor, BookMembership, client_id)
        if one.until is None
    )


def purchase(floor: Floor, client_id: int, receipt: str, total: int = 100) -> int:
    return floor.add(
        Purchase(client_id=client_id, receipt=receipt, sold_at=floor.clock.now(),
                 sold_on=date(2026, 11, 20), currency="EUR", total=total)
    )  # fmt: skip


def test_the_one_who_stays_has_the_higher_id_and_the_chosen_words(
    floor: Floor, two: tuple[int, int]
) -> None:
    merge(floor, two, given_name=two[0])
    with floor.store.read() as session:
        assert session.get(Client, two[0]) is None
        kept = session.get(Client, two[1])
        assert kept is not None
        assert (kept.given_name, kept.sort_name) == ("Jon", "smith jon")
        assert where_now(session, two[0]) == two[1]


def test_the_better_words_are_kept_where_nobody_chose(floor: Floor) -> None:
    one = floor.new(new_client, NewClient(floor.okafor, "Zoë", "MÜLLER"))
    other = floor.new(new_client, NewClient(floor.okafor, "Z.", "Mueller"))
    with floor.store.read() as session:
        chosen = better(session, one, other)
    assert (chosen["given_name"], chosen["family_name"]) == (one, other)


def test_contact_points_addresses_and_tags_are_united(floor: Floor, two: tuple[int, int]) -> None:
    jon, john = two
    for key, city in ((jon, "Amsterdam"), (john, "amsterdam"), (jon, "Haarlem")):
        floor.add(Address(client_id=key, street="Plein 1", city=city))
    for key, tag in ((jon, "Suits"), (john, "suits"), (jon, "Golf")):
        floor.do(set_tag, SetTag(key, tag))
    merge(floor, two)
    points = rows(floor, ContactPoint, john)
    assert sorted(one.normalised for one in points) == ["+31612345678", "j@s.nl"]
    assert sorted(one.city.lower() for one in rows(floor, Address, john)) == [
        "amsterdam", "haarlem"
    ]  # fmt: skip
    with floor.store.read() as session:
        assert search(session, "smith").ids == (john,)


def test_one_owner_is_left_and_the_other_knows_the_client_in_their_department(
    floor: Floor, two: tuple[int, int]
) -> None:
    purchase(floor, two[0], "1")  # Okafor saw the client last
    merge(floor, two)
    assert owners(floor, two[1]) == [
        (floor.okafor, BookRole.OWNER),
        (floor.silva, BookRole.DEPARTMENT),
    ]
    past = [one for one in rows(floor, BookMembership, two[1]) if one.until is not None]
    assert [(one.associate_id, one.role) for one in past] == [(floor.silva, BookRole.OWNER)]


def test_the_owner_can_be_chosen(floor: Floor, two: tuple[int, int]) -> None:
    purchase(floor, two[0], "1")
    merge(floor, two, owner=two[1])
    assert (floor.silva, BookRole.OWNER) in owners(floor, two[1])


def test_two_open_visits_become_one_with_all_stops(floor: Floor, two: tuple[int, int]) -> None:
    visits = []
    for key, department in zip(two, (floor.suits, floor.shoes), strict=True):
        floor.clock.advance(timedelta(minutes=5))
        visit = floor.add(
            Visit(client_id=key, associate_id=floor.okafor, arrived_at=floor.clock.now())
        )
        visits.append(visit)
        floor.add(VisitStop(visit_id=visit, department_id=department,
                            started_at=floor.clock.now()))  # fmt: skip
    merge(floor, two)
    first, second = (next(v for v in rows(floor, Visit, two[1]) if v.id == key) for key in visits)
    assert first.left_at is None
    assert second.left_at is not None
    with floor.store.read() as session:
        stops = session.scalars(select(VisitStop).order_by(col(VisitStop.position))).all()
    assert [(one.visit_id, one.department_id) for one in stops] == [
        (visits[0], floor.suits),
        (visits[0], floor.shoes),
    ]
    assert [one.ended_at is None for one in stops] == [False, True]


def test_two_tickets_of_one_number_stay_two(floor: Floor, two: tuple[int, int]) -> None:
    for key in two:
        purchase(floor, key, "4711")
    merge(floor, two)
    assert sorted(one.receipt for one in rows(floor, Purchase, two[1])) == ["4711", "4711 (2)"]


def test_a_refusal_stays_a_refusal(floor: Floor, two: tuple[int, int]) -> None:
    jon, john = two
    floor.do(say_consent, SayConsent(jon, Channel.CALL, False, floor.okafor))
    floor.clock.advance(timedelta(days=1))
    floor.do(say_consent, SayConsent(john, Channel.CALL, True, floor.okafor))
    floor.do(say_consent, SayConsent(john, Channel.EMAIL, True, floor.okafor))
    floor.clock.advance(timedelta(days=1))
    merge(floor, two)
    said = sorted(rows(floor, Consent, john), key=lambda one: one.said_at)
    assert len(said) == 4
    newest = {one.channel: one.allowed for one in said}
    assert newest == {"call": False, "email": True}


def test_a_refusal_stays_one_also_where_the_clock_was_set_back(
    floor: Floor, two: tuple[int, int]
) -> None:
    jon, john = two
    floor.do(say_consent, SayConsent(jon, Channel.CALL, False, floor.okafor))
    floor.clock.advance(timedelta(days=2))
    floor.do(say_consent, SayConsent(john, Channel.CALL, True, floor.okafor))
    floor.clock.advance(-timedelta(days=1))
    merge(floor, two)
    newest = max(rows(floor, Consent, john), key=lambda one: one.said_at)
    assert (newest.channel, newest.allowed) == ("call", False)


def test_a_newer_refusal_needs_no_further_word(floor: Floor, two: tuple[int, int]) -> None:
    floor.do(say_consent, SayConsent(two[0], Channel.CALL, True, floor.okafor))
    floor.clock.advance(timedelta(days=1))
    floor.do(say_consent, SayConsent(two[1], Channel.CALL, False, floor.okafor))
    merge(floor, two)
    assert len(rows(floor, Consent, two[1])) == 2


def test_a_household_is_united_and_nobody_is_linked_to_themselves(
    floor: Floor, two: tuple[int, int]
) -> None:
    jon, john = two
    anna = floor.add(HouseholdMember(client_id=jon, name="Anna", relation="wife"))
    floor.add(HouseholdMember(client_id=john, name="anna", about="likes emerald"))
    floor.add(HouseholdMember(client_id=john, name="Jon", linked_client_id=jon))
    floor.add(Preference(client_id=jon, household_member_id=anna, kind="like", what="silk",
                         created_at=floor.clock.now()))  # fmt: skip
    merge(floor, two)
    members = {one.name: one for one in rows(floor, HouseholdMember, john)}
    assert set(members) == {"anna", "Jon"}
    assert (members["anna"].relation, members["anna"].about) == ("wife", "likes emerald")
    assert members["Jon"].linked_client_id is None
    (like,) = rows(floor, Preference, john)
    assert like.household_member_id == members["anna"].id


@pytest.mark.parametrize("side", [0, 1])
def test_who_had_the_other_in_the_household_is_not_linked_to_themselves(
    floor: Floor, two: tuple[int, int], side: int
) -> None:
    floor.add(HouseholdMember(client_id=two[side], name="Jon", linked_client_id=two[1 - side]))
    merge(floor, two)
    (member,) = rows(floor, HouseholdMember, two[1])
    assert member.linked_client_id is None


def test_a_client_stands_once_in_a_household(floor: Floor, two: tuple[int, int]) -> None:
    """Daniel is Anna's Dan and Daniel; Jon and John are both in his household."""
    jon, john = two
    dan = floor.add(HouseholdMember(client_id=jon, name="Dan", relation="brother",
                                    about="sails", linked_client_id=floor.daniel))  # fmt: skip
    daniel = floor.add(HouseholdMember(client_id=john, name="Daniel", relation="Brother",
                                       back_relation="twin",
                                       linked_client_id=floor.daniel))  # fmt: skip
    floor.add(HouseholdMember(client_id=john, name="Dan", relation="neighbour"))
    his = [
        floor.add(HouseholdMember(client_id=floor.daniel, name=name, linked_client_id=key))
        for name, key in (("Jon", jon), ("John", john))
    ]
    for client, member in ((jon, dan), (floor.daniel, his[0])):
        floor.add(Preference(client_id=client, household_member_id=member, kind="like",
                             what="silk", created_at=floor.clock.now()))  # fmt: skip
    before = rows(floor, HouseholdMember, floor.daniel)
    changes = floor.do(merge_clients, Merge(*two))
    assert [(one.name, one.relation) for one in rows(floor, HouseholdMember, john)] == [
        ("Daniel", "Brother"), ("Dan", "neighbour")
    ]  # fmt: skip
    member = rows(floor, HouseholdMember, john)[0]
    assert (member.linked_client_id, member.back_relation) == (floor.daniel, "twin")
    assert member.about == "sails; Dan"
    (of_daniel,) = rows(floor, HouseholdMember, floor.daniel)
    assert (of_daniel.name, of_daniel.about, of_daniel.linked_client_id) == ("John", "Jon", john)
    likes = [*rows(floor, Preference, john), *rows(floor, Preference, floor.daniel)]
    assert [one.household_member_id for one in likes] == [daniel, his[1]]
    floor.undo(changes)
    assert rows(floor, HouseholdMember, floor.daniel) == before
    assert [one.household_member_id for one in rows(floor, Preference, jon)] == [dan]


def test_of_the_stores_own_fields_the_chosen_value_is_kept(
    floor: Floor, two: tuple[int, int]
) -> None:
    field = floor.add(CustomField(name="Shoe room", kind="text", created_at=floor.clock.now()))
    for key, value in zip(two, ("left", "right"), strict=True):
        floor.add(CustomValue(client_id=key, field_id=field, value=value))
    merge(floor, two, **{f"field {field}": two[0]})
    assert [one.value for one in rows(floor, CustomValue, two[1])] == ["left"]


def test_a_draft_goes_along_with_its_words(floor: Floor, two: tuple[int, int]) -> None:
    jon, john = two
    with floor.store.write() as session:
        for key, words in ((jon, "likes navy"), (john, "wedding in May")):
            place = f"note of client {key}"
            session.add(Draft(associate_id=floor.okafor, place=place, body=words,
                              typed_at=floor.clock.now()))  # fmt: skip
    merge(floor, two)
    with floor.store.read() as session:
        (draft,) = session.scalars(select(Draft)).all()
    assert (draft.place, draft.body) == (f"note of client {john}", "wedding in May\nlikes navy")


def test_the_words_of_two_forms_are_all_there(floor: Floor, two: tuple[int, int]) -> None:
    with floor.store.write() as session:
        for key, words in zip(two, ('{"what": "belt"}', '{"what": "scarf", "given": "May"}'),
                              strict=True):  # fmt: skip
            session.add(Draft(associate_id=floor.okafor, place=f"gift of {key}", body=words,
                              typed_at=floor.clock.now()))  # fmt: skip
    merge(floor, two)
    with floor.store.read() as session:
        (draft,) = session.scalars(select(Draft)).all()
    assert draft.place == f"gift of {two[1]}"
    assert draft.body == '{"what": "scarf / belt", "given": "May"}'


def test_who_was_sent_by_the_one_was_sent_by_the_other_but_nobody_by_themselves(
    floor: Floor, two: tuple[int, int]
) -> None:
    jon, john = two
    with floor.store.write() as session:
        kept, daniel = session.get(Client, john), session.get(Client, floor.daniel)
        assert kept is not None
        assert daniel is not None
        kept.referred_by_id = daniel.referred_by_id = jon
    merge(floor, two)
    with floor.store.read() as session:
        kept, daniel = session.get(Client, john), session.get(Client, floor.daniel)
        assert kept is not None
        assert daniel is not None
        assert (kept.referred_by_id, daniel.referred_by_id) == (None, john)


def test_the_old_reference_finds_the_one_who_stays(floor: Floor, two: tuple[int, int]) -> None:
    floor.add(ClientReference(client_id=two[0], reference="SHOP-9"))
    merge(floor, two)
    with floor.store.read() as session:
        assert search(session, "SHOP-9").ids == (two[1],)


def test_what_was_said_of_a_pair_with_a_third_stays_said(
    floor: Floor, two: tuple[int, int]
) -> None:
    third = floor.new(new_client, NewClient(floor.okafor, "Jonas", "Smith"))
    floor.add(DuplicatePair(first_id=two[0], second_id=third, score=70, reasons="phone",
                            state="not the same", found_at=floor.clock.now()))  # fmt: skip
    floor.add(DuplicatePair(first_id=two[0], second_id=two[1], score=95, reasons="phone",
                            found_at=floor.clock.now()))  # fmt: skip
    merge(floor, two)
    with floor.store.read() as session:
        (left,) = session.scalars(select(DuplicatePair)).all()
    assert (left.first_id, left.second_id, left.state) == (two[1], third, "not the same")


def test_an_export_of_before_still_means_the_one_who_stays(
    floor: Floor, two: tuple[int, int]
) -> None:
    with floor.store.read() as session:
        jon = session.get(Client, two[0])
        assert jon is not None
        reference = reference_for(two[0], jon.created_at)
    merge(floor, two)
    with floor.store.read() as session:
        assert own_reference(Bulk(session), reference) == two[1]
        assert own_reference(Bulk(session), reference + "1") is None


def test_the_number_that_is_kept_comes_first(floor: Floor, two: tuple[int, int]) -> None:
    floor.do(add_contact_point, AddContactPoint(two[0], "020 555 0118"))
    merge(floor, two)
    points = sorted(rows(floor, ContactPoint, two[1]), key=lambda one: one.position)
    assert [one.value for one in points if one.kind == "phone"] == [
        "+31 6 12345678", "020 555 0118"
    ]  # fmt: skip


def test_everything_else_moves(floor: Floor, two: tuple[int, int]) -> None:
    floor.add(Note(client_id=two[0], body="likes navy", written_at=floor.clock.now()))
    merge(floor, two)
    assert [one.body for one in rows(floor, Note, two[1])] == ["likes navy"]


def test_one_client_is_not_merged_with_themselves_nor_with_nobody(
    floor: Floor, two: tuple[int, int]
) -> None:
    with pytest.raises(SameClient):
        merge(floor, (two[0], two[0]))
    with pytest.raises(NotThere):
        merge(floor, (two[0], 4711))
