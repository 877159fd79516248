"""A book gets another key whole or not at all, and nothing in it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from clientele.domain.tables import Client
from clientele.store import copying, keys, proof, rekey
from clientele.store.beside import keep_clear, rekeyed_file, rekeying_file
from clientele.store.doctor import examine, is_sound
from clientele.store.engine import connect
from clientele.store.errors import BookBusy, Cancelled, DiskFull, DiskTrouble, OverTheBook
from clientele.store.rekey import UnlikeBook, tidied, turning
from clientele.store.session import Profile, create_store, open_store
from clientele.system.clock import FixedClock

CLIENTS = 700


@pytest.fixture
def old() -> keys.NewKey:
    return keys.new_key()


@pytest.fixture
def new() -> keys.NewKey:
    return keys.new_key()


@pytest.fixture
def book(tmp_path: Path, old: keys.NewKey, clock: FixedClock) -> Path:
    path = tmp_path / "book.clientele"
    profile = Profile("EUR", "NL", "Europe/Amsterdam")
    store = create_store(path, old.data_key, profile, now=clock.now(), salt=old.salt)
    with store.write() as session:
        for number in range(CLIENTS):
            session.add(
                Client(
                    given_name=f"Given {number}",
                    family_name="Marsh",
                    created_at=clock.now(),
                    updated_at=clock.now(),
                )
            )
    store.close()
    return path


def content(path: Path, key: bytes | bytearray) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is not made of others."""
    connection = connect(path, key)
    try:
        names = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        )]  # fmt: skip
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    finally:
        connection.close()


def turn(path: Path, old: keys.NewKey, new: keys.NewKey, **other: object) -> None:
    asked: dict[str, object] = {"fill": lambda _: None, "keep": lambda: None} | other
    rekey.rekey(path, old.data_key, new, **asked)  # type: ignore[arg-type]


def beside(path: Path) -> set[str]:
    return {one.name for one in path.parent.glob(f"{path.name}*")}


def test_everything_is_there_under_the_new_key_alone(
    book: Path, old: keys.NewKey, new: keys.NewKey
) -> None:
    before = content(book, old.data_key)
    turn(book, old, new)
    assert content(book, new.data_key) == before
    assert book.read_bytes()[:16] == new.salt
    assert not proof.fits(book, old.data_key)
    assert keys.unlock_by_recovery_key(book, new.recovery_key) == new.data_key
    with pytest.raises(keys.WrongRecoveryKey):
        keys.unlock_by_recovery_key(book, old.recovery_key)
    store = open_store(book, new.data_key)
    try:
        assert is_sound(examine(store))
    finally:
        store.close()


def test_what_a_crash_left_in_the_log_comes_along(
    book: Path, old: keys.NewKey, new: keys.NewKey, clock: FixedClock
) -> None:
    store = open_store(book, old.data_key)
    with store.write() as session:
        session.add(_late(clock))
    log = book.with_name(book.name + "-wal").read_bytes()
    kept = book.read_bytes()
    store.close()
    book.write_bytes(kept)
    book.with_name(book.name + "-wal").write_bytes(log)
    turn(book, old, new)
    assert not book.with_name(book.name + "-wal").exists()
    names = [row[2] for row in content(book, new.data_key)["client"]]
    assert len(names) == CLIENTS + 1


def _late(clock: FixedClock) -> Client:
    at = clock.now()
    return Client(given_name="Late", created_at=at, updated_at=at)


def test_what_is_filled_in_is_there_from_the_first_moment(
    book: Path, old: keys.NewKey, new: keys.NewKey, clock: FixedClock
) -> None:
    def fill(session: Session) -> None:
        session.add(_late(clock))

    turn(book, old, new, fill=fill)
    assert len(content(book, new.data_key)["client"]) == CLIENTS + 1


def test_the_key_is_kept_before_the_file_is_and_the_old_one_forgotten_after(
    book: Path, old: keys.NewKey, new: keys.NewKey
) -> None:
    seen: list[str] = []

    def keep() -> None:
        assert proof.fits(rekeyed_file(book), new.data_key)
        assert proof.fits(book, old.data_key)
        seen.append("kept")

    turn(book, old, new, keep=keep)
    assert seen == ["kept"]
    found = turning(book)
    assert found is not None
    assert found.gone(book) == old.salt
    tidied(book, lambda head: seen.append(head.hex()))
    assert seen == ["kept", old.salt.hex()]
    assert beside(book) == {book.name, f"{book.name}.rekeying.lock"}


@pytest.mark.parametrize("at", ["fill", "keep"])
def test_whatever_fails_leaves_the_book_as_it_was(
    book: Path, old: keys.NewKey, new: keys.NewKey, at: str
) -> None:
    before = content(book, old.data_key)

    def fail(*_: object) -> None:
        raise keys.KeyringRefused

    with pytest.raises(keys.KeyringRefused):
        turn(book, old, new, **{at: fail})
    assert content(book, old.data_key) == before
    assert not rekeyed_file(book).exists()
    gone: list[bytes] = []
    tidied(book, gone.append)
    assert gone == [new.salt]


def test_somebody_may_leave_it_at_every_step(
    book: Path, old: keys.NewKey, new: keys.NewKey
) -> None:
    asked, left = 0, 0
    while True:
        count = 0

        def leave(at: int = asked) -> bool:
            nonlocal count
            count += 1
            return count > at

        try:
            turn(book, old, new, leave=leave)
        except Cancelled:
            left += 1
            assert proof.fits(book, old.data_key)
            assert not rekeyed_file(book).exists()
        else:
            break
        asked += max(1, asked // 3)
    assert left > 5
    assert proof.fits(book, new.data_key)


def test_a_full_disk_is_told_before_anything_is_written(
    book: Path, old: keys.NewKey, new: keys.NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rekey, "ROOM", 1 << 60)
    with pytest.raises(DiskFull):
        turn(book, old, new)
    assert beside(book) == {book.name}


def test_a_disk_that_takes_no_more_leaves_the_book_as_it_was(
    book: Path, old: keys.NewKey, new: keys.NewKey
) -> None:
    resource = pytest.importorskip("resource")
    before = content(book, old.data_key)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (book.stat().st_size // 2, limits[1]))
    try:
        with pytest.raises((DiskFull, DiskTrouble)):
            turn(book, old, new)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert content(book, old.data_key) == before
    assert not rekeyed_file(book).exists()


def test_a_book_that_another_program_reads_is_left_alone(
    book: Path, old: keys.NewKey, new: keys.NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.engine.BUSY_MS", 50)
    store = open_store(book, old.data_key)
    try:
        with store.read() as session:
            session.connection().exec_driver_sql("SELECT count(*) FROM client").scalar_one()
            with pytest.raises(BookBusy):
                turn(book, old, new)
    finally:
        store.close()
    assert proof.fits(book, old.data_key)


def test_who_waits_for_the_former_book_cannot_write_into_it(
    book: Path, old: keys.NewKey, new: keys.NewKey
) -> None:
    with book.open("rb") as late:
        turn(book, old, new)
        late.seek(0)
        assert late.read(16) not in (old.salt, new.salt)


def test_a_copy_that_is_not_the_same_never_takes_the_place(
    book: Path, old: keys.NewKey, new: keys.NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(source: Any, target: Path, data_key: bytearray, salt: bytes, **how: Any) -> None:
        copying.copy_pages(source, target, data_key, salt, **how)
        other = connect(target, data_key)
        other.execute("UPDATE client SET given_name = 'Gwen' WHERE id = 350")
        other.close()

    monkeypatch.setattr(rekey, "copy_pages", spoil)
    with pytest.raises(UnlikeBook, match="as it was"):
        turn(book, old, new)
    assert proof.fits(book, old.data_key)
    assert not rekeyed_file(book).exists()


def test_permissions_stay(book: Path, old: keys.NewKey, new: keys.NewKey) -> None:
    book.chmod(0o660)
    turn(book, old, new)
    assert book.stat().st_mode & 0o777 == 0o660


def test_nothing_is_written_over_what_stands_beside(book: Path) -> None:
    for path in (rekeyed_file(book), rekeying_file(book)):
        with pytest.raises(OverTheBook):
            keep_clear(book, path)


def test_nothing_is_tidied_while_it_goes_on(book: Path, old: keys.NewKey, new: keys.NewKey) -> None:
    def keep() -> None:
        tidied(book, gone.append)
        assert rekeyed_file(book).exists()

    gone: list[bytes] = []
    turn(book, old, new, keep=keep)
    assert gone == []


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "PAGES", 40)
