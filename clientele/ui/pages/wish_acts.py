"""What can be done with a wish from any list of them? Show, hold, say that it is here, drop."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.services.wishes import (
    DropWish,
    NotHereYet,
    ShowWish,
    WishAgain,
    WishesArrived,
    drop_wish,
    not_here_yet,
    show_wish,
    wish_again,
    wishes_arrived,
)
from clientele.store.queries.wishes import WishRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.wish_rows import AGAIN, DROP, EDIT, HERE, HOLD, SHOW, wish_words


class WishActs(QObject):
    """Does an act of ``models.wish_rows`` on a wish, over the page that asks for it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def act(self, row: WishRow, name: str, *, stop_id: int | None = None) -> None:
        """Do it; without a name the wish is opened."""
        if name == SHOW and stop_id is not None:
            self.show(row, stop_id)
            return
        {HOLD: self.hold, HERE: self.here, DROP: self.drop, AGAIN: self.again}.get(
            name or EDIT, self.edit
        )(row)

    def show(self, row: WishRow, stop_id: int) -> None:
        """Put it among the items shown at a stop."""
        self._desk.do(
            show_wish,
            ShowWish(row.id, stop_id, self._desk.me.id),
            said=self.tr("Shown: {item}").format(item=wish_words(row)),
        )

    def hold(self, row: WishRow) -> None:
        """Hold it, have it sent, or order it."""
        from clientele.ui.dialogs.promise_wish import PromiseWishSheet

        PromiseWishSheet(self._desk, self._over, row).open_sheet()

    def here(self, row: WishRow) -> None:
        """It came in; or it did not after all."""
        if row.arrived_at is not None:
            self._desk.do(not_here_yet, NotHereYet(row.id), said=self.tr("Not here yet"))
            return
        self._desk.do(
            wishes_arrived,
            WishesArrived((row.id,), self._desk.me.id),
            said=self.tr("Is here: {item}").format(item=wish_words(row)),
        )

    def edit(self, row: WishRow) -> None:
        """Other words, for somebody else, another price."""
        from clientele.domain.wishes import WishState
        from clientele.ui.dialogs.wish import WishSheet

        if row.state == WishState.OPEN:
            WishSheet(self._desk, self._over, wish=row).open_sheet()

    def again(self, row: WishRow) -> None:
        """Back on the list."""
        self._desk.do(wish_again, WishAgain(row.id), said=self.tr("On the wish list again"))

    def drop(self, row: WishRow) -> None:
        """Nobody wants it any more, and why."""
        sheet = SayWhySheet(
            self._desk,
            self._over,
            self.tr("Off the wish list"),
            wish_words(row),
            f"dropping wish {row.id}",
            hint=self.tr("has it by now; no longer made"),
            act=self.tr("Take it off the list"),
        )
        sheet.said.connect(partial(self._drop, sheet, row))
        sheet.open_sheet()

    def _drop(self, sheet: SayWhySheet, row: WishRow, why: str) -> None:
        sheet.keep_as(
            drop_wish,
            DropWish(row.id, self._desk.me.id, why, sheet.place),
            said=self.tr("Off the wish list: {item}").format(item=wish_words(row)),
        )
