"""The visit page: the open visits, the route, and only what matters in a department."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clientele.domain.preferences import Evidence, PreferenceKind
from clientele.domain.tables import (
    Client,
    HouseholdMember,
    Preference,
    Purchase,
    PurchaseLine,
    Size,
)
from clientele.services.visits import GoTo, Leave, StartVisit, go_to, leave, start_visit
from clientele.store.queries.owned import OWNS_AT_MOST
from clientele.store.queries.visit import for_department, open_visits, visit_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    return a_floor(store, clock)


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


def prefers(floor: Floor, kind: str, what: str, department: int | None, **fields: int) -> None:
    floor.add(
        Preference(
            client_id=floor.daniel,
            department_id=department,
            kind=kind,
            what=what,
            created_at=floor.clock.now(),
            **fields,
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


def test_only_what_matters_in_the_department(floor: Floor) -> None:
    size(floor, "10 D", 400)
    size(floor, "10½ D", 3, fit="wide toe box")
    size(floor, "11", 1, brand="Arden")
    size(floor, "42R", 2, category="Suit", department_id=floor.suits)
    size(floor, "1.86 m", 9, category="Height", department_id=None)
    member = floor.add(HouseholdMember(client_id=floor.daniel, name="Mai"))
    size(floor, "6", 1, category="Ring", household_member_id=member)
    prefers(floor, PreferenceKind.AVOID, "being rushed", None)
    prefers(floor, PreferenceKind.AVOID, "patent", floor.shoes)
    prefers(floor, PreferenceKind.LIKE, "navy", None)
    prefers(floor, PreferenceKind.LIKE, "peak lapels", floor.suits)
    prefers(floor, PreferenceKind.LIKE, "emerald", None, household_member_id=member)
    known = floor.ask(for_department, floor.daniel, floor.shoes)
    assert known.department == "Men's Shoes"
    assert [(row.category, row.brand, row.value) for row in known.sizes] == [
        ("Oxford", "Arden", "11"),
        ("Oxford", "", "10½ D"),
        ("Height", "", "1.86 m"),
    ]
    assert known.avoids == ("patent", "being rushed")
    assert known.likes == ("navy",)


def test_what_they_own_is_what_did_not_come_back(floor: Floor) -> None:
    at = floor.clock.now()
    bought(
        floor,
        at - timedelta(days=700),
        (floor.shoes, "Black derby", 21000),
        (floor.shoes, "Brown brogue", 23000),
        (floor.suits, "Navy suit", 90000),
        (floor.shoes, "", 500),
    )
    bought(floor, at - timedelta(days=20), (floor.shoes, "Brown brogue", -23000))
    bought(floor, at - timedelta(days=300), (floor.shoes, "Suede loafer", 19000))
    known = floor.ask(for_department, floor.daniel, floor.shoes)
    assert [row.item for row in known.owns] == ["Suede loafer", "Black derby"]
    assert known.owns[1].bought_at == at - timedelta(days=700)


def test_of_many_articles_the_latest_are_owned(floor: Floor) -> None:
    at = floor.clock.now()
    for day in range(OWNS_AT_MOST + 2):
        bought(floor, at - timedelta(days=day), (floor.shoes, f"Pair {day}", 100))
    owns = floor.ask(for_department, floor.daniel, floor.shoes).owns
    assert [row.item for row in owns] == [f"Pair {day}" for day in range(OWNS_AT_MOST)]


def test_a_department_of_which_nothing_is_known(floor: Floor) -> None:
    known = floor.ask(for_department, floor.daniel, floor.accessories)
    assert (known.sizes, known.likes, known.avoids, known.owns) == ((), (), (), ())
    assert known.department == "Accessories"
