"""What can be put right in a book without changing anything that a person wrote.

What only follows from rows is made anew from them; what nobody needs is cleared away. A ticket
that does not add up is not repaired: its total and its lines both came from the till, and nobody
can say from the book which is wrong. See docs/decisions/0043-repair-and-recovery.md.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection

from clientele.store import doctor_around, fts
from clientele.store.finding import Repair
from clientele.store.session import Store

IN_THE_BOOK = frozenset({Repair.SEARCH, Repair.INDEXES})
"""What writes into the book; the others only concern files beside it."""


def in_book(connection: Connection, what: Repair) -> int:
    """Repair something of the book, inside a write; answers how many clients or rows it touched.

    Minutes for a million clients. Raises the database's errors; the write is then undone whole.
    """
    if what is Repair.SEARCH:
        fts.remove(connection)
        fts.install(connection)
        connection.exec_driver_sql("DELETE FROM client_stale")
        return int(connection.exec_driver_sql("SELECT count(*) FROM client").scalar_one())
    connection.exec_driver_sql("REINDEX")
    asked = "SELECT count(*) FROM sqlite_master WHERE type = 'index'"
    return int(connection.exec_driver_sql(asked).scalar_one())


def beside_book(store: Store, what: Repair) -> int:
    """Repair something of the files beside the book; answers how many files it touched."""
    done = 0
    if what is Repair.PERMISSIONS:
        for path in doctor_around.open_to_others(store):
            with suppress(OSError):
                path.chmod(0o700 if path.is_dir() else 0o600)
                done += 1
    elif what is Repair.LEFTOVERS:
        for path in doctor_around.leftovers(store):
            with suppress(OSError):
                path.unlink()
                done += 1
    return done
