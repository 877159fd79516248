"""Held, sent for or ordered for the client: which of them, and until when?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.due_days import Soon
from clientele.services.wishes import PROMISED, PromiseWish, promise_wish
from clientele.store.queries.wishes import WishRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.wish_rows import wish_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.day_choice import DayChoice

DAYS = (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK, Soon.NEXT_MONTH)


class PromiseWishSheet(PassingSheet):
    """Two clicks: which promise, and its day. Call ``open_sheet`` after making it."""

    def __init__(self, desk: Desk, over: QWidget, wish: WishRow) -> None:
        super().__init__(desk, over, QCoreApplication.translate("PromiseWishSheet", "Promise it"))
        self._wish, self._sent = wish, False
        self.body.addWidget(label(wish_words(wish), "label"))
        name = self.tr("What is promised")
        self.kind = Choice(name, [(kind.value, kind_words(kind.value)) for kind in PROMISED])
        self.add_field(name, self.kind)
        self.until = DayChoice(desk.formats, self.tr("Until"), desk.today(), DAYS)
        self.add_field(self.tr("Until, that day included"), self.until)
        self.add_button(self.tr("Promise"), self.keep, primary=True)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Hold is chosen; Ctrl+Return promises it until tomorrow."""
        super().open_sheet(focus)

    def keep(self) -> None:
        """Promise it, or say what is missing."""
        if self._sent:
            return
        if self.until.day is None:
            self.say(self.tr("Until when? Choose a day."))
            self.until.field.setFocus()
            return
        self._sent = True
        day = self._desk.formats.near_day(self.until.day, self._desk.today())
        said = {
            PromiseKind.HOLD.value: self.tr("Held until {day}"),
            PromiseKind.TRANSFER.value: self.tr("Sent for, promised for {day}"),
            PromiseKind.SPECIAL_ORDER.value: self.tr("Ordered, promised for {day}"),
        }[self.kind.value]
        what = PromiseWish(self._wish.id, self._desk.me.id, self.kind.value, self.until.day)
        self._desk.do(
            promise_wish,
            what,
            said=said.format(day=day),
            then=self.close_after,
            failed=self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self._sent = False
        self.say(sentence)
