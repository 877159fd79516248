"""Does the window lock as the computer sleeps and as its screen is locked, on a real bus?"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from ctypes import wintypes
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.locking import Locking
from clientele.ui.locking_system import (
    POWER_BROADCAST,
    SESSION_CHANGE,
    ByMessages,
    ByWaking,
    Watch,
    _Ear,
)
from clientele.ui.main_window import MainWindow

if sys.platform != "linux" or not shutil.which("dbus-daemon"):
    pytest.skip("dbus-daemon is not installed", allow_module_level=True)

from jeepney import message_bus

from clientele.ui.locking_by_bus import SAVERS, ByLogin, ByScreenSaver
from tests.ui.a_bus import a_bus
from tests.ui.a_desktop import Service
from tests.ui.a_logind import OURS, THEIRS, Logind


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One bus that is both the system's and the session's."""
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / tmp_path.name[-12:]
    folder.mkdir(parents=True)
    with a_bus(folder) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.delenv("XDG_SESSION_ID", raising=False)
        yield address


def listening(locking: Locking, qtbot: QtBot) -> ByLogin:
    """Once logind has said which session is ours, and waits with sleep."""
    locking.begin()
    assert locking.watch is not None
    login = next(way for way in locking.watch._ways if isinstance(way, ByLogin))
    qtbot.waitUntil(lambda: login.holds and login.session == OURS)
    return login


@pytest.fixture
def locking(window: MainWindow, store: Store, clock: FixedClock) -> Iterator[Locking]:
    made = Locking(window.desk, window, store, clock, window)
    yield made
    made.stop()


def test_the_lock_is_there_before_the_computer_sleeps(
    bus: str, locking: Locking, window: MainWindow, qtbot: QtBot
) -> None:
    with Logind(bus) as logind:
        listening(locking, qtbot)
        assert logind.waits
        waited = []
        window.locked.connect(lambda: waited.append(logind.waits))
        logind.prepare_for_sleep(True)
        qtbot.waitUntil(lambda: not logind.waits)
        assert window.is_locked
        assert waited == [True], "it slept only after the lock"
        assert "Locked as the computer slept" in window.lock_screen._note.text()
        logind.prepare_for_sleep(False)
        qtbot.waitUntil(lambda: logind.waits)
        locking.stop()
        qtbot.waitUntil(lambda: not logind.waits)


@pytest.mark.parametrize("in_session", [True, False])
def test_it_locks_with_its_session_and_with_no_other(
    bus: str, locking: Locking, window: MainWindow, in_session: bool, qtbot: QtBot
) -> None:
    with Logind(bus, in_session=in_session) as logind:
        listening(locking, qtbot)
        heard: list[str] = []
        locking.watch.away.connect(lambda: heard.append("away"))  # type: ignore[union-attr]
        logind.lock(THEIRS)
        logind.change(THEIRS, Active=False)
        logind.change(Active=True, LockedHint=False)
        logind.lock()
        qtbot.waitUntil(lambda: window.is_locked)
        assert heard == ["away"]
        logind.change(Active=False)
        qtbot.waitUntil(lambda: len(heard) == 2)
        logind.change(LockedHint=True)
        qtbot.waitUntil(lambda: len(heard) == 3)
        assert "Locked with the screen" in window.lock_screen._note.text()


@pytest.mark.parametrize("saver", SAVERS[1:])
def test_it_locks_with_the_screen_saver(
    bus: str, locking: Locking, window: MainWindow, saver: object, qtbot: QtBot
) -> None:
    address = next(one for one in SAVERS if one is saver)
    with Service(bus, address) as service:
        locking.begin()
        assert locking.watch is not None
        hears = next(way for way in locking.watch._ways if isinstance(way, ByScreenSaver))
        qtbot.waitUntil(lambda: hears.is_open)
        answers: list[object] = []
        hears._bus.call(message_bus.GetId(), answers.append)
        qtbot.waitUntil(lambda: bool(answers))  # the bus knows by now what it listens to
        service.signal("ActiveChanged", "b", False)
        service.signal("ActiveChanged", "b", True)
        qtbot.waitUntil(lambda: window.is_locked)


def test_without_logind_it_is_noticed_on_waking(
    window: MainWindow, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    watch = Watch(clock, parent=window)
    qtbot.waitUntil(lambda: watch._waking is not None)
    watch.stop()


def test_a_clock_that_went_ahead_of_the_program_is_a_sleep(clock: FixedClock) -> None:
    waking = ByWaking(clock)
    heard: list[bool] = []
    waking.sleeps.connect(lambda: heard.append(True))
    clock.advance(timedelta(hours=2))
    waking.look()
    clock.set(clock.now() + timedelta(seconds=20))
    waking.look()
    assert heard == [], "time went by, and a correction"
    clock.set(clock.now() + timedelta(minutes=3))
    waking.look()
    waking.look()
    assert heard == [True]
    waking.stop()


def test_what_windows_tells_is_understood(qapp: object) -> None:
    """Not on Windows: its message as it stands in memory, and what is made of it."""
    by = ByMessages()
    heard: list[str] = []
    by.sleeps.connect(lambda: heard.append("sleeps"))
    by.away.connect(lambda: heard.append("away"))
    ear = _Ear(by)
    for number, what in (
        (POWER_BROADCAST, 0x12),
        (POWER_BROADCAST, 0x4),
        (SESSION_CHANGE, 0x8),
        (SESSION_CHANGE, 0x7),
        (0x0100, 0x7),
    ):
        message = wintypes.MSG()
        message.message, message.wParam = number, what
        for kind in (b"windows_generic_MSG", b"xcb_generic_event_t"):
            assert ear.nativeEventFilter(kind, ctypes.addressof(message)) == (False, 0)
    assert heard == ["sleeps", "away"]
    by.stop()
