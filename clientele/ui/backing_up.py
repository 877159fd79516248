"""The copies of the book while the window is open: the day's, those by hand, the second place.

All of it runs on a thread of its own. Nothing here holds the window or its close up: a share that
does not answer is left behind.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import Acting
from clientele.services.backups import Backups, Outcome, choose_second_place
from clientele.store.errors import Cancelled
from clientele.store.second_place import SecondPlace
from clientele.store.session import Store
from clientele.system import settings as settings_file
from clientele.system.clock import Clock
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.refusals import sentence_of

log = logging.getLogger(__name__)

BEGIN = 30_000
"""Milliseconds after the first frame before the day's copy: never in the way of the window."""
EVERY = 600_000
"""Milliseconds between two looks whether it is another day, or the second place there again."""
REST = timedelta(hours=1)
"""After something went wrong it is tried again then, by the timer and not by any clock."""


class BackingUp(QObject):
    """Made once for a window. ``went_on`` is emitted when there is something else to show.

    ``told(done, total)`` says how far the copy under way is, in pages.
    """

    went_on = Signal()
    told = Signal(int, int)

    def __init__(self, desk: Desk, store: Store, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        chosen = settings_file.load().second_place
        self.place = SecondPlace(Path(chosen)) if chosen else None
        self._backups = Backups(store, clock.now, lambda: self.place)
        self._work = Background(self)
        self._leave = threading.Event()
        self._running = False
        self._rests = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def is_running(self) -> bool:
        """Whether a copy is being made or brought to the second place."""
        return self._running

    def begin(self) -> None:
        """The window was seen: see to the day's copy in a moment, and now and then."""
        self._timer.start(BEGIN)

    def look(self) -> None:
        """Make the day's copy if it is due, else bring the second place up to date."""
        self._timer.start(EVERY)
        self._rests = max(0, self._rests - EVERY)
        if self._running or self._rests:
            return

        def task() -> Outcome:
            if self._backups.is_due():
                self._backups.clear_away()
                return self._backups.make(Why.DAILY, leave=self._leave.is_set)
            if self._backups.lacks():
                return self._backups.catch_up(leave=self._leave.is_set)
            return Outcome()

        self._run(task, self._told_calmly)

    def now(self, acting: Acting, then: Callable[[Outcome], None]) -> None:
        """Make a copy by hand; what is wrong is in the outcome."""
        self._run(
            lambda: self._backups.make(
                Why.BY_HAND, acting=acting, told=self.told.emit, leave=self._leave.is_set
            ),
            then,
        )

    def choose(self, folder: Path | None, acting: Acting, failed: Callable[[str], None]) -> None:
        """Keep a second copy of each backup in ``folder`` from now on; None: no more."""
        place = SecondPlace(folder) if folder is not None else None
        store, now = self._store, self._desk.now()

        def task() -> Outcome:
            choose_second_place(store, place, acting=acting, now=now)
            return Outcome()

        def done(_: Outcome) -> None:
            self.place = place
            self._keep(folder)
            self._rests = 0
            self.look()

        self._run(task, done, failed)

    def stop(self) -> None:
        """End what runs, at once."""
        self._timer.stop()
        self._leave.set()
        if self.place is not None:
            self.place.let_be()
        self._work.stop()

    def _run(
        self,
        task: Callable[[], Outcome],
        then: Callable[[Outcome], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        if self._running or self._leave.is_set():
            return
        self._running = True

        def ended(outcome: Outcome) -> None:
            self._running = False
            if outcome.changes:
                self._desk.changed.emit(outcome.changes)
            self._rest_after(outcome)
            then(outcome)
            self.went_on.emit()

        def refused(error: Exception, sentence: str) -> None:
            self._running = False
            if failed is not None and not isinstance(error, Cancelled):
                failed(sentence)
            self.went_on.emit()

        self._work.run(task, ended, refused)
        self.went_on.emit()

    def _rest_after(self, outcome: Outcome) -> None:
        if outcome.refused is not None or outcome.second_refused is not None:
            self._rests = int(REST.total_seconds() * 1000)

    def _told_calmly(self, outcome: Outcome) -> None:
        """Once a day, in the toast; on the page it stands for as long as it is true."""
        refused = outcome.refused or outcome.second_refused
        if refused is not None and outcome.tell:
            self._desk.refused.emit(sentence_of(refused))

    def _keep(self, folder: Path | None) -> None:
        there = settings_file.load()
        try:
            settings_file.save(replace(there, second_place="" if folder is None else str(folder)))
        except OSError as error:
            log.warning("the second place is not kept: %s", type(error).__name__)
