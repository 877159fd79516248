"""How is a note of the story changed? In a sheet, saved as it is typed; emptied, it goes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QWidget

from clientele.services.changes import Changes
from clientele.services.notes import (
    EditNote,
    MarkSensitive,
    SayFirst,
    edit_note,
    mark_sensitive,
    say_first,
)
from clientele.store.queries.notes import NoteMarks, note_marks
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.pages.note_offers import NoteOffers
from clientele.ui.widgets.fields import TextField


class EditNoteSheet(PassingSheet):
    """One note: its words, and whether they are said first or never."""

    def __init__(
        self, desk: Desk, over: QWidget, note_id: int, words: str, *, say_first_now: bool
    ) -> None:
        super().__init__(desk, over, QCoreApplication.translate("EditNoteSheet", "Note"))
        self._note_id = note_id
        self.words = TextField(self.tr("Note"), words, lines=4)
        self.words.typed.connect(self._type)
        self.words.left.connect(desk.seal)
        self.body.addWidget(self.words)
        self.first = QCheckBox(self.tr("Say this first next time"))
        self.first.setChecked(say_first_now)
        self.first.toggled.connect(self._say_first)
        self.body.addWidget(self.first)
        self.sensitive = QCheckBox(self.tr("Sensitive: never say this"))
        self.sensitive.toggled.connect(self._mark_sensitive)
        self.body.addWidget(self.sensitive)
        self.offers = NoteOffers(desk)
        self.offers.left.connect(self.words.setFocus)
        self.offers.show_note(note_id)
        self.body.addWidget(self.offers)
        self.add_button(self.tr("Remove note"), self._remove)
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)
        self._ask_marks()

    def _type(self, words: str) -> None:
        if words.strip():
            what = EditNote(self._note_id, to_keep(self._desk, self.words, words))
            self._desk.do(edit_note, what, merge=("note", self._note_id), failed=self.say)

    def _say_first(self, yes: bool) -> None:
        what = SayFirst(self._note_id, yes)
        self._desk.do(say_first, what, then=self._marked, failed=self.say)

    def _mark_sensitive(self, yes: bool) -> None:
        what = MarkSensitive(self._note_id, yes)
        self._desk.do(mark_sensitive, what, then=self._marked, failed=self.say)

    def _marked(self, _: Changes) -> None:
        self._ask_marks()

    def _ask_marks(self) -> None:
        note_id = self._note_id
        self._desk.ask(
            lambda session: note_marks(session, note_id), self._show, owner=self, slot="marks"
        )

    def _show(self, marks: NoteMarks | None) -> None:
        """As the book has it: one mark takes the other away."""
        if marks is None:
            return
        for box, yes in ((self.first, marks.say_first), (self.sensitive, marks.sensitive)):
            with QSignalBlocker(box):
                box.setChecked(yes)

    def _remove(self) -> None:
        what = EditNote(self._note_id, "")
        self._desk.do(edit_note, what, said=self.tr("Note removed"))
        self.close_sheet()
