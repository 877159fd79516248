"""What was last of whom one is about to call: what they bought, or what they brought back."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from clientele.domain.tables import LineReturn, Purchase, PurchaseLine
from clientele.services.rows import new_id
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.pages.client_at_hand import ClientAtHand


def rung(store: Store, client: int, clock: FixedClock, item: str, amount: int, days: int) -> int:
    """A ticket of one line so many days ago; answers the line."""
    at = clock.now() - timedelta(days=days)
    with store.write() as session:
        ticket = new_id(
            session,
            Purchase(
                client_id=client, sold_at=at, sold_on=at.date(), currency="EUR", total=amount
            ),
        )  # fmt: skip
        return new_id(
            session,
            PurchaseLine(purchase_id=ticket, department_id=1, item=item, amount=amount),
        )


def test_goods_that_came_back_are_not_told_as_bought(
    desk: Desk, nell: int, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    sold = rung(store, nell, clock, "Loafer, navy", 19_600, 2)
    back = rung(store, nell, clock, "Loafer, navy", -19_600, 1)
    with store.write() as session:
        session.add(LineReturn(sold_line_id=sold, return_line_id=back, why="heel slips"))
    hand = ClientAtHand(desk)
    qtbot.addWidget(hand)
    hand.show_client(nell)
    qtbot.waitUntil(desk.idle)
    words = [row.after_title for row in hand.last.rows()]
    assert words[:2] == ["Brought back: Loafer, navy: heel slips", "Loafer, navy"]
