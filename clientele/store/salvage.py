"""Making a new book out of what is readable of a damaged one.

The damaged file is only read. Every page that is as it was written is used, wherever it hangs
(``salvage_trees``); a row that is gone from its table but stands whole in an index is taken from
there; with a good copy of the book, rows that are missing here come from it, where nothing says
that they were removed on purpose. What is missing is counted, by kind. See
docs/decisions/0043-repair-and-recovery.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store import proof
from clientele.store.backup import Key
from clientele.store.copying import Leave, Told
from clientele.store.engine import connect, meaning
from clientele.store.errors import BookExists, Cancelled, StoreRefusal
from clientele.store.migrate import NEWEST
from clientele.store.salvage_book import FOLLOWING, NewBook, aside_file
from clientele.store.salvage_cells import Value
from clientele.store.salvage_pages import Pages
from clientele.store.salvage_trees import Found, Tree, find_trees, fits, indexed, rows_of
from clientele.store.session import Profile

_LOOK_EVERY = 5_000
_OLDEST = 1
LOOKING = 30
"""Of a hundred: until where looking at all pages counts."""


class NothingToRecover(StoreRefusal):
    """No row could be read."""

    template = (
        "Not one row of {path} can be read. It was left as it is, and nothing was made; "
        "restore a backup, and keep the damaged file."
    )


@dataclass(slots=True)
class Kind:
    """What became of one kind of rows."""

    table: str
    read: int = 0
    """From the damaged book."""
    from_index: int = 0
    """Put together from an index."""
    from_copy: int = 0
    lost: int = 0
    at_least: bool = False
    """Whether more may be lost than is known."""
    aside: int = 0
    emptied: int = 0
    stand_ins: int = 0


@dataclass(slots=True)
class Recovered:
    """What was found in the damaged book, and what is in the new one."""

    path: Path
    pages: int
    bad: int
    unknown: int = 0
    """Pages that may hold rows, of which nobody can tell whose."""
    unfinished: int = 0
    """Pages at the end of the log that belong to no change that was kept."""
    profile_lost: bool = False
    """Whether the store's own details, such as its currency, had to be taken as given."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    aside: Path | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return (
            not self.unknown
            and not self.profile_lost
            and not any(
                kind.lost or kind.at_least or kind.aside or kind.emptied or kind.stand_ins
                for kind in self.kinds.values()
            )
        )


def recover(  # noqa: PLR0913
    damaged: Path,
    data_key: Key,
    target: Path,
    *,
    now: datetime,
    copy: Path | None = None,
    heads: Iterable[bytes] = (),
    fallback: Profile | None = None,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> Recovered:
    """Make a new book at ``target`` out of the book at ``damaged``, which nobody has open.

    ``copy`` is a good copy with the same key, from which missing rows come. ``heads`` are other
    heads that the file may have had. ``fallback`` says what store it is if the book does not.
    ``told`` hears how much is done, of a hundred. Nothing stands at ``target`` unless all went
    well; ``damaged`` is only read.

    Raises ``BookExists``, ``WrongKey``, ``NothingToRecover``, ``Cancelled``, ``DiskFull`` …
    """
    if target.exists() or target.is_symlink():
        raise BookExists(path=target)
    new: NewBook | None = None
    try:
        with Pages(damaged, data_key, heads) as pages:
            pages.look(told=lambda done, all_: told(LOOKING * done // all_, 100), leave=leave)
            new = NewBook(target, data_key, pages.salt)
            found = find_trees(pages, new.schema)
            form = _form(pages, found)
            if form != new.form:
                new.give_up()
                new = NewBook(target, data_key, pages.salt, form)
                found = find_trees(pages, new.schema)
            done = Recovered(target, pages.count, pages.bad, len(found.unknown), pages.unfinished)
            source = _Copy(copy, data_key) if copy is not None else None
            try:
                _fill(pages, found, new, source, done, told, leave)
            finally:
                if source is not None:
                    source.close()
        if not any(kind.read for kind in done.kinds.values()):
            raise NothingToRecover(path=damaged)
        done.profile_lost = _see_to_profile(new, fallback, now)
        new.make_right(now)
        for counts, name in (
            (new.aside, "aside"), (new.emptied, "emptied"), (new.stand_ins, "stand_ins"),
        ):  # fmt: skip
            for table, count in counts.items():
                setattr(done.kinds.setdefault(table, Kind(table)), name, count)
        new.finish()
        done.aside = aside_file(target) if new.aside else None
        told(100, 100)
    except (OSError, sqlcipher.Error) as error:
        if new is not None:
            new.give_up()
        raise meaning(error, target) or error from error
    except BaseException:
        if new is not None:
            new.give_up()
        raise
    return done


def _form(pages: Pages, found: Found) -> int:
    """The number of the damaged book's form, from its first page, else from what alembic kept."""
    said = found.form
    tree = found.trees.get("alembic_version")
    if said is None and tree is not None:
        for _, values in rows_of(pages, tree):
            with suppress(TypeError, ValueError):
                said = int(str(values[0]))
    return said if said is not None and _OLDEST <= said <= NEWEST else NEWEST


def _fill(
    pages: Pages,
    found: Found,
    new: NewBook,
    source: _Copy | None,
    done: Recovered,
    told: Told,
    leave: Leave,
) -> None:
    tables = [tree for name, tree in found.trees.items() if name not in FOLLOWING]
    weight = sum(len(tree.leaves) + 1 for tree in tables)
    so_far = 0
    for tree in tables:
        kind = done.kinds[tree.name] = Kind(tree.name)
        names = [column.name for column in tree.columns]

        def watched(rows: Iterator[tuple[int, list[Value]]]) -> Iterator[tuple[int, list[Value]]]:
            for count, row in enumerate(rows):
                if count % _LOOK_EVERY == 0 and leave():
                    raise Cancelled
                yield row

        kind.read = new.write(tree.name, names, watched(rows_of(pages, tree)))
        if tree.gaps:
            _fill_gaps(pages, found, tree, new, source, kind)
        so_far += len(tree.leaves) + 1
        told(LOOKING + (90 - LOOKING) * so_far // weight, 100)


def _fill_gaps(
    pages: Pages, found: Found, tree: Tree, new: NewBook, source: _Copy | None, kind: Kind
) -> None:
    """What can still be had of a table of which leaves are missing, and how many rows are lost."""
    names = [column.name for column in tree.columns]
    row_ids = {column.name for column in tree.columns if column.is_row_id}
    strays = list(rows_of(pages, tree, tree.strays))
    said: dict[int, dict[str, Value]] = {}
    whole = False
    for index, columns in tree.indexes.items():
        some, complete = indexed(pages, found, tree, index)
        whole = whole or complete
        for row, values in some.items():
            told = zip(columns, values, strict=False)
            own = {name: value for name, value in told if name and name not in row_ids}
            said.setdefault(row, {}).update(own)

    def agrees(row: int, values: dict[str, Value]) -> bool:
        return all(values.get(name) == value for name, value in said.get(row, {}).items())

    def is_there(row: int) -> bool:
        """Whether an index says that the row was not removed; where none can say, that it was."""
        return row in said if whole else row in said or found.free_is_known

    good, doubtful = [], []
    for row, values in strays:
        if is_there(row) and agrees(row, dict(zip(names, values, strict=False))):
            good.append((row, values))
        elif not whole and row not in said:
            doubtful.append((row, values))
    kind.read += new.write(tree.name, names, good)
    missing = set(said) - new.ids(tree.name, said)
    rebuilt = []
    for row in sorted(missing):
        if all(column.is_row_id or column.name in said[row] for column in tree.columns):
            values = [said[row].get(column.name) for column in tree.columns]
            if fits(tree, values):
                rebuilt.append((row, values))
    kind.from_index = new.write(tree.name, names, rebuilt)
    missing -= {row for row, _ in rebuilt}
    if source is not None:
        theirs = source.columns(tree.name)
        there = [
            (row, values)
            for row, values in source.rows(tree.name)
            if tree.lacks(row)
            and (row in missing if whole else True)
            and agrees(row, dict(zip(theirs, values, strict=True)))
        ]
        absent = {row for row, _ in there} - new.ids(tree.name, (row for row, _ in there))
        kind.from_copy = new.write(tree.name, theirs, [one for one in there if one[0] in absent])
        missing -= absent
    found_since = new.ids(tree.name, (row for row, _ in doubtful))
    for row, values in doubtful:
        if row not in found_since:
            new.put_aside(tree.name, row, list(zip(names, values, strict=False)))
    kind.lost = len(missing)
    kind.at_least = not whole


def _see_to_profile(new: NewBook, fallback: Profile | None, now: datetime) -> bool:
    """A book is of one store: what store, if the damaged one does not say it any more."""
    if new.ask("SELECT 1 FROM store_profile"):
        return False
    currency = new.ask(
        "SELECT currency FROM purchase GROUP BY currency ORDER BY count(*) DESC LIMIT 1"
    )
    given = fallback or Profile("EUR", "NL", "UTC")
    at = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    names = ("id", "name", "currency", "country", "time_zone", "created_at")
    values = (1, given.name, currency[0][0] if currency else given.currency, given.country,
              given.time_zone, at)  # fmt: skip
    new.write("store_profile", names, [(1, values)])
    return True


class _Copy:
    """A good copy of the same book, of which the missing rows are asked."""

    def __init__(self, path: Path, data_key: Key) -> None:
        if not proof.fits(path, data_key):
            from clientele.store.restore import AnotherKey

            raise AnotherKey(file=path.name)
        self._raw = connect(path, data_key)
        self._raw.execute("PRAGMA query_only = ON")

    def columns(self, table: str) -> tuple[str, ...]:
        return tuple(row[1] for row in self._raw.execute(f"PRAGMA table_info({table})"))

    def rows(self, table: str) -> Iterator[tuple[int, tuple[Value, ...]]]:
        if not self.columns(table):
            return
        for row in self._raw.execute(f"SELECT rowid, * FROM {table}"):
            yield row[0], tuple(row[1:])

    def close(self) -> None:
        self._raw.close()
