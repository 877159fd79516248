"""Does the doctor see a trail that was written anew, emptied or put back, by what backups say?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from clientele.domain.rules.keeping_copies import Why
from clientele.services.audit import record
from clientele.services.backups import Backups
from clientele.store import copies
from clientele.store.audit_copies import trail_finding
from clientele.store.doctor import examine
from clientele.store.session import Store, open_store
from clientele.system.clock import FixedClock
from tests.conftest import DATA_KEY
from tests.store.test_audit_check import bare, chain, reseal, written


def emptied(store: Store) -> None:
    with bare(store) as connection:
        connection.execute("DELETE FROM audit_entry")
        connection.execute("DELETE FROM audit_seal")


def written_anew(store: Store) -> None:
    with bare(store) as connection:
        connection.execute("UPDATE audit_entry SET associate_id = NULL, act = 'undo' WHERE id = 4")
        reseal(connection, 4)


def later_by_a_second(store: Store) -> None:
    with bare(store) as connection:
        connection.execute(
            "UPDATE audit_entry SET at = substr(at, 1, 19) || '.000001' WHERE id = 4"
        )
        reseal(connection, 4)


def changed_places(store: Store) -> None:
    with bare(store) as connection:
        for one, other in ((4, -1), (5, 4), (-1, 5)):
            connection.execute(f"UPDATE audit_entry SET id = {other} WHERE id = {one}")
        reseal(connection, 4)


@pytest.mark.parametrize("tamper", [emptied, written_anew, later_by_a_second, changed_places])
def test_a_trail_that_is_whole_in_itself_does_not_go_on_from_the_backup(
    store: Store, clock: FixedClock, tamper: Callable[[Store], None]
) -> None:
    written(store)
    assert trail_finding(store).ok  # no backup yet
    assert Backups(store, clock.now).make(Why.DAILY).refused is None
    written(store, 3)
    assert trail_finding(store).sentence == "The audit trail goes on from what 1 backups say."
    tamper(store)
    assert chain(store).whole
    found = trail_finding(store)
    assert not found.ok
    assert "does not go on from 1 of 1 backups" in found.sentence
    (told,) = [one for one in examine(store, now=clock.now()) if one.name == found.name]
    assert told == found


def test_an_older_copy_in_the_place_of_the_book_is_seen(store: Store, clock: FixedClock) -> None:
    backups = Backups(store, clock.now)
    written(store)
    old = backups.make(Why.DAILY).made
    clock.advance(timedelta(days=1))
    written(store, 3)
    assert backups.make(Why.DAILY).refused is None
    assert trail_finding(store).ok
    assert old is not None
    path = store.path
    store.close()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(old.path, path)
    again = open_store(path, bytearray(DATA_KEY))
    try:
        assert chain(again).whole
        assert "1 of 2 backups" in trail_finding(again).sentence
    finally:
        again.close()


def test_a_restore_says_itself_what_it_took_away(store: Store, clock: FixedClock) -> None:
    written(store)
    Backups(store, clock.now).make(Why.DAILY)
    emptied(store)

    def restored(session: Session) -> None:
        record(session, "restore", detail={"trail": 13, "seal": "ab"}, now=clock.now())

    with store.write() as session:
        restored(session)
    assert trail_finding(store).ok


def test_a_file_in_the_folder_that_is_no_copy_holds_up_nothing(
    store: Store, clock: FixedClock
) -> None:
    """Nor one of another book that was given the name of ours, or a link to one."""
    written(store)
    made = Backups(store, clock.now).make(Why.DAILY).made
    assert made is not None
    folder = copies.folder_of(store.path)
    for number, content in enumerate((b"", b"no copy", b"\x00" * 8192)):
        name = made.path.name.replace(" daily", f" {number} daily")
        (folder / name).write_bytes(content)
    (folder / made.path.name.replace("20", "19", 1)).symlink_to("/dev/zero")
    assert trail_finding(store).ok
