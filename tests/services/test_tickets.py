"""What is shown, what becomes of it, and the one ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from clientele.domain.errors import CardNumberFound
from clientele.domain.money import NotAnAmount
from clientele.domain.visits import Outcome
from clientele.services.credit import ShareCredit, share_credit
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.shown_items import (
    EditShownItem,
    RemoveShownItem,
    RungItemStays,
    SetOutcome,
    ShowItem,
    edit_shown_item,
    item_draft,
    remove_shown_item,
    set_outcome,
    show_item,
)
from clientele.services.tickets import (
    NothingToRing,
    PriceMissing,
    ReceiptMissing,
    RingOnce,
    RungAlready,
    TicketChanged,
    receipt_draft,
    ring_once,
)
from clientele.services.undo import CannotUndo
from clientele.services.visits import (
    GoTo,
    Leave,
    StartVisit,
    VisitEnded,
    go_to,
    leave,
    start_visit,
)
from clientele.store.queries.client import client_page
from clientele.store.queries.story import Told, story
from clientele.store.queries.team import draft
from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import VisitPage, visit_page
from tests.services.floor import Floor

OXFORD = "Cap-toe oxford, 10½ D 285.00"


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def page(floor: Floor, visit: int) -> VisitPage:
    found = floor.ask(visit_page, visit)
    assert isinstance(found, VisitPage)
    return found


def shown(floor: Floor, visit: int, text: str, outcome: str = Outcome.SHOWN) -> int:
    stop = page(floor, visit).stop
    assert stop is not None
    key = floor.new(show_item, ShowItem(stop.id, text, floor.okafor))
    if outcome != Outcome.SHOWN:
        floor.do(set_outcome, SetOutcome(key, outcome))
    return key


def only(floor: Floor, visit: int) -> Item:
    (item,) = page(floor, visit).items
    return item


def test_an_item_is_shown_as_typed(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD)
    item = only(floor, visit)
    assert (item.item, item.detail, item.price) == ("Cap-toe oxford", "10½ D", 28500)
    assert (item.outcome, item.credited, item.rung) == ("shown", "R. Okafor", False)


def test_empty_words_show_nothing_and_an_ended_visit_neither(floor: Floor, visit: int) -> None:
    stop = page(floor, visit).stops[0].id
    assert not floor.do(show_item, ShowItem(stop, "  ", floor.okafor))
    floor.do(leave, Leave(visit, floor.okafor))
    with pytest.raises(VisitEnded):
        floor.do(show_item, ShowItem(stop, "Belt", floor.okafor))


def test_items_keep_their_order_over_departments(floor: Floor, visit: int) -> None:
    shown(floor, visit, "Suit")
    shown(floor, visit, "Shirt")
    floor.clock.advance(timedelta(minutes=12))
    floor.do(go_to, GoTo(visit, floor.shoes))
    shown(floor, visit, "Loafer")
    assert [(item.item, item.department) for item in page(floor, visit).items] == [
        ("Suit", "Men's Suits"),
        ("Shirt", "Men's Suits"),
        ("Loafer", "Men's Shoes"),
    ]


def test_what_became_of_an_item(floor: Floor, visit: int) -> None:
    key = shown(floor, visit, OXFORD)
    floor.do(set_outcome, SetOutcome(key, Outcome.NO, why=" too narrow "))
    assert (only(floor, visit).outcome, only(floor, visit).why) == ("no", "too narrow")
    held = SetOutcome(key, Outcome.HOLD, why="ignored", hold_until=date(2026, 11, 24))
    changed = floor.do(set_outcome, held)
    assert changed.clients == {floor.daniel}
    assert (only(floor, visit).why, only(floor, visit).hold_until) == ("", date(2026, 11, 24))
    floor.undo(changed)
    assert (only(floor, visit).outcome, only(floor, visit).why) == ("no", "too narrow")


def test_a_field_is_kept_as_typed(floor: Floor, visit: int) -> None:
    key = shown(floor, visit, "Oxford")
    for field, value in (("item", "Oxford, black"), ("detail", "10½"), ("price", "285,5")):
        floor.do(edit_shown_item, EditShownItem(key, field, value))
    item = only(floor, visit)
    assert (item.item, item.detail, item.price) == ("Oxford, black", "10½", 28550)
    with pytest.raises(NotAnAmount):
        floor.do(edit_shown_item, EditShownItem(key, "price", "cheap"))
    assert only(floor, visit).price == 28550
    floor.do(edit_shown_item, EditShownItem(key, "price", ""))
    assert only(floor, visit).price is None
    with pytest.raises(ValueError, match="associate_id"):
        floor.do(edit_shown_item, EditShownItem(key, "associate_id", "9"))


def test_an_item_entered_by_mistake_goes_and_comes_back(floor: Floor, visit: int) -> None:
    key = shown(floor, visit, OXFORD, Outcome.KEEPING)
    removed = floor.do(remove_shown_item, RemoveShownItem(key))
    assert page(floor, visit).items == ()
    floor.undo(removed)
    assert (only(floor, visit).id, only(floor, visit).outcome) == (key, "keeping")


def test_two_departments_are_rung_once(floor: Floor, visit: int) -> None:
    shown(floor, visit, "Shirt, 16/34 127.00", Outcome.KEEPING)
    shown(floor, visit, "Tie 80.00")
    floor.clock.advance(timedelta(minutes=12))
    floor.do(go_to, GoTo(visit, floor.shoes))
    oxford = shown(floor, visit, OXFORD, Outcome.KEEPING)
    floor.do(share_credit, ShareCredit(oxford, ((floor.silva, 1),)))
    assert page(floor, visit).to_pay == 41200
    rung = floor.do(ring_once, RingOnce(visit, " 0412-8831 ", floor.okafor))
    assert rung.clients == {floor.daniel}
    seen = page(floor, visit)
    assert [(ticket.receipt, ticket.total) for ticket in seen.rung] == [("0412-8831", 41200)]
    assert (seen.kept, seen.to_pay) == ((), 0)
    assert [item.rung for item in seen.items] == [True, False, True]
    client = floor.ask(client_page, floor.daniel, now=floor.clock.now())
    assert (client.tickets, client.lines, client.spent) == (1, 2, 41200)
    assert [(share.department, share.amount) for share in client.across] == [
        ("Men's Shoes", 28500),
        ("Men's Suits", 12700),
    ]
    (told,) = floor.ask(story, floor.daniel, kinds=(Told.PURCHASE,))
    assert told.items == ("Shirt, 16/34", "Cap-toe oxford, 10½ D")
    assert told.colleagues == ("M. Silva",)


def test_ringing_can_be_undone(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    rung = floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    floor.undo(rung)
    assert page(floor, visit).rung == ()
    assert page(floor, visit).to_pay == 28500
    floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    assert len(page(floor, visit).rung) == 1


def test_a_ticket_on_which_something_hangs_is_not_undone_from_below(
    floor: Floor, visit: int
) -> None:
    added = floor.do(show_item, ShowItem(page(floor, visit).stops[0].id, OXFORD, floor.okafor))
    assert added.subject is not None
    floor.do(set_outcome, SetOutcome(added.subject, Outcome.KEEPING))
    started = floor.do(go_to, GoTo(visit, floor.shoes))
    shown(floor, visit, "Belt 60.00", Outcome.KEEPING)
    with pytest.raises(CannotUndo, match="added to it since"):
        floor.undo(started)
    assert len(page(floor, visit).items) == 2


def test_more_can_be_rung_later_in_the_visit_and_after_it(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    shown(floor, visit, "Shoe trees 30.00", Outcome.KEEPING)
    floor.do(leave, Leave(visit, floor.okafor))
    floor.do(ring_once, RingOnce(visit, "2", floor.okafor))
    assert [ticket.total for ticket in page(floor, visit).rung] == [28500, 3000]


def test_nothing_is_rung_without_a_receipt_an_item_or_a_price(floor: Floor, visit: int) -> None:
    with pytest.raises(NothingToRing):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    shown(floor, visit, "Belt", Outcome.KEEPING)
    with pytest.raises(ReceiptMissing):
        floor.do(ring_once, RingOnce(visit, "  ", floor.okafor))
    with pytest.raises(PriceMissing, match="“Belt” has no price"):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor))
    assert page(floor, visit).rung == ()
    assert not any(item.rung for item in page(floor, visit).items)


def test_nothing_else_is_rung_than_what_was_seen(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    with pytest.raises(TicketChanged, match="changed while you looked"):
        floor.do(ring_once, RingOnce(visit, "1", floor.okafor, seen=28_499))
    assert page(floor, visit).rung == ()
    floor.do(ring_once, RingOnce(visit, "1", floor.okafor, seen=28_500))
    assert [ticket.total for ticket in page(floor, visit).rung] == [28_500]


def test_one_receipt_is_rung_once_a_day(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    floor.do(ring_once, RingOnce(visit, "7", floor.okafor))
    shown(floor, visit, "Belt 60.00", Outcome.KEEPING)
    with pytest.raises(RungAlready, match="Receipt 7 was rung"):
        floor.do(ring_once, RingOnce(visit, "7", floor.okafor))
    floor.clock.advance(timedelta(days=1))
    floor.do(ring_once, RingOnce(visit, "7", floor.okafor))
    assert [ticket.total for ticket in page(floor, visit).rung] == [28500, 6000]


def test_the_day_of_a_ticket_is_the_stores_day(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    # Half past midnight in Amsterdam is still the day before in UTC.
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    floor.clock.advance(late - floor.clock.now())
    floor.do(ring_once, RingOnce(visit, "7", floor.okafor))
    shown(floor, visit, "Belt 60.00", Outcome.KEEPING)
    floor.clock.advance(timedelta(hours=1))
    with pytest.raises(RungAlready):
        floor.do(ring_once, RingOnce(visit, "7", floor.okafor))


def test_what_was_rung_is_not_changed(floor: Floor, visit: int) -> None:
    key = shown(floor, visit, OXFORD, Outcome.KEEPING)
    floor.do(ring_once, RingOnce(visit, "7", floor.okafor))
    attempts: list[Callable[[], object]] = [
        lambda: floor.do(edit_shown_item, EditShownItem(key, "price", "1")),
        lambda: floor.do(set_outcome, SetOutcome(key, Outcome.NO)),
        lambda: floor.do(remove_shown_item, RemoveShownItem(key)),
    ]
    for attempt in attempts:
        with pytest.raises(RungItemStays, match="Cap-toe oxford"):
            attempt()


def test_a_card_number_is_no_receipt_and_no_item(floor: Floor, visit: int) -> None:
    shown(floor, visit, OXFORD, Outcome.KEEPING)
    with pytest.raises(CardNumberFound, match="This looks like a card number"):
        floor.do(ring_once, RingOnce(visit, "4111 1111 1111 1111", floor.okafor))
    assert page(floor, visit).rung == ()
    with pytest.raises(CardNumberFound):
        shown(floor, visit, "Belt, paid with 4111111111111111")
    shown(floor, visit, "4006381333931 12.50")
    assert page(floor, visit).items[-1].sku == "4006381333931"


def test_what_was_typed_is_kept_once(floor: Floor, visit: int) -> None:
    stop = page(floor, visit).stops[0].id
    for place, text in ((item_draft(visit), OXFORD), (receipt_draft(visit), "04")):
        floor.do(type_draft, TypeDraft(floor.okafor, place, text))
    added = floor.do(show_item, ShowItem(stop, OXFORD, floor.okafor, item_draft(visit)))
    assert added.subject is not None
    assert floor.ask(draft, floor.okafor, item_draft(visit)) == ""
    floor.do(set_outcome, SetOutcome(added.subject, Outcome.KEEPING))
    rung = floor.do(ring_once, RingOnce(visit, "04", floor.okafor, receipt_draft(visit)))
    assert floor.ask(draft, floor.okafor, receipt_draft(visit)) == ""
    assert page(floor, visit).items[0].purchase_id == rung.subject
    floor.undo(rung)
    assert floor.ask(draft, floor.okafor, receipt_draft(visit)) == "04"
