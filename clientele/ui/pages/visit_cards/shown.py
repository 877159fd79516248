"""What is being shown? One box to scan or type into, and what became of each item."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clientele.domain.rules.card_numbers import found_in
from clientele.domain.rules.scanned import is_article_number, looks_like_code
from clientele.domain.visits import Outcome
from clientele.services.drafts import TypeDraft
from clientele.services.holds import Decide, HoldItem, TakeAway, decide, hold_item, take_away
from clientele.services.shown_items import (
    ShowItem,
    item_draft,
    show_item,
)
from clientele.store.queries.promise_history import Tagged, promise_by_tag
from clientele.store.queries.team import draft
from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import VisitPage
from clientele.ui.card_numbers import keep_draft
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.item_row import ItemRow
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.emptying import take_out, widgets_in
from clientele.ui.widgets.fields import Field

HELD = timedelta(days=3)
"""How long an item is held unless somebody says otherwise."""


class ShownCard(Card):
    """The items of this department first, then those of the others under their names.

    Emits ``open_promise(id)`` where the tag of a promise was scanned or typed.
    """

    open_promise = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(" ", "", fill=True)
        self._desk = desk
        self._visit: VisitPage | None = None
        self.rows: dict[int, ItemRow] = {}
        self._taken = 0
        self.set_hint(self.tr("scan or type an item"))
        self.box = Field(
            self.tr("Item"),
            hint=QCoreApplication.translate("ShownCard", "Cap-toe oxford, 10½ D 285.00"),
        )
        self.box.typed.connect(self._save)
        self.box.left.connect(desk.seal)
        self.box.returnPressed.connect(self._add)
        self.add(self.box)
        self._wrong_words = label("", "sub")
        self._wrong_words.hide()
        self.add(self._wrong_words)
        self._nothing = label(
            self.tr(
                "Nothing shown yet. Scan an item, or type its words, its size after a comma "
                "and its price at the end."
            ),
            "label",
        )
        self.add(self._nothing)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(Space.SMALL, 0, Space.SMALL, 0)
        self._list.setSpacing(0)
        self.add(holder, edge=True)

    def show_visit(self, visit: VisitPage) -> None:
        """Another visit, or the same as it is now."""
        other = self._visit is None or self._visit.id != visit.id
        self._visit = visit
        stop = visit.stop
        gone = visit.left_at is not None
        self.set_title(
            self.tr("Shown in {department}").format(department=stop.department)
            if stop is not None
            else self.tr("Shown")
        )
        self.box.setVisible(stop is not None)
        if other:
            self.box.clearFocus()
            self.box.set_value("")
            self._say("")
            self.load_draft()
        self._nothing.setVisible(not visit.items and not gone)
        self._arrange(visit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the box to what was shown last, where a letter says what became of it."""
        if event.key() == Qt.Key.Key_Down and self.box.hasFocus() and (rows := self._in_order()):
            rows[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Another associate has come: begin anew with whatever is shown next."""
        self._visit = None

    def load_draft(self) -> None:
        """Bring back what was typed into the box and not added."""
        if self._visit is not None:
            by, place = self._desk.me.id, item_draft(self._visit.id)
            self._desk.ask(
                lambda session: draft(session, by, place), self.box.set_value, owner=self
            )

    def open_item(self, item_id: int) -> None:
        """Open an item, with the keyboard in its price where that is missing."""
        row = self.rows.get(item_id)
        if row is None:
            return
        if not row.item.rung:
            row.open_choices()
        missing = row.item.price is None and not row.item.rung
        (row.price if missing else row).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # rows

    def _arrange(self, visit: VisitPage) -> None:
        here = visit.stop.department_id if visit.stop else None
        there = [item for item in visit.items if item.department_id == here]
        elsewhere = [item for item in visit.items if item.department_id != here]
        ordered = [*reversed(there), *elsewhere]
        for key in self.rows.keys() - {item.id for item in ordered}:
            self._forget(self.rows.pop(key))
        self._clear_between()
        at, department = 0, here
        for item in ordered:
            if item.department_id != department:
                department = item.department_id
                heading = label(item.department, "sub")
                heading.setContentsMargins(Space.SMALL, Space.GAP if at else 0, 0, 2)
                self._list.insertWidget(at, heading)
                at += 1
            elif at:
                self._list.insertWidget(at, Line())
                at += 1
            row = self.rows.get(item.id)
            if row is None:
                row = self.rows[item.id] = self._row(item, visit)
            else:
                row.show_item(item, visit.with_client_at(item.stop_id))
            if self._list.indexOf(row) != at:
                self._list.insertWidget(at, row)
            at += 1

    def _row(self, item: Item, visit: VisitPage) -> ItemRow:
        row = ItemRow(self._desk, item, visit.currency, visit.with_client_at(item.stop_id))
        key = item.id
        row.became.connect(lambda outcome: self._become(key, outcome))
        row.why.connect(lambda words: self._say_why(key, words))
        row.until.connect(lambda day: self._desk.do(hold_item, HoldItem(key, day)))
        row.removed.connect(lambda: self._remove(key))
        row.step.connect(lambda by: self._step(key, by))
        return row

    def _clear_between(self) -> None:
        between = [one for one in widgets_in(self._list) if not isinstance(one, ItemRow)]
        take_out(self._list, *between)

    def _forget(self, row: ItemRow) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and (focus is row or row.isAncestorOf(focus)):
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        take_out(self._list, row)

    def _in_order(self) -> list[ItemRow]:
        return [widget for widget in widgets_in(self._list) if isinstance(widget, ItemRow)]

    def _step(self, key: int, by: int) -> None:
        rows = self._in_order()
        at = rows.index(self.rows[key]) + by
        if 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif at < 0:
            self.box.setFocus(Qt.FocusReason.BacktabFocusReason)

    # what is done

    def scan(self, code: str) -> None:
        """A scanner read this: the item of that number, or the promise whose tag it is.

        What stands in the box stays there, and so does the keyboard where it is.
        """
        self._take(code, draft="")

    def _add(self) -> None:
        if self._visit is not None and self.box.value.strip():
            self._take(self.box.value, draft=item_draft(self._visit.id))

    def _take(self, text: str, draft: str) -> None:
        visit = self._visit
        if visit is None or visit.stop is None:
            return
        stop = visit.stop.id
        if not looks_like_code(text.strip()):
            self._show_item(stop, text, draft)
            return

        def found(tagged: Tagged | None) -> None:
            if tagged is None:
                self._show_item(stop, text, draft)
                return
            self.open_promise.emit(tagged.promise_id)
            if draft:
                self.box.clear()
                self._save("")

        # Each has a slot of its own: the next scan must not take the place of this one.
        self._taken += 1
        slot = f"tag {self._taken}"
        self._desk.ask(lambda session: promise_by_tag(session, text), found, owner=self, slot=slot)

    def _show_item(self, stop: int, text: str, draft: str) -> None:
        self._desk.do(
            show_item,
            ShowItem(stop, text, self._desk.me.id, draft),
            then=lambda _: self._added(text) if draft else self._say(""),
            failed=self._say,
        )

    def _added(self, text: str) -> None:
        self._say("")
        if self.box.value == text:
            self.box.clear()

    def _save(self, text: str) -> None:
        if self._visit is None:
            return
        if is_article_number(text) and found_in(text):
            self._say("")  # it has the form of a card number, and is none
            return
        place = item_draft(self._visit.id)
        keep_draft(
            self._desk,
            TypeDraft(self._desk.me.id, place, text),
            kept=lambda: self._say(""),
            refused=self._say,
        )

    def _say(self, why: str) -> None:
        self.box.set_wrong(why)
        self._wrong_words.setText(why)
        self._wrong_words.setVisible(bool(why))

    def _become(self, key: int, outcome: str) -> None:
        if outcome == Outcome.HOLD:
            until = self._desk.today() + HELD
            self._desk.do(
                hold_item,
                HoldItem(key, until),
                said=self.tr("Held until {day}, and promised.").format(
                    day=self._desk.formats.weekday_day(until)
                ),
            )
        else:
            self._desk.do(decide, Decide(key, outcome))

    def _say_why(self, key: int, words: str) -> None:
        self._desk.do(decide, Decide(key, Outcome.NO, words), merge=("why", key))

    def _remove(self, key: int) -> None:
        words = self.rows[key].item.item
        self._desk.do(
            take_away,
            TakeAway(key),
            said=self.tr("Removed: {item}").format(item=words),
        )
