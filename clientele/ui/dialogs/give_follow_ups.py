"""Which colleague does these follow-ups? By one touch, for one or for many."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.cover import Away
from clientele.services.changes import Changes
from clientele.services.follow_ups_many import GiveFollowUps, give_follow_ups
from clientele.store.queries.acting import away_on
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.colleague_tiles import ColleagueTiles


class GiveFollowUpsSheet(PassingSheet):
    """Call ``open_sheet`` after making it. Emits ``given`` once they are the colleague's.

    A touch on a tile gives them; ``whose`` are those whose they are already.
    """

    given = Signal()

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        ids: Sequence[int],
        about: str,
        *,
        whose: Collection[int] = (),
    ) -> None:
        title = QCoreApplication.translate(
            "GiveFollowUpsSheet", "Give %n follow-up(s) to a colleague", "", len(ids)
        )
        super().__init__(desk, over, title, width=560)
        self._ids = tuple(ids)
        self._asked = False
        alone = set(whose)
        self.colleagues = ColleagueTiles(
            desk, self.tr("To whom"), without=alone if len(alone) == 1 else ()
        )
        self.colleagues.chosen.connect(self.give)
        self.colleagues.loaded.connect(self._begin)
        if about:
            self.body.addWidget(label(about))
        self.body.addWidget(
            label(
                self.tr(
                    "They see it among theirs and who asked; you go on seeing it until it is "
                    "done. The client stays whose they are."
                ),
                "label",
            )
        )
        self.body.addWidget(self.colleagues)

    def _begin(self) -> None:
        """Who is away is asked for: what is given to them would be their cover's."""
        today = self._desk.today()
        self._desk.ask(lambda session: away_on(session, today), self._mark, owner=self, slot="away")

    def _mark(self, found: tuple[Away, ...]) -> None:
        """Colleagues who are here stand first; the keyboard goes to the first of them.

        Whoever gives stands after them: there are some of another's among what they chose.
        """
        away = {one.associate_id: one for one in found}
        words = self.tr("away, back {day}")
        notes = {
            key: words.format(day=self._desk.formats.near_day(one.back_on, self._desk.today()))
            for key, one in away.items()
        }
        here = [key for key in self.colleagues.ids if key not in away and key != self._by]
        self.colleagues.mark([*here, self._by], notes)
        if self.isVisible() and self.colleagues.ids:
            first = self.colleagues.tile(self.colleagues.ids[0])
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self, to: int) -> None:
        """Give them to this colleague."""
        if self._asked:
            return
        self._asked = True
        mine = to == self._by
        name = self.tr("you") if mine else self.colleagues.chosen_name
        said = self.tr("%n follow-up(s) given to {name}", "", len(self._ids)).format(name=name)
        what = GiveFollowUps(self._ids, to, self._by)
        self._desk.do(give_follow_ups, what, said=said, then=self._given, failed=self._refused)

    def _given(self, _: Changes) -> None:
        self.given.emit()
        self.close_sheet()

    def _refused(self, sentence: str) -> None:
        self._asked = False
        self.colleagues.choose(None)
        self.say(sentence)
