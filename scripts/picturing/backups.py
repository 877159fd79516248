"""Backups: the page with copies in both places, a place that is away, and what a restore undoes."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from clientele.domain.rules.keeping_copies import Why
from clientele.services.backups import Backups
from clientele.services.notes import KeepNote, keep_note
from clientele.store import copies
from clientele.store.second_place import SecondPlace
from clientele.system.clock import FixedClock
from clientele.ui.dialogs.restore import RestoreSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def full() -> None:
        _copied(place, folder)
        _shown(place)

    def away() -> None:
        full()
        there = place.trust.backing_up.place
        assert there is not None
        shutil.rmtree(there.folder, ignore_errors=True)
        Backups(place.store, place.desk.now, lambda: there).make(Why.BY_HAND)
        _shown(place)

    def restoring() -> None:
        full()
        with place.store.write() as session:
            now = place.desk.now() + timedelta(minutes=4)
            keep_note(session, KeepNote(1, "Wants the grey one, not the navy.", by=1), now=now)
        page = place.trust.backups
        page.restore_copy(next(iter(page._copies)))
        sheet = place.window.content.findChildren(RestoreSheet)[-1]
        while not sheet.idle():
            settle(place)
        settle(place)

    return [Scene("backups", full), Scene("backups-away", away), Scene("restore", restoring)]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("backups", lambda: _shown(place))]


def _copied(place: Workplace, folder: Path) -> None:
    store, backing = place.store, place.trust.backing_up
    if copies.folder_of(store.path).exists():
        return
    stick = folder / "stick"
    stick.mkdir()
    backing.place = SecondPlace(stick)
    backing.place.prepare(store.path)
    for back, why in ((9, Why.DAILY), (2, Why.IMPORT), (1, Why.DAILY), (0, Why.DAILY)):
        at = place.desk.now() - timedelta(days=back, minutes=17)
        Backups(store, FixedClock(at).now, lambda: backing.place).make(why)


def _shown(place: Workplace) -> None:
    place.trust.show_backups()
    place.trust.backups.refresh()
    settle(place)
    while place.trust.backups._work.busy():
        settle(place)
    settle(place)
