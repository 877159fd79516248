"""Putting a copy in the place of the book: what would go, doing it, and what is carried over.

The book as it is now is copied first, so that restoring can be taken back by restoring that.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.domain.errors import Refusal
from clientele.domain.rules.keeping_copies import CopyName, Why
from clientele.domain.rules.rights import PROGRAM, Acting, Right, Who
from clientele.domain.tables import Associate, BackupMade
from clientele.services.acting import require
from clientele.services.audit import record
from clientele.services.backups import HERE
from clientele.services.rows import new_id
from clientele.store import copies, recovery
from clientele.store import restore as files
from clientele.store.backup import Key
from clientele.store.beside import log_of
from clientele.store.carry_over import carry_over, settle
from clientele.store.copying import Leave, Told
from clientele.store.engine import connect
from clientele.store.errors import Cancelled, DamagedBook, StoreRefusal, WrongKey
from clientele.store.keys import derived
from clientele.store.newer import Newer, newer
from clientele.store.restore import Looked
from clientele.store.second_place import SecondPlace
from clientele.store.session import open_store
from clientele.system.memory import wipe
from clientele.system.paths import private, private_folder

FETCHED = ".chosen.backup"


@dataclass(frozen=True, slots=True)
class Preview:
    """A copy that was checked, and what of the book it has not."""

    looked: Looked
    newer: Newer | None
    """None where the book itself cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done."""

    before: Path | None
    """The copy of the book as it was; None where there was no book."""
    damaged: bool = False
    """Whether that was damaged, and was kept as it stood."""


def refuse_to_restore(session: Session) -> None:
    """Raise unless whoever acts may restore."""
    require(session, Right.RESTORE)


def preview(
    book: Path,
    data_key: Key,
    copy: Path,
    *,
    old_recovery_key: str = "",
    leave: Leave = lambda: False,
) -> Preview:
    """Open and check a copy, from wherever it is, and compare the book with it.

    A copy from elsewhere than beside the book is fetched first, so that a stick which is pulled
    out meanwhile harms nothing. Raises the refusals of ``store.restore.look``.
    """
    other = derived(recovery.read(old_recovery_key)) if old_recovery_key.strip() else None
    near = copy.parent in (copies.folder_of(book), book.parent)
    local = copy if near else _fetched(copy, book)
    looked = files.look(local, book, data_key, other_key=other, leave=leave)
    try:
        compared = newer(book, data_key, local, looked.data_key, leave=leave)
    except StoreRefusal:
        compared = None
    return Preview(looked, compared)


def restore(
    book: Path,
    data_key: Key,
    looked: Looked,
    *,
    now: datetime,
    acting: Acting,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
    step: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Put a checked copy in the place of the book, which nobody has open.

    Until the very end the book is as it was; ``leave`` is asked until then. ``step`` hears before
    each step that a kill could come between. Raises ``Cancelled``, ``DiskFull`` and their like.
    """
    with files.as_refusals(book):
        files.forget(book)
        step("copy")
        before, damaged = _copy_before(book, data_key, now, told, leave)
        try:
            step("prepare")
            prepared = files.prepare(looked, book, data_key, told=told, leave=leave)
            told(0, 0)  # from here on nobody knows how much is left
            step("migrate")
            open_store(prepared, bytearray(data_key)).close()
            files.stand_alone(prepared, data_key)
            step("carry over")
            if before is not None and not damaged:
                carry_over(prepared, before, data_key)
            else:
                settle(prepared, data_key)
            step("enter")
            _enter(prepared, data_key, looked, before, damaged, now, acting)
            if leave():
                raise Cancelled
            files.take_place(book, data_key, step=step)
        finally:
            wipe(looked.data_key)
            files.forget(book)
            with suppress(OSError):
                (copies.folder_of(book) / FETCHED).unlink(missing_ok=True)
    return Restored(before, damaged)


def forget_preview(book: Path) -> None:
    """Nobody wants it any more: what was fetched for it goes."""
    (copies.folder_of(book) / FETCHED).unlink(missing_ok=True)


def _fetched(copy: Path, book: Path) -> Path:
    local = private_folder(copies.folder_of(book)) / FETCHED
    local.unlink(missing_ok=True)
    place = SecondPlace(copy.parent)

    def fetch() -> None:
        if not copy.is_file():
            raise files.CopyGone(file=copy.name)
        with open(local, "xb", opener=private) as target, copy.open("rb") as source:
            while chunk := source.read(1_048_576):
                target.write(chunk)
                place.alive()

    try:
        place.within(fetch)
    except Refusal:
        local.unlink(missing_ok=True)
        raise
    return local


def _copy_before(
    book: Path, data_key: Key, now: datetime, told: Told, leave: Leave
) -> tuple[Path | None, bool]:
    """The book as it is, before anything; as it stands where it cannot be read any more."""
    if not book.exists():
        return None, False
    if files.profile_of(book, data_key) is None:
        return _kept_as_it_stands(book, now), True
    try:
        made = copies.make(book, data_key, Why.RESTORE, now=now, told=told, leave=leave)
    except (DamagedBook, WrongKey):
        return _kept_as_it_stands(book, now), True
    return made.path, False


def _kept_as_it_stands(book: Path, now: datetime) -> Path:
    folder = private_folder(copies.folder_of(book))
    head = copies.head_in(book)
    name = CopyName(book.name, now, Why.RESTORE, head).file.replace(".backup", ".damaged")
    kept = folder / name
    for part, to in ((book, kept), (log_of(book), log_of(kept))):
        if part.exists():
            shutil.copyfile(part, to)
            to.chmod(0o600)
    return kept


def _enter(
    prepared: Path,
    data_key: Key,
    looked: Looked,
    before: Path | None,
    damaged: bool,
    now: datetime,
    acting: Acting,
) -> None:
    """Write into the restored book that it was, by whom, and where the trail before it ended."""
    was = (0, "") if before is None or damaged else _end_of_trail(before, data_key)
    store = open_store(prepared, bytearray(data_key))
    try:
        with store.write(acting=acting) as session:
            if not damaged:
                refuse_to_restore(session)
            who = acting if _is_known(session, acting) else PROGRAM
            if before is not None and not damaged:
                new_id(
                    session,
                    BackupMade(
                        at=now,
                        why=Why.RESTORE,
                        place=HERE,
                        file=before.name,
                        size=before.stat().st_size,
                        associate_id=who.associate_id,
                    ),
                )
            name = CopyName.read(looked.path.name)
            record(
                session,
                "restore",
                detail={
                    "copy": name.at.isoformat() if name is not None else "",
                    "trail": was[0],
                    "seal": was[1],
                },
                now=now,
                acting=who,
            )
    finally:
        store.close()
    files.stand_alone(prepared, data_key)


def _end_of_trail(before: Path, data_key: Key) -> tuple[int, str]:
    """Read by hand: a copy that is opened as a book would get a log beside it."""
    connection = connect(before, data_key)
    try:
        row = connection.execute("SELECT last_id, last_seal FROM audit_seal").fetchone()
    except sqlcipher.Error:  # of a form that had no trail
        row = None
    finally:
        connection.close()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def _is_known(session: Session, acting: Acting) -> bool:
    if acting.who is not Who.ASSOCIATE:
        return True
    return session.get(Associate, acting.associate_id) is not None
