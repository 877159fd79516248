"""For whom of the household? The client, or one of the people they buy for, by one click."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.domain.rules.wishing import Person
from clientele.store.queries.household import people_at_stop, people_of
from clientele.ui.desk import Desk
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.emptying import empty

NOBODY = "0"
"""The first chip."""

AT_MOST = 10
"""People that are offered; a larger household names the others in words."""


class PeopleChoice(QWidget):
    """Chips of the household of ``show_for``. Emits ``chosen()``.

    ``first`` are the words of the chip that stands for nobody of them: “the client” or “somebody
    else”. Emits ``loaded()`` once the people are there.
    """

    chosen = Signal()
    loaded = Signal()

    def __init__(self, desk: Desk, name: str, first: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._desk, self._name, self._first = desk, name, first
        self._wanted = NOBODY
        self.people: tuple[Person, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.choice = Choice(name, [(NOBODY, first)], wraps=True)
        self._row.addWidget(self.choice)

    def show_for(self, client_id: int | None) -> None:
        """Offer the people of this client's household."""
        if client_id is None:
            self._show(())
            return
        self._desk.ask(
            lambda session: people_of(session, client_id), self._show, owner=self, slot="people"
        )

    def show_for_stop(self, stop_id: int) -> None:
        """Offer the people of the client who is at this stop of a visit."""
        self._desk.ask(
            lambda session: people_at_stop(session, stop_id),
            self._show,
            owner=self,
            slot="people",
        )

    @property
    def member_id(self) -> int | None:
        """Who is chosen; None: the first chip."""
        return int(self._wanted) or None

    @property
    def who(self) -> str:
        """Their name or relation; empty for the first chip."""
        found = next((one for one in self.people if str(one.id) == self._wanted), None)
        return "" if found is None else found.name or found.relation

    def choose(self, member_id: int | None) -> None:
        """Choose without telling; somebody who is not there yet is chosen once they are."""
        self._wanted = NOBODY if member_id is None else str(member_id)
        self._mark()

    def take_keyboard(self) -> None:
        """Put the keyboard onto what is chosen."""
        self.choice.take_keyboard()

    def _show(self, people: tuple[Person, ...]) -> None:
        self.people = people[:AT_MOST]
        empty(self._row)
        options = [(NOBODY, self._first)]
        options += [(str(one.id), one.name or one.relation) for one in self.people]
        self.choice = Choice(self._name, options, wraps=True)
        self.choice.chosen.connect(self._choose)
        self._row.addWidget(self.choice)
        self._mark()
        self.loaded.emit()

    def _choose(self, value: str) -> None:
        self._wanted = value
        self.chosen.emit()

    def _mark(self) -> None:
        there = self._wanted == NOBODY or any(str(one.id) == self._wanted for one in self.people)
        if there:
            self.choice.choose(self._wanted)
