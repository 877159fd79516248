"""How are many rows written at once, and old ones looked up quickly, while a file is brought in?

These statements go around the ORM on the connection that the session holds, inside its
transaction: the ORM would cost ten times as much for a million lines. Whoever calls them has
checked the text for card numbers. Instants are given as the store writes them
(``2026-05-01 08:00:00.000000``), days as ISO dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy.orm import Session

Row = Sequence[object]

_AT_ONCE: Final = 4_000
"""Bound values in one statement; SQLite allows 32,766."""

CLIENT: Final = (
    "client",
    "id given_name family_name preferred_name say_it language time_zone birth_month birth_day "
    "birth_year sort_name import_batch_id created_at updated_at",
)
CLIENT_REFERENCE: Final = ("client_reference", "client_id reference")
CONTACT_POINT: Final = ("contact_point", "client_id kind value normalised label position")
BOOK_MEMBERSHIP: Final = ("book_membership", "client_id associate_id role since why")
PURCHASE: Final = (
    "purchase",
    "id client_id receipt sold_at sold_on associate_id currency total import_batch_id",
)
PURCHASE_LINE: Final = (
    "purchase_line",
    "purchase_id department_id item sku quantity amount associate_id import_batch_id",
)
PURCHASE_LINE_SAID: Final = (PURCHASE_LINE[0], f"{PURCHASE_LINE[1]} brand size")
"""With what most files do not say, which costs a tenth of the time."""


class Bulk:
    """Raw reading and writing within one transaction of a session."""

    def __init__(self, session: Session) -> None:
        raw: Any = session.connection().connection.driver_connection
        self.connection = raw

    def insert(self, into: tuple[str, str], rows: Sequence[Row]) -> None:
        """Insert rows whose values stand in the order of the columns of ``into``."""
        if not rows:
            return
        table, names = into
        columns = names.split()
        head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        marks = f"({', '.join('?' * len(columns))})"
        many = _AT_ONCE // len(columns)
        statement = head + ", ".join([marks] * many)
        whole = len(rows) - len(rows) % many
        for start in range(0, whole, many):
            values = tuple(chain.from_iterable(rows[start : start + many]))
            self.connection.execute(statement, values)
        if whole < len(rows):
            self.connection.executemany(head + marks, rows[whole:])

    def fold_wal_after(self, pages: int) -> None:
        """Fold the WAL into the file after so many pages, on this connection from now on."""
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {pages:d}")

    def next_id(self, table: str) -> int:
        """The id that the next row of ``table`` may take."""
        return int(self.one(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")[0])

    def run(self, statement: str, values: Row = ()) -> int:
        """Run one statement and answer the id of the row it inserted, if it did."""
        return int(self.connection.execute(statement, values).lastrowid or 0)

    def run_many(self, statement: str, rows: Iterable[Row]) -> None:
        """Run one statement once for each row of values."""
        self.connection.executemany(statement, rows)

    def one(self, statement: str, values: Row = ()) -> Any:
        """The first row of the answer, or None."""
        return self.connection.execute(statement, values).fetchone()

    def all(self, statement: str, values: Row = ()) -> list[Any]:
        """All rows of the answer."""
        found: list[Any] = self.connection.execute(statement, values).fetchall()
        return found

    def among(self, statement: str, values: Sequence[object]) -> list[Any]:
        """All rows of a statement that has ``IN ({})`` for ``values``, asked in pieces."""
        found: list[Any] = []
        for start in range(0, len(values), _AT_ONCE):
            piece = values[start : start + _AT_ONCE]
            found += self.all(statement.format(", ".join("?" * len(piece))), piece)
        return found
