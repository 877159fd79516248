"""A statement that is compiled once answers what SQLAlchemy answers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from clientele.domain.tables import Client, Consent, Purchase
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident
from clientele.store.session import Store

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def people(store: Store) -> list[int]:
    """Five clients, the first with two purchases and a consent."""
    with store.write() as session:
        clients = [
            Client(given_name=name, sort_name=name.lower(), created_at=AT, updated_at=AT)
            for name in ("Ada", "Bea", "Cleo", "Dora", "Ella")
        ]
        session.add_all(clients)
        session.flush()
        keys = [client.id or 0 for client in clients]
        for day in (1, 2):
            session.add(
                Purchase(
                    client_id=keys[0],
                    sold_at=AT.replace(day=day),
                    sold_on=date(2026, 3, day),
                    currency="EUR",
                    total=100 * day,
                )
            )
        session.add(Consent(client_id=keys[0], channel="call", allowed=False, said_at=AT))
    return keys


NAMES = Prepared(
    select(ident(Client.id), col(Client.given_name))
    .where(ident(Client.id).in_(among("ids")), col(Client.given_name) != "Dora")
    .order_by(ident(Client.id))
    .limit(4)
)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_a_list_may_have_any_length(store: Store, people: list[int], count: int) -> None:
    names = ["Ada", "Bea", "Cleo", "Dora", "Ella"]
    with store.read() as session:
        rows = NAMES.rows(session, ids=people[:count])
    expected = [pair for pair in zip(people, names, strict=True) if pair[1] != "Dora"]
    assert rows == [pair for pair in expected if pair[0] in people[:count]]


def test_values_are_written_and_read_as_their_columns_are(store: Store, people: list[int]) -> None:
    since = Prepared(
        select(col(Purchase.sold_at), col(Purchase.sold_on), col(Purchase.total))
        .where(col(Purchase.client_id) == given("key"), col(Purchase.sold_at) > given("since"))
        .order_by(col(Purchase.sold_at))
    )
    latest = Prepared(
        select(func.max(col(Purchase.sold_at)), func.sum(col(Purchase.total))).where(
            col(Purchase.client_id) == given("key")
        )
    )
    allowed = Prepared(select(col(Consent.allowed)).where(col(Consent.client_id) == given("key")))
    with store.read() as session:
        assert since.rows(session, key=people[0], since=AT) == [
            (AT.replace(day=2), date(2026, 3, 2), 200)
        ]
        assert latest.first(session, key=people[0]) == (AT.replace(day=2), 300)
        assert latest.first(session, key=people[1]) == (None, None)
        assert allowed.column(session, key=people[0]) == [False]
        assert allowed.first(session, key=people[1]) is None


def test_what_the_session_has_not_written_yet_is_seen(store: Store, people: list[int]) -> None:
    with store.write() as session:
        late = Client(given_name="Fay", sort_name="fay", created_at=AT, updated_at=AT)
        session.add(late)
        session.get_one(Client, people[0]).given_name = "Adele"
        rows = NAMES.rows(session, ids=people[:1])
        assert rows == [(people[0], "Adele")]


def test_a_value_that_is_missing_is_a_mistake(store: Store) -> None:
    with store.read() as session, pytest.raises(KeyError):
        Prepared(select(col(Client.given_name)).where(ident(Client.id) == given("key"))).rows(
            session
        )
