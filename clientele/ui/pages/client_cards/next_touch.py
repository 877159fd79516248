"""When does this client hear from us next? One line in the heading, always there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from clientele.services.changes import Changes, Kind
from clientele.store.queries.next_touch import Next, next_touch_of
from clientele.ui.desk import Desk
from clientele.ui.models.next_touch_words import next_touch_tone, next_touch_words
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import restyle

TOUCHED = frozenset(
    {
        Kind.ABSENCE,
        Kind.APPOINTMENT,
        Kind.BOOK_MEMBERSHIP,
        Kind.FOLLOW_UP,
        Kind.OCCASION,
        Kind.PROMISE,
        Kind.VISIT,
    }
)


class NextTouchLine(QLabel):
    """“next: call Tue 24 Nov, L. Sato”, “overdue: promise Thu 19 Nov, you”, “nothing planned”."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._client_id: int | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("words", "sub")
        self.setMinimumHeight(Space.TARGET)
        self.hide()
        desk.changed.connect(self._heard)

    def show_client(self, client_id: int) -> None:
        """Ask for this client's."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.hide()
        self._ask()

    def _ask(self) -> None:
        client_id, today = self._client_id, self._desk.today()
        if client_id is None:
            return
        self._desk.ask(
            lambda session: next_touch_of(session, client_id, today=today),
            self._show,
            owner=self,
            slot="next",
        )

    def _heard(self, changes: Changes) -> None:
        if self._client_id is not None and changes.touch(*TOUCHED, client=self._client_id):
            self._ask()

    def _show(self, one: Next) -> None:
        if one.client_id != self._client_id:
            return
        desk = self._desk
        words = next_touch_words(one, desk.today(), desk.formats, me=desk.me.id)
        if one.next.others:
            words = self.tr("{next} · %n more", "", one.next.others).format(next=words)
        self.setText(words)
        late = next_touch_tone(one) == Tone.AMBER
        self.setProperty("tone", Tone.AMBER.value if late else "")
        restyle(self)
        self.show()
        parent = self.parentWidget()
        if parent is not None:
            parent.updateGeometry()
