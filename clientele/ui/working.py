"""Where in a list is one? The clients of a list that is worked through, and with whom one is done.

What is done is kept in the book, by list and associate; the order of the list is held while one
goes from client to client, so that nobody is passed over because a follow-up took them off it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from clientele.services.changes import Changes, Kind
from clientele.services.lists import BeginAgain, MarkClient, begin_again, mark_client
from clientele.store.queries.lists import ListRow, done_with
from clientele.ui.desk import Desk


class Working(QObject):
    """The list at hand. ``changed`` tells that it is another, or that somebody is done.

    ``go_to(client id)`` is emitted where one is led to the next or the previous client.
    """

    changed = Signal()
    go_to = Signal(int)
    over = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: Sequence[int] = array("q")
        self.opened: ListRow | None = None
        self.name = ""
        self.done: frozenset[int] = frozenset()
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    @property
    def is_on(self) -> bool:
        """Whether there is a list to go through."""
        return bool(self._ids)

    @property
    def count(self) -> int:
        """How many clients it has."""
        return len(self._ids)

    @property
    def done_here(self) -> int:
        """With how many of them one is done."""
        return sum(key in self.done for key in self._ids) if self.done else 0

    def set_list(self, ids: Sequence[int], opened: ListRow | None, name: str) -> None:
        """Go through these; an empty list is none."""
        other = (opened.id if opened else None) != (self.opened.id if self.opened else None)
        self._ids, self.opened, self.name = ids, opened, name
        if other:
            self.done = frozenset()
            self._look()
        self.changed.emit()

    def position(self, client_id: int) -> int:
        """Where a client stands, from 1 on; 0 where they are not on the list."""
        try:
            return self._ids.index(client_id) + 1
        except ValueError:
            return 0

    def is_done(self, client_id: int) -> bool:
        """Whether one is done with a client."""
        return client_id in self.done

    def next(self, client_id: int | None) -> int | None:
        """The next client after this one with whom one is not done; None at the end."""
        start = self.position(client_id) if client_id is not None else 0
        return next((key for key in self._ids[start:] if key not in self.done), None)

    def previous(self, client_id: int | None) -> int | None:
        """The client before this one, done or not."""
        at = self.position(client_id) if client_id is not None else 0
        return self._ids[at - 2] if at > 1 else None

    def step(self, by: int, client_id: int | None) -> None:
        """Lead to the next client or the one before, or say that there is none."""
        if not self.is_on:
            words = self.tr("No list is being worked through. Open one with Ctrl+Shift+L.")
            self._desk.refused.emit(words)
            return
        to = self.next(client_id) if by > 0 else self.previous(client_id)
        if to is not None:
            self.go_to.emit(to)
        elif by > 0:
            self._desk.said.emit(self.tr("That was the last one of the list."), False)
            self.over.emit()

    def mark(self, client_id: int, *, done: bool, then_next: bool = False) -> None:
        """Done with a client, or not after all; ``then_next`` leads on."""
        if self.opened is None:
            words = self.tr("Save the list first; then it is remembered with whom you are done.")
            self._desk.refused.emit(words)
            return
        what = MarkClient(self.opened.id, client_id, self._desk.me.id, done)
        said = self.tr("Done") if done else self.tr("Not done yet")
        self.done = self.done | {client_id} if done else self.done - {client_id}
        self._desk.do(mark_client, what, said=said)
        self.changed.emit()
        if then_next:
            self.step(1, client_id)

    def begin_again(self) -> None:
        """Nobody is done any more."""
        if self.opened is not None:
            words = self.tr("“{name}” begins again").format(name=self.opened.name)
            self._desk.do(begin_again, BeginAgain(self.opened.id, self._desk.me.id), said=words)

    def _look(self) -> None:
        opened = self.opened
        if opened is None or not self._desk.is_signed_in:
            return
        key, me = opened.id, self._desk.me.id
        self._desk.ask(
            lambda session: done_with(session, key, me), self._take, owner=self, slot="done"
        )

    def _take(self, done: frozenset[int]) -> None:
        if done != self.done:
            self.done = done
            self.changed.emit()

    def _heard(self, changes: Changes) -> None:
        if changes.touch(Kind.SAVED_LIST_MARK):
            self._look()

    def _signed(self, me: object) -> None:
        """Another associate goes through a list of their own."""
        if me is not None and self.opened is not None:
            self._look()
