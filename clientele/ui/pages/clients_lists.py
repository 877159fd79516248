"""Which saved list is open on the clients page? Chosen, saved, changed, and looked at again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.lists import AskOtherwise, ask_otherwise
from clientele.store.queries.lists import ListRow, saved_list
from clientele.ui.desk import Desk, Me
from clientele.ui.models.filter_words import filter_words
from clientele.ui.pages.filter_bar import FilterBar


class ListsAtHand(QObject):
    """Joins the filter bar to the lists that are kept.

    ``wanted(list)`` when one is to be listed; ``renamed`` when the open one is another now.
    """

    wanted = Signal(object)
    renamed = Signal()

    def __init__(self, desk: Desk, bar: FilterBar, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._bar, self._over = desk, bar, over
        bar.save.connect(self.save)
        bar.keep_changes.connect(self.keep_changes)
        self._whose = desk.me.id if desk.is_signed_in else None
        desk.signed.connect(self._signed)

    def choose(self) -> None:
        """Choose one of those that are kept."""
        from clientele.ui.dialogs.lists import ListsSheet

        sheet = ListsSheet(self._desk, self._over)
        sheet.opened.connect(self.open)
        sheet.open_sheet()

    def open(self, list_id: int) -> None:
        """Ask for a list by its id."""
        me = self._desk.me.id
        self._desk.ask(lambda s: saved_list(s, list_id, me), self._open, owner=self, slot="list")

    def save(self) -> None:
        """Keep what is asked under a name."""
        from clientele.ui.dialogs.save_list import SaveListSheet

        words = filter_words(self._bar.asked, self._bar.ground)
        sheet = SaveListSheet(self._desk, self._over, self._bar.asked, words=words)
        sheet.saved.connect(self._look)
        sheet.open_sheet()

    def keep_changes(self) -> None:
        """Let the open list ask what the bar asks by now."""
        opened = self._bar.opened
        if opened is not None:
            what = AskOtherwise(opened.id, self._desk.me.id, self._bar.asked)
            words = self.tr("List “{name}” asks this from now on").format(name=opened.name)
            self._desk.do(ask_otherwise, what, said=words)

    def look_again(self) -> None:
        """The list that is open may be called otherwise by now, or be gone."""
        if self._bar.opened is not None:
            self._look(self._bar.opened.id)

    def _look(self, list_id: int) -> None:
        me = self._desk.me.id
        self._desk.ask(lambda s: saved_list(s, list_id, me), self._again, owner=self, slot="list")

    def _again(self, opened: ListRow | None) -> None:
        self._bar.set_opened(opened)
        self.renamed.emit()

    def _signed(self, me: Me | None) -> None:
        """What one asked is not shown to the next associate, but for a list that is shared."""
        if me is None or me.id == self._whose:
            return
        before, self._whose = self._whose, me.id
        opened = self._bar.opened
        if before is None:
            return
        if opened is None or not opened.shared:
            if self._bar.asked.parts:
                self._bar.clear()
        else:
            self._desk.ask(
                lambda s: saved_list(s, opened.id, me.id), self._shown, owner=self, slot="list"
            )

    def _shown(self, opened: ListRow | None) -> None:
        if opened is None or opened.asked is None:
            self._bar.clear()
        else:
            self._bar.show_filter(opened.asked, opened)

    def _open(self, opened: ListRow | None) -> None:
        if opened is None:
            self._desk.refused.emit(self.tr("This list is no longer there."))
        elif opened.asked is None:
            self._desk.refused.emit(opened.trouble)
        else:
            self.wanted.emit(opened)
