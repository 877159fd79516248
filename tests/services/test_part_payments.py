"""Money that was paid ahead, until it is taken off a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.errors import CardNumberFound
from clientele.domain.money import NotAnAmount
from clientele.domain.tables import Client, PartPayment
from clientele.services.part_payments import (
    ForWhatMissing,
    NothingPaidAhead,
    PaidAheadAlready,
    PaidAheadReceiptMissing,
    PartPaymentStays,
    PartPaymentUsed,
    PayAhead,
    RemovePartPayment,
    TooMuchPaidAhead,
    pay_ahead,
    remove_part_payment,
)
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.visits import StartVisit, start_visit
from clientele.store.doctor import examine
from tests.services.floor import Floor
from tests.services.till import CARD, page, rung, shown


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def paid(floor: Floor, amount: str = "100.00", what: str = "navy coat", receipt: str = "7") -> int:
    return floor.new(pay_ahead, PayAhead(floor.daniel, floor.okafor, amount, what, receipt))


def test_it_waits_for_the_ticket_it_is_for(floor: Floor, visit: int) -> None:
    ahead = paid(floor)
    floor.clock.advance(timedelta(days=14))
    shown(floor, visit, "Shirt 127.00")
    (waits,) = page(floor, visit).paid_ahead
    assert (waits.id, waits.what, waits.amount, waits.receipt) == (ahead, "navy coat", 10000, "7")
    assert waits.associate == "R. Okafor"
    assert page(floor, visit).meant == ()
    assert page(floor, visit).to_pay == 12700
    shown(floor, visit, "Coat, navy 42R 480.00")
    assert page(floor, visit).meant == (waits,)
    assert (page(floor, visit).total, page(floor, visit).to_pay) == (60700, 50700)


def test_it_is_taken_off_and_comes_back_with_undo(floor: Floor, visit: int) -> None:
    ahead = paid(floor)
    shown(floor, visit, "Coat, navy 480.00")
    rang = floor.do(ring_once, RingOnce(visit, "8", floor.okafor, part_payments=(ahead,)))
    (ticket,) = page(floor, visit).rung
    assert (ticket.total, ticket.paid) == (48000, 38000)
    assert [one.what for one in ticket.paid_ahead] == ["navy coat"]
    assert page(floor, visit).paid_ahead == ()
    assert all(finding.ok for finding in examine(floor.store, quick=True) if finding.content)
    with pytest.raises(PartPaymentStays):
        floor.do(remove_part_payment, RemovePartPayment(ahead))
    floor.undo(rang)
    assert [one.id for one in page(floor, visit).paid_ahead] == [ahead]
    assert page(floor, visit).rung == ()


def test_more_than_the_ticket_is_given_back(floor: Floor, visit: int) -> None:
    ahead = paid(floor, "500")
    shown(floor, visit, "Coat, navy 480.00")
    assert page(floor, visit).to_pay == -2000
    rung(floor, visit, "8", ahead)
    assert page(floor, visit).rung[0].paid == -2000


def test_what_is_not_chosen_waits_on(floor: Floor, visit: int) -> None:
    ahead = paid(floor)
    shown(floor, visit, "Coat, navy 480.00")
    rung(floor, visit, "8")
    assert [one.id for one in page(floor, visit).paid_ahead] == [ahead]


def test_it_is_used_once_and_by_its_client(floor: Floor, visit: int) -> None:
    at = floor.clock.now()
    shown(floor, visit, "Coat, navy 480.00")
    other = floor.add(Client(sort_name="x", created_at=at, updated_at=at))
    theirs = floor.new(pay_ahead, PayAhead(other, floor.okafor, "5", "coat", "9"))
    dollars = floor.add(
        PartPayment(
            client_id=floor.daniel, what="coat", receipt="10", amount=5, currency="USD", paid_at=at
        )
    )
    ahead = paid(floor)
    for wrong in ((theirs,), (dollars,), (999,), (ahead, ahead)):
        with pytest.raises(PartPaymentUsed, match="used or taken away meanwhile"):
            floor.do(ring_once, RingOnce(visit, "8", floor.okafor, part_payments=wrong))
        assert page(floor, visit).rung == ()
    rung(floor, visit, "8", ahead)


@pytest.mark.parametrize("amount", ["", "0", "-5", "0.00"])
def test_nothing_is_no_payment(floor: Floor, amount: str) -> None:
    with pytest.raises(NothingPaidAhead, match="How much was paid"):
        paid(floor, amount)


def test_what_is_no_payment(floor: Floor) -> None:
    with pytest.raises(NotAnAmount):
        paid(floor, "cheap")
    with pytest.raises(TooMuchPaidAhead, match="“100000000” is more than anything costs"):
        paid(floor, "100000000")
    with pytest.raises(ForWhatMissing, match="What was it paid for"):
        paid(floor, what=" ")
    with pytest.raises(PaidAheadReceiptMissing, match="reference is missing"):
        paid(floor, receipt="  ")
    paid(floor)
    with pytest.raises(PaidAheadAlready, match="Receipt 7 stands here already"):
        paid(floor, "50", "something else")


def test_a_mistake_is_taken_away_and_brought_back(floor: Floor, visit: int) -> None:
    made = floor.do(pay_ahead, PayAhead(floor.daniel, floor.okafor, "5", "coat", "9", visit))
    assert made.clients == {floor.daniel}
    removed = floor.do(remove_part_payment, RemovePartPayment(made.subject or 0))
    assert page(floor, visit).paid_ahead == ()
    floor.undo(removed)
    assert [one.id for one in page(floor, visit).paid_ahead] == [made.subject]
    floor.undo(made)
    assert page(floor, visit).paid_ahead == ()


def test_a_card_number_is_no_reference_and_no_word(floor: Floor, visit: int) -> None:
    for what, receipt in (("coat", CARD), (f"coat, card {CARD}", "7")):
        with pytest.raises(CardNumberFound, match="looks like a card number"):
            paid(floor, "5", what, receipt)
    assert page(floor, visit).paid_ahead == ()
