"""A suit is bought and a birthday remembered: one associate, three departments, one ticket."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.tables import Associate, BookMembership, CreditShare, Promise, PurchaseLine
from clientele.store.queries.team import associates
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.e2e.hand import Hand
from tests.e2e.shop import Shop, daniel


def find(hand: Hand, typed: str, name: str) -> None:
    hand.key("Ctrl+K")
    hand.write(typed)
    hand.wait_for(name)
    hand.key("Down")
    hand.key("Return")


def show(hand: Hand, typed: str, item: str) -> None:
    hand.into("Item")
    hand.write(typed)
    hand.key("Return")
    hand.wait_for(item)
    hand.press("Keeping")


def buy_the_suit(hand: Hand) -> None:
    """He is here for a suit, and remembers his wife's birthday."""
    find(hand, "dan", "Daniel Tran")
    hand.key("Ctrl+Return")
    hand.press("Greet")
    show(hand, "Navy suit, 42R 890.00", "Navy suit")
    hand.key("Ctrl+N")
    hand.write("wife's birthday 27 Nov, wants a dress for her")
    hand.key("Ctrl+Return")


def walk_to_sportswear_with_a_colleague(hand: Hand) -> None:
    """The owner walks along, and brings in who knows the stock."""
    hand.key("Ctrl+Right")
    hand.click_row("Women's Sportswear")
    hand.wait_for("Shown in Women's Sportswear")
    hand.wait_for("UK 12")
    hand.wait_for("wife's birthday 27 Nov")
    hand.key("Ctrl+J")
    hand.click_row("Lena Sato")
    hand.press("Joined")
    hand.wait_for("Lena Sato has joined.")
    show(hand, "Silk dress, UK 12, emerald 245.01", "Silk dress")
    hand.wait_for("Ring once · €1,135.01")


def credit(store: Store) -> dict[int, dict[str, int]]:
    """By the amount of each line, what each colleague is credited with where it is shared."""
    with store.read() as session:
        lines = session.execute(select(col(PurchaseLine.id), col(PurchaseLine.amount))).all()
        shared = {}
        for key, amount in lines:
            rows = session.execute(
                select(col(Associate.name), col(CreditShare.amount))
                .join(CreditShare, col(CreditShare.associate_id) == col(Associate.id))
                .where(col(CreditShare.purchase_line_id) == key)
            )
            shared[amount] = {row[0]: row[1] for row in rows}
        return shared


def promise_the_hem_and_ring_once(hand: Hand) -> None:
    """What is promised gets a day, and everything is paid once."""
    hand.key("Ctrl+Shift+P")
    hand.wait_for("New promise")
    hand.write("trousers hemmed")
    hand.into("Piece")
    hand.write("navy suit 42R, trousers")
    hand.into("Measures")
    hand.write("inside leg 81 cm, no break")
    hand.press("Tomorrow")
    hand.key("Ctrl+Return")
    hand.wait_for("Promised for")
    hand.key("Ctrl+Return")
    hand.into("The till's reference")
    hand.write("0412-8831")
    hand.key("Return")
    hand.wait_for("Rung once: €1,135.01")


def hand_the_hem_to_alterations(hand: Hand) -> None:
    """The work goes along with a note; it counts once it is accepted."""
    hand.key("Ctrl+H")
    hand.press("Marco Ricci")
    hand.press("Alterations")
    hand.press("trousers hemmed")
    hand.into("What they should know")
    hand.write("he leaves at noon")
    hand.key("Ctrl+Return")
    hand.wait_for("Offered to Marco Ricci")
    hand.press("Leave")


def accept_and_do_the_work(hand: Hand) -> None:
    """In Alterations it is read, taken on and done."""
    hand.wait_for("“he leaves at noon”")
    hand.press_on_row("Daniel Tran", "Accept")
    hand.wait_for("for Ruth Okafor")
    hand.key("Ctrl+5")
    hand.press_on_row("Daniel Tran", "Sent")
    hand.wait_for("Ready (R)")
    hand.press_on_row("Daniel Tran", "Ready")
    hand.wait_for("Collected (R)")


def keep_the_promise(hand: Hand) -> None:
    """He is back for it the next day."""
    hand.key("Ctrl+5")
    hand.press_on_row("Daniel Tran", "Collected")
    hand.wait_for("Kept this week")


def responsible(store: Store, client: int) -> dict[str, str]:
    """The owner, and who has the hem in hand."""
    with store.read() as session:
        names = {one.id: one.name for one in associates(session)}
        owner = session.scalars(
            select(col(BookMembership.associate_id)).where(
                col(BookMembership.client_id) == client,
                col(BookMembership.role) == BookRole.OWNER,
                col(BookMembership.until).is_(None),
            )
        ).one()
        hem = session.execute(select(col(Promise.associate_id), col(Promise.colleague_id))).one()
        in_hand = "" if hem[1] is None else names[hem[1]]
        return {"owner": names[owner], "promised": names[hem[0]], "in hand": in_hand}


def test_a_suit_and_a_present(
    shop: Shop, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with shop.store.write() as session:
        client = daniel(session, 1, clock.now())
    hand = shop.hand
    steps: dict[str, int] = {}

    def did(what: str) -> None:
        steps[what] = hand.actions - sum(steps.values())

    shop.sign_in("Ruth Okafor")
    did("sign in")
    buy_the_suit(hand)
    did("greet, suit, note")
    walk_to_sportswear_with_a_colleague(hand)
    did("to Sportswear, with a colleague and a dress")
    promise_the_hem_and_ring_once(hand)
    did("promise the hem, ring once")
    assert credit(shop.store) == {890_00: {}, 245_01: {"Ruth Okafor": 122_51, "Lena Sato": 122_50}}
    hand_the_hem_to_alterations(hand)
    did("hand the hem to Alterations")
    before = responsible(shop.store, client)
    assert before == {"owner": "Ruth Okafor", "promised": "Ruth Okafor", "in hand": ""}

    shop.sign_in("Marco Ricci")
    accept_and_do_the_work(hand)
    did("accept, sew, ready")
    assert responsible(shop.store, client) == before | {"in hand": "Marco Ricci"}

    clock.advance(timedelta(days=1))
    shop.sign_in("Ruth Okafor")
    keep_the_promise(hand)
    did("keep the promise")
    hand.press("Open client")
    hand.wait_for("Across the store")
    hand.key("Ctrl+B")
    for words in (
        "Navy suit",
        "Silk dress",
        "€1,135.01",
        "Anna, wife",
        "wife's birthday 27 Nov",
        "trousers hemmed",
    ):
        hand.wait_for(words)
    did("next brief")
    with capsys.disabled():
        counts = " · ".join(f"{what} {count}" for what, count in steps.items())
        sys.stdout.write(f"\nA suit and a present, {hand.actions} actions: {counts}\n")
