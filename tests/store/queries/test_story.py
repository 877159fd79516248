"""Is the story told once, in order, whole, and a page at a time?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.history import Purchase, PurchaseLine
from clientele.domain.tables import ContactMade, Visit, VisitStop
from clientele.services.clients import NewClient, new_client
from clientele.services.notes import KeepNote, keep_note
from clientele.services.promises import EndPromise, MakePromise, end_promise, make_promise
from clientele.services.rows import new_id
from clientele.store.queries.story import StoryEntry, Told, story
from tests.services.floor import Floor


def told(floor: Floor, *kinds: str, limit: int = 60) -> list[StoryEntry]:
    return list(floor.ask(story, floor.daniel, kinds=kinds, limit=limit))


def ticket(floor: Floor, ago: int, visit: int | None = None) -> int:
    """A ticket of two departments, rung by Okafor, its shoes credited to Silva."""
    at = floor.clock.now() - timedelta(days=ago)
    with floor.store.write() as session:
        key = new_id(
            session,
            Purchase(
                client_id=floor.daniel, visit_id=visit, sold_at=at, sold_on=at.date(),
                currency="EUR", total=72_500, receipt="0412-8831", associate_id=floor.okafor,
            ),
        )  # fmt: skip
        for department, item, amount, by in (
            (floor.suits, "Suit, navy, 42R", 60_000, floor.okafor),
            (floor.shoes, "Derby, black", 12_000, floor.silva),
            (floor.shoes, "", 500, floor.silva),
        ):
            session.add(
                PurchaseLine(
                    purchase_id=key, department_id=department, item=item, amount=amount,
                    associate_id=by,
                )
            )  # fmt: skip
    return key


def visit(floor: Floor, ago: int, *, left: bool = True) -> int:
    at = floor.clock.now() - timedelta(days=ago)
    key = floor.add(
        Visit(
            client_id=floor.daniel, associate_id=floor.okafor, arrived_at=at,
            left_at=at if left else None, here_for="a wedding",
        )
    )  # fmt: skip
    floor.add(VisitStop(visit_id=key, department_id=floor.suits, started_at=at))
    floor.add(VisitStop(visit_id=key, department_id=floor.shoes, position=1))
    return key


def test_a_ticket_says_what_where_who_and_how_much(floor: Floor) -> None:
    ticket(floor, 3)
    (entry,) = told(floor)
    assert entry.kind == Told.PURCHASE
    assert entry.departments == ("Men's Suits", "Men's Shoes")
    assert entry.items == ("Suit, navy, 42R", "Derby, black")
    assert (entry.associate, entry.colleagues) == ("R. Okafor", ("M. Silva",))
    assert (entry.amount, entry.currency, entry.receipt) == (72_500, "EUR", "0412-8831")


def test_a_visit_that_ended_in_a_ticket_is_told_once(floor: Floor) -> None:
    with_ticket = visit(floor, 3)
    ticket(floor, 3, with_ticket)
    without = visit(floor, 5)
    open_now = visit(floor, 0, left=False)
    assert [(entry.kind, entry.id, entry.state) for entry in told(floor)] == [
        (Told.VISIT, open_now, "open"),
        (Told.PURCHASE, 1, "visit"),
        (Told.VISIT, without, ""),
    ]
    assert told(floor)[2].departments == ("Men's Suits",)
    assert told(floor)[2].words == "a wedding"


def test_every_kind_is_told_the_newest_first(floor: Floor) -> None:
    floor.clock.advance(timedelta(hours=-4))
    promise = floor.new(
        make_promise,
        MakePromise(
            floor.daniel, floor.silva, "repair", "heel tip", date(2026, 11, 24),
            department_id=floor.shoes,
        ),
    )  # fmt: skip
    floor.clock.advance(timedelta(hours=1))
    floor.do(keep_note, KeepNote(floor.daniel, "walks a lot", floor.okafor, say_first=True))
    floor.clock.advance(timedelta(hours=1))
    floor.do(end_promise, EndPromise(promise, kept=True, word="free", by=floor.silva))
    floor.clock.advance(timedelta(hours=1))
    floor.add(
        ContactMade(
            client_id=floor.daniel, associate_id=floor.okafor, channel="call", summary="happy",
            took_place_at=floor.clock.now(),
        )
    )  # fmt: skip
    assert [(entry.kind, entry.words, entry.associate) for entry in told(floor)] == [
        (Told.CONTACT, "happy", "R. Okafor"),
        (Told.PROMISE_ENDED, "heel tip: free", "M. Silva"),
        (Told.NOTE, "walks a lot", "R. Okafor"),
        (Told.PROMISE, "heel tip", "M. Silva"),
    ]
    assert [entry.words for entry in told(floor, Told.NOTE)] == ["walks a lot"]
    assert [entry.kind for entry in told(floor, Told.PROMISE, Told.PROMISE_ENDED)] == [
        Told.PROMISE_ENDED,
        Told.PROMISE,
    ]
    assert told(floor)[1].state == "kept"
    assert told(floor)[2].state == "say first"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_page_after_page_is_the_whole_story(floor: Floor, size: int) -> None:
    for ago in (0, 0, 1, 1, 2):
        ticket(floor, 10 + ago + 100 * size) if ago == 2 else None
        visit(floor, ago)
        at = floor.clock.now() - timedelta(days=ago)
        with floor.store.write() as session:
            keep_note(session, KeepNote(floor.daniel, f"note {ago}", floor.okafor), now=at)
    whole = told(floor)
    assert len(whole) == 11
    pages: list[StoryEntry] = []
    while True:
        after = pages[-1].mark if pages else None
        page = floor.ask(story, floor.daniel, after=after, limit=size)
        if not page:
            break
        pages += page
        assert len(pages) <= len(whole), "something is told twice"
    assert pages == whole


def test_nothing_of_another_client_is_told(floor: Floor) -> None:
    other = floor.new(new_client, NewClient(floor.silva, "Ada"))
    floor.do(keep_note, KeepNote(other, "likes emerald", floor.silva))
    assert told(floor) == []
