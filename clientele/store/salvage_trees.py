"""Which page belongs to which table of a damaged book, and which row ids are missing where?

A table is a tree of pages, from its root, which the schema names. Below an inner page that is
damaged the leaves are still there, only nobody leads to them: they are given to the one table of
which each of their rows has the shape and an id that is missing. What could belong to two tables
belongs to none. See docs/decisions/0043-repair-and-recovery.md.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from clientele.store.salvage_cells import (
    INDEX_INNER,
    INDEX_LEAF,
    TABLE_INNER,
    TABLE_LEAF,
    Torn,
    Value,
    entries,
    index_children,
    inner,
    rows,
)
from clientele.store.salvage_pages import USABLE, Pages

LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
_SCHEMA_COLUMNS = 5
_FREE_AT, _FREE_COUNT_AT, _FORM_AT = 32, 36, 60
_KINDS = ("table", "index", "view", "trigger")

_SHAPES: dict[str, Callable[[Value], bool]] = {
    "INTEGER": lambda value: type(value) is int,
    "BIGINT": lambda value: type(value) is int,
    "BOOLEAN": lambda value: value in (0, 1),
    "BLOB": lambda value: isinstance(value, bytes),
}
"""What a value of a declared type looks like; of any other it is a text."""

_TEXTS = {
    "DATETIME": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?"),
    "DATE": re.compile(r"\d{4}-\d\d-\d\d"),
    "TIME": re.compile(r"\d\d:\d\d:\d\d(\.\d+)?"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, in the order in which rows have them."""

    name: str
    kind: str
    required: bool
    is_row_id: bool


@dataclass(slots=True)
class Tree:
    """A table of the damaged book: its columns, its leaves, and what of it is missing."""

    name: str
    columns: tuple[Column, ...]
    root: int | None = None
    """None where what named it is damaged."""
    leaves: list[int] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Row ids that may be missing: from above the first to the second."""
    loose: bool = False
    """Whether leaves may be there that nothing leads to."""
    strays: list[int] = field(default_factory=list)
    """Such leaves, given to this table by what stands on them."""
    indexes: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    """The columns of each of its indexes that has every row."""
    _sorted: list[tuple[int, int]] = field(default_factory=list)

    def lacks(self, row: int) -> bool:
        """Whether that id may be missing."""
        if len(self._sorted) != len(self.gaps):
            self._sorted = sorted(self.gaps)
        place = bisect_left(self._sorted, (row, LOWEST)) - 1
        return place >= 0 and self._sorted[place][0] < row <= self._sorted[place][1]


@dataclass(slots=True)
class Found:
    """What was found out about the whole file."""

    trees: dict[str, Tree]
    form: int | None
    """The number of its form; None where no page says it."""
    index_roots: dict[str, int]
    free_is_known: bool
    """Whether it is known which pages are free: they may hold rows that are long gone."""
    unknown: list[int] = field(default_factory=list)
    """Leaves that may hold rows, of which nobody can tell whose."""


Schema = list[tuple[str, str, str, "int | None", "str | None"]]
"""Kind, name, table, root and SQL of each thing in a book."""


def find_trees(pages: Pages, expected: Schema) -> Found:
    """Give every readable leaf to its table.

    ``expected`` is the schema that a book of this form has, for what this one says no more.
    """
    schema, whole = _schema(pages)
    named = {(kind, name): (root, sql) for kind, name, _, root, sql in schema}
    tables = _tables(schema, expected)
    used: set[int] = set()
    index_roots = {}
    for (kind, name), (root, _) in named.items():
        if kind == "index" and root:
            index_roots[name] = root
        elif kind == "table" and root:
            tree = tables.get(name)
            walked = tree if tree is not None else Tree(name, ())
            walked.root = root
            _walk(pages, walked, root, used)
    for tree in tables.values():
        if tree.root is None:
            tree.gaps, tree.loose = [(LOWEST, HIGHEST)], not whole
    free = _free(pages)
    found = Found(tables, _form(pages), index_roots, free is not None)
    loose = [
        number
        for number, kind in enumerate(pages.kinds, 1)
        if kind == TABLE_LEAF and number not in used and number not in (free or ())
    ]
    _give_out(pages, found, loose)
    return found


def rows_of(
    pages: Pages, tree: Tree, leaves: list[int] | None = None
) -> Iterator[tuple[int, list[Value]]]:
    """The rows of a table that can be read whole, or of some leaves; adds to its gaps the rest."""
    for number in tree.leaves if leaves is None else leaves:
        page = pages.page(number)
        if page is None:
            continue
        try:
            for row, values in rows(page, number, pages.page):
                if values is None:
                    tree.gaps.append((row - 1, row))
                else:
                    yield row, values
        except (Torn, IndexError):
            continue


def indexed(
    pages: Pages, found: Found, tree: Tree, name: str
) -> tuple[dict[int, list[Value]], bool]:
    """What an index says of the rows that may be missing, by id; and whether it is whole."""
    root = found.index_roots.get(name)
    if root is None:
        return {}, False
    said: dict[int, list[Value]] = {}
    whole, waiting, seen = True, [root], set()
    while waiting:
        number = waiting.pop()
        page = None if number in seen else pages.page(number)
        seen.add(number)
        kind = None if page is None else page[0]
        if page is None or kind not in (INDEX_INNER, INDEX_LEAF):
            whole = False
            continue
        try:
            if kind == INDEX_INNER:
                waiting += index_children(page, number)
            for entry in entries(page, number, pages.page):
                if entry is None or type(entry[-1]) is not int:
                    whole = False
                elif tree.lacks(entry[-1]):
                    said[entry[-1]] = entry[:-1]
        except (Torn, IndexError):
            whole = False
    return said, whole


def fits(tree: Tree, values: list[Value]) -> bool:
    """Whether a row could be one of this table."""
    columns = tree.columns
    if not 0 < len(values) <= len(columns):
        return False
    return all(_fits(column, value) for column, value in zip(columns, values, strict=False))


def _fits(column: Column, value: Value) -> bool:
    if column.is_row_id:
        return value is None
    if value is None:
        return not column.required
    kind = column.kind.partition("(")[0].upper()
    shape, text = _SHAPES.get(kind), _TEXTS.get(kind)
    if shape is not None:
        return shape(value)
    return isinstance(value, str) and (text is None or text.fullmatch(value) is not None)


def _walk(pages: Pages, tree: Tree, root: int, used: set[int]) -> None:
    """Follow a table from its root; note its leaves, and where one cannot follow."""
    broken: list[tuple[int, int, int]] = []
    bottom = 0
    waiting = [(root, LOWEST, HIGHEST, 0)]
    while waiting:
        number, low, high, depth = waiting.pop()
        page = pages.page(number)
        kind = None if page is None else page[100 if number == 1 else 0]
        if page is None or number in used or kind not in (TABLE_INNER, TABLE_LEAF):
            broken.append((low, high, depth))
            continue
        used.add(number)
        if kind == TABLE_LEAF:
            tree.leaves.append(number)
            bottom = depth
            continue
        under = low
        for child, last in inner(page, number):
            upper = high if last is None else last
            waiting.append((child, under, upper, depth + 1))
            under = upper
    tree.gaps = [(low, high) for low, high, _ in broken]
    tree.loose = any(depth < bottom or not tree.leaves for _, _, depth in broken)
    tree.leaves.sort()


def _give_out(pages: Pages, found: Found, loose: list[int]) -> None:
    """Give each leaf that nothing leads to to the one table that it fits."""
    candidates = [tree for tree in found.trees.values() if tree.loose and tree.columns]
    for number in loose:
        page = pages.page(number)
        try:
            some = [] if page is None else list(rows(page, number, pages.page))
        except (Torn, IndexError):
            continue
        if not some:
            continue
        owners = [
            tree
            for tree in candidates
            if all(
                tree.lacks(row) and (values is None or fits(tree, values)) for row, values in some
            )
        ]
        if len(owners) == 1 and any(values is not None for _, values in some):
            owners[0].strays.append(number)
        elif owners:
            found.unknown.append(number)


def _schema(pages: Pages) -> tuple[Schema, bool]:
    """What the damaged book says that it has, and whether it says all of it."""
    tree = Tree("sqlite_schema", ())
    _walk(pages, tree, 1, set())
    whole = not tree.gaps
    leaves = list(tree.leaves)
    if not whole:
        leaves += [
            number
            for number, kind in enumerate(pages.kinds, 1)
            if kind == TABLE_LEAF and number not in tree.leaves and _is_of_schema(pages, number)
        ]
    tree.leaves = leaves
    said: dict[int, list[Value]] = dict(rows_of(pages, tree))
    newest: dict[tuple[str, str], tuple[str, str, str, int | None, str | None]] = {}
    for row in sorted(said):
        if len(said[row]) == _SCHEMA_COLUMNS and said[row][0] in _KINDS:
            kind, name, table, root, sql = said[row]
            newest[str(kind), str(name)] = (
                str(kind), str(name), str(table), root if isinstance(root, int) else None,
                sql if isinstance(sql, str) else None,
            )  # fmt: skip
    return list(newest.values()), whole


def _is_of_schema(pages: Pages, number: int) -> bool:
    page = pages.page(number)
    try:
        some = [] if page is None else list(rows(page, number, pages.page))
    except (Torn, IndexError):
        return False
    whole = [values for _, values in some if values is not None]
    return bool(whole) and all(
        len(values) == _SCHEMA_COLUMNS
        and values[0] in _KINDS
        and all(isinstance(value, str) for value in values[:3])
        and (values[4] is None or str(values[4]).startswith("CREATE "))
        for values in whole
    )


def _tables(schema: Schema, expected: Schema) -> dict[str, Tree]:
    """The tables that a book should have, with the columns that this one says they have."""
    own = {name for kind, name, *_ in expected if kind == "table" and not name.startswith("sqlite")}
    said = {(one[0], one[1]): one for one in (*expected, *schema) if one[2] in own}
    empty = sqlite3.connect(":memory:")  # holds names of columns, nothing of a client
    try:
        for kind, _, _, _, sql in said.values():
            if kind == "table" and sql:
                empty.execute(sql)
        for kind, _, _, _, sql in said.values():
            if kind == "index" and sql:
                with suppress(sqlite3.OperationalError):  # of a later form than these columns
                    empty.execute(sql)
        return {name: _tree(empty, name) for name in sorted(own)}
    finally:
        empty.close()


def _tree(empty: sqlite3.Connection, name: str) -> Tree:
    told = empty.execute(f"PRAGMA table_info({name})").fetchall()
    keys = [row for row in told if row[5]]
    columns = tuple(
        Column(
            row[1], row[2], bool(row[3]), len(keys) == 1 and bool(row[5]) and row[2] == "INTEGER"
        )
        for row in told
    )
    indexes = {
        str(index[1]): tuple(
            part[2] for part in empty.execute(f"PRAGMA index_info({index[1]})").fetchall()
        )
        for index in empty.execute(f"PRAGMA index_list({name})").fetchall()
        if not index[4]
    }
    return Tree(name, columns, indexes=indexes)


def _free(pages: Pages) -> set[int] | None:
    """The pages that are in no use; None where not all of them can be known."""
    page = pages.page(1)
    if page is None:
        return None
    trunk = int.from_bytes(page[_FREE_AT : _FREE_AT + 4], "big")
    count = int.from_bytes(page[_FREE_COUNT_AT : _FREE_COUNT_AT + 4], "big")
    free: set[int] = set()
    while trunk and trunk not in free:
        page = pages.page(trunk)
        if page is None:
            return None
        free.add(trunk)
        some = min(int.from_bytes(page[4:8], "big"), USABLE // 4 - 2)
        free.update(int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * some, 4))
        trunk = int.from_bytes(page[:4], "big")
    return free if len(free) == count else None


def _form(pages: Pages) -> int | None:
    page = pages.page(1)
    return None if page is None else int.from_bytes(page[_FORM_AT : _FORM_AT + 4], "big")
