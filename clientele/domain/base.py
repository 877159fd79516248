"""What every table shares: one metadata with named constraints, and instants that stay aware.

Constraint and index names are given by a convention from the first migration on, because a
batch migration on SQLite can only change what has a name.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of all tables. Rows are built by services and the import, never validated here."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


_WRITTEN = len("2026-11-22 09:30:00.000000")
"""How long an instant is as it is written here."""


def _instant(value: str | None) -> datetime | None:
    if value is None:
        return None
    if len(value) == _WRITTEN:  # read with its zone at once, which costs a third
        return datetime.fromisoformat(value + "+00:00")
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the store.

    SQLite keeps no zone and would hand back naive values; a naive value going in is a mistake
    of the caller and raises ``ValueError`` rather than being read as some zone or other.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Texts of SQLite are read at once: a busy client's page has thousands of them."""
        if dialect.name == "sqlite":
            return _instant
        return super().result_processor(dialect, coltype)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
