"""May whoever is signed in do this? Shown before it is tried; the services hold it in any case.

What one may not do is there and closed, with whom to ask, so that nobody looks for it in vain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from clientele.domain.rules.rights import Right, roles_with
from clientele.domain.team import Role
from clientele.services.acting import allowed_now
from clientele.services.changes import Changes, Kind
from clientele.store.queries.team import AssociateTile, associates
from clientele.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from clientele.ui.desk import Desk
    from clientele.ui.widgets.sheet import Sheet


NAMED = 3
"""How many are named of those who may."""


class Allowed(QObject):
    """What who is signed in may do, as the book says; asked again when the team changes.

    ``changed`` is emitted once it is known, and when it is otherwise; ``left`` when whoever is
    signed in no longer works here.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._rights: frozenset[Right] | None = None
        self._team: tuple[AssociateTile, ...] = ()
        desk.signed.connect(self._signed)
        desk.changed.connect(self._heard)
        self._look()

    @property
    def is_known(self) -> bool:
        """Whether the book has answered since somebody signed in."""
        return self._rights is not None

    def may(self, right: Right) -> bool:
        """Whether it may be tried; true until the book has answered."""
        return self._rights is None or right in self._rights

    def why_not(self, right: Right, words: str = "") -> str:
        """Whom to ask, by name, after ``words`` of what it is; empty where it may be done."""
        if self.may(right):
            return ""
        able = [one.name for one in self._team if one.signs_in and one.role in roles_with(right)]
        return who_may(right, self._desk.formats.listed(able[:NAMED]), words)

    def refuses(self, right: Right) -> bool:
        """Whether it may not be done, which is then said."""
        if why := self.why_not(right):
            self._desk.refused.emit(why)
        return bool(why)

    def close(self, button: Button, right: Right) -> None:
        """Keep a button closed while who is signed in may not do what it does."""
        self.tell(button, lambda: button.set_closed(self.why_not(right)))

    def close_form(self, form: Sheet, right: Right, *buttons: Button) -> None:
        """Keep these closed, and say why above the fields, while it may not be done."""

        def show() -> None:
            why = self.why_not(right)
            for button in buttons:
                button.set_closed(why)
            if why:
                form.say(why)

        self.tell(form, show)

    def tell(self, owner: QObject, show: Callable[[], object]) -> None:
        """Call ``show`` now and whenever it changes, for as long as ``owner`` is there."""

        def again() -> None:
            if isValid(owner):
                show()

        def gone(*_: object) -> None:
            if isValid(self):
                self.changed.disconnect(again)

        self.changed.connect(again)
        owner.destroyed.connect(gone)
        show()

    def _signed(self, me: object) -> None:
        self._rights = None
        if me is not None:
            self._look()

    def _heard(self, changes: Changes) -> None:
        if Kind.ASSOCIATE in changes.kinds:
            self._look()

    def _look(self) -> None:
        if self._desk.is_signed_in:
            self._desk.ask(
                lambda session: (allowed_now(session), associates(session)),
                self._show,
                owner=self,
                slot="rights",
            )

    def _show(self, found: tuple[frozenset[Right], tuple[AssociateTile, ...]]) -> None:
        rights, team = found
        if rights != self._rights or team != self._team:
            self._rights, self._team = rights, team
            self.changed.emit()
            if not rights:
                self.left.emit()


def who_may(right: Right, names: str = "", words: str = "") -> str:
    """Whom to ask for what one may not do oneself; ``names`` are of those who may.

    ``words`` say what it is, as a sentence, where “this” would not tell.
    """
    if not words and Role.DEPARTMENT_MANAGER in roles_with(right):
        words = QCoreApplication.translate("Allowed", "Only a manager does this.")
    elif not words:
        words = QCoreApplication.translate("Allowed", "Only a store manager does this.")
    whom = QCoreApplication.translate("Allowed", "Ask one of them to sign in")
    return f"{words} {whom}: {names}." if names else f"{words} {whom}."
