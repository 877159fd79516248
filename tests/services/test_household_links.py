"""Is somebody who is a client too known from both sides, once, and let go of without loss?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import BookMembership, Client, HouseholdMember, Occasion, metadata
from clientele.services.clients import ClientWithoutName, SetBirthday, set_birthday
from clientele.services.household import (
    AddHouseholdMember,
    AddOccasion,
    RemoveHouseholdMember,
    add_household_member,
    add_occasion,
    remove_household_member,
)
from clientele.services.household_links import (
    ClientAlready,
    KeepHereToo,
    LinkedAlready,
    LinkedToSelf,
    LinkMember,
    MakeClientOf,
    SayBackRelation,
    UnlinkMember,
    keep_here_too,
    link_member,
    make_client_of,
    say_back_relation,
    unlink_member,
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
from clientele.store.queries.household import MemberRow, OtherSide, other_sides
from clientele.store.queries.occasions import of_clients
from tests.services.floor import Floor

NOVEMBER = PartialDate(11, 27, 1986)


@pytest.fixture
def mai(floor: Floor) -> int:
    """Daniel's wife, with what was said of her at his page."""
    key = floor.new(add_household_member, AddHouseholdMember(floor.daniel, "Mai", "wife"))
    floor.do(add_size, AddSize(floor.daniel, "Ring", "6", floor.okafor, household_member_id=key))
    like = AddPreference(floor.daniel, "like", "emerald", floor.okafor, household_member_id=key)
    floor.do(add_preference, like)
    for when, kind in (
        (NOVEMBER, OccasionKind.BIRTHDAY),
        (PartialDate(12, 5, 2016), OccasionKind.ANNIVERSARY),
        (PartialDate(6, None), OccasionKind.GRADUATION),
    ):
        floor.do(add_occasion, AddOccasion(floor.daniel, when, kind, "", key))
    return key


@pytest.fixture
def client(floor: Floor) -> int:
    """Mai Tran, a client of her own."""
    now = floor.clock.now()
    return floor.add(
        Client(given_name="Mai", family_name="Tran", sort_name="t", created_at=now, updated_at=now)
    )


def page(floor: Floor, client_id: int) -> ClientPage:
    found = floor.ask(client_page, client_id, now=floor.clock.now())
    assert isinstance(found, ClientPage)
    return found


def member(floor: Floor) -> MemberRow:
    (row,) = page(floor, floor.daniel).household
    return row


def seen_by(floor: Floor, client_id: int) -> list[OtherSide]:
    return list(floor.ask(other_sides, client_id))


def days(floor: Floor, client_id: int, ahead: int = 30) -> list[tuple[str, str, date, int | None]]:
    found = floor.ask(
        of_clients,
        [client_id],
        today=floor.clock.now().date(),
        ahead=timedelta(days=ahead),
    )
    return [(day.member, day.kind, day.on, day.years) for day in found.get(client_id, [])]


def test_linked_they_are_seen_from_both_sides(floor: Floor, mai: int, client: int) -> None:
    changes = floor.do(link_member, LinkMember(mai, client, " husband "))
    row = member(floor)
    assert row.linked is not None
    assert (row.linked_client_id, row.linked.named.name, row.back_relation) == (
        client,
        "Mai Tran",
        "husband",
    )
    (other,) = seen_by(floor, client)
    assert (other.named.name, other.relation, other.back_relation) == (
        "Daniel Tran",
        "wife",
        "husband",
    )
    floor.do(say_back_relation, SayBackRelation(mai, "man"))
    assert seen_by(floor, client)[0].back_relation == "man"
    floor.do(say_back_relation, SayBackRelation(mai, "husband"))
    floor.undo(changes)
    assert member(floor).linked is None
    assert seen_by(floor, client) == []


def test_what_is_known_is_read_from_both_pages(floor: Floor, mai: int, client: int) -> None:
    floor.clock.advance(timedelta(days=1))
    floor.do(add_size, AddSize(client, "Ring", "6½", floor.okafor))
    floor.do(add_size, AddSize(client, "Coat", "UK 10", floor.okafor))
    for what in ("emerald", "silk"):
        floor.do(add_preference, AddPreference(client, "like", what, floor.okafor))
    floor.do(link_member, LinkMember(mai, client))
    row = member(floor)
    assert {(size.value, size.member_id) for size in row.sizes} == {("6½", None), ("UK 10", None)}
    assert [(like.what, like.member_id) for like in row.preferences] == [
        ("emerald", mai),
        ("silk", None),
    ]
    assert page(floor, floor.daniel).sizes == ()


def test_a_birthday_is_one_whoever_said_it(floor: Floor, mai: int, client: int) -> None:
    before = days(floor, floor.daniel)
    assert before == [
        ("Mai", "birthday", date(2026, 11, 27), 40),
        ("Mai", "anniversary", date(2026, 12, 5), 10),
    ]
    floor.do(set_birthday, SetBirthday(client, NOVEMBER))
    floor.do(link_member, LinkMember(mai, client))
    assert days(floor, floor.daniel) == before
    assert [day.kind for day in member(floor).occasions] == ["graduation", "anniversary"]
    linked = member(floor).linked
    assert linked is not None
    assert linked.birthday == NOVEMBER
    floor.do(add_occasion, AddOccasion(client, PartialDate(12, 1), OccasionKind.OTHER, "prize"))
    floor.do(add_occasion, AddOccasion(client, PartialDate(12, 5, 2016), OccasionKind.ANNIVERSARY))
    for whose in (floor.daniel, client):  # said by both, of both
        floor.do(add_occasion, AddOccasion(whose, PartialDate(12, 12), OccasionKind.WEDDING))
    assert [day[1] for day in days(floor, floor.daniel)] == [
        *("birthday", "other", "anniversary", "wedding"),
    ]


def test_no_link_to_oneself_and_none_twice(floor: Floor, mai: int, client: int) -> None:
    with pytest.raises(LinkedToSelf):
        floor.do(link_member, LinkMember(mai, floor.daniel))
    floor.do(link_member, LinkMember(mai, client))
    floor.do(link_member, LinkMember(mai, client, "husband"))
    other = floor.new(add_household_member, AddHouseholdMember(floor.daniel, "Lan", "sister"))
    with pytest.raises(LinkedAlready, match="Mai"):
        floor.do(link_member, LinkMember(other, client))
    with pytest.raises(ClientAlready, match="Mai"):
        floor.do(make_client_of, MakeClientOf(mai, floor.okafor, "Mai"))


def test_unlinked_both_keep_what_is_theirs(floor: Floor, mai: int, client: int) -> None:
    floor.do(add_size, AddSize(client, "Coat", "UK 10", floor.okafor))
    floor.do(link_member, LinkMember(mai, client, "husband"))
    changes = floor.do(unlink_member, UnlinkMember(mai))
    assert [size.value for size in member(floor).sizes] == ["6"]
    assert [size.value for size in page(floor, client).sizes] == ["UK 10"]
    assert member(floor).back_relation == ""
    floor.undo(changes)
    assert member(floor).back_relation == "husband"


def test_a_client_is_made_out_of_them_and_nothing_is_lost(floor: Floor, mai: int) -> None:
    made = MakeClientOf(mai, floor.okafor, "Mai", "Tran", "020 555 0101", back_relation="husband")
    changes = floor.do(make_client_of, made)
    client = changes.subject
    assert client is not None
    theirs = page(floor, client)
    assert theirs.named.name == "Mai Tran"
    assert theirs.birthday == NOVEMBER
    assert [size.value for size in theirs.sizes] == ["6"]
    assert [like.what for like in theirs.likes] == ["emerald"]
    assert [day.kind for day in theirs.occasions] == ["graduation"]
    row = member(floor)
    assert [size.value for size in row.sizes] == ["6"]
    assert [like.what for like in row.preferences] == ["emerald"]
    assert [day.kind for day in row.occasions] == ["anniversary"]
    with floor.store.read() as session:
        owner = session.scalar(
            select(col(BookMembership.associate_id)).where(col(BookMembership.client_id) == client)
        )
        assert owner == floor.okafor
    assert [day[:2] for day in days(floor, floor.daniel)] == [
        ("Mai", "birthday"),
        ("Mai", "anniversary"),
    ]
    floor.undo(changes)
    row = member(floor)
    assert row.linked is None
    assert len(row.occasions) == 3
    assert [size.member_id for size in row.sizes] == [mai]


def test_a_client_needs_a_name(floor: Floor, mai: int) -> None:
    with pytest.raises(ClientWithoutName):
        floor.do(make_client_of, MakeClientOf(mai, floor.okafor, " "))
    assert member(floor).linked is None


def test_whoever_has_them_is_kept_here_too_once(floor: Floor, mai: int, client: int) -> None:
    assert floor.do(keep_here_too, KeepHereToo(mai)).subject is None
    floor.do(link_member, LinkMember(mai, client, "husband"))
    changes = floor.do(keep_here_too, KeepHereToo(mai))
    (row,) = page(floor, client).household
    assert (row.name, row.relation, row.back_relation, row.linked_client_id) == (
        "Daniel",
        "husband",
        "wife",
        floor.daniel,
    )
    assert seen_by(floor, client) == []
    assert seen_by(floor, floor.daniel) == []
    assert floor.do(keep_here_too, KeepHereToo(mai)).subject == row.id
    floor.undo(changes)
    assert len(seen_by(floor, client)) == 1


def test_a_link_to_oneself_after_a_merge_is_nobody(floor: Floor, mai: int, client: int) -> None:
    floor.do(link_member, LinkMember(mai, client))
    with floor.store.write() as session:
        row = session.get(HouseholdMember, mai)
        assert row is not None
        row.linked_client_id = floor.daniel
    assert member(floor).linked is None
    assert seen_by(floor, floor.daniel) == []
    assert len(days(floor, floor.daniel)) == 2


def test_no_table_is_forgotten_when_somebody_leaves_the_household(floor: Floor, mai: int) -> None:
    """What the store itself would empty or remove is not undone: the verb has to do it by name."""
    changes = floor.do(remove_household_member, RemoveHouseholdMember(mai))
    floor.undo(changes)
    pointing = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "household_member"
    }
    assert pointing == {
        *("gift", "occasion", "preference", "shown_item", "size", "visit_companion", "wish"),
    }, "teach services.household._remove the new table, then name it here"
    with floor.store.read() as session:
        assert session.query(Occasion).count() == 3
