"""What does a client own, and what are their habits? Each number opens the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.finding import asked_words
from clientele.domain.rules.habits import Habit
from clientele.services.changes import Kind
from clientele.store.queries.habits import Purchases, purchases
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.dialogs.ticket_way import TicketWay
from clientele.ui.models.habit_words import habit_rows, habit_title
from clientele.ui.models.owned_rows import GIFT, MORE, TICKET, behind, owned_rows, purchase_of
from clientele.ui.models.rows import Key, Row
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field, Pause
from clientele.ui.widgets.layouts import Columns, Stack
from clientele.ui.widgets.row_list import RowList

HABITS_WIDE, OWNED_WIDE = 356, 420

MOST_BEHIND = 300
"""How many rows behind a number are shown, the newest."""


class PurchasesSheet(LivingSheet):
    """Call ``open_sheet`` after making it. Emits ``open_visit(id)`` for the visit of a ticket."""

    SHOWS = frozenset({Kind.PURCHASE, Kind.PURCHASE_LINE, Kind.LINE_RETURN, Kind.GIFT, Kind.CLIENT})

    open_visit = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("PurchasesSheet", "Purchases and habits")
        super().__init__(desk, over, title, width=960)
        self._client_id = client_id
        self._found: Purchases | None = None
        self._whole: frozenset[int] = frozenset()
        self._way = TicketWay(desk, self, client_id)
        self._way.open_visit.connect(self._go)
        self.nothing = label(
            self.tr("What they own and how they buy stands here after the first purchase."), "label"
        )
        self.nothing.hide()
        self.columns = Columns(gap=Space.PAGE_X)
        self.columns.set_main_at_least(OWNED_WIDE)
        self._own(self.columns.column())
        self._habits(self.columns.column(HABITS_WIDE))
        self.columns.hide()
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.columns)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with what they own."""
        super().open_sheet(focus or self.owned)

    def _own(self, place: Stack) -> None:
        place.addWidget(label(self.tr("What they own"), "strong"))
        self.words = Field(
            self.tr("Find in what they own"), hint=self.tr("Find: navy, shoe, a maker")
        )
        pause = Pause(self)
        self.words.typed.connect(pause.typed)
        pause.paused.connect(self._show_owned)
        self.words.returnPressed.connect(self._to_list)
        place.addWidget(self.words)
        place.addWidget(label(self.tr("Return shows the ticket · G: it was a gift"), "sub"))
        style = Style(small_headings=True, inset=0)
        self.owned = RowList(self._desk.theme, self.tr("What they own"), style=style)
        self.owned.opened.connect(self._open)
        self.owned.acted.connect(self._act)
        place.addWidget(self.owned)
        self.not_found = label(self.tr("Nothing they bought says that."), "label")
        self.not_found.hide()
        place.addWidget(self.not_found)

    def _habits(self, place: Stack) -> None:
        place.addWidget(label(self.tr("Habits"), "strong"))
        place.addWidget(label(self.tr("Return shows the rows behind a number"), "sub"))
        style = Style(small_headings=True, inset=0)
        self.habits = RowList(self._desk.theme, self.tr("Habits"), style=style)
        self.habits.opened.connect(self._open_habit)
        place.addWidget(self.habits)

    def look(self) -> None:
        """All they bought, and what it says about them."""
        client_id = self._client_id
        self._desk.ask(
            lambda session: purchases(session, client_id), self._show, owner=self, slot="bought"
        )

    def _show(self, found: Purchases) -> None:
        self._found = found
        any_bought = bool(found.ledger.bought or found.ledger.unknown)
        self.columns.setVisible(any_bought)
        self.nothing.setVisible(not any_bought)
        self._show_owned()
        self.habits.set_rows(habit_rows(found.habits, found.currency, self._desk))
        if self.owned.isVisible() and self.cross.hasFocus():
            self.owned.setFocus()

    def _show_owned(self, _: str = "") -> None:
        if self._found is None:
            return
        words = asked_words(self.words.value)
        rows = owned_rows(self._found, self._desk, words=words, whole=self._whole)
        self.owned.set_rows(rows)
        self.owned.setVisible(bool(rows))
        self.not_found.setVisible(not rows)

    def _to_list(self) -> None:
        """Return in the field goes to what was found."""
        self._show_owned()
        if self.owned.rows():
            self.owned.setFocus()

    def _open(self, key: Key) -> None:
        if self._found is None or not isinstance(key, tuple):
            return
        if key[0] == MORE:
            self._whole |= {key[1]}
            self._show_owned()
            return
        self._way.show(purchase_of(key, self._found), self)

    def _act(self, key: Key, name: str) -> None:
        if name == GIFT and isinstance(key, tuple):
            from clientele.ui.dialogs.gift import GiftSheet

            GiftSheet(self._desk, self, client_id=self._client_id, line_id=key[1]).open_sheet()

    def _open_habit(self, key: Key) -> None:
        if self._found is None or not isinstance(key, tuple):
            return
        BehindSheet(
            self._desk, self, self._found, self._found.habits[key[1]], self._way
        ).open_sheet()

    def _go(self, visit_id: int) -> None:
        self.close_sheet()
        self.open_visit.emit(visit_id)


class BehindSheet(LivingSheet):
    """The rows behind one number, the newest first; a row opens its ticket."""

    def __init__(
        self, desk: Desk, over: QWidget, found: Purchases, habit: Habit, way: TicketWay
    ) -> None:
        super().__init__(desk, over, habit_title(habit, found.currency, desk), width=560)
        self._found, self._way = found, way
        rows = behind(habit, found, desk)
        self.said = label("", "sub")
        self.body.addWidget(self.said)
        self.said.setText(self._said(rows, desk))
        self.list = RowList(desk.theme, self.title.text(), style=Style(inset=0))
        self.list.set_rows(rows[:MOST_BEHIND])
        self.list.opened.connect(self._open)
        self.body.addWidget(self.list)
        self.list.setVisible(bool(rows))

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the newest row."""
        super().open_sheet(focus or self.list)

    def _said(self, rows: list[Row], desk: Desk) -> str:
        if not rows:
            return self.tr("There is no such row in the book.")
        if len(rows) <= MOST_BEHIND:
            if rows[0].key[0] == TICKET:  # type: ignore[index]
                return self.tr("%n ticket(s)", "", len(rows))
            return self.tr("%n article(s)", "", len(rows))
        many, shown = desk.formats.number(len(rows)), desk.formats.number(MOST_BEHIND)
        return self.tr("The newest {shown} of {many}").format(many=many, shown=shown)

    def _open(self, key: Key) -> None:
        if isinstance(key, tuple):
            self._way.show(purchase_of(key, self._found), self)
