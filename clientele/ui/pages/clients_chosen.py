"""What is done with several clients at once? Chosen, counted, given to a colleague or taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.rights import Right
from clientele.services.books import TakeMany, take_many
from clientele.services.changes import Changes
from clientele.ui.desk import Desk, Me
from clientele.ui.dialogs.give import GiveSheet
from clientele.ui.pages.clients_bulk import Bulk
from clientele.ui.speech import announce
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow


class ChosenClients(Flow):
    """The clients chosen in a list, and the bar that says how many and what can be done.

    The list tells it by ``toggle``, ``choose``, ``only`` and ``let_go`` and is told by
    ``changed``; ``all_asked`` wants everything that is listed. ``marks`` are the ids, always the
    same object.
    """

    changed = Signal()
    all_asked = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(across=Space.SMALL, down=Space.TIGHT)
        self._desk, self._over = desk, over
        self.marks: dict[int, None] = {}
        self._all = 0
        self._busy = False
        self.count = label("", "strong", wrap=False)
        self.give_button = Button(self.tr("Give to…"), self.give, kind="primary")
        self.take_button = Button(self.tr("Add to my book"), self.take)
        self.bulk = Bulk(desk, over, self._these)
        self.bulk.at_work.connect(self._at_work)
        self.tag_button = Button(self.tr("Tag…"), self.bulk.tag)
        self.follow_up_button = Button(self.tr("Follow-up…"), self.bulk.follow_up)
        self.write_button = Button(self.tr("Write…"), self.bulk.write_to)
        self.export_button = Button(self.tr("Export…"), self.bulk.export)
        desk.allowed.close(self.export_button, Right.EXPORT)
        self.progress = label("", "sub", wrap=False)
        self.progress.hide()
        self.stop_button = Button(self.tr("Cancel"), self.bulk.stop)
        self.stop_button.hide()
        self.all_button = Button("", self.all_asked.emit)
        self.none_button = Button(self.tr("Let go"), self.let_go, kind="quiet", key="Esc")
        for widget in (
            self.count,
            self.give_button,
            self.take_button,
            self.tag_button,
            self.follow_up_button,
            self.write_button,
            self.export_button,
            self.all_button,
            self.none_button,
            self.progress,
            self.stop_button,
        ):
            self.add(widget)
        self._at_work("")
        self._whose = desk.me.id if desk.is_signed_in else None
        desk.signed.connect(self._signed)
        self.hide()

    def _signed(self, me: Me | None) -> None:
        """After a lock the same clients are chosen; what one chose is not the next one's."""
        if me is not None and me.id != self._whose:
            self._whose = me.id
            self.let_go()

    @property
    def ids(self) -> tuple[int, ...]:
        """Who is chosen, in the order in which they were."""
        return tuple(self.marks)

    def keep_all_count(self, count: int) -> None:
        """How many the list holds, for the button that chooses all."""
        self._all = count
        self._say()

    def toggle(self, client_id: int) -> None:
        """Choose a client, or no longer."""
        if client_id in self.marks:
            del self.marks[client_id]
        else:
            self.marks[client_id] = None
        self._tell()

    def choose(self, client_ids: Iterable[int]) -> None:
        """Choose these as well."""
        self.marks.update(dict.fromkeys(client_ids))
        self._tell()

    def only(self, client_ids: Sequence[int]) -> None:
        """Choose exactly these."""
        self.marks.clear()
        self.marks.update(dict.fromkeys(client_ids))
        self._tell()

    def let_go(self) -> None:
        """Choose nobody any more."""
        if self.marks:
            self.marks.clear()
            self._tell()

    def give(self) -> None:
        """Ask to whom, and give them."""
        if self.marks:
            sheet = GiveSheet(self._desk, self._over, self.ids)
            sheet.given.connect(self.let_go)
            sheet.open_sheet()

    def take(self) -> None:
        """Take those whom nobody owns into one's own book."""
        if not self.marks:
            return
        asked = len(self.marks)

        def said(changes: Changes) -> str:
            taken = len(changes.clients)
            words = self.tr("%n client(s) in your book from now on", "", taken)
            if taken == asked:
                return words
            kept = self.tr("%n other(s) kept their owner", "", asked - taken)
            return f"{words}, {kept}"

        what = TakeMany(self.ids, self._desk.me.id)
        self._desk.do(take_many, what, said=said, then=self._taken)

    def _taken(self, _: Changes) -> None:
        self.let_go()

    def _these(self) -> tuple[int, ...]:
        return self.ids

    def _at_work(self, words: str) -> None:
        """While something goes on there is a count and a way to stop it, and nothing else."""
        self._busy = bool(words)
        self.progress.setText(words)
        for widget in (self.progress, self.stop_button):
            widget.setVisible(self._busy)
        self._say()

    def _tell(self) -> None:
        self._say()
        if self.marks:
            announce(self, self.count.text())
        self.changed.emit()

    def _say(self) -> None:
        number = self._desk.formats.number
        count = len(self.marks)
        every = bool(count) and count == self._all
        words = self.tr("All {n} chosen") if every else self.tr("{n} chosen")
        self.count.setText(words.format(n=number(count)))
        self.all_button.set_words(self.tr("All {n}").format(n=number(self._all)))
        self.all_button.setVisible(not every and self._all > count and not self._busy)
        for button in (
            self.give_button,
            self.take_button,
            self.tag_button,
            self.follow_up_button,
            self.write_button,
            self.export_button,
            self.none_button,
        ):
            button.setVisible(not self._busy)
        self.setVisible(bool(count) or self._busy)
        self.updateGeometry()
        self.place()
