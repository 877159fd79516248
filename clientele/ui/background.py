"""Slow work that is none of the desk: making a book, asking the keyring, bringing in a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from clientele.ui.parcels import Outcome, Parcel, be_ready
from clientele.ui.refusals import note, sentence_of

T = TypeVar("T")


class Background(QObject):
    """Runs one task after another beside the window; answers come back on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        be_ready()

    def run(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception, str], None],
    ) -> None:
        """Run ``task`` in a thread; then ``then(result)`` or ``failed(error, sentence)``."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        parcel = Parcel(_Slow(task, then, failed, self), _tell)
        thread = threading.Thread(target=_work, args=(parcel,), name="background", daemon=True)
        self._threads.append(thread)
        thread.start()

    def busy(self) -> bool:
        """Whether a task is still running."""
        return any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Wait for what runs."""
        for thread in self._threads:
            thread.join()


@dataclass(eq=False, slots=True)
class _Slow:
    task: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception, str], None]
    owner: Background


def _work(parcel: Parcel[_Slow]) -> None:
    _do(parcel)
    parcel.send_back()


def _do(parcel: Parcel[_Slow]) -> None:
    slow = parcel.job
    try:
        result = slow.task()
    except Exception as error:
        note(error, "slow work")
        parcel.outcome = partial(slow.failed, error, sentence_of(error))
    else:
        parcel.outcome = partial(slow.then, result)


def _tell(slow: _Slow, outcome: Outcome | None) -> None:
    if outcome and shiboken6.isValid(slow.owner):
        outcome()
