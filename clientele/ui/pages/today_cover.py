"""For whom does one answer today, is one away, does an e-mail ask? Calm words above the day."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.store.queries.absences import Standing, standing_in
from clientele.store.queries.outbox import Outbox, outbox
from clientele.ui.desk import Desk
from clientele.ui.models.absence_rows import away_words, covered_words
from clientele.ui.models.outbox_rows import today_words
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.card import Banner
from clientele.ui.widgets.emptying import empty


class CoverBanners(QWidget):
    """One banner for each colleague covered, one for one's own absence, one for the outbox.

    Ask by ``look``. Emits ``wanted`` when somebody wants to see or change who is away, and
    ``outbox_wanted`` for what asks there.
    """

    wanted = Signal()
    outbox_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said: tuple[str, ...] = ()
        self._away: tuple[str, ...] = ()
        self._mail = ""
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
        query = partial(outbox, associate_id=me, today=today)
        self._desk.ask(query, self._show_mail, owner=self, slot="outbox")

    def _show_mail(self, box: Outbox) -> None:
        self._mail = today_words(box, self._desk.formats, self._desk.now())
        self._say()

    def _show(self, standing: Standing) -> None:
        formats = self._desk.formats
        away = away_words(standing, formats)
        said = tuple(covered_words(one, formats) for one in standing.covered)
        self._away = (*((away,) if away else ()), *said)
        self._say()

    def _say(self) -> None:
        said = (*self._away, self._mail) if self._mail else self._away
        if said == self._said:
            return
        self._said = said
        empty(self._column)
        for sentence in self._away:
            banner = Banner(sentence, Tone.BLUE, self.tr("Who is away"), self.wanted.emit)
            self._column.addWidget(banner)
        if self._mail:
            self._column.addWidget(
                Banner(self._mail, Tone.AMBER, self.tr("Outbox"), self.outbox_wanted.emit)
            )
        self.setVisible(bool(said))
