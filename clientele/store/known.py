"""What is known of each client in words and in sums, kept beside the rows that say it.

``client_words`` is a full-text index of names, ``client_reach`` of pieces of numbers and addresses.
``client_known`` is a full-text index with one row for each client (rowid = client.id). Its
columns: ``name``; ``goods`` (articles bought, with brand, size and article number); ``seen``
(articles shown or wished for); ``wears`` (own sizes, likes and avoids); ``people`` (the household,
their sizes and likes); ``said`` (words of notes that are not sensitive); ``tags``; ``fields`` (the
store's own fields); ``facts``, words that no text can hold by accident: ``d3`` (bought something
in department 3), ``t5`` (has tag 5), ``a7`` (in the book of associate 7 now). The index keeps no
text, only where each word is, so that it stays small.

``client_sum`` says what a client's purchases come to, ``client_card`` what a line of a list needs
of them (see the tables, and ``store.cards``).

Triggers on every table that has a part in either put the client's id into ``client_stale``;
``Store.write`` calls ``refresh`` before it commits, so both are right in every moment that a
reader can see. A table that a client is moved in (a merge) puts in the old id and the new one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from clientele.store import cards, known_words
from clientele.store.folding import spellings
from clientele.store.known_words import CLIENT_INDEXES, ClientIndex

KNOWN: Final = known_words.KNOWN.name
COLUMNS: Final = known_words.KNOWN.columns
_STALE: Final = "client_stale"
_AT_ONCE: Final = 1_000
"""Clients who are filled in by one statement: their tickets are read for the index and then for
the sums, and stay in the connection's cache meanwhile."""

_MEMORY: Final = 67_108_864
"""Bytes of words gathered before they are written, while all clients are filled in."""
_USUAL_MEMORY: Final = 1_048_576
"""SQLite's own default."""

_WORDS_AT_ONCE: Final = 100
"""Words that one question of the doctor's asks for; SQLite allows 256 deep."""

_SUM_COLUMNS: Final = "client_id, spent, tickets, lines, first_on, last_on"
_SUMS_OF: Final = """
    SELECT client_id, sum(spent), sum(bought), sum(lines),
        coalesce(min(sold_on) FILTER (WHERE bought), min(sold_on)),
        coalesce(max(sold_on) FILTER (WHERE bought), max(sold_on))
    FROM (
        SELECT client_id, sold_on,
            iif(currency = (SELECT currency FROM store_profile), total, 0) AS spent,
            coalesce(max(amount >= 0 AND quantity >= 0), total >= 0) AS bought,
            coalesce(sum(iif(amount < 0 OR quantity < 0, -1, 1)), 0) AS lines
        FROM purchase LEFT JOIN purchase_line ON purchase_line.purchase_id = purchase.id
        WHERE client_id {which} GROUP BY client_id, sold_at, purchase.id
    ) GROUP BY client_id
"""
"""A line of less than nothing brings something back, as in ``queries.spending``."""

_KEPT: Final = (
    ("client_sum", _SUM_COLUMNS, _SUMS_OF),
    ("client_card", cards.COLUMNS, cards.OF),
)
"""The tables that are kept up, their columns, and what these follow from."""

_FORMER: Final = ("client_words", "contact_trigrams")
"""Indexes that books before form 3 have, with triggers of their own."""

_OF_LINE = "SELECT client_id FROM purchase WHERE id = {row}.purchase_id"
_OF_STOP = "SELECT client_id FROM visit WHERE id = {row}.visit_id"
_OF_SHOWN = (
    "SELECT client_id FROM visit WHERE id = "
    "(SELECT visit_id FROM visit_stop WHERE id = {row}.stop_id)"
)
_OF_TAG = "SELECT client_id FROM client_tag WHERE tag_id = {row}.id"
_OF_FIELD = "SELECT client_id FROM custom_value WHERE field_id = {row}.id"
_ITS_OWN = "VALUES ({row}.client_id)"

WATCHED: Final = {
    "client": ("given_name family_name preferred_name", "VALUES ({row}.id)"),
    "book_membership": ("client_id associate_id department_id role until", _ITS_OWN),
    "contact_point": ("client_id kind value normalised position", _ITS_OWN),
    "client_reference": ("client_id reference", _ITS_OWN),
    "client_tag": ("client_id tag_id", _ITS_OWN),
    "tag": ("name", _OF_TAG),
    "note": ("client_id body sensitive", _ITS_OWN),
    "size": ("client_id household_member_id category brand value fit", _ITS_OWN),
    "preference": ("client_id household_member_id what", _ITS_OWN),
    "household_member": ("client_id name relation about", _ITS_OWN),
    "custom_value": ("client_id field_id value", _ITS_OWN),
    "custom_field": ("name", _OF_FIELD),
    "wish": ("client_id item detail brand sku state", _ITS_OWN),
    "visit": ("client_id arrived_at", _ITS_OWN),
    "visit_stop": ("visit_id", _OF_STOP),
    "shown_item": ("stop_id item detail sku outcome", _OF_SHOWN),
    "purchase": ("client_id sold_at sold_on currency total", _ITS_OWN),
    "purchase_line": ("purchase_id department_id item brand size sku quantity amount", _OF_LINE),
    "store_profile": ("currency", "SELECT client_id FROM client_sum WHERE {row}.id IS NOT NULL"),
}
"""The tables that have a part in what is known, the columns that count, and whose row it is."""


def triggers() -> dict[str, str]:
    """The triggers that note whose row was written, and what a card has, by name."""
    made = {}
    for table, (columns, whose) in WATCHED.items():
        old, new = (
            f"INSERT OR IGNORE INTO {_STALE} (client_id) {whose.format(row=row)};"
            for row in ("old", "new")
        )
        made[f"{table}_known_ai"] = f"AFTER INSERT ON {table} BEGIN {new} END"
        made[f"{table}_known_ad"] = f"AFTER DELETE ON {table} BEGIN {old} END"
        made[f"{table}_known_au"] = (
            f"AFTER UPDATE OF {', '.join(columns.split())} ON {table} BEGIN {old} {new} END"
        )
    return made | cards.triggers()


def install(connection: Connection) -> None:
    """Make the index, its source and triggers, and fill it and the sums from the rows."""
    _run(connection, f"CREATE TABLE {_STALE} (client_id INTEGER PRIMARY KEY)")
    for index in CLIENT_INDEXES:
        _run(connection, index.view, index.table(index.name))
    rebuild(connection)
    add_triggers(connection)


def remove(connection: Connection) -> None:
    """Take away whatever of it is there; the rows stay, the sums too where there are any."""
    drop_triggers(connection)
    for name in _FORMER:
        _run(
            connection,
            *(f"DROP TRIGGER IF EXISTS {name}_{end}" for end in ("ai", "ad", "au")),
            f"DROP TABLE IF EXISTS {name}",
            f"DROP VIEW IF EXISTS {name}_source",
        )
    for index in CLIENT_INDEXES:
        _run(
            connection,
            f"DROP TABLE IF EXISTS {index.name}",
            f"DROP VIEW IF EXISTS {index.source}",
        )
    _run(connection, f"DROP TABLE IF EXISTS {_STALE}")


def rebuild(connection: Connection) -> None:
    """Fill indexes, sums and cards anew from the rows: minutes for a million clients."""
    names = [index.name for index in CLIENT_INDEXES]
    for name in names:
        _run(
            connection,
            f"INSERT INTO {name} ({name}) VALUES ('delete-all')",
            f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', {_MEMORY})",
        )
    _run(connection, "DELETE FROM client_sum", "DELETE FROM client_card")
    last = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM client").scalar_one())
    for low in range(1, last + 1, _AT_ONCE):
        within = f"BETWEEN {low} AND {min(low + _AT_ONCE - 1, last)}"
        _fill(connection, within)
    for name in names:
        _run(
            connection,
            f"INSERT INTO {name} ({name}) VALUES ('optimize')",
            f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', {_USUAL_MEMORY})",
        )
    _run(connection, f"DELETE FROM {_STALE}")


def waits(connection: Connection) -> bool:
    """Whether somebody was written of and is not up to date yet."""
    raw: Any = connection.connection.driver_connection
    return raw.execute(f"SELECT 1 FROM {_STALE} LIMIT 1").fetchone() is not None


def waiting(connection: Connection) -> int:
    """How many clients were written of and are not up to date yet."""
    raw: Any = connection.connection.driver_connection
    asked = f"SELECT count(DISTINCT abs(client_id)) FROM {_STALE}"
    return int(raw.execute(asked).fetchone()[0])


def set_aside(connection: Connection) -> None:
    """Leave those who wait now to ``take_up``: ``refresh`` passes them by until then."""
    _run(connection, f"UPDATE OR REPLACE {_STALE} SET client_id = -client_id WHERE client_id > 0")


def take_up(connection: Connection) -> None:
    """Let those who were set aside wait like all others."""
    _run(connection, f"UPDATE OR REPLACE {_STALE} SET client_id = -client_id WHERE client_id < 0")


def refresh(connection: Connection, *, at_most: int = -1) -> tuple[int, ...]:
    """Bring up to date whoever was written of, or the first ``at_most``; answers their ids."""
    raw: Any = connection.connection.driver_connection
    asked = f"SELECT client_id FROM {_STALE} WHERE client_id > 0 ORDER BY client_id LIMIT ?"
    ids = tuple(row[0] for row in raw.execute(asked, (at_most,)))
    if not ids:
        return ()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        those = (
            f"IN (SELECT client_id FROM {_STALE} WHERE client_id BETWEEN {some[0]} AND {some[-1]})"
        )
        for table in ("client_sum", "client_card"):
            raw.execute(f"DELETE FROM {table} WHERE client_id {those}")
        for index in CLIENT_INDEXES:
            raw.execute(
                f"DELETE FROM {index.name} "
                f"WHERE rowid {those} AND rowid NOT IN (SELECT id FROM client)"
            )
        _fill(connection, those)
    raw.execute(f"DELETE FROM {_STALE} WHERE client_id BETWEEN 1 AND ?", ids[-1:])
    return ids


def names_of(connection: Connection, ids: Sequence[int]) -> set[str]:
    """The words of the names of these clients, in all their spellings."""
    raw: Any = connection.connection.driver_connection
    asked = (
        "SELECT given_name || ' ' || family_name || ' ' || preferred_name FROM client "
        "WHERE id IN (SELECT value FROM json_each(?))"
    )
    return {word for row in raw.execute(asked, (json.dumps(ids),)) for word in spellings(row[0])}


def is_installed(connection: Connection) -> bool:
    """Whether the book has all of it, triggers included, and nobody is waiting to be refreshed."""
    names = [_STALE, *triggers()]
    for index in CLIENT_INDEXES:
        names += [index.name, index.source]
    there = connection.exec_driver_sql(
        f"SELECT count(*) FROM sqlite_master WHERE name IN ({', '.join('?' * len(names))})",
        tuple(names),
    ).scalar_one()
    return there == len(names) and not waits(connection)


def disagreeing(connection: Connection, *, sample: int = 500) -> int:
    """How many clients are not known as their rows say, of a sample spread over the whole book.

    A book with no more clients than that is looked at whole. Index and sums of each are made anew
    beside the book and compared word by word; for all others it is only checked that they have
    an entry. Needs a writer; changes nothing.
    """
    raw: Any = connection.connection.driver_connection

    def one(sql: str) -> int:
        return int(raw.execute(sql).fetchone()[0])

    last = one("SELECT coalesce(max(id), 0) FROM client")
    step = max(1, last // sample)
    off = abs(
        one("SELECT count(DISTINCT client_id) FROM purchase")
        - one("SELECT count(*) FROM client_sum")
    ) + abs(one("SELECT count(*) FROM client") - one("SELECT count(*) FROM client_card"))
    which = f"IN (SELECT id FROM client WHERE id % {step} = 0)"
    wrong = set()
    for table, columns, of in _KEPT:
        kept = f"SELECT {columns} FROM {table} WHERE client_id {which}"
        again = of.format(which=which)
        for first, second in ((kept, again), (again, kept)):
            asked = f"SELECT * FROM ({first}) EXCEPT SELECT * FROM ({second})"
            wrong |= {row[0] for row in raw.execute(asked)}
    wrong |= {row[0] for row in raw.execute(cards.HIDING.format(which=which))}
    for index in CLIENT_INDEXES:
        off += abs(
            one("SELECT count(*) FROM client") - one(f"SELECT count(*) FROM {index.name}_docsize")
        )
        wrong |= _otherwise(connection, index, which)
    return off + len(wrong)


def _otherwise(connection: Connection, index: ClientIndex, which: str) -> set[int]:
    """The clients ``which`` of whom the index does not hold the words that their rows say."""
    raw: Any = connection.connection.driver_connection
    columns = ", ".join(index.columns)
    _run(
        connection,
        index.table("temp.again"),
        "CREATE VIRTUAL TABLE temp.again_words USING fts5vocab(temp, again, instance)",
        f"INSERT INTO temp.again (rowid, {columns}) "
        f"SELECT id, {columns} FROM {index.source} WHERE id {which}",
    )
    wrong = {
        row[0]
        for row in raw.execute(
            "SELECT id FROM temp.again_docsize AS new "
            f"LEFT JOIN {index.name}_docsize AS old USING (id) WHERE old.sz IS NOT new.sz"
        )
    }
    words: dict[int, set[str]] = {}
    for client_id, word, column in raw.execute("SELECT doc, term, col FROM temp.again_words"):
        quoted = word.replace('"', '""')
        words.setdefault(client_id, set()).add(
            f'{column} : "{quoted}"' if column else f'"{quoted}"'
        )
    asked = f"SELECT 1 FROM {index.name} WHERE {index.name} MATCH ? AND rowid = ?"
    for client_id, all_of_them in words.items():
        some = sorted(all_of_them)
        for start in range(0, len(some), _WORDS_AT_ONCE):
            match = " AND ".join(some[start : start + _WORDS_AT_ONCE])
            if raw.execute(asked, (match, client_id)).fetchone() is None:
                wrong.add(client_id)
    _run(connection, "DROP TABLE temp.again_words", "DROP TABLE temp.again")
    return wrong


def add_triggers(connection: Connection) -> None:
    """Note from now on whose rows are written."""
    _run(connection, *(f"CREATE TRIGGER {name} {sql}" for name, sql in triggers().items()))


def drop_triggers(connection: Connection) -> None:
    """Note it no longer."""
    _run(connection, *(f"DROP TRIGGER IF EXISTS {name}" for name in triggers()))


def _fill(connection: Connection, which: str) -> None:
    """Write the index and the sums of the clients ``which`` (an SQL condition on the id)."""
    for index in CLIENT_INDEXES:
        columns = ", ".join(index.columns)
        _run(
            connection,
            f"INSERT OR REPLACE INTO {index.name} (rowid, {columns}) "
            f"SELECT id, {columns} FROM {index.source} WHERE id {which}",
        )
    _run(
        connection,
        f"INSERT INTO client_sum ({_SUM_COLUMNS}) {_SUMS_OF.format(which=which)}",
        cards.FILL.format(which=which),
    )


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
