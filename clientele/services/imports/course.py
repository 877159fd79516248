"""How does an import run: in chunks, each kept whole with its counts, so that it may end anywhere.

Killed, cancelled or out of disk, what was kept stays, and importing the same file again adds
just what is missing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.history import ImportKind, ImportState
from clientele.domain.rules.keeping_copies import LARGE
from clientele.domain.rules.rights import SET_UP, Acting, Right
from clientele.exchange.conventions import StoreWays
from clientele.exchange.plan import CHUNK, ImportPlan, chunks, reader_of
from clientele.exchange.reading import CsvFile, has_rows
from clientele.exchange.rejects import Rejects, free_rejects_path
from clientele.services.acting import require_at_the_door
from clientele.services.audit import record
from clientele.services.backups import before_import
from clientele.services.imports.customers import CustomerImport
from clientele.services.imports.people import stored
from clientele.services.imports.purchases import Kept, PurchaseImport
from clientele.services.opening import is_empty
from clientele.services.rows import profile
from clientele.store.beside import keep_clear
from clientele.store.bulk import Bulk
from clientele.store.session import CATCH_UP, Store

_WAL_PAGES: Final = 16_384
_USUAL_WAL_PAGES: Final = 1_000
"""SQLite's own default."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: reading rows, then making findable whom they are about."""

    read: int = 0
    added: int = 0
    known: int = 0
    rejected: int = 0
    share: float = 0.0
    """Of the file, from 0 to 1."""
    found: int = 0
    """Of the clients who were written of, how many a search finds by what is new about them."""
    to_find: int = 0
    """How many these are; 0 until all rows are in."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    read: int
    """Rows."""
    added: int
    """Rows that brought something new."""
    known: int
    """Rows of which everything was in the book already."""
    rejected: int
    clients_added: int
    tickets_added: int
    batch_id: int
    reject_path: Path | None
    """Where the rejected rows are; None where there were none."""
    cancelled: bool = False
    completed: int = 0
    """Of the known rows, those that said a brand or size which the book did not have."""
    left: int = 0
    """Clients whom a search finds by what is new only once the book is opened again."""


class _Import(Protocol):
    def keep(self, bulk: Bulk, lines: Sequence[Any], /) -> Kept: ...

    def start_over(self, bulk: Bulk, /) -> None: ...


def store_ways(store: Store, *, acting: Acting = SET_UP) -> StoreWays:
    """What holds in this store where a file says nothing: zone, currency, country."""
    with store.read(acting=acting) as session:
        row = profile(session)
        return StoreWays(ZoneInfo(row.time_zone), row.currency, row.country)


def import_file(  # noqa: PLR0913
    store: Store,
    plan: ImportPlan,
    *,
    now: datetime,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    leave: Callable[[], bool] = lambda: False,
    by: int | None = None,
    own: bool = False,
    rejects_path: Path | None = None,
    acting: Acting = SET_UP,
) -> ImportResult:
    """Bring in the file of ``plan`` and answer what it did.

    ``progress`` is told after each chunk, on the caller's thread; ``cancelled`` is asked before
    each: what was kept until then stays. Then all that were written of are made findable, also
    with ``progress``; ``leave`` leaves the rest of that to the next opening of the book. ``by``
    is the importing associate; with ``own`` they become the owner of the clients that are added.
    Rows that cannot be read go to ``rejects_path``, without one to a new file beside the imported
    one.

    Raises:
        Refusal: the rejects file cannot be written or would replace the book, or the book or file
            cannot be used any more; what was kept before stays.
        NoCopyBefore: the file is large, and the book could not be copied first.
        NotAllowed: who acts may not import, or ``by`` is another; nothing was brought in.
    """
    require_at_the_door(store, Right.IMPORT, acting=acting, by=by)
    rejects_path = rejects_path or free_rejects_path(plan.shape.path)
    keep_clear(store.path, rejects_path)
    if has_rows(plan.shape.path, LARGE) and not is_empty(store):
        before_import(store, now=now)
    with (
        Rejects(rejects_path, plan.shape) as rejects,
        CsvFile(plan.shape) as file,
        _swiftly(store, leave, acting),
    ):
        batch_id = _begin(store, plan, now, by, acting)
        work = _importer(plan, batch_id, now, by if own else None)
        run = _Run(store, batch_id, work, rejects, acting)
        reader = reader_of(plan)
        stopped = cancelled()
        if not stopped:
            for rows in chunks(file.rows(), CHUNK[plan.kind]):
                good, bad = reader.read(rows)
                run.keep(good, len(rows), bad)
                share = min(1.0, file.position / max(1, file.size))
                progress(replace(run.so_far, share=share))
                if stopped := cancelled():
                    break
        left = _make_findable(store, replace(run.so_far, share=1.0), progress, leave)
        store.settle()
        run.end(now, ImportState.CANCELLED if stopped else ImportState.DONE)
        so_far = run.so_far
        return ImportResult(
            read=so_far.read,
            added=so_far.added,
            known=so_far.known,
            rejected=so_far.rejected,
            clients_added=run.clients,
            tickets_added=run.tickets,
            batch_id=batch_id,
            reject_path=rejects.path,
            cancelled=stopped,
            completed=run.completed,
            left=left,
        )


def _make_findable(
    store: Store,
    so_far: Progress,
    progress: Callable[[Progress], None],
    leave: Callable[[], bool],
) -> int:
    """Catch up with the search, of which a few clients are not worth a word; answers who is left.

    Nothing is told where one step does it all.
    """

    def told(found: int, to_find: int) -> None:
        if to_find > CATCH_UP:
            progress(replace(so_far, found=found, to_find=to_find))

    return store.catch_up(told=told, leave=leave)


@contextmanager
def _swiftly(store: Store, leave: Callable[[], bool], acting: Acting) -> Iterator[None]:
    """What a large import does without meanwhile, measured at a quarter of its time.

    The collector of reference cycles would look at every row of a chunk again and again, though
    none is part of a cycle; the WAL would be folded into the file after every few megabytes; and a
    client whose tickets are spread over the file would be indexed anew in each chunk.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        with store.write(acting=acting) as session:
            Bulk(session).fold_wal_after(_WAL_PAGES)
        yield
    finally:
        gc.set_threshold(*thresholds)
        with suppress(Refusal):
            store.catch_up(leave=leave)
        with suppress(Refusal), store.write(later=True, acting=acting) as session:
            Bulk(session).fold_wal_after(_USUAL_WAL_PAGES)


class _Run:
    """One import under way: its counts, in memory and in its batch."""

    def __init__(
        self, store: Store, batch_id: int, work: _Import, rejects: Rejects, acting: Acting
    ) -> None:
        self._store, self._acting = store, acting
        self._batch_id = batch_id
        self._work = work
        self._rejects = rejects
        self._writes: int | None = None
        self.so_far = Progress()
        self.clients = self.tickets = self.completed = 0

    def keep(self, good: Sequence[Any], read: int, bad: list[tuple[list[str], str]]) -> None:
        """Keep one chunk, whole or not at all."""
        with self._store.write(later=True, acting=self._acting) as session:
            bulk = Bulk(session)
            if self._writes is not None and self._writes != bulk.connection.total_changes:
                self._work.start_over(bulk)
            kept = self._work.keep(bulk, good)
            rejected = bad + kept.bad
            self._rejects.add(rejected)
            self._rejects.flush()
            was = self.so_far
            self.so_far = Progress(
                was.read + read,
                was.added + kept.added,
                was.known + kept.known,
                was.rejected + len(rejected),
            )
            self._count(bulk)
            self._writes = bulk.connection.total_changes
        self.clients += kept.clients
        self.tickets += kept.tickets
        self.completed += kept.completed

    def end(self, now: datetime, state: ImportState) -> None:
        """Close the batch."""
        with self._store.write(acting=self._acting) as session:
            bulk = Bulk(session)
            self._count(bulk)
            bulk.run("DELETE FROM import_seen WHERE batch_id = ?", (self._batch_id,))
            bulk.run(
                "UPDATE import_batch SET state = ?, ended_at = ? WHERE id = ?",
                (state.value, stored(now), self._batch_id),
            )
            told = {
                "state": state.value,
                "rows": self.so_far.added,
                "known": self.so_far.known,
                "rejected": self.so_far.rejected,
            }
            _enter(session, "end_import", self._batch_id, now, told)

    def _count(self, bulk: Bulk) -> None:
        so_far = self.so_far
        bulk.run(
            "UPDATE import_batch SET rows_read = ?, rows_added = ?, rows_known = ?, "
            "rows_rejected = ? WHERE id = ?",
            (so_far.read, so_far.added, so_far.known, so_far.rejected, self._batch_id),
        )


def _begin(store: Store, plan: ImportPlan, now: datetime, by: int | None, acting: Acting) -> int:
    """Open a batch, and close those that a crash left open."""
    with store.write(acting=acting) as session:
        bulk = Bulk(session)
        bulk.run("DELETE FROM import_seen")
        bulk.run(
            "UPDATE import_batch SET state = ?, ended_at = ? WHERE state = ?",
            (ImportState.CANCELLED.value, stored(now), ImportState.RUNNING.value),
        )
        batch_id = bulk.run(
            "INSERT INTO import_batch (kind, file_name, started_at, state, rows_read, rows_added, "
            "rows_known, rows_rejected, associate_id) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)",
            (plan.kind.value, plan.shape.path.name, stored(now), ImportState.RUNNING.value, by),
        )
        _enter(session, "begin_import", batch_id, now, {"kind": plan.kind.value})
        return batch_id


def _enter(session: Session, act: str, batch_id: int, now: datetime, told: dict[str, Any]) -> None:
    record(session, act, subject="import_batch", subject_id=batch_id, detail=told, now=now)


def _importer(plan: ImportPlan, batch_id: int, now: datetime, owner: int | None) -> _Import:
    if plan.kind is ImportKind.PURCHASES:
        return PurchaseImport(batch_id, now, owner=owner)
    return CustomerImport(batch_id, now, owner=owner)
