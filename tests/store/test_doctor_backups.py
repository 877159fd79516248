"""The doctor asks for copies that are good, young enough, and elsewhere too."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from clientele.domain.rules.keeping_copies import Why
from clientele.services.backups import Backups
from clientele.store.doctor_backups import backups_finding
from clientele.store.proof import PAGE_SIZE
from clientele.store.second_place import SecondPlace
from clientele.store.session import Store
from clientele.system.clock import FixedClock


def test_the_doctor_tells_of_copies(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    stick = SecondPlace(tmp_path / "stick")
    stick.prepare(store.path)

    def finding(second: str = "") -> tuple[bool, str]:
        found = backups_finding(store, now=clock.now(), second=second)
        return found.ok, found.sentence

    assert finding() == (False, finding()[1])
    assert "no good backup" in finding()[1]
    Backups(store, clock.now, lambda: stick).make(Why.DAILY)
    assert finding()[0]
    assert "under 1 h old" in finding()[1]
    assert "no second place" in finding()[1]
    assert finding(str(stick.chosen))[0]
    next(stick.folder.iterdir()).unlink()
    assert not finding(str(stick.chosen))[0]
    clock.advance(timedelta(days=4))
    assert not finding()[0]
    assert "over 96 h old" in finding()[1]


def test_a_backup_of_which_the_end_was_lost_is_none(store: Store, clock: FixedClock) -> None:
    """Its first page is signed all the same."""
    made = Backups(store, clock.now).make(Why.DAILY).made
    assert made is not None
    assert backups_finding(store, now=clock.now()).ok
    os.truncate(made.path, made.size - PAGE_SIZE)
    found = backups_finding(store, now=clock.now())
    assert not found.ok
    assert "no good backup" in found.sentence
