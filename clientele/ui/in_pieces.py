"""How are ten thousand clients written to while the window lives? A piece at a time, and stoppable.

The pieces follow each other on the writer, so that what somebody types meanwhile is kept between
them; all of them are one step to undo, also where it was stopped half way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from clientele.services.changes import Changes
from clientele.services.verb import Verb
from clientele.ui.desk import Desk

PIECE = 500
"""Clients of one piece: about a tenth of a second."""


class InPieces(QObject):
    """Runs a verb for very many clients.

    Emits ``went(done, of)`` after each piece, ``ended(sentence)`` when all is done or it was
    stopped, ``refused(sentence)`` when it cannot be; one thing at a time.
    """

    went = Signal(int, int)
    ended = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clients: Sequence[int] = ()
        self._verb: Verb[Any] | None = None
        self._for: Callable[[tuple[int, ...]], Any] = tuple
        self._said: Callable[[int, bool], str] = _nothing
        self._at = self._written = self._run = 0
        self._piece = PIECE
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._verb is not None

    def run(
        self,
        verb: Verb[Any],
        what: Callable[[tuple[int, ...]], Any],
        clients: Sequence[int],
        *,
        said: Callable[[int, bool], str],
        at_once: int = 0,
    ) -> None:
        """Do ``verb(what(some clients))`` until all are done.

        ``said(how many were written, whether it was stopped)`` is the sentence at the end;
        ``at_once`` clients of one piece, where each takes longer than usual.
        """
        if self.busy or not clients:
            return
        self._verb, self._for, self._said = verb, what, said
        self._clients, self._piece = tuple(clients), at_once or PIECE
        self._at = self._written = 0
        self._run += 1
        self._stopped = False
        self._go_on()

    def stop(self) -> None:
        """End after the piece that is being written; what is done stays, with its Undo."""
        self._stopped = True

    def _go_on(self) -> None:
        assert self._verb is not None, "something is being done"
        some = tuple(self._clients[self._at : self._at + self._piece])
        last = self._at + self._piece >= len(self._clients)
        self._desk.do(
            self._verb,
            self._for(some),
            then=self._piece_done,
            said=self._last_words if last else None,
            merge=("in pieces", id(self), self._run),
            failed=self._refused,
        )

    def _last_words(self, changes: Changes) -> str:
        return self._said(self._written + len(changes.clients), False)

    def _piece_done(self, changes: Changes) -> None:
        self._at += self._piece
        self._written += len(changes.clients)
        count = len(self._clients)
        self.went.emit(min(self._at, count), count)
        if self._at >= count:
            self._end("")
        elif self._stopped:
            words = self._said(self._written, True)
            self._desk.said.emit(words, self._desk.can_undo())
            self._end(words)
        else:
            self._go_on()

    def _end(self, words: str) -> None:
        self._verb = None
        self._desk.seal()
        self.ended.emit(words)

    def _refused(self, sentence: str) -> None:
        self._verb = None
        self.refused.emit(sentence)


def _nothing(_: int, __: bool) -> str:
    return ""
