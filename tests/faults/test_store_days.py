"""A short hour at the real window: what the soak of many days does can be done, and is kept.

Whether memory grows is judged over days, by `scripts/soak_days.py`; files left open show at once.
"""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtWidgets import QApplication

from clientele.store.doctor import examine, is_sound
from clientele.store.session import Store
from clientele.ui.dialogs.new_client import NewClientSheet
from scripts.measuring.memory import read_from_files
from scripts.measuring.store_days import Load, Terminal
from scripts.soak_days import sample_store

HOUR = Load(visits=3, edits=10, searches=2, locks=2)


def test_an_hour_is_worked_and_leaves_no_file_open(qapp: QApplication, tmp_path: Path) -> None:
    store = sample_store(tmp_path)
    terminal = Terminal(qapp, store)
    try:
        terminal.hour(HOUR)
        for typed in ("zz", "yy"):
            terminal.place.new_client(typed)
        terminal.place.window.to_search()
        before = terminal.reading()
        gone = [one for one in qapp.allWidgets() if isinstance(one, NewClientSheet)]
        assert gone == []
        assert _outliving() == []
        terminal.hour(HOUR)
        terminal.close_for_the_night()
        after = terminal.reading()
        assert terminal.refused == []
        assert terminal.done > HOUR.visits * 2 * 7
        assert after.open_files <= before.open_files
        with store.read() as session:
            run = session.connection().exec_driver_sql
            rung = run("SELECT count(*) FROM purchase WHERE receipt LIKE 'D%'").scalar_one()
        assert rung >= 2 * HOUR.visits
        _needed(store)
        assert _needed(store) < 10_000
        terminal.place.window.lock()
        terminal.until(terminal.desk.idle)
        assert _needed(store) > 100_000, "pages stay in memory beneath the lock"
    finally:
        terminal.close()
    assert is_sound(examine(store))
    store.close()


def _needed(store: Store) -> int:
    """Bytes that have to be read from the file to go through all that was shown."""
    before = read_from_files()
    with store.read() as session:
        run = session.connection().exec_driver_sql
        run("SELECT sum(length(item || why)) FROM shown_item").scalar_one()
    return read_from_files() - before


def _outliving() -> list[object]:
    """What Qt made and deletes without a word, while Python keeps its address (decision 46)."""
    return [
        one
        for one in shiboken6.getAllValidWrappers()
        if not isinstance(one, QObject | QMetaObject)
        and not shiboken6.createdByPython(one)
        and not shiboken6.ownedByPython(one)
    ]
