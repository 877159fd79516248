"""How the tests of the sample store fill a book and look into it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from clientele.domain.tables import metadata
from clientele.services.sample import fill_with_sample
from clientele.services.team import AddAssociate, add_associate
from clientele.store.session import Store
from tests.conftest import ZONE

AMSTERDAM = ZoneInfo(ZONE)
NOW = datetime(2026, 11, 21, 10, 20, tzinfo=AMSTERDAM)
Rows = list[Any]


def filled(
    store: Store, now: datetime = NOW, *, department: str = "Men's Suits", visit_open: bool = False
) -> int:
    with store.write() as session:
        person = AddAssociate("Ruth Okafor", department, "2468")
        by = add_associate(session, person, now=now).subject
        assert by is not None
        fill_with_sample(session, by=by, now=now, visit_open=visit_open)
    return by


def rows(store: Store, sql: str, **values: object) -> Rows:
    with store.read() as session:
        return [tuple(row) for row in session.execute(text(sql), values)]


def dump(store: Store) -> dict[str, Rows]:
    with store.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in metadata.sorted_tables
        }


def local(moment: object) -> datetime:
    return datetime.fromisoformat(str(moment)).replace(tzinfo=UTC).astimezone(AMSTERDAM)
