"""How many of it, and what is taken off? Kept as typed, on an item that waits for the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.money import parse_price
from clientele.domain.rules.ticket import (
    MarkDownTooLarge,
    gross,
    parse_percent,
    parse_quantity,
    percent_off,
)
from clientele.domain.tables import ShownItem
from clientele.domain.visits import Outcome
from clientele.services.returns import set_returned_quantity
from clientele.services.rows import profile
from clientele.services.shown_items import changeable
from clientele.services.verb import verb


class NoPriceToMarkDown(Refusal):
    """A percentage of a price that is not known."""

    template = "“{item}” has no price yet. Nothing was taken off; type its price first."


class ReturnNotMarkedDown(Refusal):
    """Nothing is taken off what is given back."""

    template = "“{item}” comes back. Nothing was taken off; change what is given back instead."


@dataclass(frozen=True, slots=True)
class SetQuantity:
    """How many of a shown item, as typed: “2”, “1.5”."""

    shown_item_id: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkDown:
    """What is taken off a line, as typed: an amount, or a percentage (“10%”); and why.

    None leaves what stands there.
    """

    shown_item_id: int
    off: str | None = None
    why: str | None = None


@verb
def set_quantity(session: Session, what: SetQuantity, /, *, now: datetime) -> int | None:
    """Say how many. A mark-down stays in proportion; a return gives back what was paid for them.

    Raises:
        NotAQuantity: the text is none.
        MoreThanIsLeft: more comes back than the client still has.
        RungItemStays: the item is on a ticket that was rung.
    """
    row = changeable(session, what.shown_item_id)
    quantity = parse_quantity(what.text)
    if row.outcome == Outcome.RETURN:
        set_returned_quantity(session, row, quantity)
        return row.id
    if row.mark_down:
        off = (2 * row.mark_down * quantity + row.quantity) // (2 * row.quantity)
        row.mark_down = off if row.price is None else min(off, gross(row.price, quantity))
    row.quantity = quantity
    return row.id


@verb
def mark_down(session: Session, what: MarkDown, /, *, now: datetime) -> int | None:
    """Take something off the line, and say why; an empty amount takes nothing off.

    Raises:
        NotAnAmount: it is neither an amount nor a percentage.
        NoPriceToMarkDown: a percentage, and the price is not known.
        MarkDownTooLarge: more than the line comes to.
        ReturnNotMarkedDown: the client brings the item back.
        RungItemStays: the item is on a ticket that was rung.
    """
    row = changeable(session, what.shown_item_id)
    if row.outcome == Outcome.RETURN:
        raise ReturnNotMarkedDown(item=row.item)
    if what.off is not None:
        row.mark_down = _off(row, what.off, profile(session).currency)
    if what.why is not None:
        row.mark_down_why = what.why
    return row.id


def _off(row: ShownItem, text: str, currency: str) -> int:
    percent = parse_percent(text)
    if percent is not None:
        if row.price is None:
            raise NoPriceToMarkDown(item=row.item)
        return percent_off(gross(row.price, row.quantity), percent)
    off = abs(parse_price(text.replace("−", "-"), currency) or 0)
    if row.price is not None and off > gross(row.price, row.quantity):
        raise MarkDownTooLarge(item=row.item)
    return off
