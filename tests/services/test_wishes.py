"""Does the wish list hold what is wished for, let go of what is bought, and take all of it back?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.tables import (
    Client,
    ClientReference,
    FollowUp,
    Gift,
    HouseholdMember,
    Promise,
    PurchaseLine,
)
from clientele.domain.visits import Outcome
from clientele.domain.wishes import WishState
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.returns import BringBack, bring_back
from clientele.services.shown_items import (
    EditShownItem,
    RemoveShownItem,
    SetForWhom,
    SetOutcome,
    edit_shown_item,
    remove_shown_item,
    set_for_whom,
    set_outcome,
)
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.visits import StartVisit, start_visit
from clientele.services.wishes import (
    AddWish,
    ChangeWish,
    DroppedWithoutReason,
    DropWish,
    NotHereYet,
    PromisedAlready,
    PromiseWish,
    ShowWish,
    WishAgain,
    WishEnded,
    WishesArrived,
    WishWithoutWords,
    add_wish,
    change_wish,
    drop_wish,
    not_here_yet,
    promise_wish,
    show_wish,
    wish_again,
    wishes_arrived,
)
from clientele.store.queries.wishes import WishRow, who_wishes, wishes_of
from tests.services.floor import Floor
from tests.services.imports.bringing import HEAD, bring
from tests.services.till import page, rung, shown

SCARF = "Emerald silk scarf, Hermès, for Julia, 420"


@pytest.fixture
def julia(floor: Floor) -> int:
    return floor.new(add_household_member, AddHouseholdMember(floor.daniel, "Julia", "fiancée"))


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def wish(floor: Floor, text: str, member: int | None = None) -> int:
    return floor.new(add_wish, AddWish(floor.daniel, floor.okafor, text, member))


def wishes(floor: Floor) -> list[WishRow]:
    return list(floor.ask(wishes_of, floor.daniel))


def names(floor: Floor) -> list[str]:
    return [row.item for row in wishes(floor)]


def gifts(floor: Floor) -> list[Gift]:
    with floor.store.read() as session:
        return session.query(Gift).all()


def test_a_wish_in_words_stands_on_the_list(floor: Floor, julia: int) -> None:
    changes = floor.do(add_wish, AddWish(floor.daniel, floor.okafor, SCARF, note="for Christmas"))
    (row,) = wishes(floor)
    assert (row.item, row.detail, row.member, row.price) == (
        "Emerald silk scarf",
        "Hermès",
        "Julia",
        42000,
    )
    assert (row.note, row.by, row.promise, row.came_back) == (
        "for Christmas",
        "R. Okafor",
        None,
        None,
    )
    assert changes.clients == {floor.daniel}
    floor.undo(changes)
    assert wishes(floor) == []


def test_a_wish_needs_words_and_somebody_of_this_household(floor: Floor) -> None:
    now = floor.clock.now()
    other = floor.add(Client(given_name="A", sort_name="a", created_at=now, updated_at=now))
    stranger = floor.add(HouseholdMember(client_id=other, name="B"))
    with pytest.raises(WishWithoutWords):
        wish(floor, "  ")
    with pytest.raises(NotThere):
        wish(floor, "scarf", stranger)
    key = wish(floor, "scarf")
    with pytest.raises(NotThere):
        floor.do(change_wish, ChangeWish(key, floor.okafor, "x", household_member_id=stranger))
    with pytest.raises(WishWithoutWords):
        floor.do(change_wish, ChangeWish(key, floor.okafor, " "))
    assert names(floor) == ["scarf"]


def test_a_wish_is_changed_and_changed_back(floor: Floor, julia: int) -> None:
    key = wish(floor, SCARF)
    said = ChangeWish(
        key, floor.okafor, "Cashmere scarf", "navy", None, floor.shoes, "99.50", "soon"
    )
    changes = floor.do(change_wish, said)
    (row,) = wishes(floor)
    assert (row.item, row.detail, row.member, row.department) == (
        "Cashmere scarf",
        "navy",
        "",
        "Men's Shoes",
    )
    assert (row.price, row.note) == (9950, "soon")
    floor.undo(changes)
    assert wishes(floor)[0].member == "Julia"


@pytest.mark.parametrize(
    "kind", [PromiseKind.HOLD, PromiseKind.TRANSFER, PromiseKind.SPECIAL_ORDER]
)
def test_something_is_promised_for_a_wish_once(floor: Floor, kind: str) -> None:
    key = wish(floor, "Navy loafer, 7 B")
    until = floor.clock.now().date() + timedelta(days=3)
    changes = floor.do(promise_wish, PromiseWish(key, floor.okafor, kind, until))
    (row,) = wishes(floor)
    assert row.promise is not None
    assert (row.promise.kind, row.promise.due_on) == (kind, until)
    with pytest.raises(PromisedAlready):
        floor.do(promise_wish, PromiseWish(key, floor.okafor, kind, until))
    floor.undo(changes)
    assert wishes(floor)[0].promise is None
    with pytest.raises(ValueError, match="repair"):
        floor.do(promise_wish, PromiseWish(key, floor.okafor, PromiseKind.REPAIR, until))


def test_dropped_with_a_reason_and_taken_up_again(floor: Floor) -> None:
    key = wish(floor, "scarf")
    with pytest.raises(DroppedWithoutReason):
        floor.do(drop_wish, DropWish(key, floor.okafor, " "))
    changes = floor.do(drop_wish, DropWish(key, floor.okafor, "has it by now"))
    assert wishes(floor) == []
    (row,) = floor.ask(wishes_of, floor.daniel, ended=True)
    assert (row.state, row.ending) == (WishState.DROPPED, "has it by now")
    with pytest.raises(WishEnded):
        floor.do(drop_wish, DropWish(key, floor.okafor, "again"))
    floor.undo(changes)
    assert names(floor) == ["scarf"]
    floor.do(drop_wish, DropWish(key, floor.okafor, "has it by now"))
    floor.do(wish_again, WishAgain(key))
    assert wishes(floor)[0].ending == ""


def test_what_came_in_is_said_to_many_at_once(floor: Floor) -> None:
    now = floor.clock.now()
    anna = floor.add(Client(given_name="Anna", sort_name="anna", created_at=now, updated_at=now))
    one, two = wish(floor, "Cashmere scarf, red"), wish(floor, "Cashmere gloves")
    three = floor.new(add_wish, AddWish(anna, floor.silva, "cashmere SCARF"))
    waiting = floor.ask(who_wishes, "cashmere sca", associate_id=floor.okafor)
    assert {found.wish.id for found in waiting} == {one, three}
    assert floor.ask(who_wishes, "  ", associate_id=floor.okafor) == ()
    day = now.date()
    came = WishesArrived((one, two, three), floor.okafor, day, ((anna, "text"),), "{what} is here")
    floor.do(wishes_arrived, came)
    with floor.store.read() as session:
        told = session.query(FollowUp).order_by(col(FollowUp.client_id)).all()
    assert [(row.client_id, row.channel, row.reason) for row in told] == [
        (floor.daniel, "call", "Cashmere scarf, red; Cashmere gloves is here"),
        (anna, "text", "cashmere SCARF is here"),
    ]
    assert {row.state for row in told} == {FollowUpState.OPEN}
    assert all(row.arrived_at == now for row in wishes(floor))
    floor.do(not_here_yet, NotHereYet(one))
    assert [row.item for row in wishes(floor)] == ["Cashmere gloves", "Cashmere scarf"]
    floor.do(drop_wish, DropWish(two, floor.okafor, "no"))
    with pytest.raises(WishEnded):
        floor.do(wishes_arrived, WishesArrived((one, two), floor.okafor))


def test_one_step_takes_back_what_came_in(floor: Floor) -> None:
    keys = (wish(floor, "scarf"), wish(floor, "gloves"))
    day = date(2026, 11, 23)
    floor.undo(floor.do(wishes_arrived, WishesArrived(keys, floor.okafor, day)))
    assert [row.arrived_at for row in wishes(floor)] == [None, None]
    with floor.store.read() as session:
        assert session.query(FollowUp).count() == 0


# what is shown and rung


def test_an_item_marked_in_a_visit_is_a_wish_until_it_is_said_otherwise(
    floor: Floor, visit: int
) -> None:
    key = shown(floor, visit, "Navy suit, 42R 1250.00", Outcome.WISH_LIST)
    (row,) = wishes(floor)
    assert (row.item, row.detail, row.price, row.department) == (
        "Navy suit",
        "42R",
        125000,
        "Men's Suits",
    )
    floor.do(edit_shown_item, EditShownItem(key, "detail", "44R"))
    assert wishes(floor)[0].detail == "44R"
    changes = floor.do(set_outcome, SetOutcome(key, Outcome.NO, "too dear"))
    assert wishes(floor) == []
    floor.undo(changes)
    assert names(floor) == ["Navy suit"]
    floor.undo(floor.do(remove_shown_item, RemoveShownItem(key)))
    assert names(floor) == ["Navy suit"]
    floor.do(remove_shown_item, RemoveShownItem(key))
    assert wishes(floor) == []


def test_the_same_thing_is_wished_for_once(floor: Floor, visit: int) -> None:
    wish(floor, "Navy wool suit")
    key = shown(floor, visit, "Navy wool suit, 42R", Outcome.WISH_LIST)
    assert names(floor) == ["Navy wool suit"]
    floor.do(set_outcome, SetOutcome(key, Outcome.SHOWN))
    assert names(floor) == ["Navy wool suit"]


def test_a_wish_with_a_promise_outlives_the_mark_at_the_item(floor: Floor, visit: int) -> None:
    key = shown(floor, visit, "Navy suit, 42R", Outcome.WISH_LIST)
    (row,) = wishes(floor)
    until = floor.clock.now().date()
    floor.do(promise_wish, PromiseWish(row.id, floor.okafor, PromiseKind.TRANSFER, until))
    floor.do(set_outcome, SetOutcome(key, Outcome.NO))
    assert names(floor) == ["Navy suit"]
    floor.do(remove_shown_item, RemoveShownItem(key))
    assert names(floor) == ["Navy suit"]


def test_what_is_rung_leaves_the_list_and_comes_back_with_undo(floor: Floor, visit: int) -> None:
    key, other = wish(floor, "Navy wool suit, 42R"), wish(floor, "Navy wool suit, 44R")
    until = floor.clock.now().date()
    floor.do(promise_wish, PromiseWish(key, floor.okafor, PromiseKind.HOLD, until))
    shown(floor, visit, "Wool suit navy, 42R 1250.00")
    changes = floor.do(ring_once, RingOnce(visit, "0412", floor.okafor))
    assert [row.id for row in wishes(floor)] == [other]
    bought = next(row for row in floor.ask(wishes_of, floor.daniel, ended=True) if row.id == key)
    assert bought.state == WishState.BOUGHT
    with floor.store.read() as session:
        assert session.query(Promise).one().state == PromiseState.KEPT
    floor.undo(changes)
    assert {row.id for row in wishes(floor)} == {key, other}
    assert next(row for row in wishes(floor) if row.id == key).promise is not None


def test_a_wish_shown_at_a_stop_is_bought_for_whom_it_was(
    floor: Floor, visit: int, julia: int
) -> None:
    wish(floor, SCARF)
    own = wish(floor, "Emerald silk scarf")
    stop = page(floor, visit).stop
    assert stop is not None
    first = next(row for row in wishes(floor) if row.member)
    key = floor.new(show_wish, ShowWish(first.id, stop.id, floor.okafor))
    floor.do(set_outcome, SetOutcome(key, Outcome.KEEPING))
    changes = floor.do(ring_once, RingOnce(visit, "0412", floor.okafor))
    assert [row.id for row in wishes(floor)] == [own]
    (gift,) = gifts(floor)
    assert (gift.household_member_id, gift.what) == (julia, "Emerald silk scarf, Hermès")
    assert gift.purchase_line_id is not None
    floor.undo(changes)
    assert gifts(floor) == []
    assert len(wishes(floor)) == 2


def test_an_item_for_somebody_becomes_a_gift_to_them(floor: Floor, visit: int, julia: int) -> None:
    key = shown(floor, visit, "Silk scarf 120.00")
    changes = floor.do(set_for_whom, SetForWhom(key, julia))
    floor.undo(changes)
    floor.do(set_for_whom, SetForWhom(key, julia))
    now = floor.clock.now()
    other = floor.add(Client(given_name="A", sort_name="a", created_at=now, updated_at=now))
    stranger = floor.add(HouseholdMember(client_id=other, name="B"))
    with pytest.raises(NotThere):
        floor.do(set_for_whom, SetForWhom(key, stranger))
    rung(floor, visit, "0412")
    (gift,) = gifts(floor)
    assert gift.household_member_id == julia
    with pytest.raises(Refusal, match="rung"):
        floor.do(set_for_whom, SetForWhom(key, None))


def test_what_is_brought_back_whole_is_wished_for_again(
    floor: Floor, visit: int, julia: int
) -> None:
    wish(floor, SCARF)
    key = shown(floor, visit, "Emerald silk scarf, Hermès 420.00")
    floor.do(set_for_whom, SetForWhom(key, julia))
    rung(floor, visit, "0412")
    (gift,) = gifts(floor)
    line = gift.purchase_line_id
    assert wishes(floor) == []
    floor.do(bring_back, BringBack(visit, floor.okafor, line, why="clasp broken"))
    changes = floor.do(ring_once, RingOnce(visit, "0413", floor.okafor))
    (row,) = wishes(floor)
    assert row.came_back == "clasp broken"
    assert gifts(floor) == []
    floor.undo(changes)
    assert wishes(floor) == []
    assert len(gifts(floor)) == 1


def test_exchanged_for_the_right_one_it_stays_off_the_list(floor: Floor, visit: int) -> None:
    wish(floor, "Navy wool suit")
    shown(floor, visit, "Navy wool suit, 42R 1250.00")
    rung(floor, visit, "0412")
    with floor.store.read() as session:
        line = floor.ask(wishes_of, floor.daniel, ended=True)[0]
        assert line.state == WishState.BOUGHT
        sold = session.query(PurchaseLine).one().id
    floor.do(bring_back, BringBack(visit, floor.okafor, sold, why="too small"))
    shown(floor, visit, "Navy wool suit, 44R 1250.00")
    rung(floor, visit, "0413")
    assert wishes(floor) == []


def test_what_a_file_says_was_bought_leaves_the_list(floor: Floor, tmp_path: Path) -> None:
    floor.add(ClientReference(client_id=floor.daniel, reference="900"))
    wish(floor, "Navy wool suit, 42R")
    wish(floor, "Tan loafer")
    bring(
        floor.store,
        tmp_path,
        HEAD + "900,B1,2026-11-20 10:00,Shoes,Tan loafer,L9,1,310.50,EUR,\n"
        "900,B2,2026-11-21 18:00,Suits,Navy wool suit 42R,N42,1,1250.00,EUR,\n"
        "900,B3,2026-11-22 18:00,Suits,Navy wool suit 42R,N42,-1,-1250.00,EUR,\n",
    )
    assert names(floor) == ["Tan loafer"]  # bought the day before it was wished for
    bought = floor.ask(wishes_of, floor.daniel, ended=True)[-1]
    assert (bought.state, bought.item) == (WishState.BOUGHT, "Navy wool suit")
    with floor.store.write() as session:  # such as when the import is taken back
        session.execute(text("DELETE FROM purchase_line"))
    assert set(names(floor)) == {"Tan loafer", "Navy wool suit"}
    floor.do(drop_wish, DropWish(bought.id, floor.okafor, "no longer"))
    assert names(floor) == ["Tan loafer"]
