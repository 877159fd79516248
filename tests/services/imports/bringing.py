"""Bringing small files into a book, and asking the book what it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from clientele.exchange.plan import plan
from clientele.services.imports import ImportResult, Progress, import_file, store_ways
from clientele.store.session import Store

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HEAD = "reference,receipt,sold_at,department,item,sku,quantity,amount,currency,associate\n"


def bring(
    store: Store,
    folder: Path,
    content: str,
    *,
    name: str = "rows.csv",
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    leave: Callable[[], bool] = lambda: False,
    by: int | None = None,
    own: bool = False,
    rejects: Path | None = None,
) -> ImportResult:
    """Import a file with this content."""
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return import_file(
        store,
        plan(path, store_ways(store)),
        now=NOW,
        progress=progress,
        cancelled=cancelled,
        leave=leave,
        by=by,
        own=own,
        rejects_path=rejects,
    )


def ask(store: Store, question: str) -> list[tuple[Any, ...]]:
    """All rows of an SQL question."""
    with store.read() as session:
        return [tuple(row) for row in session.execute(text(question))]


def tell(store: Store, statement: str) -> None:
    """Run an SQL statement that writes."""
    with store.write() as session:
        session.execute(text(statement))


def counts(done: ImportResult) -> tuple[int, int, int, int]:
    """Read, added, known, rejected."""
    return done.read, done.added, done.known, done.rejected


def unsound(store: Store) -> list[tuple[Any, ...]]:
    """Tickets whose total is not the sum of their lines."""
    return ask(
        store,
        "SELECT id FROM purchase WHERE total <> (SELECT coalesce(sum(amount), 0) "
        "FROM purchase_line WHERE purchase_id = purchase.id)",
    )
