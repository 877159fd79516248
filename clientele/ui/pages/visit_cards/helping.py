"""How does it stand with the colleague at this stop, and what can be done next?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from clientele.domain.rules.visits import Help
from clientele.services.colleagues import (
    ColleagueGoes,
    ComeBack,
    Join,
    LeaveThemWith,
    colleague_goes,
    come_back,
    join,
    leave_them_with,
)
from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow


class HelpLine(Flow):
    """Words and buttons for the colleague, or for whoever brought them in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(across=Space.SMALL, down=0)
        self.setAccessibleName(self.tr("The colleague at this stop"))
        self._desk = desk
        self._shown: object = None
        self.words = label("", "sub", wrap=False)
        self.buttons: dict[str, Button] = {}
        self.add(self.words)
        self.hide()

    def show_visit(self, visit: VisitPage) -> None:
        """The stop where the client is now."""
        stop, me = visit.stop, self._desk.me.id
        if stop is None or stop.colleague_id is None or visit.left_at is not None:
            self._shown = None
            self.hide()
            return
        mine = stop.colleague_id == me
        shown = (stop.id, stop.help, stop.colleague, mine, visit.associate)
        if shown == self._shown:
            return
        self._shown = shown
        self.words.setText(self._words(visit, stop.help, stop.colleague, mine=mine))
        self.buttons = {
            name: Button(words, act, kind="quiet")
            for name, words, act in self._acts(stop.id, stop.help, stop.colleague, mine=mine)
        }
        pieces: list[QWidget] = [self.words, *self.buttons.values()]
        self.set_widgets(pieces)
        self.show()

    def _words(self, visit: VisitPage, state: Help, colleague: str, *, mine: bool) -> str:
        if mine:
            return {
                Help.ASKED: self.tr("{name} asks you to join them here."),
                Help.JOINED: self.tr("You and {name} are with them."),
                Help.ALONE: self.tr("You are with them; {name} stepped away."),
            }[state].format(name=visit.associate)
        return {
            Help.ASKED: self.tr("{name} was asked to come."),
            Help.JOINED: self.tr("{name} has joined."),
            Help.ALONE: self.tr("{name} is with them meanwhile."),
        }[state].format(name=colleague)

    def _acts(
        self, stop: int, state: Help, colleague: str, *, mine: bool
    ) -> Sequence[tuple[str, str, Callable[[], object]]]:
        do = self._desk.do
        joined = ("join", self.tr("I am here") if mine else self.tr("Joined"),
                  lambda: do(join, Join(stop)))  # fmt: skip
        leave = (
            "leave",
            self.tr("Leave them with {name}").format(name=colleague),
            lambda: do(
                leave_them_with,
                LeaveThemWith(stop),
                said=self.tr("{name} is with them now.").format(name=colleague),
            ),
        )
        back = ("back", self.tr("Back with them"), lambda: do(come_back, ComeBack(stop)))
        goes = (
            "goes",
            self.tr("I am done here") if mine else self.tr("Without {name}").format(name=colleague),
            lambda: do(
                colleague_goes,
                ColleagueGoes(stop),
                said=self.tr("{name} is not with them any more.").format(name=colleague),
            ),
        )
        if mine:
            return [joined, goes] if state is Help.ASKED else [goes]
        return {
            Help.ASKED: [joined, leave, goes],
            Help.JOINED: [leave, goes],
            Help.ALONE: [back, goes],
        }[state]
