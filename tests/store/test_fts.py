"""Whatever changes a name changes who is found, and the bulk way ends where the slow way does."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from clientele.domain.rules.names import folded
from clientele.store import fts
from clientele.store.known_words import CLIENT_INDEXES
from clientele.store.session import Store
from tests.examples import examples

AT = "2026-11-21 09:00:00.000000"


def add(
    connection: Connection, number: int, given: str = "", family: str = "", likes: str = ""
) -> None:
    connection.exec_driver_sql(
        "INSERT INTO client (id, given_name, family_name, preferred_name, say_it, language, "
        "time_zone, sort_name, created_at, updated_at) VALUES (?, ?, ?, ?, '', '', '', '', ?, ?)",
        (number, given, family, likes, AT, AT),
    )


def clients(store: Store, match: str) -> list[int]:
    return found(store, "client_words", match)


def found(store: Store, index: str, match: str) -> list[int]:
    with store.read() as session:
        sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid"
        return list(session.connection().exec_driver_sql(sql, (match,)).scalars())


def sound(store: Store) -> bool:
    with store.write() as session:
        return fts.stale(session.connection()) == ()


@pytest.fixture
def people(store: Store) -> Store:
    with store.write() as session:
        connection = session.connection()
        add(connection, 1, "Ada", "Kaiser")
        add(connection, 2, "Søren", "Müller-Lüdenscheidt", "Buddy")
        add(connection, 3, "Łucja", "Dvořák")
    return store


@pytest.mark.parametrize(
    ("match", "numbers"),
    [
        ("ada ka*", [1]),
        ("ka* ada", [1]),
        ("soren", [2]),
        ("muller*", [2]),
        ("lu*", [2, 3]),
        ("budd*", [2]),
        ("dvorak", [3]),
        ("DVOŘÁK", [3]),
        ("nobody*", []),
    ],
)
def test_clients_by_the_first_letters_of_any_name(
    people: Store, match: str, numbers: list[int]
) -> None:
    assert clients(people, match) == numbers


def test_a_changed_name_is_found_and_the_former_not(people: Store) -> None:
    with people.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE client SET family_name = 'Moor' WHERE id = 1")
    assert (clients(people, "moor"), clients(people, "kaiser")) == ([1], [])
    assert sound(people)


def test_who_is_deleted_is_found_no_more_with_all_they_had(people: Store) -> None:
    with people.write() as session:
        session.connection().exec_driver_sql("DELETE FROM client WHERE id = 1")
    assert clients(people, "ada") == []
    assert sound(people)


def test_words_for_misspellings(people: Store) -> None:
    with people.read() as session:
        terms = session.connection().exec_driver_sql(
            "SELECT term, doc FROM client_terms WHERE term >= 'a' AND term < 'c' ORDER BY term"
        )
        assert [tuple(row) for row in terms] == [("ada", 1), ("buddy", 1)]


@pytest.mark.parametrize("typed", ["muller", "mueller", "mull*", "muel*", "luedens*", "soeren"])
def test_an_umlaut_is_found_in_both_of_its_spellings(people: Store, typed: str) -> None:
    assert clients(people, typed) == [2]


@given(st.text(alphabet="ßẞøØłŁđĐæÆœŒäÄéÉçÇñåÅžŽőŐabcXYZ", min_size=1, max_size=12))
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_names_are_folded_as_the_rule_does(people: Store, name: str) -> None:
    with people.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE client SET given_name = ? WHERE id = 1", (name,))
    with people.read() as session:
        terms = (
            session.connection().exec_driver_sql("SELECT term FROM client_terms").scalars().all()
        )
    assert folded(name) in terms


def test_an_empty_book_that_is_filled_quickly_is_found_whole(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        with fts.suspended(connection):
            add(connection, 10, "Bea", "Lund")
            add(connection, 11, "Cleo", "Lund")
            add(connection, 12, "Dov", "Lund")
            connection.exec_driver_sql("UPDATE client SET family_name = 'Berg' WHERE id = 11")
            connection.exec_driver_sql("DELETE FROM client WHERE id = 12")
        add(connection, 13, "Eli", "Lund")
    assert clients(store, "lund") == [10, 13]
    assert clients(store, "berg") == [11]
    assert sound(store)


def test_many_who_come_to_a_book_with_clients_are_found_with_them(people: Store) -> None:
    with people.write() as session, fts.suspended(session.connection()):
        add(session.connection(), 10, "Bea", "Lund")
        session.connection().exec_driver_sql("UPDATE client SET family_name = 'Berg' WHERE id = 1")
    assert (clients(people, "lund"), clients(people, "berg")) == ([10], [1])
    assert sound(people)


@pytest.mark.parametrize("begin", ["store", "people"])
def test_a_filling_that_fails_leaves_the_search_whole(
    begin: str, request: pytest.FixtureRequest
) -> None:
    book: Store = request.getfixturevalue(begin)

    def fails() -> None:
        with book.write() as session, fts.suspended(session.connection()):
            add(session.connection(), 10, "Bea", "Lund")
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert clients(book, "lund") == []
    assert sound(book)


@pytest.mark.parametrize("index", [index.name for index in CLIENT_INDEXES])
def test_a_rebuild_heals(people: Store, index: str) -> None:
    with people.write() as session:
        session.connection().exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    assert not sound(people)
    with people.write() as session:
        fts.rebuild(session.connection())
    assert sound(people)
    assert clients(people, "ada") == [1]


def test_remove_takes_all_of_it_away(people: Store) -> None:
    with people.write() as session:
        connection = session.connection()
        fts.remove(connection)
        left = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') "
            "OR name LIKE 'client_words%' OR name LIKE 'client_reach%' "
            "OR name LIKE 'client_known%' OR name IN ('client_terms', 'client_stale')"
        )
        assert left.all() == []
        fts.remove(connection)
        fts.install(connection)
    assert sound(people)
    assert clients(people, "ada") == [1]
