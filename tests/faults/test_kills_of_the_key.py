"""A program killed at every step of a new key: one of two whole books is there, and it opens."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from clientele.domain.team import Role
from clientele.services.opening import (
    FirstAssociate,
    begin_book,
    key_on_paper,
    open_by_passphrase,
    open_by_vault,
    unseen_key,
)
from clientele.services.team import SetUpStore
from clientele.store import keys
from clientele.store.beside import rekeyed_file, rekeying_file, wrapped_file
from clientele.store.doctor import examine, is_sound
from clientele.store.session import Store
from clientele.system.secrets import Vault
from tests.examples import examples
from tests.faults.key_victim import NOW, WORDS, FileShelf, cheap
from tests.faults.killing import ROOT
from tests.faults.victim import Editing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

MOMENTS = 12
CHANGES = {"draft", "audit_entry", "audit_seal"}
"""What a new key writes itself."""

Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Place:
    """A book as it was before, and the one that is tried."""

    folder: Path
    way: str
    paper: str
    rows: Rows
    parent: subprocess.Popen[bytes]

    @property
    def book(self) -> Path:
        return self.folder / "tried" / "book.clientele"

    @property
    def shelf(self) -> FileShelf:
        return FileShelf(self.folder / "tried" / "shelf.json")

    def set_up(self) -> None:
        shutil.rmtree(self.folder / "tried", ignore_errors=True)
        shutil.copytree(self.folder / "begun", self.folder / "tried")

    def renew(self, **order: object) -> int:
        """Let the program do it; answers how it ended."""
        told = {"book": str(self.book), "shelf": str(self.shelf.path), "way": self.way, **order}
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write(json.dumps(told).encode() + b"\n")
        self.parent.stdin.flush()
        return int(self.parent.stdout.readline())

    def open(self) -> Store:
        """As the next start does."""
        if self.way == "keyring":
            return open_by_vault(self.book, find_vault=lambda: Vault(self.shelf))
        return open_by_passphrase(self.book, WORDS)

    def check(self) -> bool:
        """Nothing is lost, and nothing is left; answers whether the key is the new one."""
        store = self.open()
        try:
            assert rows(store) == self.rows
            assert is_sound(examine(store, quick=True))
            found = unseen_key(store)
            key = bytes(store.data_key)
        finally:
            store.close()
        is_new = key != keys.derived(_secret(self.paper))
        assert (found is not None) == is_new, "the new paper is kept until somebody has it"
        if found is not None:
            assert keys.unlock_by_recovery_key(self.book, found[1]) == key
        assert not rekeyed_file(self.book).exists()
        assert not rekeying_file(self.book).exists()
        head = self.book.read_bytes()[:16].hex()
        mail = {"mail-7": b"smtp".hex()}
        if self.way == "keyring":
            assert self.shelf.kept() == {head: key.hex(), **mail}
        else:
            kept = json.loads(wrapped_file(self.book).read_text())["slots"]
            assert {one["head"] for one in kept} == {head}
        self.open().close()
        return is_new


def rows(store: Store) -> Rows:
    with store.read() as session:
        run = session.connection().exec_driver_sql
        names = [
            name
            for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in CHANGES and not name.startswith("sqlite_") and "fts" not in name
        ]
        return {name: [tuple(row) for row in run(f'SELECT * FROM "{name}"')] for name in names}


def _secret(paper: str) -> bytes:
    from clientele.store import recovery

    return recovery.read(paper)


@pytest.fixture(params=["keyring", "passphrase"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    cheap()
    begun_at = tmp_path / "begun"
    begun_at.mkdir()
    shelf = FileShelf(begun_at / "shelf.json")
    shelf.set_password("Clientele", "mail-7", b"smtp".hex())
    by_keyring = request.param == "keyring"
    begun = begin_book(
        begun_at / "book.clientele",
        SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", Role.STORE_MANAGER),
        vault=Vault(shelf) if by_keyring else None,
        passphrase="" if by_keyring else WORDS,
        now=NOW,
    )
    _serve(begun.store, begun.associate_id)
    key_on_paper(begun.store)
    found = rows(begun.store)
    begun.store.close()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.key_victim"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as parent:
        yield Place(tmp_path, request.param, begun.recovery_key, found, parent)
        parent.kill()


def _serve(store: Store, by: int) -> None:
    """Somebody in the book, with a visit, a ticket and a promise."""
    from clientele.services.team import (
        AddAssociate,
        AddDepartment,
        add_associate,
        add_department,
        department_named,
    )

    with store.write() as session:
        add_department(session, AddDepartment("Men's Shoes"), now=NOW)
        other = AddAssociate("L. Sato", "Men's Shoes")
        colleague = add_associate(session, other, now=NOW).subject or 0
        places = [department_named(session, name) for name in ("Men's Suits", "Men's Shoes")]
    Editing(store, by, colleague, places, 7, tell=lambda *_, **__: None).serve()


def test_a_kill_at_every_step_leaves_a_book_that_opens(place: Place) -> None:
    steps = place.folder / "steps"
    place.set_up()
    assert place.renew(told=str(steps)) == 0
    assert place.check()
    seen: dict[str, int] = {}
    for at in steps.read_text().splitlines():
        seen[at] = seen.get(at, 0) + 1
    assert len(seen) > 100
    new, old = 0, 0
    every = 5 if examples(1) == 1 else 1  # all of them in `make soak`
    for at, count in list(seen.items())[::every]:
        if place.way == "passphrase" and not at.startswith(("slots:", "keys:")):
            continue  # the same as with a keyring
        for nth in {1, count}:
            place.set_up()
            assert place.renew(at=at, nth=nth) == -signal.SIGKILL, at
            if place.check():
                new += 1
            else:
                old += 1
    assert min(new, old) > 10 // every


def test_a_kill_at_any_moment_leaves_a_book_that_opens(place: Place) -> None:
    rng = Random(20261122)
    killed = 0
    for _ in range(MOMENTS):
        place.set_up()
        killed += place.renew(after=rng.random() * 0.6) == -signal.SIGKILL
        place.check()
    assert killed > 0


def test_after_a_kill_a_new_key_can_be_made_at_once(place: Place) -> None:
    place.set_up()
    steps = place.folder / "steps"
    assert place.renew(told=str(steps)) == 0
    middle = next(at for at in steps.read_text().splitlines() if ":_compare:" in at)
    place.set_up()
    assert place.renew(at=middle) == -signal.SIGKILL
    assert rekeyed_file(place.book).exists()
    assert place.renew() == 0
    assert place.check()
