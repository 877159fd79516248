"""A line of a list says the same from a card as from the rows; who waits is read from the rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Client, ContactPoint, Purchase, PurchaseLine, Visit
from clientele.services.clients import EditClient, edit_client
from clientele.store import cards, known
from clientele.store.queries.cards import cards_of, often_of
from clientele.store.queries.client import ClientPage, client_page
from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.spending import Share, shares_of
from clientele.store.session import Store
from tests.conftest import ZONE
from tests.services.floor import Floor
from tests.services.sample.looking import filled


def ids_of(session: Session) -> list[int]:
    return list(session.scalars(select(col(Client.id))))


def from_rows(store: Store) -> dict[int, ClientRow]:
    """What is said of all while every one of them waits to be brought up to date."""
    with store.write(later=True) as session:
        session.execute(update(Client).values(say_it=""))
        session.connection().exec_driver_sql(
            "INSERT OR IGNORE INTO client_stale SELECT id FROM client"
        )
        said = rows_of(session, ids_of(session))
        assert not cards_of(session, list(said))
        session.rollback()
    return said


def test_a_card_says_what_the_rows_say(store: Store) -> None:
    filled(store)
    with store.read() as session:
        ids = ids_of(session)
        assert len(cards_of(session, ids)) == len(ids)
        said = rows_of(session, ids)
    assert said == from_rows(store)
    assert any(row.knowing for row in said.values())
    assert any(row.phone for row in said.values())


def test_one_who_waits_is_read_from_the_rows(floor: Floor) -> None:
    with floor.store.write(later=True) as session:
        session.execute(update(Client).values(given_name="Denise"))
        session.add(ContactPoint(client_id=floor.daniel, kind="email", value="d@example.com"))
    with floor.store.read() as session:
        row = rows_of(session, [floor.daniel])[floor.daniel]
        assert (row.named.given_name, row.email) == ("Denise", "d@example.com")
    floor.do(edit_client, EditClient(floor.daniel, "family_name", "Trahn"))  # sets others aside
    with floor.store.read() as session:
        assert rows_of(session, [floor.daniel])[floor.daniel].email == "d@example.com"


def test_a_row_of_the_same_write_is_read_from_the_rows(floor: Floor) -> None:
    with floor.store.write() as session:
        session.execute(update(Client).values(given_name="Denise"))
        assert rows_of(session, [floor.daniel])[floor.daniel].named.given_name == "Denise"


def bought(floor: Floor, tickets: int, *, seed: int) -> None:
    """Many tickets over three years, in two currencies, some of them brought back."""
    rng = Random(seed)
    now = floor.clock.now()
    places = (floor.suits, floor.shoes, floor.accessories)
    purchases, lines = [], []
    for key in range(1, tickets + 1):
        at = now - timedelta(minutes=rng.randrange(3 * 365 * 24 * 60))
        on = at.astimezone(ZoneInfo(ZONE)).date()
        purchases.append({
            "id": key, "client_id": floor.daniel, "sold_at": at, "sold_on": on,
            "currency": rng.choice(("EUR", "EUR", "USD")), "total": 0, "receipt": "",
        })  # fmt: skip
        for _ in range(rng.randrange(1, 4)):
            lines.append({
                "purchase_id": key, "department_id": rng.choice(places), "item": "Tie",
                "amount": rng.randrange(-5_000, 20_000), "quantity": rng.choice((1, 2, -1)),
            })  # fmt: skip
    with floor.store.write() as session:
        session.execute(insert(Purchase), purchases)
        session.execute(insert(PurchaseLine), lines)


def page(floor: Floor) -> ClientPage:
    return floor.ask(client_page, floor.daniel, now=floor.clock.now())  # type: ignore[no-any-return]


def test_the_page_of_one_who_bought_often_says_the_same(floor: Floor) -> None:
    bought(floor, 2 * cards.OFTEN, seed=6)
    with floor.store.write() as session:
        session.add(Visit(client_id=floor.daniel, associate_id=floor.okafor,
                          arrived_at=floor.clock.now(), greeted_at=floor.clock.now()))  # fmt: skip
    assert floor.ask(often_of, floor.daniel)
    by_card = page(floor)
    with floor.store.write(later=True) as session:
        session.connection().exec_driver_sql("INSERT INTO client_stale SELECT id FROM client")
    assert not floor.ask(often_of, floor.daniel)
    assert page(floor) == by_card
    assert by_card.tickets == 2 * cards.OFTEN
    assert by_card.last_in == floor.clock.now()


def shares(floor: Floor, since: datetime) -> tuple[Share, ...]:
    return floor.ask(shares_of, floor.daniel, "EUR", since=since)  # type: ignore[no-any-return]


@pytest.mark.parametrize("days", [0, 1, 20, 21, 22, 51, 730, 2_000])
def test_one_who_bought_often_is_added_up_by_months(floor: Floor, days: int) -> None:
    bought(floor, 2 * cards.OFTEN, seed=3)
    assert floor.ask(often_of, floor.daniel)
    since = floor.clock.now() - timedelta(days=days)
    by_months = shares(floor, since)
    with floor.store.write(later=True) as session:
        session.connection().exec_driver_sql("INSERT INTO client_stale SELECT id FROM client")
    assert not floor.ask(often_of, floor.daniel)
    assert by_months == shares(floor, since)
    assert bool(by_months) == (days > 0)


def test_what_is_sold_later_counts_by_months_too(floor: Floor) -> None:
    bought(floor, 2 * cards.OFTEN, seed=4)
    since = floor.clock.now() - timedelta(days=730)
    before = sum(share.lines for share in shares(floor, since))
    with floor.store.write() as session:
        line = session.scalars(select(PurchaseLine).where(col(PurchaseLine.amount) > 0)).first()
        assert line is not None
        session.add(PurchaseLine(purchase_id=_newest(session), department_id=floor.shoes,
                                 item="Sock", amount=100, quantity=1))  # fmt: skip
    assert sum(share.lines for share in shares(floor, since)) == before + 1
    with floor.store.write() as session:
        assert known.disagreeing(session.connection()) == 0


def _newest(session: Session) -> int:
    found = session.scalar(select(col(Purchase.id)).order_by(col(Purchase.sold_at).desc()))
    assert found is not None
    return found


def test_one_who_bought_seldom_is_not(floor: Floor) -> None:
    bought(floor, 50, seed=5)
    assert floor.ask(often_of, floor.daniel) is None
