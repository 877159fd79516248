"""What is done with several follow-ups at once? How many are chosen, and the acts for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal

from clientele.store.queries.follow_ups import FollowUpRow
from clientele.ui.desk import Desk, Me
from clientele.ui.pages.follow_up_acts import FollowUpActs
from clientele.ui.speech import announce
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow


class ChosenFollowUps(Flow):
    """The bar above the list while any are chosen. Emits ``changed`` when others are."""

    changed = Signal()

    def __init__(self, desk: Desk, acts: FollowUpActs) -> None:
        super().__init__(across=Space.SMALL, down=Space.TIGHT)
        self._desk, self._acts = desk, acts
        self._ids: dict[int, None] = {}
        self._rows: dict[int, FollowUpRow] = {}
        self.count = label("", "strong", wrap=False)
        self.done = Button(self.tr("Done…"), self._do(acts.done_many), kind="primary", key="D")
        self.snooze = Button(self.tr("Snooze…"), self._do(acts.snooze_many), key="S")
        self.give = Button(self.tr("Give to…"), self._do(acts.give_many), key="G")
        self.drop = Button(self.tr("Not do them…"), self._do(acts.drop_many), key="X")
        self.all = Button("", self.choose_all)
        self.none = Button(self.tr("Let go"), self.let_go, kind="quiet", key="Esc")
        for widget in (
            self.count, self.done, self.snooze, self.give, self.drop, self.all, self.none,
        ):  # fmt: skip
            self.add(widget)
        self._whose = desk.me.id if desk.is_signed_in else None
        desk.signed.connect(self._signed)
        self.hide()

    @property
    def rows(self) -> tuple[FollowUpRow, ...]:
        """Which are chosen, in the order in which they were."""
        return tuple(self._rows[key] for key in self._ids)

    def has(self, follow_up_id: int) -> bool:
        """Whether it is chosen."""
        return follow_up_id in self._ids

    def offer(self, rows: Sequence[FollowUpRow]) -> None:
        """What is listed now: only of these any can be chosen."""
        self._rows = {row.id: row for row in rows}
        self._ids = {key: None for key in self._ids if key in self._rows}
        self._say()

    def toggle(self, follow_up_id: int) -> None:
        """Choose one, or no longer."""
        if follow_up_id in self._ids:
            del self._ids[follow_up_id]
        elif follow_up_id in self._rows:
            self._ids[follow_up_id] = None
        self._tell()

    def choose(self, ids: Iterable[int]) -> None:
        """Choose these as well."""
        self._ids.update(dict.fromkeys(key for key in ids if key in self._rows))
        self._tell()

    def choose_all(self) -> None:
        """Choose all that are listed."""
        self.choose(self._rows)

    def let_go(self) -> None:
        """Choose none any more."""
        if self._ids:
            self._ids = {}
            self._tell()

    def act(self, name: str) -> bool:
        """Do what a letter or button on a chosen row means with all that are chosen, if it can."""
        doing = {
            "done": self._acts.done_many,
            "snooze": self._acts.snooze_many,
            "give": self._acts.give_many,
            "drop": self._acts.drop_many,
        }.get(name)
        if doing is None or len(self._ids) < 2:
            return False
        doing(self.rows)
        return True

    def _do(self, act: Callable[[Sequence[FollowUpRow]], None]) -> Callable[[], None]:
        def run() -> None:
            if self._ids:
                act(self.rows)

        return run

    def _signed(self, me: Me | None) -> None:
        """What one chose is not the next one's."""
        if me is not None and me.id != self._whose:
            self._whose = me.id
            self.let_go()

    def _tell(self) -> None:
        self._say()
        if self._ids:
            announce(self, self.count.text())
        self.changed.emit()

    def _say(self) -> None:
        number = self._desk.formats.number
        count, there = len(self._ids), len(self._rows)
        self.count.setText(self.tr("{n} chosen").format(n=number(count)))
        self.all.set_words(self.tr("All {n}").format(n=number(there)))
        self.all.setVisible(count < there)
        self.setVisible(bool(count))
        self.updateGeometry()
        self.place()
