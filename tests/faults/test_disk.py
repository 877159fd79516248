"""A full disk, a broken one, a kill, a power cut, at writes of every kind: nothing kept is lost.

Here at some writes of each kind, chosen with a fixed seed; `make soak` does it at all of them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.faults.all_kinds import KINDS
from tests.faults.disk import Disk, Seen
from tests.faults.failing import Fault, build
from tests.faults.killing import victims
from tests.faults.kinds import make_template

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

TRIES = 3
"""Of each way to fail, for each kind."""
KILLS = 4


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """A folder in memory where there is one: thousands of syncs are not what is tested."""
    library = build(tmp_path_factory.mktemp("library"))
    if library is None:
        pytest.skip("needs a C compiler and a library that can be preloaded")
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        template, folder = Path(name) / "template", Path(name) / "tries"
        template.mkdir()
        folder.mkdir()
        make_template(template)
        with victims("disk_victim", library) as running:
            yield Disk(running, template, folder)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_fails_at_whichever_write(kind: str, disk: Disk) -> None:
    rng, seen = Random(f"2026-11-22 {kind}"), Seen()
    changes = disk.golden(kind).changes

    def somewhere(how: str, **more: bool) -> Fault:
        return Fault(rng.randrange(1, changes + 1), how, seed=rng.randrange(9), **more)

    for _ in range(TRIES):
        disk.attempt(kind, somewhere("enospc"), seen, again=KINDS[kind].same_again)
        disk.attempt(kind, somewhere("eio", all=True), seen)
        disk.attempt(kind, somewhere("end"), seen)
        disk.attempt(kind, somewhere("cut"), seen)
    assert seen.troubles == []
    assert seen.tried == 4 * TRIES


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_whichever_moment(kind: str, disk: Disk) -> None:
    rng, seen = Random(f"2026-11-23 {kind}"), Seen()
    acts = disk.golden(kind).acts
    for _ in range(KILLS):
        disk.kill(kind, rng.randrange(acts), rng.random() * 0.05, seen)
    assert seen.troubles == []


def test_the_first_write_of_all_fails(disk: Disk) -> None:
    seen = Seen()
    for how in ("enospc", "eio"):
        disk.attempt("edit", Fault(1, how, all=True), seen)
    assert seen.troubles == []
    assert sum(seen.refused.values()) == 2


def test_a_key_is_changed_once_the_disk_is_well_whatever_it_left_of_the_log(disk: Disk) -> None:
    """Removing the log can fail like anything else; nobody must think that another has the book."""
    seen = Seen()
    for at in range(10, 20):
        disk.attempt("key change", Fault(at, "enospc"), seen, again=True)
    assert seen.troubles == []
    assert seen.acknowledged == 10


def test_a_share_that_goes_away_is_said_to_be_gone_and_nothing_kept_is_lost(disk: Disk) -> None:
    seen, rng = Seen(), Random(3)
    changes = disk.golden("ring-up").changes
    for how in ("eio", "estale", "enotconn"):
        for _ in range(2):
            disk.attempt("ring-up", Fault(rng.randrange(1, changes), how, reads=True), seen)
    assert seen.troubles == []
    assert seen.refused.get("DiskTrouble", 0) > 0
