"""Who is credited: by parts while it waits, by amounts once it is rung."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.tables import CreditShare, ItemCredit, PurchaseLine, VisitStop
from clientele.services.credit import (
    CreditOfReturnStays,
    CreditOfRungStays,
    NobodyCredited,
    ShareCredit,
    credited_with,
    share_credit,
)
from clientele.services.pricing import SetQuantity, set_quantity
from clientele.services.returns import BringBack, bring_back
from clientele.services.rows import the
from clientele.services.shown_items import RemoveShownItem, remove_shown_item
from clientele.services.visits import StartVisit, start_visit
from clientele.store.doctor import examine
from tests.services.floor import Floor
from tests.services.till import item, page, rung, shown


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def joined(floor: Floor, visit: int, colleague: int | None, *, came: bool = True) -> None:
    """A colleague is at the stop, or is only asked to come."""
    stop = page(floor, visit).stop
    assert stop is not None
    with floor.store.write() as session:
        row = the(session, VisitStop, stop.id)
        row.colleague_id, row.joined_at = colleague, floor.clock.now() if came else None


def credit(floor: Floor, visit: int, key: int) -> dict[str, int]:
    return {part.associate: part.parts for part in item(floor, visit, key).credit}


def amounts(floor: Floor) -> dict[int, dict[int, int]]:
    """What each is credited with, by line."""
    with floor.store.read() as session:
        return {
            line.id or 0: credited_with(session, line)
            for line in session.query(PurchaseLine).order_by("id")
        }


def test_who_shows_it_alone_is_credited(floor: Floor, visit: int) -> None:
    shirt = shown(floor, visit, "Shirt 127.00")
    assert credit(floor, visit, shirt) == {"R. Okafor": 1}
    joined(floor, visit, floor.silva, came=False)
    assert credit(floor, visit, shown(floor, visit, "Tie 80.00")) == {"R. Okafor": 1}
    joined(floor, visit, floor.okafor)
    assert credit(floor, visit, shown(floor, visit, "Sock 8.00")) == {"R. Okafor": 1}


def test_a_colleague_who_joined_shares_in_equal_parts(floor: Floor, visit: int) -> None:
    joined(floor, visit, floor.silva)
    loafer = shown(floor, visit, "Loafer 190.01")
    assert credit(floor, visit, loafer) == {"R. Okafor": 1, "M. Silva": 1}
    assert item(floor, visit, loafer).shared
    rung(floor, visit, "1")
    (shared,) = amounts(floor).values()
    assert shared == {floor.okafor: 9501, floor.silva: 9500}
    with floor.store.read() as session:
        assert session.query(PurchaseLine).one().associate_id == floor.okafor
    assert all(finding.ok for finding in examine(floor.store, quick=True) if finding.content)


def test_credit_is_changed_in_one_touch_and_back(floor: Floor, visit: int) -> None:
    loafer = shown(floor, visit, "Loafer 190.00")
    halves = ShareCredit(loafer, ((floor.okafor, 1), (floor.silva, 1)))
    changed = floor.do(share_credit, halves)
    assert changed.clients == {floor.daniel}
    assert credit(floor, visit, loafer) == {"R. Okafor": 1, "M. Silva": 1}
    floor.undo(changed)
    assert credit(floor, visit, loafer) == {"R. Okafor": 1}
    floor.do(share_credit, halves)
    floor.do(share_credit, ShareCredit(loafer, ((floor.okafor, 1), (floor.silva, 3))))
    assert credit(floor, visit, loafer) == {"R. Okafor": 1, "M. Silva": 3}
    rung_line = rung(floor, visit, "1")
    assert rung_line
    (shared,) = amounts(floor).values()
    assert shared == {floor.okafor: 4750, floor.silva: 14250}
    with floor.store.read() as session:
        assert session.query(PurchaseLine).one().associate_id == floor.silva
    with pytest.raises(CreditOfRungStays):
        floor.do(share_credit, halves)


def test_theirs_alone_leaves_no_shares(floor: Floor, visit: int) -> None:
    joined(floor, visit, floor.silva)
    loafer = shown(floor, visit, "Loafer 190.00")
    floor.do(share_credit, ShareCredit(loafer, ((floor.silva, 1),)))
    assert credit(floor, visit, loafer) == {"M. Silva": 1}
    rung(floor, visit, "1")
    assert list(amounts(floor).values()) == [{floor.silva: 19000}]
    with floor.store.read() as session:
        assert session.query(CreditShare).count() == 0
        assert session.query(ItemCredit).count() == 0


def test_somebody_is_credited(floor: Floor, visit: int) -> None:
    loafer = shown(floor, visit, "Loafer 190.00")
    me = floor.okafor
    for wrong in ((), ((me, 0),), ((me, 101),), ((me, 1), (me, 1)), ((me, 1), (floor.silva, -1))):
        with pytest.raises(NobodyCredited, match="Somebody has to be credited"):
            floor.do(share_credit, ShareCredit(loafer, wrong))
    with pytest.raises(NotThere):
        floor.do(share_credit, ShareCredit(loafer, ((999, 1),)))
    assert credit(floor, visit, loafer) == {"R. Okafor": 1}


def test_an_item_goes_and_comes_back_with_its_credit(floor: Floor, visit: int) -> None:
    joined(floor, visit, floor.silva)
    loafer = shown(floor, visit, "Loafer 190.00")
    removed = floor.do(remove_shown_item, RemoveShownItem(loafer))
    with floor.store.read() as session:
        assert session.query(ItemCredit).count() == 0
    floor.undo(removed)
    assert credit(floor, visit, loafer) == {"R. Okafor": 1, "M. Silva": 1}


def test_whoever_takes_it_back_loses_nothing(floor: Floor, visit: int) -> None:
    joined(floor, visit, floor.silva)
    socks = shown(floor, visit, "Socks 10.01")
    floor.do(share_credit, ShareCredit(socks, ((floor.okafor, 2), (floor.silva, 1))))
    rung(floor, visit, "1")
    (sold,) = amounts(floor)
    floor.clock.advance(timedelta(days=3))
    back = floor.new(bring_back, BringBack(visit, floor.silva, sold, why="too small"))
    with pytest.raises(CreditOfReturnStays, match="its credit is that of the sale"):
        floor.do(share_credit, ShareCredit(back, ((floor.silva, 1),)))
    rung(floor, visit, "2")
    by_line = amounts(floor)
    taken = by_line[max(by_line)]
    assert by_line[sold] == {floor.okafor: 667, floor.silva: 334}
    assert taken == {floor.okafor: -667, floor.silva: -334}
    assert all(finding.ok for finding in examine(floor.store, quick=True) if finding.content)


def test_pieces_that_come_back_one_by_one_leave_nobody_a_cent(floor: Floor, visit: int) -> None:
    joined(floor, visit, floor.silva)
    buttons = shown(floor, visit, "Buttons 0.01")
    floor.do(set_quantity, SetQuantity(buttons, "5"))
    rung(floor, visit, "1")
    (sold,) = amounts(floor)
    for receipt in range(2, 7):
        floor.new(bring_back, BringBack(visit, floor.silva, sold, 1000))
        rung(floor, visit, str(receipt))
    whole: dict[int, int] = {}
    for line in amounts(floor).values():
        for one, amount in line.items():
            whole[one] = whole.get(one, 0) + amount
    assert amounts(floor)[sold] == {floor.okafor: 3, floor.silva: 2}
    assert whole == {floor.okafor: 0, floor.silva: 0}
    assert all(finding.ok for finding in examine(floor.store, quick=True) if finding.content)


def test_goods_without_a_record_credit_nobody(floor: Floor, visit: int) -> None:
    floor.new(bring_back, BringBack(visit, floor.okafor, text="Two tyres 145.00"))
    rung(floor, visit, "1")
    assert list(amounts(floor).values()) == [{}]
