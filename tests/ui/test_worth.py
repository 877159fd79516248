"""Is it worked out once a day, and after a change, without anybody asking?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.tables import WorthCall, WorthRun
from clientele.services.changes import Changes, Kind
from clientele.services.clients import EditClient, edit_client
from clientele.services.wishes import NotHereYet, not_here_yet
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.worth import FEW, WorthACall
from tests.services.floor import Floor
from tests.services.worth import OVERDUE, Callers
from tests.ui.at_work import settle
from tests.ui.conftest import Team


@pytest.fixture
def callers(store: Store, clock: FixedClock, team: Team) -> Callers:
    """Clients of R. Okafor's, to be made."""
    return Callers(Floor(store, clock, team.okafor.id, team.sato.id, 1, 2, 1, 0))


@pytest.fixture
def worth(desk: Desk, store: Store, qtbot: QtBot) -> Iterator[WorthACall]:
    """What works it out."""
    made = WorthACall(desk, store, desk)
    yield made
    made.stop()


def kept(store: Store) -> set[int]:
    """Who is worth a call."""
    with store.read() as session:
        return {row.client_id for row in session.scalars(select(WorthCall))}


def done(worth: WorthACall, desk: Desk, qtbot: QtBot) -> None:
    """Until nothing waits or runs."""
    worth.look()
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: not worth.busy)
    settle(desk, qtbot)


def test_once_a_day(
    worth: WorthACall, callers: Callers, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    key, store = callers.client("Late", OVERDUE), callers.floor.store
    done(worth, desk, qtbot)
    assert kept(store) == {key}
    assert [changes.kinds for changes in heard] == [frozenset({Kind.WORTH_RUN})]
    done(worth, desk, qtbot)
    assert len(heard) == 1
    clock.advance(timedelta(1))
    done(worth, desk, qtbot)
    assert len(heard) == 2
    with store.read() as session:
        assert session.scalars(select(WorthRun)).one().worked_on == desk.today()


def test_another_terminal_went_through_them_today(
    worth: WorthACall, callers: Callers, desk: Desk, qtbot: QtBot
) -> None:
    callers.client("Late", OVERDUE)
    callers.work_out()
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    done(worth, desk, qtbot)
    assert heard == []


def test_soon_after_a_change(worth: WorthACall, callers: Callers, desk: Desk, qtbot: QtBot) -> None:
    key, store = callers.client("Wish"), callers.floor.store
    wish = callers.wish(key)
    done(worth, desk, qtbot)
    assert kept(store) == {key}
    steps = desk.can_undo()
    desk.do(not_here_yet, NotHereYet(wish))
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: kept(store) == set(), timeout=1_000)
    assert not steps
    desk.undo()
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: kept(store) == {key}, timeout=1_000)


def test_after_many_at_once_all_are_gone_through(
    worth: WorthACall, callers: Callers, desk: Desk, qtbot: QtBot
) -> None:
    store = callers.floor.store
    done(worth, desk, qtbot)
    keys = {callers.client(f"Late{at}", OVERDUE) for at in range(3)}
    many = frozenset(range(1, FEW + 2)) | keys
    desk.changed.emit(Changes({Kind.PURCHASE.value: frozenset({1})}, many))
    assert worth.busy
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    done(worth, desk, qtbot)
    assert kept(store) == keys
    assert [changes.kinds for changes in heard] == [frozenset({Kind.WORTH_RUN})]


def test_a_change_that_says_nothing_of_it_waits_for_nobody(
    worth: WorthACall, callers: Callers, desk: Desk, qtbot: QtBot
) -> None:
    key = callers.client("Late", OVERDUE)
    done(worth, desk, qtbot)
    for kind in (Kind.NOTE, Kind.WORTH_CALL, Kind.WORTH_DAY):
        desk.changed.emit(Changes({kind.value: frozenset({1})}, frozenset({key})))
        assert not worth.busy
    desk.do(edit_client, EditClient(key, "preferred_name", "Lea"))
    settle(desk, qtbot)
    assert worth.busy
    done(worth, desk, qtbot)
    assert kept(callers.floor.store) == {key}


def test_nobody_is_signed_in(worth: WorthACall, callers: Callers, desk: Desk, qtbot: QtBot) -> None:
    callers.client("Late", OVERDUE)
    desk.sign(None)
    done(worth, desk, qtbot)
    assert kept(callers.floor.store) == set()
