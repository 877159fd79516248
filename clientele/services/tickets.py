"""The one ticket over all departments: what is kept and what comes back, rung once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.ticket import line_amount, total
from clientele.domain.tables import (
    LineReturn,
    Purchase,
    PurchaseLine,
    ShownItem,
    Visit,
    VisitStop,
)
from clientele.domain.visits import Outcome
from clientele.services.credit import credit_line, parts_of, shared_out, taken_back
from clientele.services.drafts import forget_draft
from clientele.services.part_payments import use_part_payments
from clientele.services.returns import refuse_second_return
from clientele.services.rows import new_id, profile, the
from clientele.services.verb import verb
from clientele.services.wish_lines import come_back_to_the_list, leave_the_list


class NothingToRing(Refusal):
    """No kept item is waiting for the till."""

    template = "Nothing is being kept yet. Nothing was rung; mark what the client keeps first."


class PriceMissing(Refusal):
    """A kept item has no price."""

    template = "“{item}” has no price. Nothing was rung; type its price and ring again."


class MarkDownWhyMissing(Refusal):
    """Something is taken off, and nobody said why."""

    template = "Why is something taken off “{item}”? Nothing was rung; say why and ring again."


class ReceiptMissing(Refusal):
    """The till's reference was not given."""

    template = "The till's reference is missing. Nothing was rung; type the number on the receipt."


class RungAlready(Refusal):
    """The same receipt was rung today for this client."""

    template = (
        "Receipt {receipt} was rung for this client today already. "
        "Nothing was rung twice; check the number on the receipt."
    )


class TicketChanged(Refusal):
    """What is rung is not what was looked at."""

    template = (
        "The ticket changed while you looked at it. "
        "Nothing was rung; check the total and ring again."
    )


@dataclass(frozen=True, slots=True)
class RingOnce:
    """Ring all that is kept or comes back, in all departments, with the till's reference."""

    visit_id: int
    receipt: str
    by: int
    draft: str = ""
    """The place of the draft that the reference was typed in; it is cleared."""
    part_payments: tuple[int, ...] = ()
    """Ids of the payments ahead that are taken off what is to pay."""
    seen: int | None = None
    """The total that was on the screen, in minor units: what the client is asked for. With None
    the ticket is rung as it stands."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What is about to be rung; ``amount`` below zero for what comes back."""

    item: ShownItem
    department_id: int
    amount: int

    @property
    def back(self) -> bool:
        return self.item.outcome == Outcome.RETURN


def receipt_draft(visit_id: int) -> str:
    """The place under which the till's reference is kept while it is typed."""
    return f"receipt of visit {visit_id}"


@verb
def ring_once(session: Session, what: RingOnce, /, *, now: datetime) -> int | None:
    """Turn what is kept or comes back into one purchase over all departments; answer its id.

    Each line keeps its department and who is credited; the total is the sum of the lines, whatever
    was paid ahead. A line that comes back names the sold line, and takes back its credit. What
    was wished for leaves the wish list, and what was for one of the household is a gift to them.

    Raises:
        ReceiptMissing: there is no till's reference.
        NothingToRing: nothing is kept that was not rung.
        PriceMissing: a kept item has no price.
        MarkDownTooLarge: more is taken off a line than it comes to.
        MarkDownWhyMissing: something is taken off a line without a reason.
        CameBackAlready: what comes back was brought back meanwhile.
        TicketChanged: it comes to something else than was seen.
        PartPaymentUsed: a payment ahead is no longer there for this ticket.
        RungAlready: the client has a purchase of this receipt on this day.
    """
    visit = the(session, Visit, what.visit_id)
    store = profile(session)
    receipt = " ".join(what.receipt.split())
    if not receipt:
        raise ReceiptMissing
    sold_on = now.astimezone(ZoneInfo(store.time_zone)).date()
    _refuse_second_ring(session, visit.client_id, receipt, sold_on)
    lines = [_priced(item, place) for item, place in _waiting(session, what.visit_id)]
    if not lines:
        raise NothingToRing
    whole = total(line.amount for line in lines)
    if what.seen not in (None, whole):
        raise TicketChanged
    forget_draft(session, what.by, what.draft)
    purchase_id = new_id(
        session,
        Purchase(
            client_id=visit.client_id,
            visit_id=visit.id,
            receipt=receipt,
            sold_at=now,
            sold_on=sold_on,
            associate_id=what.by,
            currency=store.currency,
            total=whole,
        ),
    )
    written = [(_write(session, line, purchase_id), line.item) for line in lines]
    leave_the_list(
        session,
        visit.client_id,
        [(line, item) for line, item in written if line.quantity > 0],
        by=what.by,
        now=now,
    )
    use_part_payments(
        session,
        what.part_payments,
        client_id=visit.client_id,
        purchase_id=purchase_id,
        currency=store.currency,
    )
    return purchase_id


def _waiting(session: Session, visit_id: int) -> list[tuple[ShownItem, int]]:
    rows: Any = session.execute(
        select(ShownItem, col(VisitStop.department_id), col(PurchaseLine.department_id))
        .join(VisitStop, col(VisitStop.id) == col(ShownItem.stop_id))
        .outerjoin(PurchaseLine, col(PurchaseLine.id) == col(ShownItem.returns_line_id))
        .where(
            col(VisitStop.visit_id) == visit_id,
            col(ShownItem.outcome).in_((Outcome.KEEPING, Outcome.RETURN)),
            col(ShownItem.purchase_line_id).is_(None),
        )
        .order_by(col(VisitStop.position), col(ShownItem.position))
    )
    return [(item, here if sold_in is None else sold_in) for item, here, sold_in in rows]


def _priced(item: ShownItem, department_id: int) -> _Line:
    if item.price is None:
        raise PriceMissing(item=item.item)
    amount = line_amount(item.price, item.quantity, item.mark_down, item=item.item)
    if item.outcome == Outcome.RETURN:
        return _Line(item, department_id, -amount)
    if item.mark_down and not item.mark_down_why.strip():
        raise MarkDownWhyMissing(item=item.item)
    return _Line(item, department_id, amount)


def _write(session: Session, ringing: _Line, purchase_id: int) -> PurchaseLine:
    item = ringing.item
    off = 0 if ringing.back else item.mark_down
    line = PurchaseLine(
        purchase_id=purchase_id,
        department_id=ringing.department_id,
        item=f"{item.item}, {item.detail}" if item.detail else item.item,
        sku=item.sku,
        quantity=-item.quantity if ringing.back else item.quantity,
        amount=ringing.amount,
        mark_down=off,
        mark_down_why=item.mark_down_why.strip() if off else "",
    )
    if not ringing.back:
        parts = parts_of(session, item)
        item.purchase_line_id = new_id(session, line)
        credit_line(session, line, shared_out(ringing.amount, parts))
        return line
    refuse_second_return(session, item)
    sold = item.returns_line_id
    credited = {} if sold is None else taken_back(session, sold, -ringing.amount)
    item.purchase_line_id = key = new_id(session, line)
    credit_line(session, line, credited)
    if sold is not None:
        session.add(LineReturn(sold_line_id=sold, return_line_id=key, why=item.why.strip()))
        session.flush()
        come_back_to_the_list(session, sold)
    return line


def _refuse_second_ring(session: Session, client_id: int, receipt: str, sold_on: date) -> None:
    same = session.scalar(
        select(col(Purchase.id)).where(
            col(Purchase.client_id) == client_id,
            col(Purchase.receipt) == receipt,
            col(Purchase.sold_on) == sold_on,
        )
    )
    if same is not None:
        raise RungAlready(receipt=receipt)
