"""What does a page hold of the rest of the program? A desk: ask, do, undo, now, who is signed in.

Pages never see a session. They hand a query to ``ask`` and a verb to ``do``; both answer on the
GUI thread. Every change, from whichever page, is told through ``changed``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid
from sqlalchemy.orm import Session

from clientele.domain.rules.rights import NOBODY, Acting, associate
from clientele.services.changes import Changes, Undo
from clientele.services.undo import undo as undo_verb
from clientele.services.verb import Verb
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.system.formats import Formats
from clientele.ui.allowed import Allowed
from clientele.ui.bus import Bus
from clientele.ui.jobs import Readers, Writer
from clientele.ui.models.stayed import stayed_words
from clientele.ui.refusals import note, sentence_of
from clientele.ui.sights import Sights
from clientele.ui.theme import Theme

if TYPE_CHECKING:
    from clientele.ui.trying import Trying

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the input of a verb

REMEMBERED = 50
"""How many steps can be undone."""


@dataclass(frozen=True, slots=True)
class Me:
    """The associate who is signed in."""

    id: int
    name: str
    department_id: int | None = None
    department: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be undone: how, what was said about it, and what it may be folded with."""

    undo: Undo
    said: str
    merge: Hashable | None
    refused: bool = False
    """Whether it was tried and could not be taken back."""


class Desk(QObject):
    """Handed to every page and widget that reads or writes.

    ``book`` is the file that everything is kept in. Signals: ``changed(Changes)`` after each
    write; ``said(sentence, can_undo)`` when there is something to tell in a toast;
    ``heard(sentence)`` of what came by itself, which waits for what offers Undo there;
    ``offered(words, do)`` right after it, for one more step that may follow;
    ``refused(sentence)`` when something could not be done;
    ``signed(Me or None)`` when somebody signs in or the window is locked; ``answered()`` when all
    that was asked is answered.
    """

    said = Signal(str, bool)
    heard = Signal(str)
    offered = Signal(str, object)
    refused = Signal(str)
    signed = Signal(object)

    def __init__(
        self,
        store: Store,
        clock: Clock,
        formats: Formats,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.formats = formats
        self.theme = theme
        self.bus = Bus(self)
        self.changed = self.bus.changed
        self.book = store.path
        self._clock = clock
        self._let_go = store.let_go
        self._readers = Readers(store)
        self.answered = self._readers.answered
        self._writer = Writer(store)
        self._steps: list[Step] = []
        self._steps_of: dict[int, list[Step]] = {}
        self._me: Me | None = None

    # who and when

    @property
    def me(self) -> Me:
        """The associate who is signed in; raises RuntimeError before anybody has."""
        if self._me is None:
            raise RuntimeError("nobody is signed in")
        return self._me

    @property
    def is_signed_in(self) -> bool:
        """Whether ``me`` can be asked."""
        return self._me is not None

    @cached_property
    def saw(self) -> Sights:
        """To be called with a client who is shown, for the audit trail."""
        return Sights(self)

    @property
    def acting(self) -> Acting:
        """On whose behalf what is asked and done now is asked and done."""
        return NOBODY if self._me is None else associate(self._me.id)

    @cached_property
    def allowed(self) -> Allowed:
        """What who is signed in may do, to be shown before it is tried."""
        return Allowed(self)

    @cached_property
    def trying(self) -> Trying:
        """Tries PINs: whoever asks for one."""
        from clientele.ui.trying import Trying

        return Trying(self, self._clock)

    def sign(self, me: Me | None) -> None:
        """Somebody signed in. What others did cannot be undone by them, but by those afterwards."""
        if self._me is not None and me is not None and me.id != self._me.id:
            self._steps_of[self._me.id] = self._steps
            self._steps = self._steps_of.pop(me.id, [])
        self._me = me
        self.signed.emit(me)

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self._clock.now()

    def today(self) -> date:
        """The day it is in the store."""
        return self.formats.local_day(self._clock.now())

    # reading

    def ask(
        self,
        query: Callable[[Session], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        slot: str = "",
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``query(session)`` on a reader and hand its result to ``then`` on the GUI thread.

        A newer question of the same ``owner`` and ``slot`` takes the place of this one. Nothing
        arrives at an owner that is gone. ``failed(sentence)`` is called instead of ``refused``.
        """
        self._readers.ask(
            query,
            then,
            lambda error: self._fail(error, "a query", failed),
            owner=owner,
            slot=slot,
            acting=self.acting,
        )

    # writing

    def do(
        self,
        verb: Verb[I],
        what: I,
        *,
        then: Callable[[Changes], None] | None = None,
        said: str | Callable[[Changes], str] | None = None,
        merge: Hashable | None = None,
        failed: Callable[[str], None] | None = None,
        acting: Acting | None = None,
    ) -> None:
        """Run a verb on the writer, tell ``changed``, then call ``then(changes)``.

        ``said`` is shown in a toast, with Undo when the verb can be undone; it may be worked out
        of the changes, for a count that is known only afterwards. ``merge`` marks text
        that is saved as it is typed: versions that wait are replaced, and all of them are one step
        to undo. A refusal is shown, or handed as a sentence to ``failed``.

        ``then`` and ``failed`` that are methods of a widget are not called once that is gone, as a
        form that was closed meanwhile: what it would have said of a refusal is shown instead.
        ``acting``: on whose behalf, where that is not who is signed in.
        """
        whose = self._me

        def finish(changes: Changes) -> None:
            words = said(changes) if callable(said) else said
            self._remember(changes, words or "", merge, self._steps_for(whose))
            if changes:
                self.changed.emit(changes)
            if words:
                self.said.emit(words, changes.undo is not None)
            if then is not None and not _of_somebody_gone(then):
                then(changes)

        self._writer.write(
            lambda session: verb(session, what, now=self._clock.now()),
            finish,
            lambda error: self._fail(error, "a change", failed),
            merge=merge,
            acting=acting or self.acting,
        )

    def undo(self) -> None:
        """Take back the latest step. Says what was taken back, or why it cannot be.

        A step that is refused stays: once what stands in its way is gone, it can be tried again.
        Refused a second time it gives way to the steps before it.
        """
        if not self._steps:
            self.said.emit(self.tr("There is nothing to undo."), False)
            return
        step, whose = self._steps.pop(), self._me

        def finish(changes: Changes) -> None:
            if changes:
                self.changed.emit(changes)
            words = self.tr("Undone · {what}").format(what=step.said) if step.said else ""
            stayed = () if changes.stayed is None else (stayed_words(changes.stayed),)
            self.said.emit(". ".join((words or self.tr("Undone."), *stayed)), False)

        def keep(error: Any) -> None:
            if not step.refused:
                self._steps_for(whose).append(replace(step, refused=True))
            self._fail(error, "an undo", None)

        self._writer.write(
            lambda session: undo_verb(session, step.undo, now=self._clock.now()),
            finish,
            keep,
            acting=self.acting,
        )

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def seal(self) -> None:
        """What is typed from now on is a step of its own, as when a field is left."""
        if self._steps and self._steps[-1].merge is not None:
            last = self._steps[-1]
            self._steps[-1] = Step(last.undo, last.said, None)

    def flush(self) -> bool:
        """Wait until all that was typed and done is on the disk; False if that takes too long."""
        return self._writer.flush()

    def rest(self) -> None:
        """Nobody works for a while: keep nothing of the book in memory that is not asked for."""
        self._writer.write(self._let_go, lambda _: None, lambda _: None)

    def idle(self) -> bool:
        """Whether nothing is being read or written."""
        return self._readers.idle() and self._writer.idle()

    def stop(self) -> None:
        """Write what waits and end all threads; the desk is of no use afterwards."""
        self._writer.stop()
        self._readers.stop()

    def _steps_for(self, me: Me | None) -> list[Step]:
        """Theirs: what is told of only after another signed in is not the other's to take back."""
        if me is None or self._me is None or me.id == self._me.id:
            return self._steps
        return self._steps_of.setdefault(me.id, [])

    def _remember(
        self, changes: Changes, said: str, merge: Hashable | None, steps: list[Step]
    ) -> None:
        if changes.undo is None:
            return
        step = Step(changes.undo, said, merge)
        if merge is not None and steps and steps[-1].merge == merge:
            earlier = steps.pop()
            step = Step(changes.undo.after(earlier.undo), said or earlier.said, merge)
        if all(image.before == image.after for image in step.undo.images):
            return
        steps.append(step)
        del steps[:-REMEMBERED]

    def _fail(self, error: Any, doing: str, failed: Callable[[str], None] | None) -> None:
        note(error, doing)
        if failed is None or _of_somebody_gone(failed):
            failed = self.refused.emit
        failed(sentence_of(error, self.formats))


def _of_somebody_gone(answer: Callable[..., object]) -> bool:
    """Whether this is a method of a widget that was closed and deleted while it was written."""
    while isinstance(answer, partial):
        answer = answer.func
    whose = getattr(answer, "__self__", None)
    return isinstance(whose, QObject) and not isValid(whose)
