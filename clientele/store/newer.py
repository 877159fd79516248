"""What does the book have that a copy of it has not, and the other way round?

Both files are read side by side by SQLite itself, so that a book of a million clients is compared
in seconds. Nothing is written. A copy of an older form is compared by what both forms have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.backup import LOOK_EVERY, Key
from clientele.store.copying import Leave
from clientele.store.engine import connect, meaning
from clientele.store.errors import NoBook

LAST = 8
"""How many of the last things are told in words."""

KINDS: dict[str, tuple[str, str]] = {
    "client": ("created_at", ""),
    "visit": ("arrived_at", ""),
    "purchase": ("sold_at", "receipt"),
    "note": ("written_at", "body"),
    "promise": ("promised_at", "what"),
    "follow_up": ("created_at", "reason"),
    "contact_made": ("took_place_at", "summary"),
    "message": ("queued_at", "subject"),
    "appointment": ("changed_at", "about"),
    "hand_off": ("offered_at", "note"),
    "made_right": ("opened_at", "problem"),
    "wish": ("wished_at", "item"),
    "preference": ("created_at", "what"),
    "size": ("evidence_at", "value"),
    "occasion": ("", "title"),
    "gift": ("created_at", "what"),
    "part_payment": ("paid_at", "what"),
    "consent": ("said_at", "how"),
    "contact_point": ("", ""),
    "household_member": ("", "name"),
}
"""Kinds that people know, when each came about, and in which words."""

_UNTOLD = frozenset({"updated_at", "sort_name", "normalised"})
_ON_THEIR_WAY = "('queued', 'sending', 'dot', 'later')"


@dataclass(frozen=True, slots=True)
class KindNewer:
    """Of one kind, how many rows only the book has, differ, and only the copy has."""

    table: str
    added: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class ByWhom:
    """How much of what is newer an associate wrote, and when last; an empty name: nobody's."""

    name: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class LastThing:
    """One of the last things that would go."""

    table: str
    at: datetime
    associate: str
    client: str
    words: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A client who said no since the copy was made. An empty channel is every channel."""

    client: str
    channel: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Newer:
    """All that is to be seen before a copy takes the place of the book."""

    kinds: tuple[KindNewer, ...] = ()
    by: tuple[ByWhom, ...] = ()
    last: tuple[LastThing, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    back: int = 0
    """Clients who were erased or merged since, and would be there again."""
    waiting: int = 0
    """E-mails that wait in the book, which the copy does not know."""
    sent: int = 0
    """E-mails and texts that left since; the copy does not know of them."""
    asks: int = 0
    """E-mails that wait in the copy: each will ask before it is sent."""
    made_by_rules: int = 0
    """Follow-ups that the rules made since."""

    @property
    def nothing(self) -> bool:
        """Whether the copy is the book as it is."""
        return not any((self.kinds, self.back, self.waiting, self.sent))


def newer(
    book: Path, data_key: Key, copy: Path, copy_key: Key, *, leave: Leave = lambda: False
) -> Newer:
    """Compare the book with a copy of it; both may be of different keys.

    Raises ``Cancelled``, ``DamagedBook``, ``DiskTrouble`` and their like.
    """
    if not book.exists():  # to connect would make it
        raise NoBook(path=book)
    try:
        connection = connect(book, data_key)
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute(
                f"ATTACH DATABASE ? AS copy KEY \"x'{bytes(copy_key).hex()}'\"", (str(copy),)
            )
            connection.set_progress_handler(leave, LOOK_EVERY)
            connection.execute("BEGIN")
            return _compared(connection)
        finally:
            connection.close()
    except sqlcipher.Error as error:
        refusal = meaning(error, book)
        if refusal is None:
            raise
        raise refusal from error


def _compared(connection: sqlcipher.Connection) -> Newer:
    ask = _Ask(connection)
    kinds = [kind for table in KINDS if (kind := ask.kind(table)) is not None]
    differing = tuple(one for one in kinds if one.added or one.changed or one.gone)
    added = {one.table for one in differing if one.added}
    return Newer(
        kinds=differing,
        by=ask.by_whom(added),
        last=ask.last(added),
        withdrawn=ask.withdrawn(),
        back=next((one.gone for one in differing if one.table == "client"), 0),
        waiting=ask.count(
            f"main.message AS m WHERE m.way = 'smtp' AND m.state IN {_ON_THEIR_WAY} AND NOT EXISTS "
            "(SELECT 1 FROM copy.message AS c WHERE c.message_key = m.message_key)",
            "message",
        ),
        sent=ask.count(
            "main.message AS m WHERE m.state = 'sent' AND NOT EXISTS "
            "(SELECT 1 FROM copy.message AS c WHERE c.message_key = m.message_key "
            "AND c.state = m.state)",
            "message",
        ),
        asks=ask.count(
            f"copy.message AS m WHERE m.way = 'smtp' AND m.state IN {_ON_THEIR_WAY}", "message"
        ),
        made_by_rules=ask.count(
            "main.touch_made AS m WHERE NOT EXISTS "
            "(SELECT 1 FROM copy.touch_made AS c WHERE c.occasion_key = m.occasion_key)",
            "touch_made",
        ),
    )


class _Ask:
    """Questions to the book (main) and the copy, by what both have."""

    def __init__(self, connection: sqlcipher.Connection) -> None:
        self._run = connection.execute
        self._tables = {
            table: [name for name in self._columns("copy", table) if name in own]
            for table in (*KINDS, "associate", "touch_made")
            if (own := self._columns("main", table))
        }

    def _columns(self, place: str, table: str) -> list[str]:
        return [row[1] for row in self._run(f"PRAGMA {place}.table_info({table})")]

    def has(self, table: str) -> bool:
        """Whether both have that table."""
        return bool(self._tables.get(table))

    def count(self, of: str, table: str) -> int:
        """How many rows; 0 where one of the two has no such table."""
        if not self.has(table):
            return 0
        return int(self._run(f"SELECT count(*) FROM {of}").fetchone()[0])

    def kind(self, table: str) -> KindNewer | None:
        """How a table differs."""
        if not self.has(table):
            return None
        told = [name for name in self._tables[table] if name not in _UNTOLD | {"id"}]
        differ = " OR ".join(f"m.{name} IS NOT c.{name}" for name in told)
        added = self.count(
            f"main.{table} AS m WHERE NOT EXISTS (SELECT 1 FROM copy.{table} AS c "
            "WHERE c.id = m.id)", table
        )  # fmt: skip
        gone = self.count(
            f"copy.{table} AS c WHERE NOT EXISTS (SELECT 1 FROM main.{table} AS m "
            "WHERE c.id = m.id)", table
        )  # fmt: skip
        changed = self.count(
            f"main.{table} AS m JOIN copy.{table} AS c ON c.id = m.id WHERE {differ}", table
        )
        return KindNewer(table, added, changed, gone)

    def by_whom(self, tables: set[str]) -> tuple[ByWhom, ...]:
        """Who wrote what only the book has, by how much."""
        parts = [
            f"SELECT m.associate_id AS who, m.{KINDS[table][0]} AS at FROM main.{table} AS m "
            f"WHERE {self._added(table)}"
            for table in sorted(tables)
            if KINDS[table][0] and "associate_id" in self._tables[table]
        ]
        if not parts:
            return ()
        found = self._run(
            "SELECT coalesce(a.name, ''), count(*), max(one.at) FROM "
            f"({' UNION ALL '.join(parts)}) AS one LEFT JOIN main.associate AS a ON a.id = one.who "
            "GROUP BY one.who ORDER BY count(*) DESC"
        ).fetchall()
        return tuple(ByWhom(name, count, _instant(at)) for name, count, at in found if at)

    def last(self, tables: set[str]) -> tuple[LastThing, ...]:
        """The last things that only the book has."""
        parts = []
        for table in sorted(tables - {"contact_point", "household_member", "occasion"}):
            at, words = KINDS[table]
            columns = self._tables[table]
            client = "m.id" if table == "client" else "m.client_id"
            who = "m.associate_id" if "associate_id" in columns else "NULL"
            said = f"m.{words}" if words in columns else "''"
            parts.append(
                f"SELECT * FROM (SELECT '{table}' AS kind, m.{at} AS at, {who} AS who, "
                f"{client} AS client, {said} AS words FROM main.{table} AS m "
                f"WHERE m.{at} IS NOT NULL AND {self._added(table)} "
                f"ORDER BY m.{at} DESC LIMIT {LAST})"
            )
        if not parts:
            return ()
        found = self._run(
            "SELECT one.kind, one.at, coalesce(a.name, ''), trim(coalesce(c.given_name, '') || ' ' "
            f"|| coalesce(c.family_name, '')), one.words FROM ({' UNION ALL '.join(parts)}) AS one "
            "LEFT JOIN main.associate AS a ON a.id = one.who "
            f"LEFT JOIN main.client AS c ON c.id = one.client ORDER BY one.at DESC LIMIT {LAST}"
        ).fetchall()
        return tuple(
            LastThing(kind, _instant(at), who, client, words or "")
            for kind, at, who, client, words in found
        )

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Who said no since, the latest first."""
        if not self.has("consent"):
            return ()
        found = self._run(
            "SELECT trim(coalesce(k.given_name, '') || ' ' || coalesce(k.family_name, '')), "
            "m.channel, m.said_at FROM main.consent AS m "
            "JOIN main.client AS k ON k.id = m.client_id "
            "WHERE m.allowed = 0 AND NOT EXISTS (SELECT 1 FROM copy.consent AS c WHERE "
            "c.client_id = m.client_id AND c.channel = m.channel AND c.said_at = m.said_at) "
            "ORDER BY m.said_at DESC"
        ).fetchall()
        return tuple(Withdrawn(name, channel, _instant(at)) for name, channel, at in found)

    def _added(self, table: str) -> str:
        return f"NOT EXISTS (SELECT 1 FROM copy.{table} AS c WHERE c.id = m.id)"


def _instant(kept: Any) -> datetime:
    return datetime.fromisoformat(str(kept)).replace(tzinfo=UTC)
