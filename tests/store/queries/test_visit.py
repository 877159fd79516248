"""The visit page: the open visits and the route."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from clientele.domain.preferences import Evidence
from clientele.domain.tables import (
    Client,
    Preference,
    Purchase,
    PurchaseLine,
    Size,
)
from clientele.services.visits import GoTo, Leave, StartVisit, go_to, leave, start_visit
from clientele.store.queries.visit import open_visits, visit_page
from tests.services.floor import Floor


def size(floor: Floor, value: str, days_ago: int, **fields: Any) -> None:
    at = floor.clock.now() - timedelta(days=days_ago)
    whole: dict[str, Any] = {"category": "Oxford", "department_id": floor.shoes, **fields}
    floor.add(
        Size(
            **whole,
            client_id=floor.daniel,
            value=value,
            evidence=Evidence.KEPT,
            evidence_at=at,
        )
    )


def prefers(
    floor: Floor,
    kind: str,
    what: str,
    department: int | None,
    *,
    household_member_id: int | None = None,
) -> None:
    floor.add(
        Preference(
            client_id=floor.daniel,
            department_id=department,
            kind=kind,
            what=what,
            created_at=floor.clock.now(),
            household_member_id=household_member_id,
        )
    )


def bought(floor: Floor, at: datetime, *lines: tuple[int, str, int], who: int | None = None) -> int:
    purchase = floor.add(
        Purchase(
            client_id=who or floor.daniel,
            sold_at=at,
            sold_on=at.date(),
            currency="EUR",
            total=sum(amount for _, _, amount in lines),
        )
    )
    for department, item, amount in lines:
        floor.add(
            PurchaseLine(purchase_id=purchase, department_id=department, item=item, amount=amount)
        )
    return purchase


def test_open_visits_stand_in_the_order_of_arrival(floor: Floor) -> None:
    now = floor.clock.now()
    noor = floor.add(Client(given_name="Noor", sort_name="noor", created_at=now, updated_at=now))
    first = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits, "a suit"))
    floor.clock.advance(timedelta(minutes=3))
    second = floor.new(start_visit, StartVisit(noor, floor.silva, floor.shoes))
    floor.do(go_to, GoTo(first, floor.accessories))
    rows = floor.ask(open_visits)
    assert [(row.id, row.named.name, row.department) for row in rows] == [
        (first, "Daniel Tran", "Accessories"),
        (second, "Noor", "Men's Shoes"),
    ]
    assert [row.id for row in floor.ask(open_visits, floor.silva)] == [second]
    assert rows[0].here_for == "a suit"
    floor.do(leave, Leave(first, floor.okafor))
    assert [row.id for row in floor.ask(open_visits)] == [second]


def test_a_visit_that_is_not_there(floor: Floor) -> None:
    assert floor.ask(visit_page, 99) is None
