"""The one who sends: takes what is due, one e-mail at a time, and keeps each step before the next.

It works on whatever thread calls ``round``; only ``stop`` is called from another. The writer is
held for the short writes alone, never while a server or the keyring is waited for.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Lock
from typing import TypeVar

from sqlalchemy.orm import Session

from clientele.domain.rules.rights import PROGRAM
from clientele.domain.rules.sending import AccountTrouble, may_use
from clientele.services.changes import Changes
from clientele.services.mail_accounts import AccountUsed, Passwords, account_used
from clientele.services.mail_due import NOTHING, due, unfinished, waits
from clientele.services.mail_passwords import A_MOMENT, AskedAside
from clientele.services.sending import (
    Begin,
    Ended,
    FindUnfinished,
    GiveUp,
    MarkDot,
    begin,
    ended,
    find_unfinished,
    give_up,
    letter_of,
    mark_dot,
)
from clientele.services.verb import Verb
from clientele.store.beside import SoleSender
from clientele.store.queries.mail_accounts import MailAccountRow, leaves_by
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.system.mail import send
from clientele.system.mail_answers import Step, Why, lost
from clientele.system.mail_line import connected

I = TypeVar("I")  # noqa: E741 - the input of a verb


class _Over(Exception):
    """The program ended meanwhile: nothing is written any more, and no dot is sent."""


class Sender:
    """Sends the e-mails of one book.

    ``told`` hears of every change, on the thread that sends. Where another program or another of
    these sends the e-mails of the same book, this one leaves them alone. For ``grace`` after it was
    queued an e-mail is left alone as well. A keyring is waited for ``moment`` seconds.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passwords: Passwords,
        told: Callable[[Changes], None],
        *,
        trust: ssl.SSLContext | None = None,
        grace: timedelta = NOTHING,
        moment: float = A_MOMENT,
    ) -> None:
        self._store, self._clock, self._told = store, clock, told
        self._passwords = AskedAside(passwords, moment)
        self._trust = trust
        self.grace = grace
        self._alone = SoleSender(store.path)
        self._book = Lock()
        self._line = Lock()
        self._socket: socket.socket | None = None
        self._stopping = Event()
        self._over = False

    def round(self) -> bool:
        """Send what is due now; answers whether anything is yet to go out.

        What was being sent when a program ended, or when the book could not be written, is queued
        again or asks. What an account cannot send is left for when its pause is over. Raises the
        refusals of the book, such as of a full disk; whatever it says then is true.
        """
        try:
            return self._round()
        except _Over:
            return True

    def _round(self) -> bool:
        if self._stopping.is_set():
            return True
        with self._store.read(acting=PROGRAM) as session:
            if not waits(session) and not unfinished(session):
                return False
        if not self._alone.take():
            return True
        with self._store.read(acting=PROGRAM) as session:
            broken_off = unfinished(session)
        if broken_off:
            self._do(find_unfinished, FindUnfinished())
        with self._store.read(acting=PROGRAM) as session:
            found = due(session, now=self._clock.now(), grace=self.grace)
        for one in found:
            if self._stopping.is_set():
                return True
            if one.late:
                self._do(give_up, GiveUp(one.message_id))
            else:
                self._send_one(one.message_id, one.associate_id)
        if self._stopping.is_set():
            return True
        with self._store.read(acting=PROGRAM) as session:
            return waits(session)

    def stop(self) -> None:
        """From another thread: hang up, and begin nothing more. The round ends soon after."""
        self._passwords.stop()
        with self._line:
            self._stopping.set()
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def leave(self) -> None:
        """After ``stop``, before the book is closed: nothing is written from here on."""
        with self._book:
            self._over = True
        self._alone.give_back()

    def _send_one(self, message_id: int, associate_id: int) -> None:
        with self._store.read(acting=PROGRAM) as session:
            account = leaves_by(session, associate_id)
        if account is None or not may_use(account.pause, now=self._clock.now()):
            return
        password = self._passwords.read(account.secret) if account.secret else ""
        if password is None or self._stopping.is_set():
            return
        if isinstance(password, AccountTrouble):
            self._do(account_used, AccountUsed(account, password))
            return
        with self._writing() as session:
            changes = begin(session, Begin(message_id, account), now=self._clock.now())
            begun = changes.subject is not None
            letter, to = letter_of(session, message_id, account) if begun else (b"", "")
        self._told(changes)
        if begun:
            self._hand_in(message_id, account, password, letter, to)

    def _hand_in(
        self, message_id: int, account: MailAccountRow, password: str, letter: bytes, to: str
    ) -> None:
        def mark() -> None:
            if self._stopping.is_set():
                raise _Over
            self._do(mark_dot, MarkDot(message_id))

        try:
            outcome = send(
                account.account,
                password,
                letter,
                to=to,
                before_dot=mark,
                trust=self._trust,
                connect=self._connect,
            )
        except _Over:
            outcome = lost(Step.BODY, Why.CUT_OFF)
        finally:
            self._hang_up()
        self._do(ended, Ended(message_id, account, outcome, called_back=self._stopping.is_set()))

    def _connect(self, host: str, port: int, timeout: float) -> socket.socket:
        line = connected(host, port, timeout)
        with self._line:
            if self._stopping.is_set():
                line.close()
                raise ConnectionAbortedError
            self._socket = line.dup()
        return line

    def _hang_up(self) -> None:
        with self._line:
            if self._socket is not None:
                self._socket.close()
                self._socket = None

    def _do(self, verb: Verb[I], what: I) -> None:
        with self._writing() as session:
            changes = verb(session, what, now=self._clock.now())
        self._told(changes)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._book:
            if self._over:
                raise _Over
            with self._store.write(acting=PROGRAM) as session:
                yield session
