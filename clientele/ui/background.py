"""Slow work that is none of the desk: making a book, asking the keyring, bringing in a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from clientele.ui.refusals import note, sentence_of

T = TypeVar("T")


class Background(QObject):
    """Runs one task after another beside the window; answers come back on the GUI thread."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._answered.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception, str], None],
    ) -> None:
        """Run ``task`` in a thread; then ``then(result)`` or ``failed(error, sentence)``."""

        def work() -> None:
            try:
                result = task()
            except Exception as error:
                note(error, "slow work")
                self._answered.emit(partial(failed, error, sentence_of(error)))
            else:
                self._answered.emit(partial(then, result))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, name="background", daemon=True)
        self._threads.append(thread)
        thread.start()

    def busy(self) -> bool:
        """Whether a task is still running."""
        return any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Wait for what runs."""
        for thread in self._threads:
            thread.join()
