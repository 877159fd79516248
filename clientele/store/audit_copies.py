"""Does the audit trail go on from what the backups of the book say?

Whoever has the key of the book can write the whole trail anew, empty it, or put an older copy in
the place of the book: in itself it is whole then. What they cannot do is change what a backup out
of their reach has kept of it. A restore says where the trail ended that it took away.
"""

from __future__ import annotations

import json
from contextlib import suppress

from sqlalchemy import select
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.domain.tables import metadata
from clientele.store import copies
from clientele.store.audit_check import Continues, continues
from clientele.store.backup import Key
from clientele.store.copies import Found
from clientele.store.engine import connect
from clientele.store.finding import Finding
from clientele.store.session import Store

MOST = 40
"""Copies that are looked at, the newest first."""

_ENTRY = metadata.tables["audit_entry"]


def trail_finding(store: Store) -> Finding:
    """One finding: of how many good backups beside the book the trail is the continuation."""
    found = copies.listed(copies.folder_of(store.path), store.data_key, store.path.name)
    ends = [end_of_trail(one, store.data_key) for one in found if one.good][:MOST]
    known = [end for end in ends if end is not None]
    restored = _taken_away(store)
    bad = sum(
        id > restored and continues(store, id, sealed) is Continues.NO for id, sealed in known
    )
    return Finding(
        "audit trail and backups",
        not bad,
        "The audit trail does not go on from {bad} of {count} backups: it was written anew, or an "
        "older copy stands in the place of the book. Keep the book and its backups as they are, "
        "and compare what their trails say."
        if bad
        else "The audit trail goes on from what {count} backups say.",
        {"bad": bad, "count": len(known)} if bad else {"count": len(known)},
        content=False,
    )


def end_of_trail(copy: Found, data_key: Key) -> tuple[int, str] | None:
    """Number and seal of the last entry in a copy; None where it has no trail to be read."""
    with suppress(sqlcipher.Error):
        connection = connect(copy.path, data_key)
        try:
            connection.execute("PRAGMA query_only = ON")
            row = connection.execute("SELECT last_id, last_seal FROM audit_seal").fetchone()
        finally:
            connection.close()
        return (0, "") if row is None else (int(row[0]), str(row[1]))
    return None


def _taken_away(store: Store) -> int:
    """The last entry that any restore took away, as the trail itself says."""
    with store.read() as session:
        said = session.scalars(select(_ENTRY.c.detail).where(_ENTRY.c.act == "restore")).all()
    ends = [0]
    for detail in said:
        with suppress(ValueError, TypeError, KeyError):
            ends.append(int(json.loads(detail)["trail"]))
    return max(ends)
