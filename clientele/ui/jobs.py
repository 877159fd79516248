"""Where does work happen that must not hold up the window? On reader threads and one writer thread.

Readers answer questions, each with a session of its own; of two questions of one owner in one slot
only the newer is answered, and the older is interrupted inside the database. The writer takes one
change at a time, in order; of typed text that waits to be written only the newest version is.
Answers come back on the GUI thread. Threads sleep until there is work: nothing polls.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from clientele.domain.rules.rights import NOBODY, Acting
from clientele.store.session import Cancel, Store
from clientele.ui.parcels import Outcome, Parcel, be_ready, outcome_of

READERS = 2
"""As many as the cores of the usual store terminal."""


Task = Callable[[Session], Any]
Answer = Callable[[Any], None]
Failure = Callable[[Exception], None]


@dataclass(eq=False, slots=True)
class _Question:
    task: Task
    then: Answer
    failed: Failure
    owner: QObject
    acting: Acting
    cancel: Cancel = field(default_factory=Cancel)


@dataclass(eq=False, slots=True)
class _Change:
    task: Task
    then: Answer
    failed: Failure
    merge: Hashable | None
    acting: Acting


class Readers(QObject):
    """The reader pool; ``answered`` is emitted whenever nothing is asked any more."""

    answered = Signal()

    def __init__(self, store: Store, count: int = READERS) -> None:
        super().__init__()
        self._store = store
        self._waiting: queue.SimpleQueue[Parcel[_Question] | None] = queue.SimpleQueue()
        self._newest: dict[tuple[int, str], _Question] = {}
        self._known: set[int] = set()
        be_ready()
        self._threads = [
            threading.Thread(target=self._work, name=f"reader {number + 1}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def ask(
        self,
        task: Task,
        then: Answer,
        failed: Failure,
        *,
        owner: QObject,
        slot: str = "",
        acting: Acting = NOBODY,
    ) -> None:
        """Answer ``task(session)`` to ``then`` on the GUI thread, unless owner or need is gone."""
        question = _Question(task, then, failed, owner, acting)
        place = (id(owner), slot)
        if (older := self._newest.get(place)) is not None:
            older.cancel()
        self._newest[place] = question
        if id(owner) not in self._known:
            self._known.add(id(owner))
            owner.destroyed.connect(partial(self._forget, id(owner)))
        self._waiting.put(Parcel(question, self._deliver))

    def idle(self) -> bool:
        """Whether every question asked so far was answered, dropped or failed."""
        return not self._newest

    def stop(self) -> None:
        """Drop what is being asked and end the threads."""
        for question in self._newest.values():
            question.cancel()
        self._newest.clear()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _forget(self, owner: int, *_: object) -> None:
        self._known.discard(owner)
        for place in [place for place in self._newest if place[0] == owner]:
            self._newest.pop(place).cancel()

    def _work(self) -> None:
        while (parcel := self._waiting.get()) is not None:
            self._answer(parcel)
            parcel.send_back()

    def _answer(self, parcel: Parcel[_Question]) -> None:
        question = parcel.job
        if question.cancel.wanted:
            return

        def read() -> Any:
            with self._store.read(question.cancel, acting=question.acting) as session:
                return question.task(session)

        parcel.outcome = outcome_of(read, question.then, question.failed)

    def _deliver(self, question: _Question, outcome: Outcome | None) -> None:
        for place, newest in list(self._newest.items()):
            if newest is question:
                del self._newest[place]
        if outcome and not question.cancel.wanted and shiboken6.isValid(question.owner):
            outcome()
        if not self._newest:
            self.answered.emit()


class Writer(QObject):
    """The one thread that changes the book, one change at a time."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._waiting: deque[Parcel[_Change]] = deque()
        self._state = threading.Condition()
        self._busy = False
        self._stopping = False
        self._under_way = 0
        be_ready()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def write(
        self,
        task: Task,
        then: Answer,
        failed: Failure,
        *,
        merge: Hashable | None = None,
        acting: Acting = NOBODY,
    ) -> None:
        """Run ``task(session)`` in a transaction of its own after all that were asked before.

        When the last that waits has the same ``merge`` it is replaced: its text is older. What
        somebody else typed is not.
        """
        change = _Change(task, then, failed, merge, acting)
        with self._state:
            last = self._waiting[-1].job if self._waiting else None
            if last is not None and merge is not None and (last.merge, last.acting) == (
                merge, acting,
            ):  # fmt: skip
                self._waiting.pop()
                self._under_way -= 1
            self._waiting.append(Parcel(change, self._deliver))
            self._under_way += 1
            self._state.notify_all()

    def flush(self, timeout: float = 30.0) -> bool:
        """Wait until everything asked for is on the disk. Used when locking and closing.

        Answers whether that happened in time (seconds).
        """
        with self._state:
            return self._state.wait_for(lambda: not self._waiting and not self._busy, timeout)

    def idle(self) -> bool:
        """Whether nothing waits to be written, and of all that was written it was told."""
        return not self._under_way

    def stop(self) -> None:
        """Write what waits, then end the thread."""
        with self._state:
            self._stopping = True
            self._state.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._waiting or self._stopping)
                if not self._waiting:
                    return
                parcel = self._waiting.popleft()
                self._busy = True
            self._change(parcel)
            parcel.send_back()
            with self._state:
                self._busy = False
                self._state.notify_all()

    def _change(self, parcel: Parcel[_Change]) -> None:
        change = parcel.job

        def write() -> Any:
            with self._store.write(acting=change.acting) as session:
                return change.task(session)

        parcel.outcome = outcome_of(write, change.then, change.failed)

    def _deliver(self, _: _Change, outcome: Outcome | None) -> None:
        self._under_way -= 1
        if outcome:
            outcome()
