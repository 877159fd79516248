"""How is a PIN tried from the window? Counted first, then compared, and slower each time.

The wait after wrong tries stands in the book (``services.sign_in``); while the program runs it is
held by its own seconds as well, so that a clock that is put forward shortens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from clientele.domain.rules.rights import NOBODY
from clientele.services.changes import Changes
from clientele.services.sign_in import (
    ChoosePin,
    CountTry,
    SignIn,
    Tried,
    WaitForPin,
    check_new,
    choose_pin,
    count_try,
    sign_in,
    wait_after,
)
from clientele.services.verb import Verb
from clientele.ui.refusals import sentence_of

if TYPE_CHECKING:
    from clientele.system.clock import Clock
    from clientele.ui.desk import Desk

W = TypeVar("W", SignIn, ChoosePin)

Then = Callable[[Tried], object]
Failed = Callable[[str], None]


class Trying(QObject):
    """One for a desk: whichever screen asks for a PIN tries it here."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__(desk)
        # Nobody has proved yet who they are: not whoever locked the window, and may have left.
        self._do = partial(desk.do, acting=NOBODY)
        self._desk, self._clock = desk, clock
        self._until: dict[int, float] = {}

    def sign_in(self, what: SignIn, then: Then, failed: Failed) -> None:
        """Try a PIN; ``then(Tried)`` whether it was right or wrong, else ``failed(sentence)``."""
        self._count(what, sign_in, then, failed)

    def choose(self, what: ChoosePin, then: Then, failed: Failed) -> None:
        """Change a PIN, with the old one; a new one that cannot be taken costs no try."""
        self._desk.ask(
            lambda session: check_new(session, what),
            lambda _: self._count(what, choose_pin, then, failed),
            owner=self,
            slot="new",
            failed=failed,
        )

    def _count(self, what: W, verb: Verb[W], then: Then, failed: Failed) -> None:
        left = self._until.get(what.associate_id, 0.0) - self._clock.running()
        if left > 0:
            failed(sentence_of(WaitForPin(seconds=ceil(left))))
            return
        counted = partial(self._counted, what, verb, then, failed)
        self._do(count_try, CountTry(what.associate_id), then=counted, failed=failed)

    def _counted(
        self, what: W, verb: Verb[W], then: Then, failed: Failed, changes: Changes
    ) -> None:
        if changes.subject is None:
            # Nothing was counted but written down; asked again, it is said why.
            again = partial(self._counted, what, verb, then, failed)
            self._do(count_try, CountTry(what.associate_id), then=again, failed=failed)
            return
        self._do(verb, what, then=partial(self._tried, what, then), failed=failed)

    def _tried(self, what: W, then: Then, changes: Changes) -> None:
        assert isinstance(changes, Tried), "what compares a PIN answers so"
        wait = wait_after(changes.wrong).total_seconds()
        self._until[what.associate_id] = self._clock.running() + wait
        then(changes)
