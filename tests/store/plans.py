"""How does SQLite answer? What was really asked of it, and the way it takes for each question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from clientele.store.session import Store


def steps_of(store: Store, ask: Callable[[Session], object]) -> list[str]:
    """The steps of the plans of all that ``ask`` reads."""
    said: list[str] = []
    with store.read() as session:
        raw: Any = session.connection().connection.driver_connection
        raw.set_trace_callback(said.append)
        try:
            ask(session)
        finally:
            raw.set_trace_callback(None)
        return [
            row[3]
            for statement in said
            if statement.startswith("SELECT")
            for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
