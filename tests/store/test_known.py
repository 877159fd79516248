"""Whatever is written of a client is known in the same moment, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, inspect

from clientele.store import cards, digit_pairs, fts, known
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.examples import examples
from tests.store.rows import fill
from tests.store.test_fts import add

ONE, TWO = 1, 2
MOVED = sorted(table for table in known.WATCHED if table not in ("client", "tag", "custom_field"))


def right(store: Store) -> bool:
    with store.write() as session:
        return known.disagreeing(session.connection()) == 0


def who(store: Store, match: str) -> list[int]:
    sql = "SELECT rowid FROM client_known WHERE client_known MATCH ? ORDER BY rowid"
    with store.read() as session:
        return list(session.connection().exec_driver_sql(sql, (match,)).scalars())


def say(store: Store, *statements: str) -> None:
    with store.write() as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def sums(store: Store, client_id: int) -> tuple[object, ...] | None:
    sql = (
        "SELECT spent, tickets, lines, first_on, last_on FROM client_sum "
        f"WHERE client_id = {client_id}"
    )
    with store.read() as session:
        row = session.connection().exec_driver_sql(sql).first()
        return None if row is None else tuple(row)


@pytest.fixture
def filled(store: Store) -> Store:
    """A book with one client of whom everything is known, and one of whom nothing is."""
    with store.write() as session:
        fill(session.connection())
        add(session.connection(), TWO, "Ada", "Kaiser")
    return store


@pytest.mark.parametrize(
    "match",
    [
        'name : "zoe"*',
        'goods : "brand"* AND goods : "sku"*',
        'seen : "shown"* AND seen : "wish"*',
        'people : "household"*',
        'tags : "tag"*',
        'fields : "value"*',
        'facts : "d1" AND facts : "t1" AND facts : "a1"',
    ],
)
def test_everything_is_known_of_whom_it_is_said(filled: Store, match: str) -> None:
    assert who(filled, match) == [ONE]
    assert right(filled)


def columns() -> list[tuple[str, str]]:
    return [(table, name) for table, (names, _) in known.WATCHED.items() for name in names.split()]


@pytest.mark.parametrize(("table", "column"), columns())
def test_whatever_is_changed_is_known_at_once(filled: Store, table: str, column: str) -> None:
    with filled.read() as session:
        kinds = {
            one["name"]: str(one["type"])
            for one in inspect(session.connection()).get_columns(table)
        }
    if column.endswith("_id") and column != "household_member_id":
        return  # a row that is moved: below
    new = {
        "DATE": "'2020-01-01'",
        "DATETIME": "'2020-01-01'",
        "BOOLEAN": f"1 - {column}",
        "VARCHAR": "'XYZ'",
    }.get(kinds[column], "-5" if column != "household_member_id" else "NULL")
    say(filled, f"UPDATE {table} SET {column} = {new}")
    assert right(filled)


@pytest.mark.parametrize("table", MOVED)
def test_a_row_that_is_moved_is_known_of_both(filled: Store, table: str) -> None:
    with filled.read() as session:
        names = {one["name"] for one in inspect(session.connection()).get_columns(table)}
    if "client_id" in names:
        say(filled, f"UPDATE {table} SET client_id = {TWO}")
    elif table == "visit_stop":
        say(
            filled,
            "INSERT INTO visit SELECT 2, 2, associate_id, here_for, fitting_room, arrived_at, "
            "greeted_at, '2026-11-21' FROM visit",
            "UPDATE visit_stop SET visit_id = 2",
        )
        assert who(filled, 'seen : "shown"*') == [TWO]
    elif table == "purchase_line":
        say(
            filled,
            "INSERT INTO purchase (id, client_id, receipt, sold_at, sold_on, currency, total) "
            "VALUES (2, 2, '', '2026-11-20', '2026-11-20', 'EUR', 0)",
            "UPDATE purchase_line SET purchase_id = 2",
        )
        assert who(filled, 'goods : "brand"*') == [TWO]
    assert right(filled)


@pytest.mark.parametrize("table", [*MOVED, "tag", "custom_field"])
def test_what_is_taken_away_is_known_no_more(filled: Store, table: str) -> None:
    if table == "store_profile":
        return
    with filled.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(f"DELETE FROM {table}")
        known.refresh(connection)
        assert known.disagreeing(connection) == 0
        session.rollback()


def test_who_is_deleted_is_known_no_more(filled: Store) -> None:
    with filled.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(f"DELETE FROM client WHERE id = {ONE}")
        known.refresh(connection)
        found = "SELECT rowid FROM client_known WHERE client_known MATCH '\"zoe\"*'"
        assert connection.exec_driver_sql(found).all() == []
        assert connection.exec_driver_sql("SELECT * FROM client_sum").all() == []
        assert known.disagreeing(connection) == 0
        session.rollback()


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("0118", [ONE]),
        ("3120555", [ONE]),
        ("0205550118", [ONE]),
        ("5550", [ONE, TWO]),
        ("555", [ONE, TWO]),
        ("142", [TWO]),
        ("042", [TWO]),
        ("4205", []),
        ("da@ex", [TWO]),
        ("y-00", [TWO]),
        ("999", []),
    ],
)
def test_any_piece_leads_to_whom_it_reaches(filled: Store, part: str, found: list[int]) -> None:
    say(
        filled,
        "INSERT INTO contact_point (client_id, kind, value, normalised, label, position) VALUES "
        "(2, 'email', 'Ada@Example.COM', 'ada@example.com', '', 0), "
        "(2, 'phone', '555-0142', '5550142', '', 0)",
        "INSERT INTO client_reference (client_id, reference) VALUES (2, 'LOY-0042')",
    )
    sql = "SELECT rowid FROM client_reach WHERE client_reach MATCH ? ORDER BY rowid"
    with filled.read() as session:
        match = digit_pairs.asked(part) if part.isdigit() else f'"{part}"'
        rows = session.connection().exec_driver_sql(sql, (match,)).scalars().all()
    assert list(rows) == found
    assert right(filled)


def has(store: Store, client_id: int) -> int:
    with store.read() as session:
        asked = f"SELECT has FROM client_card WHERE client_id = {client_id}"
        return int(session.connection().exec_driver_sql(asked).scalar_one())


@pytest.mark.parametrize("table", sorted(cards.BITS))
def test_a_card_knows_in_which_tables_there_are_rows(filled: Store, table: str) -> None:
    bit = cards.BITS[table]
    assert has(filled, ONE) & bit
    assert not has(filled, TWO) & bit
    whose = "kept_id" if table == "client_merge" else "client_id"
    with filled.write(later=True) as session:  # known by the triggers alone, before it is learnt
        session.connection().exec_driver_sql(f"UPDATE {table} SET {whose} = {TWO}")
    assert has(filled, TWO) & bit
    filled.catch_up()
    assert right(filled)
    say(filled, f"UPDATE client_card SET has = has - {bit} WHERE client_id = {TWO}")
    assert not right(filled)


def test_a_sensitive_note_is_not_in_the_index(filled: Store) -> None:
    say(filled, "UPDATE note SET sensitive = 0, body = 'Frail heart'")
    assert who(filled, '"frail"') == [ONE]
    say(filled, "UPDATE note SET sensitive = 1")
    assert who(filled, '"frail"') == []


def test_sums_are_those_of_the_rows(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        add(connection, ONE, "Ada", "Kaiser")
        connection.exec_driver_sql("INSERT INTO department (id, name, position) VALUES (1, 'S', 0)")
    ring(store, 1, "2026-01-05", "EUR", [(1000, 5_000), (2000, 900)])
    assert sums(store, ONE) == (5_900, 1, 2, "2026-01-05", "2026-01-05")
    ring(store, 2, "2026-02-05", "USD", [(1000, 7_000)])
    ring(store, 3, "2026-03-05", "EUR", [(-1000, -5_000)])
    assert sums(store, ONE) == (900, 2, 2, "2026-01-05", "2026-02-05")
    say(store, "UPDATE store_profile SET currency = 'USD'")
    assert sums(store, ONE) == (7_000, 2, 2, "2026-01-05", "2026-02-05")
    say(store, "DELETE FROM purchase WHERE id < 3")
    assert sums(store, ONE) == (0, 0, -1, "2026-03-05", "2026-03-05")
    say(store, "DELETE FROM purchase")
    assert sums(store, ONE) is None
    assert right(store)


def ring(store: Store, number: int, day: str, currency: str, lines: list[tuple[int, int]]) -> None:
    total = sum(amount for _, amount in lines)
    say(
        store,
        "INSERT INTO purchase (id, client_id, receipt, sold_at, sold_on, currency, total) "
        f"VALUES ({number}, 1, '', '{day}', '{day}', '{currency}', {total})",
        *(
            "INSERT INTO purchase_line (purchase_id, department_id, item, sku, brand, size, "
            "quantity, amount, mark_down, mark_down_why) "
            f"VALUES ({number}, 1, 'Tie', '', '', '', {quantity}, {amount}, 0, '')"
            for quantity, amount in lines
        ),
    )


def test_what_is_written_now_may_be_known_later(filled: Store) -> None:
    with filled.write(later=True) as session:
        session.connection().exec_driver_sql("UPDATE note SET sensitive = 0, body = 'Moths'")
    assert who(filled, '"moths"') == []
    filled.catch_up()
    assert who(filled, '"moths"') == [ONE]
    assert right(filled)


def test_what_a_crash_left_is_known_when_the_book_is_opened(filled: Store) -> None:
    with filled.write(later=True) as session:
        session.connection().exec_driver_sql("UPDATE note SET sensitive = 0, body = 'Moths'")
    filled.close()
    again = open_store(filled.path, DATA_KEY)
    assert who(again, '"moths"') == [ONE]
    again.close()


def test_what_is_undone_was_never_known(filled: Store) -> None:
    def fails() -> None:
        with filled.write() as session:
            session.connection().exec_driver_sql("UPDATE tag SET name = 'XYZ'")
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert who(filled, '"xyz"') == []
    assert right(filled)


@pytest.mark.parametrize("begin", [fill, lambda connection: add(connection, 9, "Bea", "Lund")])
def test_many_new_clients_are_known_at_the_end(
    store: Store, begin: Callable[[Connection], None]
) -> None:
    with store.write() as session:
        begin(session.connection())
    with store.write() as session, fts.suspended(session.connection()):
        add(session.connection(), 10, "Cleo", "Lund")
    assert who(store, '"cleo"') == [10]
    assert right(store)


def test_a_new_book_that_is_filled_quickly_is_known(store: Store) -> None:
    with store.write() as session, fts.suspended(session.connection()):
        fill(session.connection())
    assert who(store, 'goods : "brand"*') == [ONE]
    assert right(store)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(set(known.WATCHED) - {"client", "store_profile"})),
            st.sampled_from(["delete", "move", "change"]),
        ),
        max_size=8,
    )
)
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_in_whatever_order_rows_are_written(filled: Store, steps: list[tuple[str, str]]) -> None:
    with filled.write() as session:
        connection = session.connection()
        for table, step in steps:
            columns = known.WATCHED[table][0].split()
            if step == "delete":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                connection.exec_driver_sql(f"DELETE FROM {table}")
            elif step == "move" and "client_id" in columns:
                connection.exec_driver_sql(f"UPDATE OR IGNORE {table} SET client_id = {TWO}")
            elif not columns[-1].endswith("_id"):
                connection.exec_driver_sql(f"UPDATE {table} SET {columns[-1]} = 0")
        known.refresh(connection)
        assert known.disagreeing(connection) == 0
        session.rollback()
