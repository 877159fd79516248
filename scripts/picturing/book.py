"""The book: whose client, who is away, several clients at once."""

from __future__ import annotations

from pathlib import Path

from clientele.store.queries.clients import Book
from clientele.ui.dialogs.away import AwaySheet
from clientele.ui.dialogs.give import GiveSheet
from clientele.ui.dialogs.whose import WhoseSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    nell = client(place, "Eleanor Marsh")

    def whose() -> None:
        place.open_client(nell)
        settle(place)
        WhoseSheet(place.desk, place.window.content, nell).open_sheet()

    def others() -> None:
        place.window.show_page(place.clients)
        place.clients.show_book(Book.STORE)
        settle(place)
        WhoseSheet(place.desk, place.window.content, _of_a_colleague(place)).open_sheet()

    def chosen() -> None:
        place.window.show_page(place.clients)
        place.clients.show_book(Book.MINE)
        settle(place)
        place.clients.chosen.only(place.clients.model.ids()[1:4])

    def give() -> GiveSheet:
        ids = list(place.clients.model.ids()[:12])
        return GiveSheet(place.desk, place.window.content, ids)

    return [
        Scene("whose", whose),
        Scene("whose-colleague", others),
        Scene("clients-chosen", chosen),
        Scene("clients-give", over(place, place.clients, give)),
        *bare(place),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [
        Scene(
            "away", over(place, place.today, lambda: AwaySheet(place.desk, place.window.content))
        ),
    ]


def _of_a_colleague(place: Workplace) -> int:
    """The first client in the list whom somebody else owns."""
    mine, ids = place.desk.me.name, place.clients.model.ids()
    for at, client_id in enumerate(ids):
        words = place.clients.model.index(at, 0).data()
        if words and mine not in words and "Henrik" in words:
            return client_id
    return ids[-1]
