"""One row and more in every table, made from the tables as SQLite describes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect

INSTANT = "2026-11-21 09:00:00.000000"
_BY_TYPE = {
    "DATETIME": INSTANT,
    "DATE": "2026-11-21",
    "TIME": "14:30:00.000000",
    "BOOLEAN": 1,
    "BIGINT": 1200,
    "INTEGER": 3,
}
_SKIP = (
    "alembic_version", "client_card", "client_known", "client_stale", "client_sum", "client_terms",
    "client_words", "client_reach", "contact_trigrams", "store_profile",
)  # fmt: skip
"""Tables that follow others, and the one row that every book has."""


def ours(connection: Connection) -> list[str]:
    """The tables of the book, without those of the search and of the migrations; parents first."""
    names = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in names if name and not name.startswith(_SKIP)]


def fill(connection: Connection) -> None:
    """Put a row into every table, each reference set, every text its own."""
    for table in ours(connection):
        columns = inspect(connection).get_columns(table)
        parents = {
            key["constrained_columns"][0] for key in inspect(connection).get_foreign_keys(table)
        }
        values: dict[str, Any] = {}
        for column in columns:
            name = column["name"]
            if name == "id" or name in parents or name == "purchase_id":
                values[name] = 1
            elif name == "currency":
                values[name] = "EUR"
            elif name == "until" or (table == "visit" and name == "left_at"):
                values[name] = None
            else:
                values[name] = _BY_TYPE.get(str(column["type"]), f"{table} {name} · Zoë")
        if table == "contact_point":
            values |= {"kind": "phone", "value": "020 555 0118", "normalised": "+31205550118"}
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
        )


def contents(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as its columns by name, for comparing."""
    return {
        table: [
            dict(row)
            for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").mappings()
        ]
        for table in [*ours(connection), "store_profile"]
    }
