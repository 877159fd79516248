"""Whose clients are listed, in which order, and how many there are."""

from __future__ import annotations

from datetime import datetime

import pytest

from clientele.domain.client import BookRole
from clientele.domain.tables import BookMembership, Client
from clientele.services.rows import new_id
from clientele.services.team import AddAssociate, add_associate, department_named
from clientele.store.queries.clients import Book, WhoseBook, client_ids, count_clients, first_ids
from clientele.store.session import Store
from clientele.system.clock import FixedClock


@pytest.fixture
def people(store: Store, clock: FixedClock) -> dict[str, int]:
    """Two tailors and a shoe seller; five clients with names of one letter."""
    now = clock.now()
    with store.write() as session:
        ids = {
            name: add_associate(session, AddAssociate(name, place), now=now).subject or 0
            for name, place in (("Ann", "Suits"), ("Bo", "Suits"), ("Cy", "Shoes"))
        }
        shoes = department_named(session, "Shoes")
        ids["suits"] = department_named(session, "Suits")
        ids["shoes"] = shoes
        for name in "zyxwv":
            client = Client(family_name=name, sort_name=name, created_at=now, updated_at=now)
            ids[name] = new_id(session, client)

        def knows(client: str, by: str, place: int | None, until: datetime | None = None) -> None:
            role = BookRole.OWNER if place is None else BookRole.DEPARTMENT
            session.add(
                BookMembership(
                    client_id=ids[client], associate_id=ids[by], department_id=place, role=role,
                    since=now, until=until,
                )
            )  # fmt: skip

        knows("z", "Ann", None)
        knows("z", "Ann", shoes)
        knows("y", "Ann", None, until=now)
        knows("y", "Bo", None)
        knows("x", "Cy", None)
        knows("w", "Ann", shoes)
    return ids


@pytest.mark.parametrize(
    ("book", "associate", "department", "names"),
    [
        (Book.MINE, "Ann", "suits", "wz"),
        (Book.MINE, "Bo", "suits", "y"),
        (Book.DEPARTMENT, "Bo", "suits", "wyz"),
        (Book.DEPARTMENT, "Cy", "shoes", "wxz"),
        (Book.STORE, "Ann", "suits", "vwxyz"),
    ],
)
def test_a_book_has_its_clients_once_and_in_order(
    store: Store, people: dict[str, int], book: Book, associate: str, department: str, names: str
) -> None:
    whose = WhoseBook(book, people[associate], people[department])
    expected = [people[name] for name in names]
    with store.read() as session:
        assert list(client_ids(session, whose)) == expected
        assert list(first_ids(session, whose, 2)) == expected[:2]
        assert count_clients(session, whose) == len(expected)


def test_a_long_list_is_read_in_pieces(
    store: Store, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.queries.clients.PIECE", 1)
    with store.read() as session:
        found = client_ids(session, WhoseBook(Book.STORE, people["Ann"]))
        nobody = client_ids(session, WhoseBook(Book.MINE, 999))
    assert list(found) == [people[name] for name in "vwxyz"]
    assert list(nobody) == []


def test_counting_a_book_reads_no_client(store: Store, people: dict[str, int]) -> None:
    for book in (Book.MINE, Book.DEPARTMENT):
        whose = WhoseBook(book, people["Ann"], people["suits"])
        with store.read() as session:
            plan = explained(store, whose)
            assert count_clients(session, whose)
        assert not [step for step in plan if "client" in step.split()[1:2]]
        searches = [step for step in plan if "book_membership" in step]
        assert searches
        assert all("USING COVERING INDEX" in step for step in searches)


def explained(store: Store, whose: WhoseBook) -> list[str]:
    """How SQLite answers ``count_clients``."""
    from sqlalchemy import Engine, event

    said: list[tuple[str, object]] = []

    def hear(_: object, __: object, statement: str, values: object, *___: object) -> None:
        said.append((statement, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        with store.read() as session:
            count_clients(session, whose)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    statement, values = next(one for one in said if one[0].startswith("SELECT count"))
    with store.read() as session:
        run = session.connection().exec_driver_sql
        return [row[3] for row in run(f"EXPLAIN QUERY PLAN {statement}", values)]  # type: ignore[arg-type]
