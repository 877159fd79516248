"""Is the book sound, and if not, what is wrong and what helps?

Every check answers one ``Finding``, good or bad, so that the list also says what was looked at.
Nothing is repaired here.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from clientele.store import keys, known
from clientele.store.audit_check import check_chain
from clientele.store.beside import has_passphrase
from clientele.store.errors import DamagedBook
from clientele.store.migrate import NEWEST, version
from clientele.store.session import Store
from clientele.system.secrets import Vault

ROOM = 100_000_000
"""Bytes that should stay free beside what a copy of the book needs."""

_TOTALS = """
    SELECT count(*) FROM (
        SELECT 1 FROM purchase LEFT JOIN purchase_line ON purchase_line.purchase_id = purchase.id
        GROUP BY purchase.id HAVING purchase.total <> coalesce(sum(purchase_line.amount), 0)
    ) AS off
"""
_SHARES = """
    SELECT count(*) FROM (
        SELECT 1 FROM credit_share JOIN purchase_line
            ON purchase_line.id = credit_share.purchase_line_id
        GROUP BY purchase_line.id HAVING purchase_line.amount <> sum(credit_share.amount)
    ) AS off
"""
_RETURNS = """
    SELECT count(*) FROM (
        SELECT 1 FROM line_return
        JOIN purchase_line AS sold ON sold.id = line_return.sold_line_id
        JOIN purchase AS bought ON bought.id = sold.purchase_id
        JOIN purchase_line AS back ON back.id = line_return.return_line_id
        JOIN purchase AS returned ON returned.id = back.purchase_id
        GROUP BY sold.id
        HAVING sum(abs(back.quantity)) > max(sold.quantity)
            OR min(returned.client_id) <> max(bought.client_id)
            OR max(returned.client_id) <> max(bought.client_id)
    ) AS off
"""
_PAID_AHEAD = """
    SELECT count(*) FROM part_payment LEFT JOIN purchase
        ON purchase.id = part_payment.purchase_id
    WHERE part_payment.amount <= 0 OR purchase.currency <> part_payment.currency
        OR purchase.client_id <> part_payment.client_id
"""
_UNREADABLE = "Part of the book cannot be read. Restore a backup."


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check."""

    name: str
    """One word for the check: “pages”, “totals” …"""
    ok: bool
    template: str
    """English, with ``{named}`` values, as in ``Refusal``."""
    values: dict[str, int] = field(default_factory=dict)
    """Counts, never anything of a client."""
    content: bool = True
    """Whether it is about what the book holds, and not about its surroundings."""

    @property
    def sentence(self) -> str:
        """The template, filled in."""
        return self.template.format(**self.values)


def examine(
    store: Store, *, vault: Vault | None = None, quick: bool = False
) -> tuple[Finding, ...]:
    """Look at all of the book; ``quick`` leaves out reading each page and each index whole.

    ``vault`` is the system's keyring, to see whether it has the key; None where there is none.
    Takes the writer's turn, for some seconds with a million purchases. Changes nothing.
    """
    findings: list[Finding] = []
    try:
        with store.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with store.write() as session:
            for name, check in _CHECKS.items():
                try:
                    findings.extend(check(session.connection(), quick))
                except DatabaseError:
                    findings.append(Finding(name, False, _UNREADABLE))
    except (DamagedBook, DatabaseError):
        # A page that cannot be decrypted spoils the end of the transaction too.
        if is_sound(tuple(findings)):
            findings.append(Finding("pages", False, _UNREADABLE))
    findings += [_permissions(store), _room(store), _key(store, vault)]
    return tuple(findings)


def is_sound(findings: tuple[Finding, ...]) -> bool:
    """Whether all that the book holds is whole; its surroundings may still want attention."""
    return all(finding.ok for finding in findings if finding.content)


def _pages(connection: Connection, quick: bool) -> Iterator[Finding]:
    if quick:
        return
    count = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    bad = len(connection.exec_driver_sql("PRAGMA cipher_integrity_check").all())
    yield Finding(
        "pages",
        bad == 0,
        "{bad} of {count} encrypted pages were altered or damaged. Restore a backup."
        if bad
        else "All {count} encrypted pages are as they were written.",
        {"count": count, "bad": bad},
    )


def _structure(connection: Connection, quick: bool) -> Iterator[Finding]:
    check = "quick_check" if quick else "integrity_check"
    answers = connection.exec_driver_sql(f"PRAGMA {check}").scalars().all()
    bad = 0 if answers == ["ok"] else len(answers)
    yield Finding(
        "structure",
        bad == 0,
        "The structure of the file has {bad} faults. Restore a backup."
        if bad
        else "The structure of the file is whole.",
        {"bad": bad},
    )


def _references(connection: Connection, quick: bool) -> Iterator[Finding]:
    bad = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    yield Finding(
        "references",
        bad == 0,
        "{bad} rows refer to something that is not there. Restore a backup, or report this."
        if bad
        else "Everything that refers to something finds it.",
        {"bad": bad},
    )


def _index(connection: Connection, quick: bool) -> Iterator[Finding]:
    if quick:
        return
    if not known.is_installed(connection):
        yield Finding(
            "search",
            False,
            "What the search and the lists know of clients is not kept up with their rows. "
            "Nothing else is affected. Report this.",
        )
        return
    bad = known.disagreeing(connection)
    yield Finding(
        "search",
        bad == 0,
        "What the search and the lists know of {bad} clients is not what their rows say. "
        "Nothing else is affected. Report this."
        if bad
        else "The search and the lists know of clients what their rows say.",
        {"bad": bad},
    )


def _totals(connection: Connection, quick: bool) -> Iterator[Finding]:
    count = connection.exec_driver_sql("SELECT count(*) FROM purchase").scalar_one()
    bad = connection.exec_driver_sql(_TOTALS).scalar_one()
    yield Finding(
        "totals",
        bad == 0,
        "{bad} of {count} purchases do not add up to their total. Report this."
        if bad
        else "All {count} purchases add up.",
        {"count": count, "bad": bad},
    )
    bad = connection.exec_driver_sql(_SHARES).scalar_one()
    yield Finding(
        "shares",
        bad == 0,
        "The shares of {bad} shared lines do not add up to the line. Report this."
        if bad
        else "All shared lines are shared out exactly.",
        {"bad": bad},
    )


def _returns(connection: Connection, quick: bool) -> Iterator[Finding]:
    bad = connection.exec_driver_sql(_RETURNS).scalar_one()
    yield Finding(
        "returns",
        bad == 0,
        "Of {bad} sold lines more came back than was sold, or another client brought it. "
        "Report this."
        if bad
        else "Nothing came back that was not sold.",
        {"bad": bad},
    )
    bad = connection.exec_driver_sql(_PAID_AHEAD).scalar_one()
    yield Finding(
        "paid ahead",
        bad == 0,
        "{bad} payments ahead do not fit the ticket they were taken off. Report this."
        if bad
        else "Every payment ahead fits its ticket.",
        {"bad": bad},
    )


def _form(connection: Connection, quick: bool) -> Iterator[Finding]:
    found = version(connection)
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    profiles = connection.exec_driver_sql("SELECT count(*) FROM store_profile").scalar_one()
    ok = found == NEWEST and revision == f"{NEWEST:04d}" and profiles == 1
    yield Finding(
        "form",
        ok,
        "The book has form {found}, which this version reads and writes."
        if ok
        else "The book has form {found} and is not as this version expects it. Report this.",
        {"found": found},
    )


def _trail(connection: Connection, quick: bool) -> Iterator[Finding]:
    if quick:
        return
    chain = check_chain(connection)
    # Somebody's doing and no damage: the rest of the book can be used and copied.
    yield Finding("audit trail", chain.whole, chain.template, dict(chain.values), content=False)


_CHECKS: dict[str, Callable[[Connection, bool], Iterator[Finding]]] = {
    "pages": _pages,
    "structure": _structure,
    "references": _references,
    "search": _index,
    "totals": _totals,
    "returns": _returns,
    "form": _form,
    "audit trail": _trail,
}


def _permissions(store: Store) -> Finding:
    mode = store.path.stat().st_mode
    open_to_others = os.name != "nt" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
    return Finding(
        "permissions",
        not open_to_others,
        "Other users of this computer can read the file. It is encrypted; "
        "still, take their permission away."
        if open_to_others
        else "The file is for this user alone.",
        content=False,
    )


def _room(store: Store) -> Finding:
    size = store.path.stat().st_size
    free = shutil.disk_usage(store.path.parent).free
    ok = free >= 2 * size + ROOM
    return Finding(
        "room",
        ok,
        "The disk has {free} MB free, enough for the book ({size} MB) and its copies."
        if ok
        else "The disk has only {free} MB free and the book takes {size} MB. Make room.",
        {"free": free // 1_000_000, "size": -(-size // 1_000_000)},
        content=False,
    )


def _key(store: Store, vault: Vault | None) -> Finding:
    if has_passphrase(store.path):
        return Finding("key", True, "The book is opened by its passphrase.", content=False)
    if vault is not None and keys.is_kept(store.salt, store.data_key, vault):
        return Finding("key", True, "The keyring has the key of the book.", content=False)
    return Finding(
        "key",
        False,
        "Neither the keyring nor a passphrase opens the book: only the recovery key on paper does. "
        "Open the book with it once, and the key is kept again.",
        content=False,
    )
