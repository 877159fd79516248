"""Somebody leaves: what is open with them, and which colleague takes it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from clientele.services.leaving import AssociateLeaves, associate_leaves
from clientele.store.queries.team_page import Member, OpenWork, open_work
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.team_words import open_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.colleague_tiles import ColleagueTiles


class LeavesSheet(PassingSheet):
    """Call ``open_sheet`` after making it; the question is asked once what is open is counted."""

    def __init__(self, desk: Desk, over: QWidget, member: Member) -> None:
        title = QCoreApplication.translate("LeavesSheet", "{name} leaves")
        super().__init__(desk, over, title.format(name=member.name), width=560)
        self._member = member
        self._open: OpenWork | None = None
        self.words = label("", "label")
        self.body.addWidget(self.words)
        self.colleagues = ColleagueTiles(desk, self.tr("Who takes it"), without=(member.id,))
        self.colleagues.chosen.connect(lambda _: self.say(""))
        self.colleagues.loaded.connect(self._fit)
        self.colleagues.loaded.connect(self._take_keyboard)
        self.colleagues.hide()
        self.body.addWidget(self.colleagues)
        self.body.addWidget(
            label(
                self.tr(
                    "They are locked out at once, in an open window too, and their PIN is "
                    "forgotten. What they did stays theirs. One Undo brings all of it back."
                ),
                "sub",
            )
        )
        self.button = self.add_button(
            self.tr("{name} leaves").format(name=member.name), self.leave, primary=True
        )
        self.button.setEnabled(False)
        now = desk.now()
        desk.ask(
            lambda session: open_work(session, member.id, now=now),
            self._show,
            owner=self,
            slot="open",
        )

    def leave(self) -> None:
        """Let them go, or say who is missing."""
        to = self.colleagues.value if self._open else None
        if self._open and to is None:
            self.say(self.tr("Who takes it? Choose a colleague."))
            return
        name = self._member.name
        said = self.tr("{name} no longer works here").format(name=name)
        if to is not None:
            words = self.tr("{name} no longer works here; what was open is {colleague}'s")
            said = words.format(name=name, colleague=self.colleagues.chosen_name)
        self._desk.do(
            associate_leaves,
            AssociateLeaves(self._member.id, to),
            said=said,
            then=self.close_after,
            failed=self.say,
        )

    def _show(self, found: OpenWork) -> None:
        self._open = found
        if found:
            words = self.tr("Open with {name}: {what}. All of it goes to a colleague:")
            self.words.setText(words.format(name=self._member.name, what=open_words(found)))
        else:
            words = self.tr("Nothing is open with {name}, and nobody is in their book.")
            self.words.setText(words.format(name=self._member.name))
        self.colleagues.setVisible(bool(found))
        self.button.setEnabled(True)
        self._fit()
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        """What was counted, it begins with who takes it, or with the button where nobody need."""
        if self._open is None or not self.cross.hasFocus():
            return
        tiles = self.colleagues.ids
        if not self._open:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif tiles:
            self.colleagues.tile(tiles[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        if not self.isHidden():
            self._place()
