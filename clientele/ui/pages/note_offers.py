"""What do the notes offer? A calm list under the note box: kept, dropped or left for later."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clientele.services.changes import Changes, Kind
from clientele.services.note_offers import (
    DropOffer,
    KeepOffer,
    KeepOffers,
    drop_offer,
    keep_offer,
    keep_offers,
)
from clientele.store.queries.note_offers import OfferRow, offers_of_note, offers_waiting
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.offer_words import DROP, KEEP, offer_row
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.row_list import RowList

AT_ONCE = 4
"""How many are shown before one asks for all: the story stays in sight."""


class NoteOffers(QWidget):
    """The offers of one client that wait, or of one visit's notes or one note alone.

    Emits ``left`` when the keyboard is done here: Esc, or the last one was decided.
    """

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = 0
        self._visit_id: int | None = None
        self._note_id: int | None = None
        self._just_kept: int | None = None
        self._all = False
        self._offers: tuple[OfferRow, ...] = ()
        self._deciding: set[int] = set()
        """Kept or dropped a moment ago, and out of sight at once: the next key is of the next."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        self.title = label("", "hint")
        head.addWidget(self.title, 1)
        self.keep_button = Button(self.tr("Keep all"), self.keep_all, kind="link")
        self.keep_button.setToolTip("Ctrl+Shift+K")
        head.addWidget(self.keep_button)
        column.addLayout(head)
        self.list = RowList(
            desk.theme, self.tr("Offered from the notes"), style=Style(inset=Space.TIGHT)
        )
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._correct)
        column.addWidget(self.list)
        self.more = Button("", self._show_all, kind="link")
        self.more.hide()
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        desk.changed.connect(self._heard)

    def show_client(self, client_id: int, visit_id: int | None = None) -> None:
        """The offers of this client from now on, in a visit only of what was said there."""
        if (client_id, visit_id) != (self._client_id, self._visit_id):
            self._client_id, self._visit_id = client_id, visit_id
            self._all, self._just_kept = False, None
            self._show(())
        self._ask()

    def show_note(self, note_id: int) -> None:
        """Only what this note offers."""
        self._note_id = note_id
        self._ask()

    def take_up(self, note_id: int | None) -> None:
        """This note was just kept: the keyboard goes to what it offers, if it offers anything."""
        self._just_kept = note_id
        self._ask()

    def keep_all(self) -> None:
        """Keep all that is shown, as one step."""
        keys = tuple(offer.id for offer in self._shown())
        if keys:
            what = KeepOffers(keys, self._desk.me.id)
            self._desk.do(keep_offers, what, said=self.tr("%n offer(s) kept", "", len(keys)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves them for later."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _heard(self, changes: Changes) -> None:
        if changes.touch(Kind.NOTE_OFFER, client=self._client_id or None):
            self._ask()

    def _ask(self) -> None:
        client, visit, note = self._client_id, self._visit_id, self._note_id
        if note is not None:
            self._desk.ask(
                lambda session: offers_of_note(session, note),
                self._show,
                owner=self,
                slot="offers",
            )
        elif client:
            self._desk.ask(
                lambda session: offers_waiting(session, client, visit_id=visit),
                self._show,
                owner=self,
                slot="offers",
            )

    def _show(self, offers: tuple[OfferRow, ...]) -> None:
        had_keyboard = self.list.hasFocus() or self.keep_button.hasFocus()
        self._deciding &= {offer.id for offer in offers}
        offers = tuple(offer for offer in offers if offer.id not in self._deciding)
        self._offers = offers
        shown = self._shown()
        self.title.setText(self.tr("%n offer(s) from the notes", "", len(offers)))
        left_over = len(offers) - len(shown)
        self.keep_button.setVisible(len(shown) > 1)
        self.keep_button.set_words(self.tr("Keep these") if left_over else self.tr("Keep all"))
        self.more.setVisible(left_over > 0)
        self.more.set_words(self.tr("%n more", "", left_over))
        if had_keyboard and not offers:
            self.left.emit()
        self.setVisible(bool(offers))
        self.list.set_rows([offer_row(offer, self._desk) for offer in shown])
        self.list.updateGeometry()
        note, self._just_kept = self._just_kept, None
        first = next((offer for offer in shown if offer.note_id == note), None)
        if first is not None and not _is_writing():
            self.list.set_current(first.id)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self, self._into_sight)

    def _into_sight(self) -> None:
        """Scroll the page, once it is laid out, so that all that is offered can be seen."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.isVisible():
            area.ensureWidgetVisible(self)

    def _shown(self) -> tuple[OfferRow, ...]:
        return self._offers if self._all else self._offers[:AT_ONCE]

    def _show_all(self) -> None:
        self._all = True
        self._show(self._offers)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, key: int, name: str) -> None:
        by = self._desk.me.id
        if name == KEEP:
            self._desk.do(
                keep_offer, KeepOffer(key, by), said=self.tr("Kept"), failed=self._refused
            )
        elif name == DROP:
            self._desk.do(
                drop_offer, DropOffer(key, by), said=self.tr("Dropped"), failed=self._refused
            )
        else:
            return
        # Nothing was read, so the offers in sight are the ones before, without this one.
        offers = self._offers
        self._deciding.add(key)
        self._show(offers)

    def _refused(self, sentence: str) -> None:
        """What could not be kept stands there again, with the reason."""
        self._deciding.clear()
        self._desk.refused.emit(sentence)
        self._ask()

    def _correct(self, key: int) -> None:
        from clientele.ui.dialogs.correct_offer import CorrectOfferSheet

        offer = next((offer for offer in self._offers if offer.id == key), None)
        if offer is not None:
            sheet = CorrectOfferSheet(self._desk, self, offer)
            sheet.open_sheet(focus=sheet.first_field())


def _is_writing() -> bool:
    """Whether the next note is being written already: then the keyboard stays there."""
    field = QApplication.focusWidget()
    return isinstance(field, TextField) and bool(field.value.strip())
