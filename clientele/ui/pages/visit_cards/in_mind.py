"""What should not be forgotten while they are here? Open promises and days that are coming."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from clientele.domain.rules.promises import Standing
from clientele.store.queries.in_mind import InMind
from clientele.store.queries.occasions import OccasionAhead
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.models.plan_words import kind_words, occasion_words
from clientele.ui.models.rows import ChipSpec, Row
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList


class InMindCard(Card):
    """Promises and occasions of the client."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("InMindCard", "Keep in mind"), fill=True)
        self._desk = desk
        self.list = RowList(desk.theme, self.tr("Keep in mind"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = label(
            self.tr("No open promise, and no day coming within a month."), "label"
        )
        self.add(self._nothing)
        self.add(self.list)

    def show_found(self, found: InMind) -> None:
        """These, promises first."""
        rows = [self._promise(promise) for promise in found.promises]
        rows += [self._occasion(at, day) for at, day in enumerate(found.occasions)]
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def _promise(self, promise: PromiseRow) -> Row:
        words, tone = self._near(promise), Tone.PLAIN
        if promise.standing is Standing.READY:
            words, tone = self.tr("ready"), Tone.GREEN
        elif promise.standing is Standing.LATE:
            words, tone = self.tr("late"), Tone.RED
        elif promise.standing is Standing.AT_RISK:
            tone = Tone.AMBER
        return Row(
            ("promise", promise.id),
            after_title=promise.what,
            spoken=f"{words}, {kind_words(promise.kind)}, {promise.what}",
            lead=ChipSpec(words, tone),
        )

    def _near(self, promise: PromiseRow) -> str:
        return self._desk.formats.near_day(promise.due_on, self._desk.today())

    def _occasion(self, at: int, day: OccasionAhead) -> Row:
        who = ", ".join(part for part in (day.member, day.relation) if part)
        return Row(
            ("occasion", at),
            after_title=occasion_words(day.kind, day.title, day.years),
            sub=who,
            lead=ChipSpec(self._desk.formats.near_day(day.on, self._desk.today()), Tone.BLUE),
        )
