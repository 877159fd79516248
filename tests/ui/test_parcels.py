"""Is a widget ever destroyed beside the window's thread? Not by a worker, not by the collector."""

from __future__ import annotations

import gc
import threading
import weakref
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from clientele.store.session import Store
from clientele.ui.background import Background
from clientele.ui.garbage import collect_if_due
from clientele.ui.jobs import Readers, Writer


class Ending:
    """Notes in which thread it comes to its end."""

    def __init__(self, ended: list[str]) -> None:
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.current_thread().name)


@pytest.fixture
def ended() -> list[str]:
    return []


def work(held: object, *, fails: bool = False) -> Any:
    """A task that refers to something, as one of a page refers to the page."""

    def task(_: Session | None = None) -> int:
        if fails:
            raise ValueError(held)
        return id(held)

    return task


@pytest.mark.parametrize("fails", [False, True])
def test_a_reader_keeps_nothing(
    store: Store, qtbot: QtBot, ended: list[str], *, fails: bool
) -> None:
    readers = Readers(store, count=1)
    owner = QObject()
    for _ in range(50):
        task = work(Ending(ended), fails=fails)
        readers.ask(task, lambda _: None, lambda _: None, owner=owner)
        del task
        qtbot.waitUntil(readers.idle)
    readers.stop()
    gc.collect()
    assert ended == ["MainThread"] * 50


def test_a_question_that_nobody_needs_any_more_ends_here_too(
    store: Store, qtbot: QtBot, ended: list[str]
) -> None:
    readers = Readers(store, count=1)
    owner = QObject()
    for _ in range(50):
        readers.ask(work(Ending(ended)), lambda _: None, lambda _: None, owner=owner)
    readers.stop()
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert set(ended) == {"MainThread"}


@pytest.mark.parametrize("fails", [False, True])
def test_the_writer_keeps_nothing(
    store: Store, qtbot: QtBot, ended: list[str], *, fails: bool
) -> None:
    writer = Writer(store)
    for _ in range(20):
        writer.write(work(Ending(ended), fails=fails), lambda _: None, lambda _: None)
    qtbot.waitUntil(writer.idle)
    writer.stop()
    gc.collect()
    assert ended == ["MainThread"] * 20


@pytest.mark.parametrize("fails", [False, True])
def test_slow_work_keeps_nothing(qtbot: QtBot, ended: list[str], *, fails: bool) -> None:
    background = Background()
    told: list[object] = []
    for at in range(20):
        background.run(work(Ending(ended), fails=fails), told.append, lambda *_: told.append(None))
        qtbot.waitUntil(partial(told_so_many, told, at + 1))
    background.stop()
    gc.collect()
    assert ended == ["MainThread"] * 20


def told_so_many(told: list[object], many: int) -> bool:
    return len(told) == many


def test_nobody_is_told_who_is_gone(qtbot: QtBot) -> None:
    over = QObject()
    background, go = Background(over), threading.Event()
    told: list[object] = []
    background.run(lambda: go.wait(5), told.append, lambda *_: told.append(None))
    threads = list(background._threads)
    over.deleteLater()
    qtbot.waitUntil(lambda: not background_is_there(background))
    go.set()
    for thread in threads:
        thread.join()
    QApplication.processEvents()
    assert told == []


def background_is_there(background: Background) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(background))


def test_other_threads_collect_nothing_and_this_one_does(qapp: object, ended: list[str]) -> None:
    ring: list[Any] = [Ending(ended)]
    ring.append(ring)
    there = weakref.ref(ring[0])
    del ring

    def make_much() -> None:
        made: list[list[int]] = [[] for _ in range(100_000)]
        assert made

    thread = threading.Thread(target=make_much)
    thread.start()
    thread.join()
    assert there() is not None
    kept: list[list[int]] = [[] for _ in range(100_000)]
    for _ in range(100):
        collect_if_due()
    assert kept
    assert there() is None
    assert ended == ["MainThread"]
