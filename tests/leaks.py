"""Fails a test that leaves a thread, a running timer or a window behind it.

Whatever outlives its test works on in the next one, where nobody looks for the cause. What a
fixture of a wider scope started before the test is left alone.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QThread, QTimer
    from PySide6.QtWidgets import QWidget

PATIENCE = 2.0
"""Seconds that a thread which was already asked to end is given to do so."""

QT_OWN_WINDOWS = {"qtooltip_label"}
"""Windows that Qt makes for itself, one for the whole program, and keeps."""


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Compare what runs after a test with what ran before it.

    First of a test's fixtures to begin and so the last to end, when the others have cleaned up.
    """
    _forget_ended_threads()
    threads = set(threading.enumerate())
    objects = _left_in_qt([])
    # Half a million objects of modules and earlier tests would be looked through after each one.
    gc.collect()
    gc.freeze()
    if "qapp" in request.fixturenames:
        gc.disable()  # as in the program: only on the window's thread, see ui/garbage.py
    else:
        gc.enable()
    yield
    leaks = [f"thread {thread.name}" for thread in _left_threads(threads)]
    if _qt_runs():
        if _left_in_qt(objects):
            # What only a cycle still holds is no leak, merely not collected yet.
            gc.collect()
        leaks += [_end(one) for one in _left_in_qt(objects)]
    if leaks:
        pytest.fail("the test left behind: " + ", ".join(leaks), pytrace=False)


def _left_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    new = [thread for thread in threading.enumerate() if thread not in before]
    if new and _qt_runs():
        from PySide6.QtCore import QThreadPool

        # Qt's own pool keeps idle threads for half a minute, which is no leak of the test's.
        QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000))
    for thread in new:
        if not isinstance(thread, threading._DummyThread):
            thread.join(PATIENCE)
    return [thread for thread in new if _lives(thread)]


def _lives(thread: threading.Thread) -> bool:
    # Python 3.11 never learns that a thread which Qt started has ended, and counts it as alive.
    if isinstance(thread, threading._DummyThread) and sys.platform == "linux":
        return Path(f"/proc/self/task/{thread.native_id}").exists()
    return thread.is_alive()


def _forget_ended_threads() -> None:
    """Else a new thread of Qt's that is given an old one's number would pass for the old one."""
    for thread in threading.enumerate():
        if not _lives(thread) and thread.ident is not None:
            threading._active.pop(thread.ident, None)  # type: ignore[attr-defined]


def _qt_runs() -> bool:
    if "PySide6.QtWidgets" not in sys.modules:
        return False
    from PySide6.QtWidgets import QApplication

    return isinstance(QApplication.instance(), QApplication)


def _left_in_qt(before: list[QObject]) -> list[QObject]:
    """Running timers, running threads and windows that are not among ``before``."""
    if not _qt_runs():
        return []
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    old = {id(one) for one in before}
    return [one for one in (*_at_work(), *_windows()) if id(one) not in old]


def _at_work() -> list[QTimer | QThread]:
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QThread, QTimer

    application = QCoreApplication.instance()
    assert application is not None
    main = application.thread()
    # By type(), not isinstance(): the latter would wake objects that pretend to be another class.
    objects = gc.get_objects()
    kinds = {kind for kind in set(map(type, objects)) if issubclass(kind, QTimer | QThread)}
    known = [one for one in objects if type(one) in kinds]
    return [
        one
        for one in known
        if shiboken6.isValid(one)
        and (one.isActive() if isinstance(one, QTimer) else one.isRunning() and one is not main)
    ]


def _windows() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication

    return [
        window
        for window in QApplication.topLevelWidgets()
        if window.parent() is None and window.objectName() not in QT_OWN_WINDOWS
    ]


def _end(leak: QObject) -> str:
    """End what leaked, so that only the guilty test fails, and name it."""
    import shiboken6
    from PySide6.QtCore import QThread, QTimer

    name = f"{type(leak).__name__} {leak.objectName()}".strip()
    if isinstance(leak, QTimer):
        leak.stop()
        return f"running timer {name} of {leak.parent()}"
    if isinstance(leak, QThread):
        leak.quit()
        leak.wait(int(PATIENCE * 1000))
        return f"running thread {name}"
    shiboken6.delete(leak)
    return f"window {name}"
