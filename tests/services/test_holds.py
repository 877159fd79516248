"""Holding an item promises it, letting go of it ends the promise, Undo takes both back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from clientele.domain.tables import Promise, PurchaseLine
from clientele.domain.visits import Outcome
from clientele.services.holds import (
    LET_GO,
    Decide,
    HoldItem,
    TakeAway,
    decide,
    hold_item,
    take_away,
)
from clientele.services.shown_items import RungItemStays, ShowItem, show_item
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import visit_page
from tests.services.floor import Floor


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.shoes))


@pytest.fixture
def item(floor: Floor, visit: int) -> int:
    stop = floor.ask(visit_page, visit).stop.id
    return floor.new(show_item, ShowItem(stop, "Suede loafer, 10 D 210.00", floor.silva))


def of(floor: Floor, visit: int) -> Item:
    (found,) = floor.ask(visit_page, visit).items
    assert isinstance(found, Item)
    return found


def promises(floor: Floor) -> list[tuple[str, str, date, str, str]]:
    with floor.store.read() as session:
        rows = session.scalars(select(Promise))
        return [(row.kind, row.what, row.due_on, row.state, row.ending) for row in rows]


@pytest.fixture
def until(floor: Floor) -> date:
    return floor.clock.now().date() + timedelta(days=3)


def test_a_hold_is_a_promise_of_the_visits_associate(
    floor: Floor, visit: int, item: int, until: date
) -> None:
    held = floor.do(hold_item, HoldItem(item, until))
    assert (of(floor, visit).outcome, of(floor, visit).hold_until) == (Outcome.HOLD, until)
    assert promises(floor) == [("hold", "Suede loafer, 10 D", until, "open", "")]
    with floor.store.read() as session:
        row = session.scalars(select(Promise)).one()
        assert (row.associate_id, row.department_id, row.visit_id, row.client_id) == (
            floor.okafor,
            floor.shoes,
            visit,
            floor.daniel,
        )
    floor.undo(held)
    assert (of(floor, visit).outcome, of(floor, visit).hold_until) == (Outcome.SHOWN, None)
    assert promises(floor) == []


def test_another_day_moves_the_same_promise(
    floor: Floor, visit: int, item: int, until: date
) -> None:
    floor.do(hold_item, HoldItem(item, until))
    later = until + timedelta(days=4)
    moved = floor.do(hold_item, HoldItem(item, later))
    assert [due for _, _, due, _, _ in promises(floor)] == [later]
    assert of(floor, visit).hold_until == later
    floor.undo(moved)
    assert [due for _, _, due, _, _ in promises(floor)] == [until]
    assert of(floor, visit).hold_until == until


@pytest.mark.parametrize(
    ("outcome", "word"),
    [(Outcome.NO, LET_GO), (Outcome.WISH_LIST, LET_GO), (Outcome.SHOWN, LET_GO),
     (Outcome.KEEPING, "")],
)  # fmt: skip
def test_letting_go_ends_the_promise_and_breaks_nothing(
    floor: Floor, visit: int, item: int, until: date, outcome: str, word: str
) -> None:
    floor.do(hold_item, HoldItem(item, until))
    over = floor.do(decide, Decide(item, outcome))
    assert of(floor, visit).outcome == outcome
    assert [(state, ending) for _, _, _, state, ending in promises(floor)] == [("kept", word)]
    floor.undo(over)
    assert of(floor, visit).outcome == Outcome.HOLD
    assert [(state, ending) for _, _, _, state, ending in promises(floor)] == [("open", "")]
    floor.do(decide, Decide(item, outcome))
    floor.do(hold_item, HoldItem(item, until))
    assert [state for _, _, _, state, _ in promises(floor)] == ["kept", "open"]


def test_a_held_item_that_is_taken_away_is_promised_no_more(
    floor: Floor, visit: int, item: int, until: date
) -> None:
    floor.do(hold_item, HoldItem(item, until))
    gone = floor.do(take_away, TakeAway(item))
    assert floor.ask(visit_page, visit).items == ()
    assert [(state, ending) for _, _, _, state, ending in promises(floor)] == [("kept", LET_GO)]
    floor.undo(gone)
    assert of(floor, visit).outcome == Outcome.HOLD
    assert [state for _, _, _, state, _ in promises(floor)] == ["open"]
    floor.do(decide, Decide(item, Outcome.NO))
    assert [state for _, _, _, state, _ in promises(floor)] == ["kept"]


def test_what_was_rung_is_not_held(floor: Floor, visit: int, item: int, until: date) -> None:
    floor.do(decide, Decide(item, Outcome.KEEPING))
    floor.do(ring_once, RingOnce(visit, "R-1", floor.okafor))
    with pytest.raises(RungItemStays):
        floor.do(hold_item, HoldItem(item, until))
    assert promises(floor) == []


def test_a_scanned_number_brings_the_words_and_the_last_price(
    floor: Floor, visit: int, item: int
) -> None:
    floor.do(decide, Decide(item, Outcome.KEEPING))
    floor.do(ring_once, RingOnce(visit, "R-1", floor.okafor))
    with floor.store.write() as session:
        session.scalars(select(PurchaseLine)).one().sku = "88213-01"
    stop = floor.ask(visit_page, visit).stop.id
    floor.do(show_item, ShowItem(stop, "88213-01", floor.okafor))
    floor.do(show_item, ShowItem(stop, "88213-01 199.00", floor.okafor))
    floor.do(show_item, ShowItem(stop, "99999-01", floor.okafor))
    found = floor.ask(visit_page, visit).items[1:]
    assert [(one.item, one.detail, one.sku, one.price) for one in found] == [
        ("Suede loafer", "10 D", "88213-01", 21000),
        ("Suede loafer", "10 D", "88213-01", 19900),
        ("99999-01", "", "", None),
    ]


@pytest.mark.parametrize("number", ["36006381334098", "4006381333931"])
def test_an_article_number_that_could_be_a_card_is_kept_as_a_number(
    floor: Floor, visit: int, number: str
) -> None:
    stop = floor.ask(visit_page, visit).stop.id
    floor.do(show_item, ShowItem(stop, number, floor.okafor))
    assert of(floor, visit).sku == number
    assert of(floor, visit).item
