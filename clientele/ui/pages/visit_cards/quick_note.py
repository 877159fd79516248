"""What was just said? Plain words, saved as they are typed, kept with one key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from clientele.services.drafts import TypeDraft, sensitive_mark
from clientele.services.notes import KeepNote, keep_note
from clientele.services.visits import note_draft
from clientele.store.queries.team import draft
from clientele.store.queries.visit import VisitPage
from clientele.ui.card_numbers import keep_draft
from clientele.ui.desk import Desk
from clientele.ui.pages.note_offers import NoteOffers
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import KeyCap, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner, Card
from clientele.ui.widgets.fields import TextField


class QuickNoteCard(Card):
    """The note box of the visit that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("QuickNoteCard", "Quick note"))
        self._desk = desk
        self._visit: VisitPage | None = None
        self.add_beside_title(KeyCap(self.tr("Ctrl N")))
        self.box = TextField(
            self.tr("Quick note"),
            hint=self.tr("fiancée likes emerald, ring size 6, wedding 5 dec"),
        )
        self.box.typed.connect(self._save)
        self.box.left.connect(desk.seal)
        self.add(self.box)
        self.banner = Banner(tone=Tone.AMBER)
        self.banner.hide()
        self.add(self.banner)
        self.sensitive = QCheckBox(self.tr("Sensitive: never say this"))
        self.sensitive.setAccessibleName(self.sensitive.text())
        self.sensitive.hide()
        self.sensitive.clicked.connect(self._mark)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.saved = label("", "sub")
        row.addWidget(self.saved, 1)
        row.addWidget(self.sensitive)
        self.keep_button = Button(self.tr("Keep note"), self.keep, key="Ctrl+Return")
        row.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(foot)
        self.offers = NoteOffers(desk)
        self.offers.left.connect(self.box.setFocus)
        self.add(self.offers)
        self._tell("")

    def show_visit(self, visit: VisitPage) -> None:
        """Another visit, or the same as it is now."""
        other = self._visit is None or self._visit.id != visit.id
        self._visit = visit
        self.setVisible(visit.left_at is None)
        self.offers.show_client(visit.named.client_id, visit.id)
        if other:
            self.box.clearFocus()
            self._found("")
            self._wrong("")
            self.sensitive.setChecked(False)
            self.load_draft()

    def forget(self) -> None:
        """Another associate has come: begin anew with whatever is shown next."""
        self._visit = None

    def load_draft(self) -> None:
        """Bring back what was typed and not kept."""
        if self._visit is not None:
            by, place = self._desk.me.id, note_draft(self._visit.id)
            self._desk.ask(lambda session: draft(session, by, place), self._found, owner=self)
            self._desk.ask(
                lambda session: draft(session, by, sensitive_mark(place)),
                lambda mark: self.sensitive.setChecked(bool(mark)),
                owner=self,
                slot="mark",
            )

    def keep(self) -> None:
        """The words become a note of the client's story."""
        words = self.box.value
        if self._visit is None or not words.strip():
            self.box.setFocus()
            return
        stop = self._visit.stop
        self._desk.do(
            keep_note,
            KeepNote(
                self._visit.named.client_id,
                words,
                self._desk.me.id,
                visit_id=self._visit.id,
                department_id=stop.department_id if stop else None,
                sensitive=self.sensitive.isChecked(),
                draft=note_draft(self._visit.id),
            ),
            said=self.tr("Note kept."),
            then=lambda changes: self._kept(words, changes.subject),
            failed=self._wrong,
        )

    def _kept(self, words: str, note_id: int | None) -> None:
        if self.box.value == words:
            self.box.clear()
            self.sensitive.setChecked(False)
            self.offers.take_up(note_id)
        self._tell("")

    def _found(self, words: str) -> None:
        self.box.set_value(words)
        self._tell(self.box.value)

    def _save(self, words: str) -> None:
        if self._visit is None:
            return
        place = note_draft(self._visit.id)
        self._tell(words)
        keep_draft(
            self._desk,
            TypeDraft(self._desk.me.id, place, words),
            kept=lambda: self._wrong(""),
            refused=self._wrong,
        )

    def _mark(self, yes: bool) -> None:
        """The mark is kept beside the words: it is theirs also when the visit ends first."""
        if self._visit is not None:
            place = sensitive_mark(note_draft(self._visit.id))
            what = TypeDraft(self._desk.me.id, place, "yes" if yes else "")
            keep_draft(self._desk, what, refused=self._wrong)

    def _wrong(self, why: str) -> None:
        self.box.set_wrong(why)
        if self.banner.sentence.text() != why:
            self.banner.say(why)

    def _tell(self, words: str) -> None:
        self.keep_button.setEnabled(bool(words.strip()))
        self.sensitive.setVisible(bool(words.strip()))
        self.saved.setText(
            self.tr("Saved as you type.")
            if words.strip()
            else self.tr("What they say, in plain words.")
        )
