"""With which word is a hand-off accepted, declined or given back, if with any?"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Changes
from clientele.services.hand_offs import (
    Answer,
    EditOffer,
    accept,
    decline,
    edit_offer,
    give_back,
    withdraw,
)
from clientele.services.verb import Verb
from clientele.store.queries.hand_offs import HandOffRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.hand_off_rows import ACCEPT, BACK, DECLINE, WITHDRAW, part_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import TextField

translate = QCoreApplication.translate

VERBS: dict[str, Verb[Answer]] = {
    ACCEPT: accept,
    DECLINE: decline,
    WITHDRAW: withdraw,
    BACK: give_back,
}
"""What each action of a row does."""


def said_of(row: HandOffRow, move: str) -> str:
    """What is told once it is done."""
    words = {
        ACCEPT: translate("HandOff", "{client} is with you now"),
        DECLINE: translate("HandOff", "Declined; {client} stays with {giver}"),
        WITHDRAW: translate("HandOff", "Withdrawn; {client} stays with you"),
        BACK: translate("HandOff", "{client} is with {giver} again"),
    }[move]
    return words.format(client=shown_name(row.named), giver=row.giver.name)


class HandOffWordSheet(DraftedSheet):
    """A word for whoever gave the client, which may stay empty: accepted, declined, given back."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        row: HandOffRow,
        move: str,
        *,
        then: Callable[[Changes], object] | None = None,
    ) -> None:
        title = {
            ACCEPT: translate("HandOff", "Accept {client}"),
            DECLINE: translate("HandOff", "Decline {client}"),
            BACK: translate("HandOff", "Give {client} back"),
        }[move].format(client=shown_name(row.named))
        super().__init__(desk, over, title, f"{move} hand-off {row.id}")
        self._row, self._move, self._then = row, move, then
        about = part_words(row) + (f": {row.note}" if row.note else "")
        self.body.addWidget(label(about, "label"))
        name = self.tr("A word for {name}, if you like").format(name=row.giver.name)
        self.word = TextField(name, hint=self._hint())
        self.add_field(name, self.word)
        self.word.typed.connect(lambda _: self.save_draft())
        self.add_button(
            {
                ACCEPT: self.tr("Accept"),
                DECLINE: self.tr("Decline"),
                BACK: self.tr("Give back"),
            }[move],
            self.keep,
            primary=True,
        )
        self.look_for_draft()

    def typed_now(self) -> dict[str, str]:
        """The word."""
        return {"word": self.word.value} if self.word.value.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The word that was typed before."""
        self.word.set_value(fields.get("word", ""))

    def keep(self) -> None:
        """Make the move."""
        self.keep_as(
            VERBS[self._move],
            Answer(self._row.id, self.desk.me.id, self.word.value, draft=self.place),
            said=said_of(self._row, self._move),
            then=self._then,
        )

    def _hint(self) -> str:
        return {
            ACCEPT: self.tr("I will call her on Monday"),
            DECLINE: self.tr("I am away next week"),
            BACK: self.tr("She asked for you"),
        }[self._move]


class OfferNoteSheet(DraftedSheet):
    """The note of an offer that waits, said otherwise."""

    def __init__(self, desk: Desk, over: QWidget, row: HandOffRow) -> None:
        title = translate("HandOff", "What {name} should know").format(name=row.taker.name)
        super().__init__(desk, over, title, f"note of hand-off {row.id}")
        self._row = row
        self.note = TextField(title, row.note, lines=3)
        self.add_field(self.tr("Note"), self.note)
        self.note.typed.connect(lambda _: self.save_draft())
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.look_for_draft()

    def typed_now(self) -> dict[str, str]:
        """The note, where it was changed."""
        words = self.note.value
        return {"note": words} if words.strip() != self._row.note else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The note as it was typed before."""
        self.note.set_value(fields.get("note", ""))

    def keep(self) -> None:
        """Write it."""
        row = self._row
        self.keep_as(
            edit_offer,
            EditOffer(row.id, self.desk.me.id, self.note.value, row.client_told, self.place),
            said=self.tr("Note changed"),
        )
