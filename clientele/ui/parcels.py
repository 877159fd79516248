"""How does work come to a thread and its outcome back, so that the thread keeps nothing of it?

Whoever drops the last reference to a widget destroys it, and only the window's thread may do that.
A job refers to widgets by its callbacks. So it travels in a parcel: the thread opens it, adds the
outcome and sends it on; what it still holds afterwards was emptied by the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clientele.ui.garbage import collect_if_due

J = TypeVar("J")

Outcome = Callable[[], None]


@dataclass(eq=False, slots=True)
class Parcel(Generic[J]):
    """A job, and who takes it back with what came of it; no outcome means that it was dropped."""

    job: J
    taken_back: Callable[[J, Outcome | None], None]
    outcome: Outcome | None = None

    def send_back(self) -> None:
        """Call from the thread once the work is done; the parcel is empty soon afterwards."""
        _post().sent.emit(self)

    def open(self) -> None:
        """On the window's thread: empty it, and do what came of it."""
        job, taken_back, outcome = self.job, self.taken_back, self.outcome
        empty: Any = None
        self.job = self.taken_back = self.outcome = empty
        taken_back(job, outcome)


def outcome_of(
    work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Exception], None]
) -> Outcome:
    """Do the work here and now; answers what is to be done with its result, or with its failure."""
    try:
        result = work()
    except Exception as error:
        return partial(failed, error)
    return partial(then, result)


class _Post(QObject):
    """Brings parcels to the window's thread, on which it was made."""

    sent = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sent.connect(self._open, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _open(self, parcel: Parcel[Any]) -> None:
        parcel.open()
        collect_if_due()


@cache
def _post() -> _Post:
    """One for the program, so that no thread outlives its own."""
    return _Post()


def be_ready() -> None:
    """Call on the window's thread before the first thread begins."""
    _post()
