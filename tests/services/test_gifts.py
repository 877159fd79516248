"""Is what was given kept with whom it was for, once, and is nobody given it twice unawares?"""

from __future__ import annotations

from datetime import date

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import Client, PurchaseLine, Visit
from clientele.services.brief_choice import Topic
from clientele.services.brief_words import brief_sheet
from clientele.services.gifts import (
    AddGift,
    ChangeGift,
    GiftAlready,
    GiftForNobody,
    GiftWithoutWords,
    RemoveGift,
    SayLiked,
    add_gift,
    change_gift,
    remove_gift,
    say_liked,
)
from clientele.services.household import (
    AddHouseholdMember,
    AddOccasion,
    RemoveHouseholdMember,
    RemoveOccasion,
    add_household_member,
    add_occasion,
    remove_household_member,
    remove_occasion,
)
from clientele.services.visits import StartVisit, start_visit
from clientele.services.wishes import AddWish, add_wish
from clientele.store.queries.brief import brief
from clientele.store.queries.for_department import for_department
from clientele.store.queries.gifts import GiftRow, can_be_given, gifts_of, given_before
from clientele.store.queries.wishes import wishes_of
from clientele.system.formats import Formats
from tests.services.floor import Floor
from tests.services.till import rung, shown

CHRISTMAS = date(2025, 12, 25)


@pytest.fixture
def julia(floor: Floor) -> int:
    return floor.new(add_household_member, AddHouseholdMember(floor.daniel, "Julia", "fiancée"))


def gifts(floor: Floor) -> tuple[GiftRow, ...]:
    found: tuple[GiftRow, ...] = floor.ask(gifts_of, floor.daniel)
    return found


def test_a_gift_in_words_stands_with_whom_it_was_for(floor: Floor, julia: int) -> None:
    day = floor.new(
        add_occasion,
        AddOccasion(floor.daniel, PartialDate(12, 25), OccasionKind.OTHER, "Christmas", julia),
    )
    said = AddGift(
        floor.daniel, floor.okafor, "Emerald scarf", julia, "", day, None, CHRISTMAS, "loved it"
    )
    changes = floor.do(add_gift, said)
    (gift,) = gifts(floor)
    assert (gift.member, gift.what, gift.liked, gift.on) == (
        "Julia",
        "Emerald scarf",
        "loved it",
        CHRISTMAS,
    )
    assert gift.occasion_title == "Christmas"
    floor.undo(changes)
    assert gifts(floor) == ()
    floor.do(add_gift, said)
    back = floor.do(remove_occasion, RemoveOccasion(day))
    assert gifts(floor)[0].occasion_id is None
    floor.undo(back)
    assert gifts(floor)[0].occasion_id == day


def test_a_gift_needs_words_and_somebody(floor: Floor, julia: int) -> None:
    with pytest.raises(GiftForNobody):
        floor.do(add_gift, AddGift(floor.daniel, floor.okafor, "scarf"))
    with pytest.raises(GiftWithoutWords):
        floor.do(add_gift, AddGift(floor.daniel, floor.okafor, " ", julia))
    now = floor.clock.now()
    other = floor.add(Client(given_name="A", sort_name="a", created_at=now, updated_at=now))
    with pytest.raises(NotThere):
        floor.do(add_gift, AddGift(other, floor.okafor, "scarf", julia))
    assert gifts(floor) == ()


def test_whoever_is_named_is_found_or_added_to_the_household(floor: Floor, julia: int) -> None:
    floor.do(add_gift, AddGift(floor.daniel, floor.okafor, "scarf", to=" JULIA "))
    changes = floor.do(add_gift, AddGift(floor.daniel, floor.okafor, "gloves", to="Aunt May"))
    assert {(gift.member, gift.what) for gift in gifts(floor)} == {
        ("Julia", "scarf"),
        ("Aunt May", "gloves"),
    }
    assert [gift.member_id for gift in gifts(floor) if gift.what == "scarf"] == [julia]
    floor.undo(changes)
    assert [gift.what for gift in gifts(floor)] == ["scarf"]


def test_a_line_that_was_bought_is_given_once(floor: Floor, julia: int) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    shown(floor, visit, "Silk scarf, emerald 120.00")
    rung(floor, visit, "0412")
    (line,) = floor.ask(can_be_given, floor.daniel)
    said = AddGift(floor.daniel, floor.okafor, "", julia, purchase_line_id=line.id)
    changes = floor.do(add_gift, said)
    (gift,) = gifts(floor)
    assert (gift.what, gift.line_id, gift.bought_on) == (
        "Silk scarf, emerald",
        line.id,
        date(2026, 11, 21),
    )
    assert floor.ask(can_be_given, floor.daniel) == ()
    with pytest.raises(GiftAlready):
        floor.do(add_gift, said)
    floor.undo(changes)
    with floor.store.write() as session:
        row = session.get(PurchaseLine, line.id)
        assert row is not None
        row.quantity = 2000
    floor.do(add_gift, said)
    floor.do(add_gift, said)
    with pytest.raises(GiftAlready):
        floor.do(add_gift, said)
    now = floor.clock.now()
    other = floor.add(Client(given_name="A", sort_name="a", created_at=now, updated_at=now))
    with pytest.raises(NotThere):
        floor.do(add_gift, AddGift(other, floor.okafor, to="B", purchase_line_id=line.id))


def test_a_gift_is_changed_received_and_removed(floor: Floor, julia: int) -> None:
    key = floor.new(add_gift, AddGift(floor.daniel, floor.okafor, "scarf", julia))
    floor.do(say_liked, SayLiked(key, "wears it daily"))
    said = ChangeGift(key, floor.okafor, "Silk scarf", julia, None, CHRISTMAS, "loved it")
    changes = floor.do(change_gift, said)
    assert [(gift.what, gift.liked, gift.on) for gift in gifts(floor)] == [
        ("Silk scarf", "loved it", CHRISTMAS)
    ]
    floor.undo(changes)
    assert [(gift.what, gift.liked) for gift in gifts(floor)] == [("scarf", "wears it daily")]
    with pytest.raises(GiftWithoutWords):
        floor.do(change_gift, ChangeGift(key, floor.okafor, ""))
    changes = floor.do(remove_gift, RemoveGift(key))
    assert gifts(floor) == ()
    floor.undo(changes)
    assert len(gifts(floor)) == 1


def test_the_same_again_is_known_and_only_for_the_same_person(floor: Floor, julia: int) -> None:
    key = floor.new(
        add_gift, AddGift(floor.daniel, floor.okafor, "Emerald silk scarf", julia, liked="loved it")
    )
    there = gifts(floor)
    before = given_before(there, "silk scarf, emerald", julia)
    assert before is not None
    assert before.liked == "loved it"
    assert given_before(there, "silk scarf, emerald", None) is None
    assert given_before(there, "silk scarf, emerald", julia, but=key) is None
    assert given_before(there, "leather gloves", julia) is None


def test_gifts_and_wishes_outlive_whoever_leaves_the_household(floor: Floor, julia: int) -> None:
    floor.do(add_gift, AddGift(floor.daniel, floor.okafor, "scarf", julia))
    floor.do(add_wish, AddWish(floor.daniel, floor.okafor, "gloves, for Julia"))
    changes = floor.do(remove_household_member, RemoveHouseholdMember(julia))
    assert [(gift.what, gift.member_id) for gift in gifts(floor)] == [("Julia: scarf", None)]
    (wish,) = floor.ask(wishes_of, floor.daniel)
    assert (wish.member_id, wish.note) == (None, "Julia")
    floor.undo(changes)
    assert [(gift.what, gift.member) for gift in gifts(floor)] == [("scarf", "Julia")]
    assert floor.ask(wishes_of, floor.daniel)[0].member == "Julia"


def test_what_was_given_is_said_where_the_next_gift_is_looked_for(floor: Floor, julia: int) -> None:
    gift = AddGift(floor.daniel, floor.okafor, "Emerald scarf", julia, liked="loved it")
    floor.do(add_gift, gift)
    floor.do(add_wish, AddWish(floor.daniel, floor.okafor, "Tan gloves, for Julia, 120"))
    now = floor.clock.now()
    visit = floor.add(
        Visit(
            client_id=floor.daniel,
            associate_id=floor.okafor,
            here_for="a present for Julia",
            arrived_at=now,
        )
    )
    here = floor.ask(for_department, floor.daniel, floor.accessories, now=now, visit_id=visit)
    assert [one.given for one in here.buying_for] == [("Emerald scarf (loved it)",)]
    found = floor.ask(brief, floor.daniel, now=now)
    sheet = brief_sheet(found, Formats("en", "Europe/Amsterdam"), now=now, me=floor.okafor)
    said = {
        section.topic: [(entry.name, entry.words, entry.aside) for entry in section.entries]
        for section in sheet.sections
    }
    assert said[Topic.WISHES] == [("for Julia", "Tan gloves", "€120.00")]
    ((name, words, _),) = said[Topic.HOUSEHOLD]
    assert (name, words) == ("Julia, fiancée", "given Emerald scarf, loved it")
