"""What a ticket comes to, which payment ahead is meant for it, and what is collected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clientele.domain.promises import PromiseState
from clientele.domain.tables import Promise
from clientele.domain.visits import Outcome
from clientele.store.queries.collected import to_collect
from clientele.store.queries.ticket import Item, PaidAhead, Ticket
from clientele.system.clock import FixedClock
from tests.services.floor import Floor
from tests.store.queries.test_visit import bought


def an_item(words: str, **more: object) -> Item:
    values: dict[str, object] = {
        "id": 1,
        "stop_id": 1,
        "department_id": 1,
        "department": "Men's Suits",
        "item": words,
        "detail": "",
        "sku": "",
        "price": 1000,
        "outcome": Outcome.KEEPING,
        "why": "",
        "hold_until": None,
        "credited": "",
        "purchase_id": None,
    }
    return Item(**{**values, **more})  # type: ignore[arg-type]


def ahead(what: str, clock: FixedClock, amount: int = 5000) -> PaidAhead:
    return PaidAhead(1, what, "7", amount, "EUR", clock.now(), "R. Okafor")


@pytest.mark.parametrize(
    ("more", "whole", "amount"),
    [
        ({}, 1000, 1000),
        ({"quantity": 1500}, 1500, 1500),
        ({"mark_down": 100}, 1000, 900),
        ({"mark_down": 1001}, 1000, 0),
        ({"outcome": Outcome.RETURN, "mark_down": 1}, 1000, -999),
        ({"price": None, "mark_down": 5}, None, None),
    ],
)
def test_what_a_line_comes_to(
    more: dict[str, object], whole: int | None, amount: int | None
) -> None:
    item = an_item("Shirt", **more)
    assert (item.whole, item.amount) == (whole, amount)


@pytest.mark.parametrize(
    ("outcome", "purchase", "waits"),
    [
        (Outcome.KEEPING, None, True),
        (Outcome.RETURN, None, True),
        (Outcome.HOLD, None, False),
        (Outcome.KEEPING, 7, False),
    ],
)
def test_what_waits_for_the_till(outcome: str, purchase: int | None, waits: bool) -> None:
    assert an_item("Shirt", outcome=outcome, purchase_id=purchase).on_ticket is waits


@pytest.mark.parametrize(
    ("what", "article", "meant"),
    [
        ("navy coat", "Coat, navy 42R", True),
        ("navy coat, ordered in Florence", "Coat, navy 42R", True),
        ("navy coat", "Two-button suit, navy", False),
        ("white waistcoat, ordered", "Spread-collar shirt, white", False),
        ("COAT", "coat", True),
        ("a 2", "a 2", False),
    ],
)
def test_a_payment_is_meant_for_what_its_words_name(
    clock: FixedClock, what: str, article: str, meant: bool
) -> None:
    assert ahead(what, clock).is_for([an_item("Belt"), an_item(article)]) is meant


def test_what_was_paid_is_the_total_less_what_was_paid_before(clock: FixedClock) -> None:
    one = Ticket(1, "7", clock.now(), 4000, "EUR", paid_ahead=(ahead("coat", clock),))
    assert one.paid == -1000


def test_what_is_ready_and_paid_is_collected(floor: Floor) -> None:
    now = floor.clock.now()
    then = now - timedelta(days=14)
    bought(floor, then, (floor.suits, "Navy suit", 89000))

    def promised(what: str, state: str, **more: object) -> int:
        values: dict[str, Any] = {
            "client_id": floor.daniel,
            "promised_at": then,
            "department_id": floor.suits,
        }
        return floor.add(
            Promise(
                **{**values, **more},
                associate_id=floor.okafor,
                kind="alteration",
                what=what,
                state=state,
                due_on=now.date(),
                last_word_at=now,
            )
        )

    hem = promised("hem", PromiseState.READY, garment="navy suit 42R")
    promised("sleeves", PromiseState.OPEN)
    promised("collar", PromiseState.READY, promised_at=now - timedelta(days=3))
    promised("call", PromiseState.READY, department_id=None)
    (one,) = floor.ask(to_collect, floor.daniel)
    assert (one.promise_id, one.department, one.garment) == (hem, "Men's Suits", "navy suit 42R")
    assert (one.paid_on, one.ready_at) == (then.date(), now)
