"""What fell due while the program was closed or locked? One calm list on Today, shown once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.domain.rules.reminding import DueKind
from clientele.services.changes import Changes, Kind
from clientele.store.queries.reminders import Reminder
from clientele.store.queries.reminders_told import still_open
from clientele.ui.desk import Desk
from clientele.ui.models.reminder_words import SEEN, reminder_row
from clientele.ui.models.rows import Key
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

Thing = tuple[DueKind, int]

FIRST = 4
"""So many rows are shown until one asks for more."""

TOUCHED = frozenset({Kind.FOLLOW_UP, Kind.PROMISE, Kind.APPOINTMENT, Kind.VISIT})


class SinceLast(Card):
    """Hidden where there is nothing. Emits ``opened(kind, id)``.

    Each associate has a list of their own, which waits for them behind the lock. X or the button
    puts it away for good: it was told, and everything stands on its page as well.
    """

    opened = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("SinceLast", "Fell due since you were last here"))
        self._desk = desk
        self._of: dict[int, dict[Thing, Reminder]] = {}
        self._all = False
        self.list = RowList(desk.theme, self.tr("Fell due since you were last here"))
        self.list.opened.connect(self._open)
        self.list.acted.connect(lambda _key, name: self.put_away() if name == SEEN else None)
        self.more = Button("", self._show_all, kind="quiet")
        self.seen = Button(self.tr("Seen"), self.put_away, kind="link", key="X")
        self._corner = Corner(self, self.seen)
        self.add(self.list)
        self.add(self.more)
        self.hide()
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    def tell(self, associate_id: int, reminders: tuple[Reminder, ...]) -> None:
        """This fell due for them while they could not be told."""
        mine = self._of.setdefault(associate_id, {})
        for one in reminders:
            mine[one.due.kind, one.due.id] = one
        self._show()

    def put_away(self) -> None:
        """It was read."""
        self._of.pop(self._desk.me.id, None)
        self._show()

    def _mine(self) -> dict[Thing, Reminder]:
        return self._of.get(self._desk.me.id, {}) if self._desk.is_signed_in else {}

    def _show(self) -> None:
        rows = [
            reminder_row(one, self._desk.now(), self._desk.formats) for one in self._mine().values()
        ]
        self._all = self._all and bool(rows)
        beyond = 0 if self._all else max(len(rows) - FIRST, 0)
        self.more.set_words(self.tr("%n more", "", beyond))
        self.more.setVisible(beyond > 1)
        # In sight before its rows come, so that the keyboard finds it when they do.
        self.setVisible(bool(rows))
        self.list.set_rows(rows[:FIRST] if beyond > 1 else rows)

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _open(self, key: Key) -> None:
        if isinstance(key, tuple):
            self.opened.emit(*key)

    def _signed(self, _: object) -> None:
        self._all = False
        self._show()

    def _heard(self, changes: Changes) -> None:
        """What was done meanwhile need not be told any more."""
        things = tuple(self._mine())
        if things and changes.kinds & TOUCHED:
            self._desk.ask(
                lambda session: still_open(session, things), self._keep, owner=self, slot="open"
            )

    def _keep(self, there: frozenset[Thing]) -> None:
        mine = self._mine()
        for thing in [thing for thing in mine if thing not in there]:
            del mine[thing]
        self._show()
