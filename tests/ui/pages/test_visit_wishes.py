"""Does a wish stand at its stop, become an item, and what was for somebody their gift?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Gift, HouseholdMember, ShownItem
from clientele.domain.visits import Outcome
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.wishes import AddWish, add_wish
from clientele.store.queries.wishes import wishes_of
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.pages.visit import VisitPage
from tests.ui.pages.tran import Tran
from tests.ui.pages.visit_hand import of, titles


@pytest.fixture
def julia(visit_shown: VisitPage, store: Store, tran: Tran, desk: Desk) -> int:
    """Of Daniel's household."""
    with store.write() as session:
        client = of(store, tran.visit).named.client_id
        who = AddHouseholdMember(client, "Julia", "fiancée")
        made = add_household_member(session, who, now=desk.now())
    assert made.subject is not None
    return made.subject


def wishes(store: Store, client: int) -> list[str]:
    with store.read() as session:
        return [row.item for row in wishes_of(session, client)]


def test_a_wish_for_here_is_shown_with_one_key_and_stays_a_wish_until_it_is_rung(
    visit_shown: VisitPage,
    store: Store,
    tran: Tran,
    desk: Desk,
    julia: int,
    settle: Callable[[], None],
) -> None:
    page = visit_shown
    client = of(store, tran.visit).named.client_id
    stop = of(store, tran.visit).stop
    assert stop is not None
    what = AddWish(
        client, desk.me.id, "Velvet slipper, 10 D, for Julia, 180", None, stop.department_id
    )
    desk.do(add_wish, what)
    settle()
    before = wishes(store, client)
    rows = page.department.wishes.rows()
    assert [row.after_title for row in rows] == ["Velvet slipper, 10 D"]
    page.department.wishes.setFocus()
    QTest.keyClick(page.department.wishes, Qt.Key.Key_S)
    settle()
    assert "Velvet slipper" in titles(page)[0] + titles(page)[-1]
    assert page.department.wishes.isHidden()
    assert wishes(store, client) == before
    row = next(row for row in page.shown._in_order() if "Velvet" in row.title.text())
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Y)
    settle()
    assert "for Julia" in row.sub.text()
    with store.write() as session:
        ring_once(session, RingOnce(tran.visit, "0412", desk.me.id), now=desk.now())
    assert "Velvet slipper" not in wishes(store, client)
    with store.read() as session:
        assert session.scalar(select(col(Gift.household_member_id))) == julia


def test_for_whom_an_item_is_is_said_at_the_item_and_undone(
    visit_shown: VisitPage,
    store: Store,
    desk: Desk,
    julia: int,
    settle: Callable[[], None],
) -> None:
    page = visit_shown
    row = next(row for row in page.shown._in_order() if row.item.outcome == Outcome.KEEPING)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_G)
    settle()
    assert row.terms is not None
    assert row.terms.whom.isVisible()
    QTest.mouseClick(row.terms.whom.choice._buttons[str(julia)], Qt.MouseButton.LeftButton)
    settle()

    def whose() -> int | None:
        with store.read() as session:
            return session.scalar(
                select(col(ShownItem.household_member_id)).where(ShownItem.id == row.item.id)  # type: ignore[arg-type]
            )

    assert whose() == julia
    assert "for Julia" in row.sub.text()
    desk.undo()
    settle()
    assert whose() is None
    with store.read() as session:
        assert session.get(HouseholdMember, julia) is not None
