"""What the client brings back: on record or not, whole or in part, and exchanges."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.errors import CardNumberFound, NotThere
from clientele.domain.money import parse_price
from clientele.domain.tables import Client, LineReturn, Purchase, PurchaseLine
from clientele.services.pricing import SetQuantity, set_quantity
from clientele.services.returns import (
    BringBack,
    CameBackAlready,
    MoreThanIsLeft,
    NothingBrought,
    bring_back,
)
from clientele.services.rows import new_id
from clientele.services.shown_items import (
    ComesBack,
    EditShownItem,
    RemoveShownItem,
    SetOutcome,
    edit_shown_item,
    remove_shown_item,
    set_outcome,
)
from clientele.services.tickets import PriceMissing, RingOnce, ring_once
from clientele.services.visits import Leave, StartVisit, VisitEnded, leave, start_visit
from clientele.store.doctor import examine
from clientele.store.queries.brief import brief
from clientele.store.queries.client import client_page
from clientele.store.queries.owned import owned_lines, owns
from tests.services.floor import Floor
from tests.services.till import CARD, item, page, rung, shown


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def sold(floor: Floor, amount: int, *, quantity: int = 1000, **more: object) -> int:
    """Something that was bought in Men's Shoes three weeks ago."""
    values = {"item": "Suede loafer, 10 D", "currency": "EUR", **more}
    at = floor.clock.now() - timedelta(days=21)
    with floor.store.write() as session:
        purchase = new_id(
            session,
            Purchase(
                client_id=floor.daniel,
                sold_at=at,
                sold_on=at.date(),
                associate_id=floor.silva,
                currency=str(values["currency"]),
                total=amount,
            ),
        )
        return new_id(
            session,
            PurchaseLine(
                purchase_id=purchase,
                department_id=floor.shoes,
                item=str(values["item"]),
                quantity=quantity,
                amount=amount,
                associate_id=floor.silva,
            ),
        )


def left(floor: Floor) -> list[tuple[str, int, int]]:
    return [(line.item, line.left, line.left_amount) for line in floor.ask(owned_lines, 1)]


def test_what_was_paid_is_given_back(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000)
    brought = floor.do(bring_back, BringBack(visit, floor.okafor, line, why="too small"))
    assert brought.clients == {floor.daniel}
    (back,) = page(floor, visit).items
    assert (back.item, back.department, back.amount) == (
        "Suede loafer, 10 D",
        "Men's Shoes",
        -19000,
    )
    assert (back.why, back.back, back.returns_line_id) == ("too small", True, line)
    assert back.bought_at == floor.clock.now() - timedelta(days=21)
    assert page(floor, visit).to_pay == -19000
    assert left(floor) == []
    assert [one.item for one in floor.ask(owns, floor.daniel, floor.shoes)] == [
        "Suede loafer, 10 D"
    ]
    rang = floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    assert page(floor, visit).rung[0].total == -19000
    with floor.store.read() as session:
        (told,) = session.query(LineReturn).all()
        assert (told.sold_line_id, told.why) == (line, "too small")
        returned = session.get(PurchaseLine, told.return_line_id)
        assert returned is not None
        assert (returned.quantity, returned.amount) == (-1000, -19000)
        assert returned.department_id == floor.shoes
    client = floor.ask(client_page, floor.daniel, now=floor.clock.now())
    assert client.spent == 0
    assert floor.ask(owns, floor.daniel, floor.shoes) == ()
    assert all(finding.ok for finding in examine(floor.store, quick=True) if finding.content)
    floor.undo(rang)
    assert page(floor, visit).to_pay == -19000
    with floor.store.read() as session:
        assert session.query(LineReturn).count() == 0
    floor.undo(brought)
    assert page(floor, visit).items == ()
    assert left(floor) == [("Suede loafer, 10 D", 1000, 19000)]


def test_an_exchange_is_one_ticket(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000)
    floor.do(bring_back, BringBack(visit, floor.okafor, line, why="too small"))
    shown(floor, visit, "Suede loafer, 10½ D 210.00")
    assert page(floor, visit).to_pay == 2000
    rung(floor, visit, "1")
    (ticket,) = page(floor, visit).rung
    assert ticket.total == 2000
    client = floor.ask(client_page, floor.daniel, now=floor.clock.now())
    assert client.spent == 21000
    assert [(share.lines, share.amount) for share in client.across] == [(1, 21000), (0, 0)]
    told = floor.ask(brief, floor.daniel, now=floor.clock.now()).turned_out
    assert [(one.item, one.purchase_id) for one in told] == [("Suede loafer, 10 D", 1)]


def test_some_of_several_come_back_to_the_cent(floor: Floor, visit: int) -> None:
    line = sold(floor, 10000, quantity=3000, item="Three shirts")
    one = floor.new(bring_back, BringBack(visit, floor.okafor, line, 1000))
    assert item(floor, visit, one).amount == -3333
    with pytest.raises(MoreThanIsLeft, match="Of “Three shirts” only 2 can come back"):
        floor.do(bring_back, BringBack(visit, floor.okafor, line, 2001))
    rung(floor, visit, "1")
    assert left(floor) == [("Three shirts", 2000, 6667)]
    rest = floor.new(bring_back, BringBack(visit, floor.okafor, line))
    assert item(floor, visit, rest).amount == -6667
    rung(floor, visit, "2")
    client = floor.ask(client_page, floor.daniel, now=floor.clock.now())
    assert client.spent == 0
    with pytest.raises(CameBackAlready, match="“Three shirts” was brought back already"):
        floor.do(bring_back, BringBack(visit, floor.okafor, line))


def test_how_many_come_back_is_changed(floor: Floor, visit: int) -> None:
    line = sold(floor, 10000, quantity=3000)
    back = floor.new(bring_back, BringBack(visit, floor.okafor, line, 1000))
    changed = floor.do(set_quantity, SetQuantity(back, "3"))
    assert item(floor, visit, back).amount == -10000
    with pytest.raises(MoreThanIsLeft, match="only 3 can come back"):
        floor.do(set_quantity, SetQuantity(back, "4"))
    floor.undo(changed)
    assert item(floor, visit, back).amount == -3333
    floor.do(set_quantity, SetQuantity(back, "3"))
    floor.do(edit_shown_item, EditShownItem(back, "price", "40"))
    assert item(floor, visit, back).amount == -12000


def test_what_stands_on_a_ticket_is_not_brought_back_twice(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000)
    floor.do(bring_back, BringBack(visit, floor.okafor, line))
    with pytest.raises(CameBackAlready):
        floor.do(bring_back, BringBack(visit, floor.okafor, line))
    first = page(floor, visit).items[0].id
    removed = floor.do(remove_shown_item, RemoveShownItem(first))
    again = floor.new(bring_back, BringBack(visit, floor.okafor, line))
    assert item(floor, visit, again).amount == -19000
    floor.do(remove_shown_item, RemoveShownItem(again))
    assert removed.clients == {floor.daniel}


def test_what_came_back_at_another_terminal_is_not_rung(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000)
    floor.do(bring_back, BringBack(visit, floor.okafor, line))
    elsewhere = sold(floor, -19000, quantity=-1000)
    floor.add(LineReturn(sold_line_id=line, return_line_id=elsewhere))
    with pytest.raises(CameBackAlready):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    assert page(floor, visit).rung == ()


def test_a_return_that_a_file_brought_counts(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000)
    sold(floor, -19000, quantity=-1000)
    assert left(floor) == []
    with pytest.raises(CameBackAlready):
        floor.do(bring_back, BringBack(visit, floor.okafor, line))


def test_no_record_and_no_receipt_are_needed(floor: Floor, visit: int) -> None:
    said = BringBack(visit, floor.okafor, text="Two tyres, 205/55", why="never sold here")
    tyres = floor.new(bring_back, said)
    found = item(floor, visit, tyres)
    assert (found.item, found.detail, found.price, found.credit) == (
        "Two tyres",
        "205/55",
        None,
        (),
    )
    assert found.department == "Men's Suits"
    with pytest.raises(PriceMissing, match="“Two tyres” has no price"):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    floor.do(edit_shown_item, EditShownItem(tyres, "price", "145"))
    rung(floor, visit, "1")
    assert page(floor, visit).rung[0].total == -14500
    with pytest.raises(NothingBrought, match="What comes back"):
        floor.do(bring_back, BringBack(visit, floor.okafor, text="  "))


def test_only_what_this_client_bought_comes_back(floor: Floor, visit: int) -> None:
    at = floor.clock.now()
    other = floor.add(Client(sort_name="x", created_at=at, updated_at=at))
    theirs = floor.new(start_visit, StartVisit(other, floor.okafor, floor.suits))
    line = sold(floor, 19000)
    for wrong in (line, 999):
        with pytest.raises(NotThere):
            floor.do(bring_back, BringBack(theirs, floor.okafor, wrong))
    floor.do(leave, Leave(visit, floor.okafor))
    with pytest.raises(VisitEnded):
        floor.do(bring_back, BringBack(visit, floor.okafor, line))


def test_another_currency_is_typed(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000, currency="USD")
    back = floor.new(bring_back, BringBack(visit, floor.okafor, line))
    assert item(floor, visit, back).price is None
    floor.do(edit_shown_item, EditShownItem(back, "price", "175"))
    assert page(floor, visit).to_pay == -(parse_price("175", "EUR") or 0)


def test_what_comes_back_has_no_other_outcome(floor: Floor, visit: int) -> None:
    back = floor.new(bring_back, BringBack(visit, floor.okafor, sold(floor, 19000)))
    shirt = shown(floor, visit, "Shirt 127.00")
    for wrong in (SetOutcome(back, "keeping"), SetOutcome(shirt, "return")):
        with pytest.raises(ComesBack, match="comes back"):
            floor.do(set_outcome, wrong)


def test_they_are_found_by_their_words_the_newest_first(floor: Floor, visit: int) -> None:
    sold(floor, 19000)
    sold(floor, 9000, item="Belt, brown")
    sold(floor, 0, item="Laces, brown")
    assert [line.item for line in floor.ask(owned_lines, floor.daniel)] == [
        "Laces, brown",
        "Belt, brown",
        "Suede loafer, 10 D",
    ]
    for words, items in (
        ("brown belt", ["Belt, brown"]),
        ("LOAFER", ["Suede loafer, 10 D"]),
        ("shoes loafer", ["Suede loafer, 10 D"]),
        ("tyre", []),
    ):
        assert [line.item for line in floor.ask(owned_lines, floor.daniel, words)] == items


def test_a_card_number_is_no_reason_and_no_article(floor: Floor, visit: int) -> None:
    line = sold(floor, 19000)
    for wrong in (
        BringBack(visit, floor.okafor, line, why=f"to card {CARD}"),
        BringBack(visit, floor.okafor, text=f"Tyres, {CARD}"),
    ):
        with pytest.raises(CardNumberFound):
            floor.do(bring_back, wrong)
    assert page(floor, visit).items == ()
