"""Does a client whom nobody owns go into one book, and stay where there is an owner?"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.errors import NotThere
from clientele.domain.tables import BookMembership
from clientele.services.books import OwnedByAnother, TakeIntoBook, take_into_book
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    return a_floor(store, clock)


def owners(floor: Floor) -> list[int]:
    return list(floor.ask(lambda s: s.scalars(select(col(BookMembership.associate_id))).all()))


def test_a_client_of_nobody_is_taken_once_and_given_back_by_undo(floor: Floor) -> None:
    changes = floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor, "he asked for me"))
    again = floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    assert again.subject == changes.subject
    assert again.undo is None
    assert owners(floor) == [floor.okafor]
    floor.undo(changes)
    assert owners(floor) == []


def test_nobody_takes_a_colleague_s_client(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    with pytest.raises(OwnedByAnother, match=r"R\. Okafor owns this client"):
        floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.silva))
    assert owners(floor) == [floor.okafor]


def test_after_an_ownership_ended_another_begins(floor: Floor) -> None:
    now = floor.clock.now()
    floor.add(
        BookMembership(
            client_id=floor.daniel, associate_id=floor.okafor, since=now, until=now
        )
    )  # fmt: skip
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.silva))
    assert owners(floor) == [floor.okafor, floor.silva]
    with pytest.raises(NotThere):
        floor.do(take_into_book, TakeIntoBook(4711, floor.silva))
