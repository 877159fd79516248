"""Where is something noted about a client in plain words? In this box, kept as it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clientele.services.changes import Changes
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.notes import KeepNote, keep_note
from clientele.store.queries.team import draft
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.theme import Space
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import TextField


class NoteBox(QWidget):
    """A field and its button. The draft stands under the client and the associate.

    Emits ``kept(note id)``.
    """

    kept = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = 0
        self._by = 0
        self._showing = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        hint = self.tr("Note in plain words; Ctrl+Return keeps it")
        self.field = TextField(self.tr("Note"), hint=hint, lines=1)
        self.field.typed.connect(self._typed)
        row.addWidget(self.field, 1)
        self.button = Button(self.tr("Keep note"), self.keep, key="Ctrl+Return")
        self.button.hide()
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)

    @property
    def place(self) -> str:
        """Where the draft stands."""
        return f"note of client {self._client_id}"

    def show_client(self, client_id: int) -> None:
        """Bring back what this associate typed about this client and did not keep."""
        by = self._desk.me.id
        if (client_id, by) == (self._client_id, self._by):
            return
        self._client_id, self._by = client_id, by
        self._show("")
        place = self.place
        self._desk.ask(lambda s: draft(s, by, place), self._found, owner=self, slot="draft")

    def is_written(self) -> bool:
        """Whether the keyboard is here and there are words to keep."""
        return self.field.hasFocus() and bool(self.field.value.strip())

    def keep(self) -> None:
        """Make it a note of the story."""
        words = self.field.value
        if not words.strip():
            return
        what = KeepNote(
            self._client_id,
            words,
            self._by,
            department_id=self._desk.me.department_id,
            draft=self.place,
        )

        def kept(changes: Changes) -> None:
            if self.field.value == words:
                self._show("")
                self.kept.emit(changes.subject or 0)

        self._desk.do(keep_note, what, then=kept, said=self.tr("Note kept"))

    def _typed(self, words: str) -> None:
        if self._showing:
            return
        self.button.setVisible(bool(words.strip()))
        what = TypeDraft(self._by, self.place, to_keep(self._desk, self.field, words))
        self._desk.do(type_draft, what, merge=("draft", self.place))

    def _found(self, words: str) -> None:
        if not self.field.value:
            self._show(words)

    def _show(self, words: str) -> None:
        self._showing = True
        self.field.setPlainText(words)
        self._showing = False
        self.button.setVisible(bool(words.strip()))
