"""A client: their page with the story, and the brief."""

from __future__ import annotations

from pathlib import Path

from clientele.store.queries.clients import Book, WhoseBook, first_ids
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    nell = client(place, "Eleanor Marsh")
    return [
        Scene("client", lambda: place.open_client(nell)),
        Scene("brief", lambda: place.open_brief(nell)),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a book with one client, or with none: then there is nothing to show."""
    whole = WhoseBook(Book.STORE, place.desk.me.id)
    with place.store.read() as session:
        found = first_ids(session, whole, 1)
    if not found:
        return []
    return [
        Scene("client", lambda: place.open_client(found[0])),
        Scene("brief", lambda: place.open_brief(found[0])),
    ]
