"""A visit with items on its ticket, for tests of what is rung."""

from __future__ import annotations

from clientele.domain.visits import Outcome
from clientele.services.shown_items import SetOutcome, ShowItem, set_outcome, show_item
from clientele.services.tickets import RingOnce, ring_once
from clientele.store.queries.ticket import Item
from clientele.store.queries.visit import VisitPage, visit_page
from tests.services.floor import Floor

CARD = "4111 1111 1111 1111"


def page(floor: Floor, visit: int) -> VisitPage:
    """The visit as its page shows it."""
    found = floor.ask(visit_page, visit)
    assert isinstance(found, VisitPage)
    return found


def shown(floor: Floor, visit: int, text: str, outcome: str = Outcome.KEEPING) -> int:
    """Show an item where the client is now, and say what became of it."""
    stop = page(floor, visit).stop
    assert stop is not None
    key = floor.new(show_item, ShowItem(stop.id, text, floor.okafor))
    if outcome != Outcome.SHOWN:
        floor.do(set_outcome, SetOutcome(key, outcome))
    return key


def item(floor: Floor, visit: int, key: int) -> Item:
    """One item of the visit."""
    return next(one for one in page(floor, visit).items if one.id == key)


def rung(floor: Floor, visit: int, receipt: str, *paid_ahead: int) -> int:
    """Ring what waits, and answer the purchase."""
    return floor.new(ring_once, RingOnce(visit, receipt, floor.okafor, part_payments=paid_ahead))
