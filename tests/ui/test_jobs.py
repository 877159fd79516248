"""Work off the GUI thread: newest wins, older ones are interrupted, nothing is lost, all ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from clientele.domain.rules.rights import associate
from clientele.store.errors import Cancelled
from clientele.store.session import Store
from clientele.ui.jobs import Readers, Writer

ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) "
    "SELECT count(*) FROM n"
)
"""A question that takes hours unless it is interrupted."""


@pytest.fixture
def readers(store: Store, qtbot: QtBot) -> Iterator[Readers]:
    made = Readers(store, count=1)
    yield made
    made.stop()


@pytest.fixture
def writer(store: Store, qtbot: QtBot) -> Iterator[Writer]:
    made = Writer(store)
    yield made
    made.stop()


def number(value: int) -> Callable[[Session], Any]:
    return lambda session: session.execute(text(f"SELECT {value}")).scalar_one()


def no_failure(error: Exception) -> None:
    raise AssertionError from error


def test_an_answer_arrives_on_the_gui_thread(readers: Readers, qtbot: QtBot) -> None:
    heard: list[tuple[int, QThread]] = []
    owner = QObject()
    readers.ask(
        number(1),
        lambda value: heard.append((value, QThread.currentThread())),
        no_failure,
        owner=owner,
    )
    qtbot.waitUntil(readers.idle)
    assert heard == [(1, owner.thread())]


def test_a_newer_question_interrupts_the_older(readers: Readers, qtbot: QtBot) -> None:
    running = threading.Event()

    def endless(session: Session) -> object:
        running.set()
        return session.execute(text(ENDLESS)).scalar_one()

    heard: list[int] = []
    owner = QObject()
    readers.ask(endless, heard.append, no_failure, owner=owner, slot="find")
    assert running.wait(5)
    readers.ask(number(2), heard.append, no_failure, owner=owner, slot="find")
    qtbot.waitUntil(readers.idle)
    assert heard == [2]


def test_of_many_questions_only_the_newest_is_answered(readers: Readers, qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    for value in range(50):
        readers.ask(number(value), heard.append, no_failure, owner=owner, slot="find")
    qtbot.waitUntil(readers.idle)
    assert heard == [49]


def test_other_slots_and_owners_do_not_disturb(readers: Readers, qtbot: QtBot) -> None:
    heard: list[int] = []
    one, other = QObject(), QObject()
    readers.ask(number(1), heard.append, no_failure, owner=one, slot="a")
    readers.ask(number(2), heard.append, no_failure, owner=one, slot="b")
    readers.ask(number(3), heard.append, no_failure, owner=other, slot="a")
    qtbot.waitUntil(readers.idle)
    assert heard == [1, 2, 3]


def test_nothing_arrives_at_an_owner_that_is_gone(readers: Readers, qtbot: QtBot) -> None:
    heard: list[int] = []
    parent = QObject()
    owner = QObject(parent)
    go_on = threading.Event()

    def waits(session: Session) -> int:
        assert go_on.wait(5)
        return 1

    readers.ask(waits, heard.append, no_failure, owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    go_on.set()
    last = QObject()
    done: list[int] = []
    readers.ask(number(2), done.append, no_failure, owner=last)
    qtbot.waitUntil(lambda: done == [2])
    assert heard == []


def test_an_answer_on_its_way_does_not_reach_an_owner_that_goes_meanwhile(
    readers: Readers, qtbot: QtBot
) -> None:
    heard: list[int] = []
    owner, other = QObject(), QObject()
    sent = threading.Event()
    readers.ask(number(1), heard.append, no_failure, owner=owner)
    readers.ask(lambda _: sent.set(), lambda _: heard.append(2), no_failure, owner=other)
    assert sent.wait(5)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [2]


def test_a_failure_is_told_and_the_next_question_answered(readers: Readers, qtbot: QtBot) -> None:
    failed: list[str] = []
    heard: list[int] = []
    owner = QObject()

    def broken(session: Session) -> int:
        raise ZeroDivisionError

    readers.ask(
        broken, heard.append, lambda e: failed.append(type(e).__name__), owner=owner, slot="a"
    )
    readers.ask(number(7), heard.append, no_failure, owner=owner, slot="b")
    qtbot.waitUntil(readers.idle)
    assert (failed, heard) == (["ZeroDivisionError"], [7])


def test_stopping_ends_a_question_that_runs(store: Store, qtbot: QtBot) -> None:
    readers = Readers(store, count=1)
    running = threading.Event()
    ended: list[type[BaseException]] = []

    def endless(session: Session) -> object:
        running.set()
        try:
            return session.execute(text(ENDLESS)).scalar_one()
        except BaseException as error:
            ended.append(type(error))
            raise

    readers.ask(endless, no_failure, no_failure, owner=readers)
    assert running.wait(5)
    readers.stop()
    assert len(ended) == 1
    assert Cancelled not in ended
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reader")]


def test_changes_are_written_in_order_one_at_a_time(writer: Writer, qtbot: QtBot) -> None:
    begun: list[int] = []
    heard: list[int] = []

    def change(value: int) -> Callable[[Session], int]:
        def write(session: Session) -> int:
            begun.append(value)
            return value

        return write

    for value in range(20):
        writer.write(change(value), heard.append, no_failure)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert begun == heard == list(range(20))


def keep(words: list[Any], word: object) -> Callable[[Session], None]:
    return lambda _: words.append(word)


class Gate:
    """A write that waits, so that others queue up behind it."""

    def __init__(self, writer: Writer) -> None:
        self._open = threading.Event()
        writer.write(lambda _: self._open.wait(10), lambda _: None, no_failure)

    def open(self) -> None:
        self._open.set()


def test_of_text_that_waits_only_the_newest_is_written(writer: Writer, qtbot: QtBot) -> None:
    gate = Gate(writer)
    written: list[str] = []
    for word in ("h", "he", "hel", "hello"):
        writer.write(keep(written, word), lambda _: None, no_failure, merge="note 1")
    gate.open()
    assert writer.flush()
    assert written == ["hello"]


def test_text_is_not_moved_past_another_change(writer: Writer, qtbot: QtBot) -> None:
    gate = Gate(writer)
    written: list[str] = []
    for word, merge in (("h", "note 1"), ("leave", None), ("he", "note 1"), ("x", "note 2")):
        writer.write(keep(written, word), lambda _: None, no_failure, merge=merge)
    gate.open()
    assert writer.flush()
    assert written == ["h", "leave", "he", "x"]


def test_flush_says_so_when_the_disk_takes_too_long(writer: Writer, qtbot: QtBot) -> None:
    gate = Gate(writer)
    assert not writer.flush(timeout=0.01)
    gate.open()
    assert writer.flush()


def test_what_waits_is_written_before_the_writer_ends(store: Store, qtbot: QtBot) -> None:
    writer = Writer(store)
    gate = Gate(writer)
    written: list[int] = []
    for value in range(5):
        writer.write(keep(written, value), lambda _: None, no_failure)
    gate.open()
    writer.stop()
    assert written == list(range(5))


def test_a_change_that_fails_leaves_the_next_alone(writer: Writer, qtbot: QtBot) -> None:
    failed: list[str] = []
    heard: list[int] = []

    def broken(session: Session) -> int:
        raise ZeroDivisionError

    writer.write(broken, heard.append, lambda e: failed.append(type(e).__name__))
    writer.write(lambda _: 1, heard.append, no_failure)
    qtbot.waitUntil(lambda: heard == [1])
    assert failed == ["ZeroDivisionError"]


def test_text_of_another_is_not_replaced(writer: Writer, qtbot: QtBot) -> None:
    """Who signs in while the former one's words wait does not write in their place."""
    hold = threading.Event()
    written: list[int] = []
    writer.write(lambda _: hold.wait(10), lambda _: None, no_failure)
    for who in (1, 2):
        writer.write(
            number(who), written.append, no_failure, merge=("note", 7), acting=associate(who)
        )
    hold.set()
    qtbot.waitUntil(writer.idle)
    assert written == [1, 2]
