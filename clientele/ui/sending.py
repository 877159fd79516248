"""The thread that sends e-mails while the window is open, locked or not.

It sleeps until something was queued or an account changed; while anything is yet to go out it also
looks every ten seconds, by the clock of the terminal, whatever that does meanwhile.
"""

from __future__ import annotations

import ssl
import threading
from datetime import timedelta
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal

from clientele.services.changes import Changes, Kind
from clientele.services.mail_accounts import Passwords
from clientele.services.mail_sender import Sender
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.ui.desk import Desk
from clientele.ui.parcels import Outcome, Parcel, be_ready
from clientele.ui.refusals import note

GRACE = timedelta(seconds=10)
"""For so long an e-mail that was just written can be undone."""

EVERY = 10.0
"""Seconds between two looks while something is to go out."""

PATIENCE = 5.0
"""Seconds that closing the window waits for the thread, which hangs up at once."""

WAKES = frozenset({Kind.MESSAGE, Kind.MAIL_ACCOUNT})


class Sending(QObject):
    """Owned by the window. ``went_on`` is emitted after each change that sending made."""

    went_on = Signal()

    def __init__(
        self,
        desk: Desk,
        store: Store,
        clock: Clock,
        parent: QObject | None = None,
        *,
        passwords: Passwords | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.passwords, self.trust = passwords or Passwords(), trust
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self.postman = Sender(store, clock, self.passwords, self._told, trust=trust, grace=GRACE)
        self._thread: threading.Thread | None = None
        be_ready()
        desk.changed.connect(self._heard)

    def start(self) -> None:
        """Begin to send, after the first frame; once begun, look again."""
        self._wake.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="mail", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Hang up and end the thread, before the book is closed."""
        self._stopping.set()
        self.postman.stop()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        self.postman.leave()

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & WAKES:
            self._wake.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                more = self.postman.round()
            except Exception as error:  # the book says what is true; it is tried again
                note(error, "sending")
                more = True
            self._wake.wait(EVERY if more else None)

    def _told(self, changes: Changes) -> None:
        """On the thread that sends: let the window's thread tell the pages."""
        parcel = Parcel(self, _tell, partial(self._tell_pages, changes))
        parcel.send_back()

    def _tell_pages(self, changes: Changes) -> None:
        if changes:
            self._desk.changed.emit(changes)
            self.went_on.emit()


def _tell(sending: Sending, outcome: Outcome | None) -> None:
    if outcome is not None and shiboken6.isValid(sending):
        outcome()
