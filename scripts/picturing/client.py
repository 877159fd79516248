"""A client: their page with the story, and the brief."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest

from clientele.store.queries.clients import Book, WhoseBook, first_ids
from clientele.ui.pages.client_cards.story import StoryCard
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, pause, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    nell = client(place, "Eleanor Marsh")

    def whole() -> None:
        place.open_client(nell)
        place.client.story.filter.show_all()

    return [
        Scene("client", whole),
        Scene("brief", lambda: place.open_brief(nell)),
        *_stories(place, nell),
    ]


def _stories(place: Workplace, nell: int) -> list[Scene]:
    """Her story: of one kind, searched, nothing found, years ago, and one entry whole."""

    def told(then: Callable[[StoryCard], object]) -> Callable[[], None]:
        def enter() -> None:
            card = place.client.story
            place.open_client(nell)
            settle(place)
            card.filter.show_all()
            settle(place)
            then(card)

        return enter

    def words(looked_for: str) -> Callable[[StoryCard], object]:
        def find(card: StoryCard) -> None:
            card.find_words()
            QTest.keyClicks(card.filter.field, looked_for)
            pause(200)

        return find

    def ticket(card: StoryCard) -> None:
        rows = card.model.rows()
        card.list.opened.emit(next(row.key for row in rows if row.trailing))

    def right(card: StoryCard) -> None:
        card.filter.more.chosen.emit("right")
        settle(place)
        card.list.opened.emit(card.model.rows()[0].key)

    return [
        Scene("client-story-promises", told(lambda card: card.parts.chosen.emit("promises"))),
        Scene("client-story-returns", told(lambda card: card.filter.more.chosen.emit("returns"))),
        Scene("client-story-found", told(words("loafer navy"))),
        Scene("client-story-nothing", told(words("umbrella"))),
        Scene("client-story-2025", told(lambda card: card.filter.year_asked.emit(2025))),
        Scene("client-story-ticket", told(ticket)),
        Scene("client-story-made-right", told(right)),
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
