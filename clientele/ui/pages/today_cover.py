"""For whom does one answer today, and is one away oneself? Calm sentences above the day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.store.queries.absences import Standing, standing_in
from clientele.ui.desk import Desk
from clientele.ui.models.absence_rows import away_words, covered_words
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import empty
from clientele.ui.widgets.card import Banner


class CoverBanners(QWidget):
    """One banner for each colleague covered, and one for one's own absence.

    Ask by ``look``. Emits ``wanted`` when somebody wants to see or change who is away.
    """

    wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SMALL)
        self.hide()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said, one for each banner."""
        return self._said

    def look(self) -> None:
        """Ask for whom the associate who is signed in answers today."""
        me, today = self._desk.me.id, self._desk.today()
        self._desk.ask(
            lambda session: standing_in(session, me, today), self._show, owner=self, slot="cover"
        )

    def _show(self, standing: Standing) -> None:
        formats = self._desk.formats
        away = away_words(standing, formats)
        said = tuple(covered_words(one, formats) for one in standing.covered)
        said = (*((away,) if away else ()), *said)
        if said == self._said:
            return
        self._said = said
        empty(self._column)
        for sentence in said:
            banner = Banner(sentence, Tone.BLUE, self.tr("Who is away"), self.wanted.emit)
            self._column.addWidget(banner)
        self.setVisible(bool(said))
