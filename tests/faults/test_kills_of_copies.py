"""A kill at each step of copying and of restoring leaves the old book whole, or the new one."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import SET_UP
from clientele.services.restoring import preview, restore
from clientele.services.team import AddAssociate, add_associate
from clientele.store import backup, copies
from clientele.store.doctor import examine, is_sound
from clientele.store.session import open_store
from tests.faults.copy_victim import KEY, NOW
from tests.faults.workplace import Workplace, make_workplace
from tests.store.rows import contents

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")

BEFORE = (
    "copy", "3", "prepare", "40", "migrate", "carry over", "enter", "verify", "fold", "part",
    "rename",
)  # fmt: skip
"""Steps up to which the book is the old one."""
AFTER = ("sync",)
TRAIL = {"audit_entry", "audit_seal", "backup_made"}

Contents = dict[str, list[dict[str, Any]]]


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_workplace(tmp_path / "shop" / "book.clientele")


def fill(place: Workplace, name: str) -> Contents:
    """Somebody more, and enough pages that there is a middle; then what the book holds."""
    store = place.open()
    with store.write() as session:
        add_associate(session, AddAssociate(name, "Handbags"), now=NOW)
        session.connection().exec_driver_sql(
            "INSERT INTO tag (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            f"FROM n WHERE i < 1500) SELECT '{name}' || i || hex(zeroblob(300)) FROM n"
        )
    return held(store)


def held(store: Any) -> Contents:
    with store.read() as session:
        found = contents(session.connection())
    store.close()
    return {table: rows for table, rows in found.items() if table not in TRAIL}


def die(what: str, place: Workplace, copy: Path, where: str) -> None:
    victim = [sys.executable, "-m", "tests.faults.copy_victim"]
    command = [*victim, what, str(place.path), str(copy), where]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


def look(place: Workplace) -> Contents:
    store = open_store(place.path, bytearray(KEY))
    assert is_sound(examine(store))
    return held(store)


@pytest.mark.parametrize("where", [*BEFORE, *AFTER])
def test_restoring(place: Workplace, where: str) -> None:
    then = fill(place, "A. Novak")
    copy = copies.make(place.path, KEY, Why.DAILY, now=NOW - timedelta(days=1)).path
    now = fill(place, "L. Brandt")
    die("restore", place, copy, where)
    found = look(place)
    if where in BEFORE:
        assert found == now
    else:
        # Who came since can sign in to the restored book as well.
        assert {one["name"] for one in found["associate"]} >= {"A. Novak", "L. Brandt"}
        assert found["tag"] == then["tag"]
    for one in copies.listed(copies.folder_of(place.path), KEY):
        assert one.good
        backup.verify(one.path, KEY)
    looked = preview(place.path, KEY, copy).looked
    restore(place.path, KEY, looked, now=NOW + timedelta(hours=1), acting=SET_UP)
    assert look(place)["tag"] == then["tag"]
    left = {path.name for path in place.path.parent.iterdir()}
    assert left <= {"book.clientele", "book.clientele.lock", "backups"}
    inside = {path.name for path in (place.path.parent / "backups").iterdir()}
    assert all(name == ".copying" or name.endswith(".backup") for name in inside)


@pytest.mark.parametrize("where", ["1", "7", "40"])
def test_copying(place: Workplace, where: str) -> None:
    now = fill(place, "A. Novak")
    good = copies.make(place.path, KEY, Why.DAILY, now=NOW - timedelta(days=1))
    die("backup", place, good.path, where)
    assert look(place) == now
    found = copies.listed(copies.folder_of(place.path), KEY)
    assert [one.path for one in found] == [good.path]
    copies.make(place.path, KEY, Why.DAILY, now=NOW)
    assert not list(copies.folder_of(place.path).glob("*.new*"))
