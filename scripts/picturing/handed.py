"""Handing over: the form, a client who is lent, and what waits for an answer."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.client import HandOffState
from clientele.store.queries.clients import Book, WhoseBook, client_ids
from clientele.store.queries.hand_offs import HandOffRow, hand_offs
from clientele.ui.dialogs.hand_off_word import HandOffWordSheet
from clientele.ui.dialogs.hand_over import HandOverSheet
from clientele.ui.models.hand_off_rows import DECLINE
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    nell = client(place, "Eleanor Marsh")

    def form() -> None:
        place.open_client(nell)
        settle(place)
        sheet = HandOverSheet(place.desk, place.window.content, client_id=nell)
        sheet.open_sheet()
        settle(place)
        sheet.colleagues.choose(next(iter(sheet.colleagues.ids), None))

    def lent() -> None:
        row = next(one for one in _all(place) if one.lends)
        place.open_client(row.named.client_id)

    def declining() -> HandOffWordSheet:
        row = next(one for one in _all(place) if one.state == HandOffState.OFFERED)
        return HandOffWordSheet(place.desk, place.window.content, row, DECLINE)

    return [
        Scene("hand-over", form),
        Scene("client-lent", lent),
        Scene("hand-off-decline", over(place, place.today, declining)),
        Scene("client-handed", lambda: place.open_client(client(place, "Priya Oberoi"))),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book: its first client, where there is one, and nobody to hand them to."""
    with place.store.read() as session:
        ids = client_ids(session, WhoseBook(Book.STORE, place.desk.me.id))
    if not ids:
        return []

    def form() -> HandOverSheet:
        return HandOverSheet(place.desk, place.window.content, client_id=ids[0])

    return [Scene("hand-over", over(place, place.today, form))]


def _all(place: Workplace) -> tuple[HandOffRow, ...]:
    with place.store.read() as session:
        found = hand_offs(session, place.desk.me.id, now=place.desk.now())
    return (*found.inbox, *found.lent_out, *found.lent_in)
