"""How does a statement on the way of a key press cost little more than the database takes?

SQLAlchemy builds a statement, looks it up among those it compiled and wraps the rows each time:
several times what SQLite takes for a short answer. A ``Prepared`` one is compiled once for each
dialect and answers plain tuples, with the values of its columns' types.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Executable, bindparam
from sqlalchemy.orm import Session

Processor = Callable[[Any], Any]


def given(name: str, type_: Any = None) -> BindParameter[Any]:
    """A place in a statement for the value ``name``."""
    return bindparam(name, type_=type_, required=True)


def among(name: str) -> BindParameter[Any]:
    """A place for a list, as in ``column.in_(among("ids"))``; the list may have any length."""
    return bindparam(name, expanding=True, required=True)


def run(connection: Any, statement: str, values: Any) -> list[Any]:
    """All rows of a statement, from the driver itself."""
    rows: list[Any] = connection.execute(statement, values).fetchall()
    return rows


def under_way(session: Session) -> Connection:
    """The connection of a session that has begun; asking the session each time costs more."""
    bind = session.bind
    if isinstance(bind, Connection) and bind.in_transaction():
        return bind
    return session.connection()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes: its name, which one of a list (-1: no list), how it is written.

    Without a name it is the same each time.
    """

    name: str
    at: int
    writer: Processor | None
    constant: Any = None

    def value(self, values: dict[str, Any]) -> Any:
        """What goes there."""
        if not self.name:
            return self.constant
        value = values[self.name]
        if self.at >= 0:
            value = value[min(self.at, len(value) - 1)]
        return value if self.writer is None else self.writer(value)


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    plain: tuple[str, ...] | None
    """The names of the values in order, where each goes in as it is."""
    different: tuple[_Place, ...]
    """Each place once, however often the same value goes in."""
    places: tuple[int, ...] | None
    """Which of them goes where."""
    names: dict[str, _Place]
    """The same by name, for a driver whose places are named."""
    readers: tuple[tuple[int, Processor], ...]
    """The columns whose values are not what the driver says."""
    row: Any
    """What a row is made with: a tuple, or one whose values have names."""

    def said(self, values: dict[str, Any]) -> Any:
        """The values as the driver takes them."""
        if self.plain is not None:
            return tuple([values[name] for name in self.plain])
        if self.places is not None:
            written = [place.value(values) for place in self.different]
            return tuple([written[at] for at in self.places])
        return {name: place.value(values) for name, place in self.names.items()}


class Prepared:
    """A statement with ``given`` and ``among`` in it.

    ``rows(session, name=value…)`` answers a list of tuples, whose values have the names of their
    columns where ``named`` is wanted. Changes of the session that were not
    written yet are written first, as before any other reading.
    """

    def __init__(self, statement: Executable, *, named: bool = False) -> None:
        self._statement = statement
        self._named = named
        self._compiled: dict[tuple[object, ...], _Compiled] = {}

    def rows(self, session: Session, **values: Any) -> list[Any]:
        """All rows."""
        if session.autoflush:
            session.flush()
        connection = under_way(session)
        dialect = connection.dialect
        sizes = []
        for name, value in values.items():
            if isinstance(value, list | tuple):
                if not value:
                    return []
                sizes.append((name, _room(len(value))))
        key = (dialect.name, *sizes)
        ready = self._compiled.get(key)
        if ready is None:
            ready = self._compiled[key] = _compile(
                self._statement, dialect, dict(sizes), named=self._named
            )
        rows = run(connection.connection.driver_connection, ready.sql, ready.said(values))
        return _read(rows, ready) if ready.readers or self._named else rows

    def first(self, session: Session, **values: Any) -> Any:
        """The first row, or None."""
        rows = self.rows(session, **values)
        return rows[0] if rows else None

    def column(self, session: Session, **values: Any) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.rows(session, **values)]


def _room(count: int) -> int:
    """Lists are filled up to few lengths, so that few statements are compiled."""
    room = 1
    while room < count:
        room *= 2
    return room


def _read(rows: list[Any], ready: _Compiled) -> list[Any]:
    read = []
    for row in rows:
        values = list(row)
        for at, reader in ready.readers:
            values[at] = reader(values[at])
        read.append(ready.row(values))
    return read


def _compile(statement: Any, dialect: Dialect, sizes: dict[str, int], *, named: bool) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect)
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    asked = {name: [0] * sizes[name] if name in sizes else None
             for name, bind in binds.items() if bind.required}  # fmt: skip
    state = compiled.construct_expanded_state(asked, escape_names=False)
    listed = {
        one: (name, at)
        for name, many in state.parameter_expansion.items()
        for at, one in enumerate(many)
    }

    def place(expanded: str) -> _Place:
        name, at = listed.get(expanded, (expanded, -1))
        writer = binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        if binds[name].required:
            return _Place(name, at, writer)
        constant = state.parameters[expanded]
        return _Place("", -1, None, constant if writer is None else writer(constant))

    names = state.positiontup
    places = None if names is None else tuple(map(place, names))
    plain = places is not None and all(
        one.name and one.at < 0 and one.writer is None for one in places
    )
    numbers = {place: at for at, place in enumerate(dict.fromkeys(places or ()))}
    row: Any = tuple
    if named:
        columns = [column.keyname for column in compiled._result_columns]
        named_row: Any = namedtuple  # mypy wants names that stand in the code
        row = named_row("Row", columns, rename=True)._make
    return _Compiled(
        state.statement,
        tuple(one.name for one in places) if places and plain else None,
        tuple(numbers),
        None if places is None else tuple([numbers[place] for place in places]),
        {} if names is not None else {name: place(name) for name in state.parameters},
        tuple(
            (at, reader)
            for at, column in enumerate(compiled._result_columns)
            if (reader := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ),
        row,
    )
