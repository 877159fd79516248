"""Is somebody who was just entered compared with the book by itself?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clientele.services.clients import AddContactPoint, NewClient, add_contact_point, new_client
from clientele.store.queries.duplicates import count_pairs
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.twice import Twice
from tests.ui.at_work import settle


@pytest.fixture
def twice(desk: Desk) -> Iterator[Twice]:
    parent = QObject()
    made = Twice(desk, parent)
    yield made
    made.stop()


def pairs(store: Store) -> int:
    with store.read() as session:
        return count_pairs(session)


def test_a_number_that_somebody_has_makes_a_pair(
    qtbot: QtBot, desk: Desk, store: Store, twice: Twice
) -> None:
    made: list[int | None] = []
    me = desk.me.id
    desk.do(new_client, NewClient(me, "Jon", "Smith", phone="06 12345678"))
    desk.do(new_client, NewClient(me, "John", "Smith"), then=lambda c: made.append(c.subject))
    settle(desk, qtbot)
    twice.look()
    settle(desk, qtbot)
    assert pairs(store) == 0
    assert made[0] is not None
    desk.do(add_contact_point, AddContactPoint(made[0], "+31 6 12345678"))
    settle(desk, qtbot)
    twice.look()
    settle(desk, qtbot)
    assert pairs(store) == 1
    desk.undo()
    settle(desk, qtbot)
    twice.look()
    settle(desk, qtbot)
    assert pairs(store) == 0
