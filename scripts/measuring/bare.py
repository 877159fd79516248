"""The yardstick of all reading: the same SQL on the same file, by sqlcipher3 and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from clientele.store import prepared
from clientele.store.engine import connect, prepare
from clientele.store.session import Store
from scripts.measuring.books import DATA_KEY

NAME: Final = "same SQL, bare sqlcipher3"

_READS = ("SELECT", "WITH")

Said = list[tuple[str, Any]]
"""Statements with their values."""


class Bare:
    """A connection with the same pragmas as a reader of the program."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path, DATA_KEY)
        prepare(self._connection, writer=False)

    def milliseconds(self, said: Said) -> float:
        """How long these statements take, every row fetched, in one transaction."""
        begun = time.perf_counter()
        self._connection.execute("BEGIN")
        for statement, values in said:
            self._connection.execute(statement, values).fetchall()
        self._connection.execute("ROLLBACK")
        return (time.perf_counter() - begun) * 1000

    def one(self, statement: str, *values: object) -> Any:
        """The first row of the answer."""
        return self._connection.execute(statement, values).fetchone()

    def close(self) -> None:
        """Close it."""
        self._connection.close()


def said_by(store: Store, query: Callable[[Session], object]) -> Said:
    """The SQL that a query says."""
    with hearing() as said, store.read() as session:
        query(session)
    return said


@contextmanager
def hearing() -> Iterator[Said]:
    """Collect all SQL that reads in the block, by any thread, prepared or not.

    What the program writes meanwhile, such as who saw a client, the yardstick cannot say again.
    """
    said: Said = []
    run = prepared.run

    def hear(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if statement.lstrip().startswith(_READS):
            said.append((statement, values))

    def hear_prepared(connection: Any, statement: str, values: Any) -> list[Any]:
        said.append((statement, values))
        return run(connection, statement, values)

    event.listen(Engine, "before_cursor_execute", hear)
    prepared.run = hear_prepared
    try:
        yield said
    finally:
        prepared.run = run
        event.remove(Engine, "before_cursor_execute", hear)
