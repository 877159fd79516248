"""Copies by themselves and by hand: once a day, let go, written down, and in a second place."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import NOBODY, associate
from clientele.domain.tables import AuditEntry, BackupMade
from clientele.domain.team import Role
from clientele.services.acting import NotAllowed, SignInFirst
from clientele.services.backups import Backups, choose_second_place
from clientele.services.team import AddAssociate, add_associate
from clientele.store import backup, copies, second_place
from clientele.store.copies import CopyUnderWay, folder_of
from clientele.store.errors import Cancelled, DiskFull
from clientele.store.second_place import (
    SecondPlace,
    SecondPlaceFull,
    SecondPlaceGone,
    SecondPlaceIsTheFirst,
    SecondPlaceLost,
    SecondPlaceReadOnly,
    SecondPlaceSlow,
    SecondPlaceTaken,
)
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.conftest import DATA_KEY
from tests.services.imports.bringing import bring


@pytest.fixture
def stick(tmp_path: Path, store: Store) -> SecondPlace:
    """A second place that somebody chose."""
    folder = tmp_path / "stick"
    folder.mkdir()
    place = SecondPlace(folder, patience=0.6)
    place.prepare(store.path)
    return place


def backups(store: Store, clock: FixedClock, place: SecondPlace | None = None) -> Backups:
    return Backups(store, clock.now, lambda: place)


def here(store: Store) -> list[str]:
    return [one.path.name for one in copies.listed(folder_of(store.path), DATA_KEY)]


def rows(store: Store) -> list[tuple[str, str, bool]]:
    with store.read() as session:
        found = session.scalars(select(BackupMade).order_by(col(BackupMade.id)))
        return [(one.why, one.place, one.ok) for one in found]


def test_a_copy_is_private_named_checked_and_written_down(store: Store, clock: FixedClock) -> None:
    outcome = backups(store, clock).make(Why.BY_HAND)
    assert outcome.made is not None
    path = outcome.made.path
    head = store.path.read_bytes()[:4].hex()
    assert path.name == f"book.clientele.2026-11-21T09-00-00Z.by-hand.{head}.backup"
    assert path.parent == store.path.parent / "backups"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    backup.verify(path, DATA_KEY)
    assert rows(store) == [("by hand", "here", True)]
    with store.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
        assert entry is not None
        assert entry.act == "back_up"
    assert {one.name for one in path.parent.iterdir()} - {".copying"} == {path.name}


def test_the_day_s_copy_is_due_once_a_day_of_the_store(store: Store, clock: FixedClock) -> None:
    made = backups(store, clock)
    assert made.is_due()
    made.make(Why.DAILY)
    assert not made.is_due()
    clock.advance(timedelta(hours=13))
    assert not made.is_due()
    clock.advance(timedelta(hours=1, seconds=1))  # past midnight in Amsterdam
    assert made.is_due()
    made.make(Why.BY_HAND)
    assert not made.is_due()


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_a_clock_that_is_set_neither_stops_nor_floods_it(
    store: Store, clock: FixedClock, days: int
) -> None:
    made = backups(store, clock)
    made.make(Why.DAILY)
    clock.advance(timedelta(days=days))
    assert made.is_due()
    made.make(Why.DAILY)
    assert not made.is_due()
    clock.advance(timedelta(days=1))
    assert made.is_due()


def test_old_copies_go_and_files_of_others_stay(store: Store, clock: FixedClock) -> None:
    made = backups(store, clock)
    folder = folder_of(store.path)
    folder.mkdir()
    foreign = folder / "book.clientele.2020-01-01T09-00-00Z.daily.00000000.backup"
    for path in (foreign, folder / "holiday.jpg"):
        path.write_bytes(b"somebody's")
    for _ in range(10):
        made.make(Why.DAILY)
        clock.advance(timedelta(hours=1))
    mine = [name for name in here(store) if name != foreign.name]
    assert len(mine) == 1
    assert foreign.exists()
    assert (folder / "holiday.jpg").exists()


def test_what_a_killed_program_left_is_cleared_away(store: Store, clock: FixedClock) -> None:
    folder = folder_of(store.path)
    folder.mkdir()
    half = folder / "book.clientele.2026-11-20T09-00-00Z.daily.00000000.backup.new"
    half.write_bytes(b"half")
    kept = folder / "letter.new"
    kept.write_bytes(b"mine")
    backups(store, clock).make(Why.DAILY)
    assert not half.exists()
    assert kept.exists()


def test_two_at_once_are_one(store: Store, clock: FixedClock) -> None:
    with copies.only_one(folder_of(store.path)):
        outcome = backups(store, clock).make(Why.DAILY)
    assert isinstance(outcome.refused, CopyUnderWay)
    assert backups(store, clock).make(Why.DAILY).refused is None


def test_leaving_it_leaves_nothing(store: Store, clock: FixedClock) -> None:
    with pytest.raises(Cancelled):
        backups(store, clock).make(Why.DAILY, leave=lambda: True)
    assert here(store) == []
    assert rows(store) == []


def test_who_may(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        what = AddAssociate("L. Sato", "Men's Shoes")
        sato = add_associate(session, what, now=clock.now()).subject or 0
        boss = AddAssociate("R. Okafor", "Men's Suits", role=Role.DEPARTMENT_MANAGER)
        okafor = add_associate(session, boss, now=clock.now()).subject or 0
    made = backups(store, clock)
    with pytest.raises(NotAllowed):
        made.make(Why.BY_HAND, acting=associate(sato))
    with pytest.raises(SignInFirst):
        made.make(Why.BY_HAND, acting=NOBODY)
    assert made.make(Why.DAILY, acting=NOBODY).refused is None
    assert made.make(Why.BY_HAND, acting=associate(okafor)).refused is None
    with pytest.raises(NotAllowed):
        choose_second_place(store, None, acting=associate(sato), now=clock.now())


def test_a_full_disk_is_said_once_a_day_and_leaves_nothing(store: Store, clock: FixedClock) -> None:
    with store.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "INSERT INTO tag (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            "FROM n WHERE i < 3000) SELECT i || hex(zeroblob(500)) FROM n"
        )
    made = backups(store, clock)
    good = made.make(Why.DAILY).made
    assert good is not None
    size = store.path.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Above what the log of the book takes, below what the copy does.
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, limits[1]))
    try:
        first, second = made.make(Why.DAILY), made.make(Why.DAILY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert first.refused is not None
    assert (first.tell, second.tell) == (True, False)
    assert here(store) == [good.path.name]
    assert [
        path.name for path in folder_of(store.path).iterdir() if path.name.endswith("new")
    ] == []


def test_it_is_brought_to_the_second_place(
    store: Store, clock: FixedClock, stick: SecondPlace
) -> None:
    outcome = backups(store, clock, stick).make(Why.DAILY)
    assert outcome.carried == 1
    assert outcome.made is not None
    there = stick.folder / outcome.made.path.name
    assert there.read_bytes() == outcome.made.path.read_bytes()
    assert there.stat().st_mode & 0o777 == 0o600
    assert rows(store) == [("daily", "here", True), ("daily", "second", True)]
    assert backups(store, clock, stick).catch_up().carried == 0


def test_away_it_is_told_once_a_day_and_caught_up(
    store: Store, clock: FixedClock, stick: SecondPlace
) -> None:
    made = backups(store, clock, stick)
    away = stick.chosen.with_name("pulled out")
    stick.chosen.rename(away)
    first = made.make(Why.DAILY)
    assert first.made is not None
    assert isinstance(first.second_refused, SecondPlaceGone)
    assert first.tell
    clock.advance(timedelta(hours=1))
    assert not made.catch_up().tell
    clock.advance(timedelta(days=1))
    next_day = made.make(Why.DAILY)
    assert next_day.tell
    assert made.lacks()
    away.rename(stick.chosen)
    assert made.catch_up().carried == 2
    assert not made.lacks()
    assert {path.name for path in stick.folder.iterdir()} == set(here(store))


def test_an_empty_mount_point_is_not_the_stick(
    store: Store, clock: FixedClock, stick: SecondPlace
) -> None:
    stick.folder.rmdir()
    outcome = backups(store, clock, stick).make(Why.DAILY)
    assert isinstance(outcome.second_refused, SecondPlaceGone)
    assert list(stick.chosen.iterdir()) == []


def test_another_file_of_that_name_is_left(
    store: Store, clock: FixedClock, stick: SecondPlace
) -> None:
    made = backups(store, clock).make(Why.DAILY).made
    assert made is not None
    other = stick.folder / made.path.name
    other.write_bytes(b"another")
    outcome = backups(store, clock, stick).catch_up()
    assert isinstance(outcome.second_refused, SecondPlaceTaken)
    assert other.read_bytes() == b"another"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errno.ENOSPC, SecondPlaceFull),
        (errno.EDQUOT, SecondPlaceFull),
        (errno.EROFS, SecondPlaceReadOnly),
        (errno.EIO, SecondPlaceLost),
        (errno.ESTALE, SecondPlaceLost),
        (errno.ENOTCONN, SecondPlaceLost),
        (errno.ENODEV, SecondPlaceGone),
    ],
)
def test_what_fails_there_leaves_nothing_half_made(
    store: Store, clock: FixedClock, stick: SecondPlace, monkeypatch: pytest.MonkeyPatch,
    error: int, kind: type[Exception],
) -> None:  # fmt: skip
    def fail(_: int) -> None:
        raise OSError(error, os.strerror(error))

    good = backups(store, clock).make(Why.DAILY).made
    assert good is not None
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind):
        stick.carry(good.path)
    assert list(stick.folder.iterdir()) == []


def test_a_place_that_really_takes_no_more_bytes(
    store: Store, clock: FixedClock, stick: SecondPlace
) -> None:
    good = backups(store, clock).make(Why.DAILY).made
    assert good is not None
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (good.size // 2, limits[1]))
    try:
        with pytest.raises(SecondPlaceFull, match="nothing half-made"):
            stick.carry(good.path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(stick.folder.iterdir()) == []
    assert stick.carry(good.path)


def test_a_place_that_vanishes_in_the_middle(
    store: Store, clock: FixedClock, stick: SecondPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups(store, clock).make(Why.DAILY).made
    assert good is not None
    monkeypatch.setattr(second_place, "CHUNK", 4096)
    away = stick.chosen.with_name("away")
    beats = 0

    def pull_out() -> bool:
        nonlocal beats
        beats += 1
        if beats == 20:
            stick.chosen.rename(away)
        return False

    with pytest.raises(SecondPlaceLost):
        stick.carry(good.path, leave=pull_out)
    away.rename(stick.chosen)
    assert stick.carry(good.path)
    assert [path.name for path in stick.folder.iterdir()] == [good.path.name]


def test_a_share_that_hangs_is_left_behind(
    store: Store, clock: FixedClock, stick: SecondPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    whole = second_place._digest

    def hang(*what: Any) -> str:
        answers.wait(30)
        return whole(*what)

    monkeypatch.setattr(second_place, "_digest", hang)
    began = time.monotonic()
    made = backups(store, clock, stick)
    outcome = made.make(Why.DAILY)
    assert isinstance(outcome.second_refused, SecondPlaceSlow)
    assert outcome.made is not None
    again = made.catch_up()
    assert isinstance(again.second_refused, SecondPlaceSlow)
    assert time.monotonic() - began < 5
    answers.set()
    assert stick._stuck is not None
    stick._stuck.join()
    assert made.catch_up().second_refused is None


def test_the_end_of_the_program_waits_for_no_share(store: Store, stick: SecondPlace) -> None:
    answers = threading.Event()
    place = SecondPlace(stick.chosen, patience=60)
    threading.Timer(0.3, place.let_be).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        place.within(lambda: answers.wait(30))
    assert time.monotonic() - began < 3
    answers.set()


def test_the_folder_of_the_book_is_no_second_place(store: Store, tmp_path: Path) -> None:
    """By whatever name, nor any within its copies."""
    inside = folder_of(store.path) / "stick"
    inside.mkdir(parents=True)
    link = tmp_path / "elsewhere"
    link.symlink_to(store.path.parent)
    for folder in (store.path.parent, folder_of(store.path), inside, link, link / "backups"):
        with pytest.raises(SecondPlaceIsTheFirst):
            SecondPlace(folder).prepare(store.path)


def test_a_large_file_is_brought_in_after_a_copy(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    head = "reference,given_name\n"
    bring(store, tmp_path, head + "1,Ada\n")
    assert here(store) == []
    bring(store, tmp_path, head + "".join(f"{number},N{number}\n" for number in range(1, 1_001)))
    assert rows(store) == [("before an import", "here", True)]
    assert len(here(store)) == 1


def test_before_the_first_file_there_is_nothing_to_copy(store: Store, tmp_path: Path) -> None:
    head = "reference,given_name\n"
    bring(store, tmp_path, head + "".join(f"{number},N{number}\n" for number in range(1, 1_001)))
    assert rows(store) == []
    assert here(store) == []


def test_no_room_is_seen_before_it_begins(
    store: Store, clock: FixedClock, monkeypatch: Any
) -> None:
    usage = shutil.disk_usage(store.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    outcome = backups(store, clock).make(Why.DAILY)
    assert isinstance(outcome.refused, DiskFull)
