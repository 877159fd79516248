"""Do the guards really fail a test that leaves something behind, and spare one that does not?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

CONFTEST = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
pytest_plugins = ["tests.leaks"]
"""

START = """
import threading
import pytest
from PySide6.QtCore import QRunnable, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QLabel, QWidget

kept = []
started = threading.Event()
stop = threading.Event()

class Work(QRunnable):
    def run(self):
        threading.current_thread()

class Endless(QRunnable):
    def run(self):
        threading.current_thread()
        started.set()
        stop.wait(20)
"""

LEAKS = """
def test_thread(qapp):
    threading.Thread(target=stop.wait, args=(20,), name="busy", daemon=True).start()

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(60_000)

def test_timer_of_the_program(qapp):
    kept.append(QTimer(qapp, objectName="tick"))
    kept[-1].start(60_000)

def test_hidden_window(qapp):
    kept.append(QWidget())

def test_shown_window(qapp):
    kept.append(QLabel("x"))
    kept[-1].show()

def test_thread_of_qt(qapp):
    kept.append(QThread())
    kept[-1].start()

def test_work_in_a_pool(qapp):
    kept.append(QThreadPool())
    kept[-1].start(Endless())
    assert started.wait(20)

def test_after(qapp):
    pass

def teardown_module():
    stop.set()
    kept[-1].waitForDone()
"""

CLEAN = """
def test_pool(qapp):
    QThreadPool.globalInstance().start(Work())

def test_again(qapp):
    QThreadPool.globalInstance().start(Work())

def test_joined(qapp):
    thread = threading.Thread(target=lambda: None)
    thread.start()

def test_later(qapp):
    window = QLabel("x")
    QTimer(window).start(60_000)
    window.show()
    window.deleteLater()
    kept.append(window)

def test_cycle(qapp):
    window = QWidget()
    window.myself = lambda: window

def test_bot(qtbot):
    window = QLabel("x")
    qtbot.addWidget(window)
    window.setToolTip("y")
    window.show()

@pytest.fixture(scope="module")
def wide(qapp):
    window = QLabel("x")
    timer = QTimer(window)
    timer.start(60_000)
    yield window
    window.deleteLater()

def test_wide(wide):
    pass

def test_wide_again(wide):
    pass
"""


@pytest.fixture
def outcome(
    pytester: pytest.Pytester, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], pytest.RunResult]:
    """Runs tests of the given text in a pytest of their own, under the guards."""
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    pytester.makeconftest(CONFTEST)

    def run(body: str) -> pytest.RunResult:
        pytester.makepyfile(START + body)
        return pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider")

    return run


def test_each_leak_fails_its_test_and_no_other(outcome: Callable[[str], pytest.RunResult]) -> None:
    result = outcome(LEAKS)
    result.assert_outcomes(passed=8, errors=7)
    said = "the test left behind: "
    left = [line.removeprefix(said) for line in result.outlines if line.startswith(said)]
    assert [re.split(" of |-", line)[0] for line in left] == [
        "thread busy",
        "running timer QTimer",
        "running timer QTimer tick",
        "window QWidget",
        "window QLabel",
        "running thread QThread",
        "thread Dummy",
    ]


def test_what_was_cleaned_up_is_spared(outcome: Callable[[str], pytest.RunResult]) -> None:
    outcome(CLEAN).assert_outcomes(passed=8)
