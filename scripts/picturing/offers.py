"""What notes offer: on a client's page, in a visit, in the form that corrects one, in a note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest

from clientele.store.queries.note_offers import offers_waiting
from clientele.ui.dialogs.correct_offer import CorrectOfferSheet
from clientele.ui.dialogs.edit_note import EditNoteSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, settle

SAID = (
    "daughter Lily likes emerald, size 36, wedding anniversary 5 dec, never wool, goes by Jim, "
    "text him next friday about the loafers"
)


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store: many offers, a few, the form of one, and a note with its own."""
    nell, james = client(place, "Eleanor Marsh"), client(place, "James Whitfield")

    def many() -> None:
        place.open_client(james)
        settle(place)
        box = place.client.story.note
        if len(place.client.story.offers.list.rows()) < 4:
            box.field.setFocus()
            QTest.keyClicks(box.field, SAID)
            box.keep()
            settle(place)
        place.client.story.offers.list.setFocus()

    def form(kind: str) -> Callable[[], None]:
        def enter() -> None:
            place.open_client(james)
            settle(place)
            with place.store.read() as session:
                offers = offers_waiting(session, james)
            offer = next(one for one in offers if one.kind == kind)
            CorrectOfferSheet(place.desk, place.client, offer).open_sheet()

        return enter

    def note() -> None:
        place.open_client(james)
        settle(place)
        with place.store.read() as session:
            offer = offers_waiting(session, james)[-1]
        EditNoteSheet(
            place.desk, place.client, offer.note_id, offer.note, say_first_now=False
        ).open_sheet()

    return [
        Scene("offers-few", lambda: place.open_client(nell)),
        Scene("offers", many),
        Scene("offers-follow-up", form("follow-up")),
        Scene("offers-occasion", form("occasion")),
        Scene("offers-note", note),
    ]


def bare(place: Workplace) -> list[Scene]:
    """Where no note was written there is nothing to show."""
    return []
