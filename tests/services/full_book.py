"""A book with rows in every table, made from the tables themselves, so that none is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    Table,
    Time,
    insert,
    select,
)
from sqlalchemy.orm import Session

from clientele.domain.base import UtcDateTime
from clientele.domain.tables import metadata
from clientele.services.undo import KEPT_UP
from clientele.store.session import Store

TRAIL = frozenset({"audit_entry", "audit_seal"})
"""What was done stays written when it is taken back: kept apart from the book as it was."""

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

WORDS: dict[str, tuple[str, ...]] = {
    "given_name": ("Anna", "Jon", "John", "Maria", "", "Bob"),
    "family_name": ("Smith", "Schmidt", "Meyer", "Maier", ""),
    "role": ("owner", "department"),
    "channel": ("call", "email", "text"),
    "state": ("open", "done", "found", "offered"),
    "outcome": ("shown", "keeping", "hold"),
    "normalised": ("+31612345678", "+31612345679", "anna@x.nl", "bob@y.nl"),
    "receipt": ("", "4711", "4712", "4713"),
    "currency": ("EUR",),
    "time_zone": ("", "Europe/Amsterdam"),
    "country": ("NL",),
    "question": ("{}",),
    "fields": ("{}",),
    "reasons": ("phone",),
    "moved": ('{"rows":[],"own":{},"born":{}}',),
    "made_table": ("", "occasion", "preference"),
    "name": ("Jan", "Anna", "Emma", "Sofie", "Tom"),
    "value": ("yes", "42R", "blue"),
}
"""What stands in columns of these names; any other word will do for the rest."""

MANY = {"client": 24, "purchase": 60, "note": 40, "book_membership": 80, "consent": 60,
        "contact_point": 60, "client_tag": 60, "draft": 40, "visit": 30}  # fmt: skip
EACH = 25


def fill(store: Store, seed: int) -> list[int]:
    """Fill every table and answer the ids of the clients."""
    chance = Random(seed)
    with store.write() as session:
        for table in metadata.sorted_tables:
            if table.name not in KEPT_UP | TRAIL | {"store_profile", "client_merge"}:
                _fill(session, table, chance, MANY.get(table.name, EACH))
        _drafts(session, chance)
        return list(session.scalars(select(metadata.tables["client"].c.id)))


def filled(store: Store) -> set[str]:
    """The tables in which there is anything."""
    with store.read() as session:
        return {
            table.name
            for table in metadata.sorted_tables
            if session.execute(select(table).limit(1)).first() is not None
        }


def _fill(session: Session, table: Table, chance: Random, many: int) -> None:
    known: dict[str, list[Any]] = {}
    for number in range(1, many + 1):
        values: dict[str, Any] = {}
        for column in table.columns:
            if column.name == "id":
                values["id"] = number
                continue
            value = _value(session, column, chance, known)
            values[column.name] = value
        if None in (values[column.name] for column in table.columns if not column.nullable):
            return
        session.execute(insert(table).prefix_with("OR IGNORE").values(values))


def _value(
    session: Session, column: Column[Any], chance: Random, known: dict[str, list[Any]]
) -> Any:
    for foreign in column.foreign_keys:
        target = foreign.column.table
        if column.name not in known:
            known[column.name] = list(session.scalars(select(target.c.id)))
        there = known[column.name]
        if not there or (column.nullable and chance.random() < 0.3):
            return None
        return chance.choice(there)
    if column.nullable and chance.random() < 0.4:
        return None
    return _plain(column, chance)


_MADE: tuple[tuple[type, Callable[[Random], Any]], ...] = (
    (UtcDateTime, lambda chance: NOW - timedelta(seconds=chance.randrange(9**7), microseconds=7)),
    (Boolean, lambda chance: chance.random() < 0.5),
    (Date, lambda chance: date(2026, 1, 1) + timedelta(days=chance.randrange(3))),
    (Time, lambda chance: time(chance.randrange(24), 30)),
    (LargeBinary, lambda chance: chance.randbytes(12)),
    (BigInteger, lambda chance: chance.randrange(1, 90_000)),
    (Integer, lambda chance: chance.randrange(1, 13)),
)


def _plain(column: Column[Any], chance: Random) -> Any:
    for kind, made in _MADE:
        if isinstance(column.type, kind):
            return made(chance)
    pool = WORDS.get(column.name)
    if pool is None or column.unique:
        return f"{column.name} {chance.randrange(6 if not column.unique else 10_000)}"
    return chance.choice(pool)


def _drafts(session: Session, chance: Random) -> None:
    clients = list(session.scalars(select(metadata.tables["client"].c.id)))
    places = ("note of client {}", "new promise to {}", "new follow-up for {}, sensitive")
    for associate in session.scalars(select(metadata.tables["associate"].c.id)):
        for client in clients:
            if chance.random() < 0.1:
                body = chance.choice(('{"what": "hem"}', "likes emerald", '{"due": "5 dec"}'))
                session.execute(
                    insert(metadata.tables["draft"])
                    .prefix_with("OR IGNORE")
                    .values(
                        associate_id=associate,
                        place=chance.choice(places).format(client),
                        body=body,
                        typed_at=NOW,
                    )
                )
