"""Something done with the book closed, which is opened again afterwards: restoring, new keys.

Whoever wants it emits ``TrustCorner.between(Between)``. The program ends the workplace as at its
close, so that everything typed is on the disk, shows this window meanwhile, and makes a new
workplace on the book as it is then. Whatever fails, the book is opened again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from clientele.system.memory import wipe
from clientele.ui.background import Background
from clientele.ui.start.paper_step import PaperStep
from clientele.ui.start.step import Step
from clientele.ui.start.unlocking import SorryStep
from clientele.ui.start.window import Opened

if TYPE_CHECKING:
    from clientele.store.session import Store


@dataclass(frozen=True, slots=True)
class Closed:
    """A book that is closed and that no other program can open meanwhile."""

    path: Path
    data_key: bytearray
    told: Callable[[int, int], None]
    """To be told how much is done, and of how much, or 0 where nobody knows; from any thread."""
    leave: Callable[[], bool]
    """Whether somebody wants to leave it; then raise ``store.errors.Cancelled``, if that can be."""


@dataclass(frozen=True, slots=True)
class After:
    """How the book is opened again, and what is said to whoever signs in then."""

    data_key: bytearray
    said: str = ""
    paper: str = field(default="", repr=False)
    """A new recovery key, shown until it is on paper."""


@dataclass(frozen=True, slots=True)
class Between:
    """What is to be done. ``work`` runs on a thread of its own.

    It leaves a whole book behind, also when it raises: a ``Refusal`` is told, and the book opened
    again with the key it was opened with before.
    """

    title: str
    sentence: str
    work: Callable[[Closed], After]
    kept: str = ""
    """What is said when somebody left it, or it was refused without a sentence of its own."""


class BetweenWindow(QWidget):
    """Emits ``opened(Opened)`` when the book is open again, ``lost()`` to begin from the start."""

    opened = Signal(object)
    lost = Signal()
    _told = Signal(int, int)

    def __init__(self, what: Between, path: Path, data_key: bytearray) -> None:
        super().__init__()
        self.setWindowTitle("Clientele")
        self.setMinimumSize(640, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._what, self._path, self._key = what, path, data_key
        self._work = Background(self)
        self._leave = threading.Event()
        self._working = self._closing = False
        self.sorry: SorryStep | None = None
        self.paper: PaperStep | None = None
        self._unseen: Store | None = None
        self.step = Step()
        self.step.set_words(what.title, what.sentence)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(what.title)
        self.step.body.addWidget(self.bar)
        self.leave_button = self.step.add_button(self.tr("Leave it"), self._want_to_leave)
        self._steps = QStackedWidget()
        self._steps.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._steps)
        self._told.connect(self._show_progress)

    def begin(self) -> None:
        """Do it; the book is closed by now."""
        closed = Closed(self._path, self._key, self._told.emit, self._leave.is_set)
        what = self._what
        self._working = True
        self._work.run(lambda: what.work(closed), self._done, self._refused)

    def idle(self) -> bool:
        """Whether nothing is running."""
        return not self._working

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes when what runs has ended; it is asked to."""
        if self._working:
            self._closing = True
            self._want_to_leave()
            event.ignore()
        else:
            self._work.stop()
            if self._unseen is not None:
                self._unseen.close()
                self._unseen = None
            wipe(self._key)
            super().closeEvent(event)

    def _want_to_leave(self) -> None:
        self._leave.set()
        self.leave_button.setEnabled(False)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)

    def _done(self, after: After) -> None:
        self._open(after.data_key, after.said, after.paper)

    def _refused(self, error: Exception, sentence: str) -> None:
        from clientele.store.errors import Cancelled

        self._open(self._key, self._what.kept if isinstance(error, Cancelled) else sentence)

    def _open(self, data_key: bytearray, said: str, paper: str = "") -> None:
        self._working = False
        if self._closing:
            self.close()
            return

        def open_it() -> tuple[Store, str]:
            from clientele.domain.rules.rights import SET_UP
            from clientele.store.queries.reading import store_facts
            from clientele.store.session import open_store

            store = open_store(self._path, data_key)
            try:
                with store.read(acting=SET_UP) as session:
                    return store, store_facts(session).zone.key
            except BaseException:
                store.close()
                raise

        def ready(found: tuple[Store, str]) -> None:
            self._working = False
            store, zone = found
            wipe(data_key)
            if self._closing:
                store.close()
                self.close()
            elif paper:
                self._show_paper(Opened(store, zone, said=said), paper)
            else:
                self.opened.emit(Opened(store, zone, said=said))

        self._working = True
        self._work.run(open_it, ready, self._sorry)

    def _show_paper(self, opened: Opened, recovery_key: str) -> None:
        """Closed before it is on paper, the book shows it again at the next start."""

        def on_paper() -> None:
            from clientele.services.opening import key_on_paper

            self._unseen = None
            self._work.run(
                lambda: key_on_paper(opened.store), lambda _: self.opened.emit(opened), self._sorry
            )

        self._unseen = opened.store
        self.paper = PaperStep(recovery_key, self._path)
        self.paper.done.connect(on_paper)
        self._steps.addWidget(self.paper)
        self._steps.setCurrentWidget(self.paper)

    def _sorry(self, _error: Exception, sentence: str) -> None:
        self._working = False
        self.sorry = step = SorryStep(sentence)
        step.again.connect(self.lost)
        step.end.connect(self.close)
        self._steps.addWidget(step)
        self._steps.setCurrentWidget(step)
        if self._closing:
            self.close()
