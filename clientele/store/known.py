"""What is known of each client in words and in sums, kept beside the rows that say it.

``client_known`` is a full-text index with one row for each client (rowid = client.id). Its
columns: ``name``; ``goods`` (articles bought, with brand, size and article number); ``seen``
(articles shown or wished for); ``wears`` (own sizes, likes and avoids); ``people`` (the household,
their sizes and likes); ``said`` (words of notes that are not sensitive); ``tags``; ``fields`` (the
store's own fields); ``facts``, words that no text can hold by accident: ``d3`` (bought something
in department 3), ``t5`` (has tag 5), ``a7`` (in the book of associate 7 now). The index keeps no
text, only where each word is, so that it stays small.

``client_sum`` says what a client's purchases come to (see its table).

Triggers on every table that has a part in either put the client's id into ``client_stale``;
``Store.write`` calls ``refresh`` before it commits, so both are right in every moment that a
reader can see. A table that a client is moved in (a merge) puts in the old id and the new one.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from clientele.store.folding import FOLDED_LETTERS, replaced, with_umlauts

KNOWN: Final = "client_known"
COLUMNS: Final = (
    "name", "goods", "seen", "wears", "people", "said", "tags", "fields", "facts",
)  # fmt: skip
_OPTIONS: Final = (
    "content='', contentless_delete=1, detail=column, prefix='1 2 3', "
    "tokenize='unicode61 remove_diacritics 2'"
)
_SOURCE: Final = "client_known_source"
_STALE: Final = "client_stale"
_AT_ONCE: Final = 1_000
"""Clients who are filled in by one statement: their tickets are read for the index and then for
the sums, and stay in the connection's cache meanwhile."""

_MEMORY: Final = 67_108_864
"""Bytes of words gathered before they are written, while all clients are filled in."""

_BOUGHT = "FROM purchase JOIN purchase_line ON purchase_line.purchase_id = purchase.id"
_MINE = "WHERE purchase.client_id = client.id AND amount >= 0 AND quantity >= 0"


def _joined(words: str, rest: str) -> str:
    """The SQL of all different ``words`` of some rows as one text; empty where there are none."""
    return f"coalesce((SELECT group_concat(DISTINCT {words}) {rest}), '')"


_TEXTS: Final = {
    "goods": _joined(
        "purchase_line.item || ' ' || purchase_line.brand || ' ' || purchase_line.size "
        "|| ' ' || purchase_line.sku",
        f"{_BOUGHT} {_MINE}",
    ),
    "seen": _joined(
        "shown_item.item || ' ' || shown_item.detail || ' ' || shown_item.sku",
        "FROM visit JOIN visit_stop ON visit_stop.visit_id = visit.id "
        "JOIN shown_item ON shown_item.stop_id = visit_stop.id "
        "WHERE visit.client_id = client.id AND shown_item.outcome <> 'return'",
    )
    + " || ' ' || "
    + _joined(
        "item || ' ' || detail || ' ' || brand || ' ' || sku",
        "FROM wish WHERE wish.client_id = client.id AND wish.state <> 'dropped'",
    ),
    "wears": _joined(
        "category || ' ' || brand || ' ' || value || ' ' || fit",
        "FROM size WHERE size.client_id = client.id AND size.household_member_id IS NULL",
    )
    + " || ' ' || "
    + _joined(
        "what",
        "FROM preference WHERE preference.client_id = client.id "
        "AND preference.household_member_id IS NULL",
    ),
    "people": _joined(
        "name || ' ' || relation || ' ' || about",
        "FROM household_member WHERE household_member.client_id = client.id",
    )
    + " || ' ' || "
    + _joined(
        "category || ' ' || brand || ' ' || value",
        "FROM size WHERE size.client_id = client.id AND size.household_member_id IS NOT NULL",
    )
    + " || ' ' || "
    + _joined(
        "what",
        "FROM preference WHERE preference.client_id = client.id "
        "AND preference.household_member_id IS NOT NULL",
    ),
    "said": _joined("body", "FROM note WHERE note.client_id = client.id AND NOT note.sensitive"),
    "tags": _joined(
        "tag.name",
        "FROM client_tag JOIN tag ON tag.id = client_tag.tag_id "
        "WHERE client_tag.client_id = client.id",
    ),
    "fields": _joined(
        "CASE custom_value.value WHEN 'yes' THEN custom_field.name WHEN 'no' THEN '' "
        "ELSE custom_value.value END",
        "FROM custom_value JOIN custom_field ON custom_field.id = custom_value.field_id "
        "WHERE custom_value.client_id = client.id",
    ),
}
_FACTS: Final = " || ' ' || ".join(
    (
        _joined("'d' || purchase_line.department_id", f"{_BOUGHT} {_MINE}"),
        _joined("'t' || tag_id", "FROM client_tag WHERE client_tag.client_id = client.id"),
        _joined(
            "'a' || associate_id",
            "FROM book_membership WHERE book_membership.client_id = client.id AND until IS NULL",
        ),
    )
)
_VIEW: Final = f"""
    CREATE VIEW {_SOURCE} (id, {", ".join(COLUMNS)}) AS SELECT id,
    {with_umlauts("given_name || ' ' || family_name || ' ' || preferred_name")},
    {", ".join(replaced(text, FOLDED_LETTERS) for text in _TEXTS.values())}, {_FACTS} FROM client
"""
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
    "book_membership": ("client_id associate_id until", _ITS_OWN),
    "client_tag": ("client_id tag_id", _ITS_OWN),
    "tag": ("name", _OF_TAG),
    "note": ("client_id body sensitive", _ITS_OWN),
    "size": ("client_id household_member_id category brand value fit", _ITS_OWN),
    "preference": ("client_id household_member_id what", _ITS_OWN),
    "household_member": ("client_id name relation about", _ITS_OWN),
    "custom_value": ("client_id field_id value", _ITS_OWN),
    "custom_field": ("name", _OF_FIELD),
    "wish": ("client_id item detail brand sku state", _ITS_OWN),
    "visit": ("client_id", _ITS_OWN),
    "visit_stop": ("visit_id", _OF_STOP),
    "shown_item": ("stop_id item detail sku outcome", _OF_SHOWN),
    "purchase": ("client_id sold_on currency total", _ITS_OWN),
    "purchase_line": ("purchase_id department_id item brand size sku quantity amount", _OF_LINE),
    "store_profile": ("currency", "SELECT client_id FROM client_sum WHERE {row}.id IS NOT NULL"),
}
"""The tables that have a part in what is known, the columns that count, and whose row it is."""


def triggers() -> dict[str, str]:
    """The triggers that note whose row was written, by name."""
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
    return made


def install(connection: Connection) -> None:
    """Make the index, its source and triggers, and fill it and the sums from the rows."""
    _run(
        connection,
        _VIEW,
        f"CREATE TABLE {_STALE} (client_id INTEGER PRIMARY KEY)",
        f"CREATE VIRTUAL TABLE {KNOWN} USING fts5({', '.join(COLUMNS)}, {_OPTIONS})",
    )
    rebuild(connection)
    add_triggers(connection)


def remove(connection: Connection) -> None:
    """Take away whatever of it is there; the rows stay, the sums too where there are any."""
    drop_triggers(connection)
    _run(
        connection,
        f"DROP TABLE IF EXISTS {KNOWN}",
        f"DROP TABLE IF EXISTS {_STALE}",
        f"DROP VIEW IF EXISTS {_SOURCE}",
    )


def rebuild(connection: Connection) -> None:
    """Fill index and sums anew from the rows: minutes for a million clients and their tickets."""
    _run(
        connection,
        f"INSERT INTO {KNOWN} ({KNOWN}) VALUES ('delete-all')",
        f"INSERT INTO {KNOWN} ({KNOWN}, rank) VALUES ('hashsize', {_MEMORY})",
        "DELETE FROM client_sum",
    )
    last = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM client").scalar_one())
    for low in range(1, last + 1, _AT_ONCE):
        within = f"BETWEEN {low} AND {min(low + _AT_ONCE - 1, last)}"
        _fill(connection, within)
    _run(
        connection,
        f"INSERT INTO {KNOWN} ({KNOWN}) VALUES ('optimize')",
        f"INSERT INTO {KNOWN} ({KNOWN}, rank) VALUES ('hashsize', 1048576)",
        f"DELETE FROM {_STALE}",
    )


def waits(connection: Connection) -> bool:
    """Whether somebody was written of and is not up to date yet."""
    raw: Any = connection.connection.driver_connection
    return raw.execute(f"SELECT 1 FROM {_STALE} LIMIT 1").fetchone() is not None


def refresh(connection: Connection, *, at_most: int = -1) -> tuple[int, ...]:
    """Bring up to date whoever was written of, or the first ``at_most``; answers their ids."""
    if not waits(connection):
        return ()
    raw: Any = connection.connection.driver_connection
    asked = f"SELECT client_id FROM {_STALE} ORDER BY client_id LIMIT ?"
    ids = tuple(row[0] for row in raw.execute(asked, (at_most,)))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        those = (
            f"IN (SELECT client_id FROM {_STALE} WHERE client_id BETWEEN {some[0]} AND {some[-1]})"
        )
        raw.execute(f"DELETE FROM client_sum WHERE client_id {those}")
        raw.execute(
            f"DELETE FROM {KNOWN} WHERE rowid {those} AND rowid NOT IN (SELECT id FROM client)"
        )
        _fill(connection, those)
    raw.execute(f"DELETE FROM {_STALE} WHERE client_id <= ?", ids[-1:])
    return ids


def is_installed(connection: Connection) -> bool:
    """Whether the book has all of it, triggers included, and nobody is waiting to be refreshed."""
    names = [KNOWN, _STALE, _SOURCE, *triggers()]
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
    off = abs(one("SELECT count(*) FROM client") - one(f"SELECT count(*) FROM {KNOWN}_docsize"))
    off += abs(
        one("SELECT count(DISTINCT client_id) FROM purchase")
        - one("SELECT count(*) FROM client_sum")
    )
    which = f"IN (SELECT id FROM client WHERE id % {step} = 0)"
    sums = f"SELECT {_SUM_COLUMNS} FROM client_sum WHERE client_id {which}"
    again = _SUMS_OF.format(which=which)
    wrong = {
        row[0]
        for first, second in ((sums, again), (again, sums))
        for row in raw.execute(f"SELECT * FROM ({first}) EXCEPT SELECT * FROM ({second})")
    }
    columns = ", ".join(COLUMNS)
    _run(
        connection,
        f"CREATE VIRTUAL TABLE temp.again USING fts5({columns}, {_OPTIONS})",
        "CREATE VIRTUAL TABLE temp.again_words USING fts5vocab(temp, again, instance)",
        f"INSERT INTO temp.again (rowid, {columns}) "
        f"SELECT id, {columns} FROM {_SOURCE} WHERE id {which}",
    )
    wrong |= {
        row[0]
        for row in raw.execute(
            "SELECT id FROM temp.again_docsize AS new "
            f"LEFT JOIN {KNOWN}_docsize AS old USING (id) WHERE old.sz IS NOT new.sz"
        )
    }
    words: dict[int, list[str]] = {}
    for client_id, word, column in raw.execute("SELECT doc, term, col FROM temp.again_words"):
        words.setdefault(client_id, []).append(f'{column} : "{word}"')
    asked = f"SELECT 1 FROM {KNOWN} WHERE {KNOWN} MATCH ? AND rowid = ?"
    for client_id, all_of_them in words.items():
        if raw.execute(asked, (" AND ".join(all_of_them), client_id)).fetchone() is None:
            wrong.add(client_id)
    _run(connection, "DROP TABLE temp.again_words", "DROP TABLE temp.again")
    return off + len(wrong)


def add_triggers(connection: Connection) -> None:
    """Note from now on whose rows are written."""
    _run(connection, *(f"CREATE TRIGGER {name} {sql}" for name, sql in triggers().items()))


def drop_triggers(connection: Connection) -> None:
    """Note it no longer."""
    _run(connection, *(f"DROP TRIGGER IF EXISTS {name}" for name in triggers()))


def _fill(connection: Connection, which: str) -> None:
    """Write the index and the sums of the clients ``which`` (an SQL condition on the id)."""
    columns = ", ".join(COLUMNS)
    _run(
        connection,
        f"INSERT OR REPLACE INTO {KNOWN} (rowid, {columns}) "
        f"SELECT id, {columns} FROM {_SOURCE} WHERE id {which}",
        f"INSERT INTO client_sum ({_SUM_COLUMNS}) {_SUMS_OF.format(which=which)}",
    )


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
