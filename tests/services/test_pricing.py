"""Quantities and mark-downs of what waits for the till."""

from __future__ import annotations

import pytest

from clientele.domain.errors import CardNumberFound
from clientele.domain.money import NotAnAmount
from clientele.domain.rules.ticket import MarkDownTooLarge, NotAQuantity
from clientele.domain.tables import PurchaseLine
from clientele.services.pricing import (
    MarkDown,
    NoPriceToMarkDown,
    ReturnNotMarkedDown,
    SetQuantity,
    mark_down,
    set_quantity,
)
from clientele.services.returns import BringBack, bring_back
from clientele.services.shown_items import (
    EditShownItem,
    PriceBelowNothing,
    RungItemStays,
    edit_shown_item,
)
from clientele.services.tickets import MarkDownWhyMissing, RingOnce, ring_once
from clientele.services.visits import StartVisit, start_visit
from clientele.store.doctor import examine, is_sound
from tests.services.floor import Floor
from tests.services.till import CARD, item, page, rung, shown


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


@pytest.fixture
def oxford(floor: Floor, visit: int) -> int:
    return shown(floor, visit, "Cap-toe oxford, 10½ D 285.00")


def test_how_many(floor: Floor, visit: int, oxford: int) -> None:
    for text, quantity, amount in (("×2", 2000, 57000), ("1,5", 1500, 42750), ("3x", 3000, 85500)):
        changed = floor.do(set_quantity, SetQuantity(oxford, text))
        assert changed.clients == {floor.daniel}
        assert item(floor, visit, oxford).quantity == quantity
        assert page(floor, visit).to_pay == amount
        floor.undo(changed)
        assert item(floor, visit, oxford).quantity == 1000
    floor.do(set_quantity, SetQuantity(oxford, "2"))
    floor.do(set_quantity, SetQuantity(oxford, ""))
    assert item(floor, visit, oxford).quantity == 1000
    for wrong in ("0", "-1", "two", "10000", "0.0001"):
        with pytest.raises(NotAQuantity, match="is not a quantity"):
            floor.do(set_quantity, SetQuantity(oxford, wrong))


def test_an_amount_or_a_percentage_is_taken_off(floor: Floor, visit: int, oxford: int) -> None:
    for text, off in (("10%", 2850), ("28.50", 2850), ("-10 %", 2850), ("100%", 28500)):
        changed = floor.do(mark_down, MarkDown(oxford, off=text))
        assert item(floor, visit, oxford).mark_down == off
        assert page(floor, visit).to_pay == 28500 - off
        floor.undo(changed)
    floor.do(mark_down, MarkDown(oxford, off="5"))
    floor.do(mark_down, MarkDown(oxford, off=""))
    assert item(floor, visit, oxford).mark_down == 0


def test_no_more_than_the_line_is_taken_off(floor: Floor, visit: int, oxford: int) -> None:
    floor.do(mark_down, MarkDown(oxford, off="50", why="display piece"))
    with pytest.raises(MarkDownTooLarge, match="“Cap-toe oxford” is more than the price"):
        floor.do(mark_down, MarkDown(oxford, off="285.01"))
    for wrong in ("cheap", "101%"):
        with pytest.raises(NotAnAmount):
            floor.do(mark_down, MarkDown(oxford, off=wrong))
    found = item(floor, visit, oxford)
    assert (found.mark_down, found.mark_down_why, found.amount) == (5000, "display piece", 23500)
    floor.do(edit_shown_item, EditShownItem(oxford, "price", "49.99"))
    assert page(floor, visit).to_pay == 0
    with pytest.raises(MarkDownTooLarge):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    assert page(floor, visit).rung == ()


def test_a_price_is_not_below_nothing(floor: Floor, visit: int, oxford: int) -> None:
    with pytest.raises(PriceBelowNothing, match="cannot be below nothing"):
        floor.do(edit_shown_item, EditShownItem(oxford, "price", "-5"))
    assert page(floor, visit).to_pay == 28500


def test_the_dearest_line_can_be_rung(floor: Floor, visit: int, oxford: int) -> None:
    floor.do(edit_shown_item, EditShownItem(oxford, "price", "9999999999.99"))
    floor.do(set_quantity, SetQuantity(oxford, "9999.999"))
    floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    (ticket,) = page(floor, visit).rung
    assert ticket.total == 9_999_998_999_990_000
    assert is_sound(examine(floor.store))


def test_a_percentage_needs_a_price(floor: Floor, visit: int) -> None:
    belt = shown(floor, visit, "Belt")
    with pytest.raises(NoPriceToMarkDown, match="“Belt” has no price yet"):
        floor.do(mark_down, MarkDown(belt, off="10%"))
    floor.do(mark_down, MarkDown(belt, off="10"))
    assert item(floor, visit, belt).mark_down == 1000


def test_a_mark_down_stays_in_proportion(floor: Floor, visit: int, oxford: int) -> None:
    floor.do(mark_down, MarkDown(oxford, off="10%"))
    floor.do(set_quantity, SetQuantity(oxford, "2"))
    assert item(floor, visit, oxford).mark_down == 5700
    floor.do(set_quantity, SetQuantity(oxford, "1"))
    assert item(floor, visit, oxford).mark_down == 2850


def test_nothing_is_rung_at_less_without_a_reason(floor: Floor, visit: int, oxford: int) -> None:
    floor.do(set_quantity, SetQuantity(oxford, "2"))
    floor.do(mark_down, MarkDown(oxford, off="10%", why="  "))
    with pytest.raises(MarkDownWhyMissing, match="Why is something taken off “Cap-toe oxford”"):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    assert page(floor, visit).rung == ()
    floor.do(mark_down, MarkDown(oxford, why=" display piece "))
    purchase = rung(floor, visit, "1")
    assert page(floor, visit).rung[0].total == 51300
    with floor.store.read() as session:
        line = session.query(PurchaseLine).filter_by(purchase_id=purchase).one()
        assert (line.quantity, line.amount) == (2000, 51300)
        assert (line.mark_down, line.mark_down_why) == (5700, "display piece")
    for attempt in (MarkDown(oxford, off="1"), MarkDown(oxford, why="")):
        with pytest.raises(RungItemStays):
            floor.do(mark_down, attempt)
    with pytest.raises(RungItemStays):
        floor.do(set_quantity, SetQuantity(oxford, "1"))


def test_nothing_is_taken_off_what_comes_back(floor: Floor, visit: int) -> None:
    tyres = floor.new(bring_back, BringBack(visit, floor.okafor, text="Two tyres 145.00"))
    with pytest.raises(ReturnNotMarkedDown):
        floor.do(mark_down, MarkDown(tyres, off="10%"))
    floor.do(set_quantity, SetQuantity(tyres, "2"))
    assert page(floor, visit).to_pay == -29000


def test_a_card_number_is_no_reason(floor: Floor, visit: int, oxford: int) -> None:
    with pytest.raises(CardNumberFound, match="looks like a card number"):
        floor.do(mark_down, MarkDown(oxford, why=f"paid with {CARD}"))
    assert item(floor, visit, oxford).mark_down_why == ""
