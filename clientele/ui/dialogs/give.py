"""To whom are these clients given? A colleague by one touch, for one client or hundreds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.books import GiveClients, give_clients
from clientele.services.changes import Changes
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.colleague_tiles import ColleagueTiles


class GiveSheet(PassingSheet):
    """Call ``open_sheet`` after making it. Emits ``given`` once they are the colleague's."""

    given = Signal()

    def __init__(self, desk: Desk, over: QWidget, clients: Sequence[int]) -> None:
        count = len(clients)
        title = QCoreApplication.translate(
            "GiveSheet", "Give %n client(s) to a colleague", "", count
        )
        super().__init__(desk, over, title, width=560)
        self._clients = tuple(clients)
        self._asked = False
        self.colleagues = ColleagueTiles(desk, self.tr("To whom"))
        self.colleagues.chosen.connect(lambda _: self.say(""))
        self.colleagues.loaded.connect(self._begin)
        self.body.addWidget(
            label(
                self.tr(
                    "For good: what is open for them, follow-ups, promises and problems, goes "
                    "along. One Undo brings all of it back."
                ),
                "label",
            )
        )
        self.body.addWidget(self.colleagues)
        self.button = self.add_button(
            self.tr("Give %n client(s)", "", count), self.give, primary=True
        )

    def _begin(self) -> None:
        """The keyboard goes to the first colleague."""
        if self.isVisible() and self.colleagues.ids:
            first = self.colleagues.tile(self.colleagues.ids[0])
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Give them, or say who is missing."""
        to, name = self.colleagues.value, self.colleagues.chosen_name
        if to is None:
            self.say(self.tr("To whom? Choose a colleague."))
            return
        if self._asked:
            return
        self._asked = True
        self.button.setEnabled(False)
        said = self.tr("%n client(s) given to {name}", "", len(self._clients)).format(name=name)
        what = GiveClients(self._clients, to, self._by)
        self._desk.do(give_clients, what, said=said, then=self._given, failed=self._refused)

    def _given(self, _: Changes) -> None:
        self.given.emit()
        self.close_sheet()

    def _refused(self, sentence: str) -> None:
        self._asked = False
        self.button.setEnabled(True)
        self.say(sentence)
