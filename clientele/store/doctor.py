"""Is the book sound, and if not, what does it mean, what was kept, and what helps?

Every check answers one ``Finding``, good or bad, so that the list also says what was looked at.
Nothing is repaired here (``store.repair``). All checks read one moment of the book on a connection
of their own, beside whoever writes; the writer is only asked to fold its log in before that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store import doctor_around, doctor_content, doctor_file
from clientele.store.engine import PAGE_SIZE, make_engine, meaning
from clientele.store.errors import Cancelled
from clientele.store.finding import Finding, Look, Repair
from clientele.store.session import Store
from clientele.system.secrets import Vault

__all__ = ["Finding", "Repair", "examine", "is_sound"]

_ERRORS = (DBAPIError, sqlcipher.Error)

LOOK_EVERY = 200_000
"""Steps of the database's machine between two looks whether to go on."""

QUICK_PAGES = 10_000
"""Up to so many pages, 40 megabytes, a quick look reads the whole book too."""

_LENT: tuple[tuple[str, Look, int], ...] = (
    ("pages", doctor_file.pages, 20),
    ("structure", doctor_file.structure, 30),
    ("references", doctor_file.references, 10),
    ("search", doctor_file.search, 15),
    ("totals", doctor_content.totals, 8),
    ("returns", doctor_content.returns, 3),
    ("form", doctor_file.form, 1),
    ("instants", doctor_content.instants, 8),
    ("settings", doctor_content.bodies, 1),
    ("kinds", doctor_content.kinds, 4),
    ("owners", doctor_content.owners, 2),
    ("visits", doctor_content.visits, 1),
    ("drafts", doctor_content.drafts, 1),
    ("audit trail", doctor_file.trail, 10),
)
"""The checks of what the book holds, in order, with how long each takes beside the others."""

_UNREADABLE = (
    "Part of the book cannot be read. It was left as it is, and what is on the whole pages is "
    "still there. Restore a backup, or recover the book: “clientele recover”, or at the start."
)

_UNEXPECTED = (
    "This could not be looked at: the book is not as this version expects it. Nothing was changed. "
    "Update Clientele; if it stays so, report this."
)


def examine(
    store: Store,
    *,
    vault: Vault | None = None,
    quick: bool = False,
    now: datetime | None = None,
    told: Callable[[int, int], None] = lambda *_: None,
    leave: Callable[[], bool] = lambda: False,
) -> tuple[Finding, ...]:
    """Look at all of the book, while others go on reading and writing. Changes nothing.

    ``quick`` leaves out what reads the whole book where that is large: a second or two. ``vault``
    is the system's keyring, to see whether it has the key; None where there is none. ``told`` hears
    how much is done, and of how much. ``leave`` ends it with ``Cancelled``.
    """
    findings: list[Finding] = []
    if not quick:
        _fold_in(store)
    total, done = sum(weight for *_, weight in _LENT), 0
    with _Moment(store, leave) as moment:
        brief = quick and store.path.stat().st_size > QUICK_PAGES * PAGE_SIZE
        for name, check, weight in _LENT:
            told(done, total)
            done += weight
            if leave():
                raise Cancelled
            if quick and (name in _WHOLE or (brief and name not in _SHORT)):
                continue
            try:
                findings.extend(check(moment.connection(), quick))
            except _ERRORS as error:
                refusal = meaning(error, store.path)
                if isinstance(refusal, Cancelled):
                    raise Cancelled from error
                findings.append(Finding(name, False, _UNREADABLE if refusal else _UNEXPECTED))
                moment.end()
    findings += doctor_around.all_of(store, vault, now)
    told(total, total)
    return tuple(findings)


_WHOLE = frozenset({"pages", "search", "audit trail"})
"""What a quick look always leaves out."""
_SHORT = frozenset({"form", "settings", "visits", "drafts"})
"""What takes no time however large the book is."""


def is_sound(findings: tuple[Finding, ...]) -> bool:
    """Whether all that the book holds is whole; its surroundings may still want attention."""
    return all(finding.ok for finding in findings if finding.content)


class _Moment:
    """One moment of the book, on a connection that may make tables of its own beside it.

    After a page that cannot be read SQLCipher reads no other on that connection: ``end`` it, and
    the next question gets a new one.
    """

    def __init__(self, store: Store, leave: Callable[[], bool]) -> None:
        self._engine = make_engine(store.path, store.data_key, writer=False)
        self._leave = leave
        self._open: Connection | None = None

    def __enter__(self) -> _Moment:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _at: TracebackType | None
    ) -> None:
        self.end()
        self._engine.dispose()

    def connection(self) -> Connection:
        """The book as it was at the first question."""
        if self._open is None:
            self._open = self._engine.connect()
            raw: Any = self._open.connection.driver_connection
            raw.execute("PRAGMA query_only = OFF")  # for tables in memory; the book is only read
            raw.set_progress_handler(self._leave, LOOK_EVERY)
            self._open.begin()
            self._open.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        return self._open

    def end(self) -> None:
        """Let go of it."""
        if self._open is not None:
            with suppress(*_ERRORS):
                self._open.invalidate()
            self._open.close()
            self._open = None


def _fold_in(store: Store) -> None:
    """What the log holds goes into the file, whose pages are looked at; others may go on."""
    with suppress(*_ERRORS), store.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
