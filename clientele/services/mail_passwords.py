"""The password of a mail account, asked for beside the sending: a keyring may take a minute.

A locked keyring asks its owner, who may be at lunch. Whoever sends waits for it a moment; if no
answer came by then, the e-mails of other accounts go on, and the answer is there in a later round.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition, Thread

from clientele.domain.rules.sending import AccountTrouble
from clientele.services.mail_accounts import Passwords

A_MOMENT = 2.0
"""Seconds within which an open keyring answers, also on a slow terminal."""


@dataclass(slots=True)
class _Question:
    """A name whose password was asked for, and what came of it."""

    answer: str | AccountTrouble | None = None


class AskedAside:
    """Reads ``passwords`` on threads of its own, one for each name at a time."""

    def __init__(self, passwords: Passwords, moment: float = A_MOMENT) -> None:
        self._passwords, self._moment = passwords, moment
        self._open: dict[str, _Question] = {}
        self._told = Condition()
        self._over = False

    def read(self, secret: str) -> str | AccountTrouble | None:
        """The password or what is in the way; None where no answer came yet: ask again later.

        Only the first to ask for a name waits for it.
        """
        with self._told:
            asked = self._open.get(secret)
            if asked is None:
                asked = self._open[secret] = _Question()
                Thread(target=self._ask, args=(secret, asked), name="password", daemon=True).start()
                self._told.wait_for(lambda: self._over or asked.answer is not None, self._moment)
            if asked.answer is not None:
                self._open.pop(secret, None)
            return asked.answer

    def stop(self) -> None:
        """From another thread: whoever waits goes on at once, without an answer."""
        with self._told:
            self._over = True
            self._open.clear()
            self._told.notify_all()

    def _ask(self, secret: str, question: _Question) -> None:
        answer: str | AccountTrouble = AccountTrouble.NO_KEYRING
        try:
            answer = self._passwords.read(secret)
        finally:
            with self._told:
                question.answer = answer
                self._told.notify_all()
