"""Is all well around the book: who may read it, room, its key, leftovers, the clock?"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from clientele.store import copies, keys
from clientele.store.audit_copies import trail_finding
from clientele.store.beside import SIDES, has_passphrase, rekeyed_file, rekeying_file, wrapped_file
from clientele.store.errors import StoreRefusal
from clientele.store.finding import Finding, Repair
from clientele.store.session import Store
from clientele.system import paths
from clientele.system.secrets import Vault

ROOM = 100_000_000
"""Bytes that should stay free beside what a copy of the book needs."""

AHEAD = timedelta(hours=1)
"""How far the newest entry may be ahead of the clock: clocks are set right now and then."""

OLD = timedelta(hours=1)
"""How much older than the book a half-made file is: a younger one may be in the making."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_UNSEEN = "recovery key not yet on paper"


def all_of(store: Store, vault: Vault | None, now: datetime | None) -> list[Finding]:
    """Every finding about the surroundings of an open book."""
    found = [_permissions(store), _room(store), _key(store, vault), _leftovers(store)]
    with suppress(Exception):  # a damaged book was told of already
        found.append(_paper(store))
        found.append(trail_finding(store))
        if now is not None:
            found.append(_clock(store, now))
    return found


def open_to_others(store: Store) -> list[Path]:
    """What of the book other users of this computer may read or write."""
    if os.name == "nt":
        return []
    return [path for path in _own_files(store.path) if path.stat().st_mode & _OTHERS]


def leftovers(store: Store) -> list[Path]:
    """What programs that were ended left half-made beside the book; none of it is in use."""
    book, folder = store.path, copies.folder_of(store.path)
    found = [
        book.with_name(f"{book.name}{ending}{part}")
        for ending in (".new", ".rescued.new", ".key.new")
        for part in ("", *SIDES)
    ]
    if not rekeying_file(book).exists():
        found.append(rekeyed_file(book))
    with suppress(OSError):
        found += [
            path
            for path in folder.iterdir()
            if path.name.startswith(book.name) and (".new" in path.name or ".part" in path.suffix)
        ]
    before = store.path.stat().st_mtime - OLD.total_seconds()
    return [path for path in found if path.is_file() and path.stat().st_mtime < before]


def _own_files(book: Path) -> Iterator[Path]:
    yield from (
        path
        for ending in ("", *SIDES, ".aside")
        if (path := book.with_name(book.name + ending)).exists()
    )
    folder = copies.folder_of(book)
    if wrapped_file(book).exists():
        yield wrapped_file(book)
    if folder.is_dir():
        yield folder
        yield from (path for path in folder.iterdir() if path.name.startswith(book.name))
    if paths.settings_file().exists():
        yield paths.settings_file()
    if paths.log_folder().is_dir():
        yield from (path for path in paths.log_folder().iterdir() if path.is_file())


def _permissions(store: Store) -> Finding:
    bad = len(open_to_others(store))
    return Finding(
        "permissions",
        not bad,
        "Other users of this computer can read {bad} files of the book, its copies, settings or "
        "log. The book and its copies are encrypted; still, take that away: repair it here."
        if bad
        else "The book, its copies, settings and log are for this user alone.",
        {"bad": bad},
        content=False,
        repair=Repair.PERMISSIONS if bad else Repair.NONE,
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
        else "The disk has only {free} MB free and the book takes {size} MB, so that copies of it "
        "soon cannot be made. What is saved is safe. Make room.",
        {"free": free // 1_000_000, "size": -(-size // 1_000_000)},
        content=False,
    )


def _key(store: Store, vault: Vault | None) -> Finding:
    if has_passphrase(store.path):
        return Finding("key", True, "The book is opened by its passphrase.", content=False)
    with suppress(StoreRefusal):
        if vault is not None and keys.is_kept(store.salt, store.data_key, vault):
            return Finding("key", True, "The keyring has the key of the book.", content=False)
    return Finding(
        "key",
        False,
        "Neither the keyring nor a passphrase opens the book: only the recovery key on paper does. "
        "Open the book with it once, and the key is kept again.",
        content=False,
    )


def _paper(store: Store) -> Finding:
    with store.read() as session:
        unseen = session.execute(
            text("SELECT count(*) FROM draft WHERE place = :place"), {"place": _UNSEEN}
        ).scalar_one()
    return Finding(
        "paper",
        not unseen,
        "The recovery key was never put on paper. If this computer breaks, no copy of the book "
        "opens without it. The window shows it when it next opens the book."
        if unseen
        else "The recovery key was shown, to be kept on paper.",
        content=False,
    )


def _leftovers(store: Store) -> Finding:
    count = len(leftovers(store))
    return Finding(
        "leftovers",
        not count,
        "{count} files that a program which was ended left half-made take room beside the book. "
        "Nothing needs them. Clear them away: repair it here."
        if count
        else "Nothing half-made stands beside the book.",
        {"count": count},
        content=False,
        repair=Repair.LEFTOVERS if count else Repair.NONE,
    )


def _clock(store: Store, now: datetime) -> Finding:
    with store.read() as session:
        newest = session.execute(text("SELECT max(at) FROM audit_entry")).scalar()
    ahead = timedelta(0)
    if newest is not None:
        ahead = datetime.fromisoformat(str(newest)).replace(tzinfo=UTC) - now.astimezone(UTC)
    ok = ahead <= AHEAD
    return Finding(
        "clock",
        ok,
        "The clock of this computer goes with what was entered last."
        if ok
        else "The newest entry of the book is {hours} hours ahead of this computer's clock, so "
        "that what is due may be shown on a wrong day. Nothing is lost; set the clock right.",
        {"hours": int(ahead.total_seconds() // 3600)} if not ok else {},
        content=False,
    )
