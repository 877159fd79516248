"""What must not be forgotten when a copy takes the place of a newer book?

Run on the restored file before it takes its place, with the book as it was beside it:

- who may sign in, with which PIN and role: a leaver does not come back with an old copy, and
  whoever joined since can sign in;
- what clients said about being reached since;
- which occasions a rule asked for already, where what it was about is in the copy, and which
  reminders were told;
- an e-mail that the copy believes to be waiting may have left since: it asks somebody first;
- which copies were made; and a recovery key that was not yet on paper then is not shown again.
"""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.domain.rules.sending import NotYet
from clientele.store.backup import Key
from clientele.store.engine import connect, meaning

UNSEEN = "recovery key not yet on paper"

FACTS = {
    "purchase": "purchase",
    "visit": "visit",
    "promise": "promise",
    "made_right": "made_right",
    "occasion": "occasion",
    "appointment": "appointment",
    "wish": "wish",
    "birthday": "client",
    "rhythm": "client",
}
"""What an occasion's key begins with (``rules.touch_rules_facts.Source``), and its table."""

_ACCESS = (
    "role", "pin_hash", "wrong_pins", "pin_again_at", "pin_locked_at", "pin_given", "pin_at",
    "pin_trying", "active", "left_at",
)  # fmt: skip
_SAME_CLIENT = (
    "EXISTS (SELECT 1 FROM main.client AS c JOIN was.client AS n ON n.id = c.id "
    "WHERE c.id = one.client_id AND c.created_at = n.created_at)"
)


def carry_over(restored: Path, was: Path, data_key: Key) -> None:
    """Write into ``restored`` what ``was``, the book before, knows; both have this key and form.

    In one transaction. Raises ``DiskFull`` and its like.
    """
    connection = connect(restored, data_key)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(
            f"ATTACH DATABASE ? AS was KEY \"x'{bytes(data_key).hex()}'\"", (str(was),)
        )
        connection.execute("BEGIN IMMEDIATE")
        for statement in _statements(connection):
            connection.execute(statement)
        connection.execute("COMMIT")
    except sqlcipher.Error as error:
        refusal = meaning(error, restored)
        raise refusal or error from error
    finally:
        connection.close()


def settle(restored: Path, data_key: Key) -> None:
    """Where the book before cannot be read: what has to be said of the copy alone."""
    connection = connect(restored, data_key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _of_itself():
            connection.execute(statement)
        connection.execute("COMMIT")
    except sqlcipher.Error as error:
        refusal = meaning(error, restored)
        raise refusal or error from error
    finally:
        connection.close()


def _statements(connection: sqlcipher.Connection) -> list[str]:
    def columns(table: str) -> list[str]:
        return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]

    def without_id(table: str) -> str:
        return ", ".join(name for name in columns(table) if name != "id")

    access = ", ".join(f"{name} = one.{name}" for name in _ACCESS)
    people = columns("associate")
    person = ", ".join(people)
    known = ", ".join(
        "(SELECT d.id FROM main.department AS d WHERE d.id = one.department_id)"
        if name == "department_id"
        else f"one.{name}"
        for name in people
    )
    touch = [name for name in columns("touch_made") if name not in ("id", "follow_up_id")]
    found = " OR ".join(
        f"(one.occasion_key GLOB '{source}:*' AND EXISTS (SELECT 1 FROM main.{table} AS fact "
        f"WHERE fact.id = CAST(substr(one.occasion_key, {len(source) + 2}) AS INTEGER)))"
        for source, table in FACTS.items()
    )
    return [
        f"UPDATE associate SET {access} FROM was.associate AS one "
        "WHERE one.id = associate.id AND one.created_at = associate.created_at",
        f"INSERT OR IGNORE INTO associate ({person}) SELECT {known} FROM was.associate AS one "
        "WHERE NOT EXISTS (SELECT 1 FROM main.associate AS here WHERE here.id = one.id)",
        f"INSERT INTO consent ({without_id('consent')}) SELECT {without_id('consent')} "
        f"FROM was.consent AS one WHERE {_SAME_CLIENT} AND NOT EXISTS (SELECT 1 FROM main.consent "
        "AS here WHERE here.client_id = one.client_id AND here.channel = one.channel "
        "AND here.purpose = one.purpose AND here.said_at = one.said_at "
        "AND here.allowed = one.allowed) ORDER BY one.said_at, one.id",
        f"INSERT OR IGNORE INTO touch_made ({', '.join(touch)}) SELECT "
        f"{', '.join(f'one.{name}' for name in touch)} FROM was.touch_made AS one "
        f"WHERE {_SAME_CLIENT} AND ({found})",
        "INSERT OR IGNORE INTO told_reminder (key, told_at) "
        "SELECT key, told_at FROM was.told_reminder",
        f"INSERT INTO backup_made ({without_id('backup_made')}) "
        f"SELECT {without_id('backup_made')} FROM was.backup_made AS one WHERE NOT EXISTS "
        "(SELECT 1 FROM main.backup_made AS here WHERE here.at = one.at AND here.file = one.file "
        "AND here.place = one.place) ORDER BY one.id",
        *_of_itself(),
    ]


def _of_itself() -> list[str]:
    return [
        f"UPDATE message SET state = 'unsure', why = '{NotYet.RESTORED.value}', next_try_at = NULL "
        "WHERE way = 'smtp' AND state IN ('queued', 'sending', 'dot', 'later')",
        f"DELETE FROM draft WHERE place = '{UNSEEN}'",
    ]
