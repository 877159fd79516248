"""Which rows belong to a client, found from the tables themselves, and how are they moved?

No list of tables is kept here: each column that refers to a client's id is found in the metadata,
so that a table that comes later cannot be forgotten when two clients become one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, CursorResult, Table, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from clientele.domain.rules.names import folded
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import metadata
from clientele.services.changes import fold
from clientele.services.images import RowImage
from clientele.services.undo import KEPT_UP

CLIENT = metadata.tables["client"]

Row = Mapping[str, Any]


def columns_to(table: Table) -> tuple[Column[Any], ...]:
    """Every column that holds an id of ``table``; rows that follow from others have none."""
    return tuple(
        column
        for other in metadata.sorted_tables
        if other.name not in KEPT_UP
        for column in other.columns
        if any(foreign.column is table.c.id for foreign in column.foreign_keys)
    )


class Rows:
    """Writes rows and keeps an image of each, for the way back."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._images: list[RowImage] = []

    @property
    def images(self) -> tuple[RowImage, ...]:
        """What was written, one image a row."""
        return fold(self._images)

    def of(self, table: str, **where: object) -> list[Row]:
        """The rows of a table with these values, in the order of their keys."""
        place = metadata.tables[table]
        asked = select(place).where(*(place.c[name] == value for name, value in where.items()))
        return [dict(row) for row in self.session.execute(_in_order(asked, place)).mappings()]

    def change(self, table: str, row: Row, **values: object) -> None:
        """Write these values into a row that is there as ``row`` says."""
        after = {name: value for name, value in values.items() if row[name] != value}
        if after:
            place = metadata.tables[table]
            self.session.execute(update(place).where(_here(place, row)).values(after))
            before = {name: row[name] for name in after}
            self._images.append(RowImage(table, _key(place, row), before, after))

    def move(self, column: Column[Any], away: object, to: object) -> None:
        """Let all rows that name ``away`` in this column name ``to``."""
        table = column.table
        name = column.name
        keys = [column_ for column_ in table.primary_key.columns]  # noqa: C416
        here = select(*keys).where(column == away).order_by(*keys)
        found = [tuple(row) for row in self.session.execute(here)]
        if not found:
            return
        self.session.execute(update(table).where(column == away).values({name: to}))
        self._images += [RowImage(table.name, key, {name: away}, {name: to}) for key in found]

    def remove(self, table: str, row: Row) -> None:
        """Take a row away on which nothing hangs."""
        place = metadata.tables[table]
        self.session.execute(delete(place).where(_here(place, row)))
        self._images.append(RowImage(table, _key(place, row), dict(row), None))

    def add(self, table: str, **values: object) -> int | None:
        """Write a new row and answer its id, where it has one."""
        place = metadata.tables[table]
        done = self.session.execute(insert(place).values(values))
        assert isinstance(done, CursorResult)
        key = tuple(done.inserted_primary_key or ())
        here = and_(*(c == value for c, value in zip(place.primary_key, key, strict=True)))
        row = self.session.execute(select(place).where(here)).mappings().one()
        self._images.append(RowImage(table, key, None, dict(row)))
        return key[0] if isinstance(key[0], int) else None

    def fold_into(self, table: str, away: Row, into: Row) -> None:
        """Let ``into`` stand for ``away``: what hangs on it goes along, and it is taken away."""
        place = metadata.tables[table]
        for column in columns_to(place):
            self.move(column, away["id"], into["id"])
        for offer in self.of("note_offer", made_table=table, made_id=away["id"]):
            self.change("note_offer", offer, made_id=into["id"])
        if table == "occasion":
            self._follow_occasion(away, into)
        self.remove(table, away)

    def _follow_occasion(self, away: Row, into: Row) -> None:
        """What was asked for before the one counts for the other: it is not asked for again."""
        source = Source.OCCASION.value
        for row in self.of("follow_up", source=source, source_id=away["id"]):
            self.change("follow_up", row, source_id=into["id"])
        old, new = f"{source}:{away['id']}:", f"{source}:{into['id']}:"
        for row in self.of("touch_made", client_id=away["client_id"]):
            key = row["occasion_key"]
            if key.startswith(old) and not self.of(
                "touch_made", occasion_key=(now := key.replace(old, new, 1))
            ):
                self.change("touch_made", row, occasion_key=now)


def unite(rows: Rows, gone: int, kept: int) -> None:
    """Take away what both clients have, so that it is there once."""
    for table, same in _SAME.items():
        there: dict[tuple[Any, ...], Row] = {}
        for row in rows.of(table, client_id=kept):
            there.setdefault(same(row), row)
        for row in rows.of(table, client_id=gone):
            into = there.get(same(row))
            if into is not None and _fills(rows, table, row, into):
                rows.fold_into(table, row, into)


def _fills(rows: Rows, table: str, away: Row, into: Row) -> bool:
    """Fill what is blank in ``into``; False where both say something, and something else."""
    filling = {}
    for name in _FILLED.get(table, ()):
        if away[name] in (None, "") or away[name] == into[name]:
            continue
        if into[name] not in (None, ""):
            return False
        filling[name] = away[name]
    rows.change(table, into, **filling)
    return True


def _words(*names: str) -> Any:
    def same(row: Row) -> tuple[Any, ...]:
        return tuple(
            folded(row[name]) if isinstance(row[name], str) else row[name] for name in names
        )

    return same


_SAME = {
    # Members first: what is said of them is compared by who they are.
    "household_member": _words("name"),
    "contact_point": _words("kind", "normalised"),
    "address": _words("street", "postcode", "city", "country"),
    "client_tag": _words("tag_id"),
    "client_photo": _words(),
    "custom_value": _words("field_id"),
    "saved_list_mark": _words("saved_list_id", "associate_id"),
    "preference": _words("kind", "what", "household_member_id", "department_id", "evidence"),
    "occasion": _words(
        "kind", "title", "household_member_id", "month", "day", "year", "every_year"
    ),
}
"""What makes two rows of two clients one, in capitals or not, with accents or without."""

_FILLED = {
    "household_member": ("relation", "about", "linked_client_id", "back_relation"),
    "contact_point": ("label",),
    "address": ("label",),
}
"""What the row that stays takes over where it says nothing; where both say something, both stay."""


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _here(table: Table, row: Row) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def _in_order(asked: Any, table: Table) -> Any:
    return asked.order_by(*table.primary_key.columns)
