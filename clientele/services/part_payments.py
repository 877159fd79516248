"""Money that a client pays ahead: kept with the till's reference, taken off the next ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.money import parse_price
from clientele.domain.tables import Client, PartPayment
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, profile, the
from clientele.services.verb import verb

MOST = 10**10
"""Minor units from which on an amount is taken for a slip, such as a receipt's number."""


class NothingPaidAhead(Refusal):
    """The amount is missing, nothing, or below it."""

    template = "How much was paid? Nothing was kept; type an amount above zero, like 50.00."


class TooMuchPaidAhead(Refusal):
    """The amount is larger than any ticket."""

    template = "“{text}” is more than anything costs. Nothing was kept; check the amount."


class ForWhatMissing(Refusal):
    """The words that say for what are missing."""

    template = "What was it paid for? Nothing was kept; write a few words, like: coat, navy."


class PaidAheadReceiptMissing(Refusal):
    """The till's reference of the payment is missing."""

    template = (
        "The till's reference is missing. The payment was not kept; type the number on the receipt."
    )


class PaidAheadAlready(Refusal):
    """A payment ahead of the same receipt is there already."""

    template = (
        "Receipt {receipt} stands here already. "
        "Nothing was kept twice; check the number on the receipt."
    )


class PartPaymentUsed(Refusal):
    """A part payment that is no longer there for a ticket."""

    template = (
        "A payment ahead was used or taken away meanwhile. "
        "Nothing was rung; look at what is left to pay and ring again."
    )


class PartPaymentStays(Refusal):
    """A part payment that was taken off a ticket."""

    template = "This payment was taken off a ticket. It was not removed; undo the ticket first."


@dataclass(frozen=True, slots=True)
class PayAhead:
    """A client pays a part ahead: the amount as typed, for what, and the till's reference."""

    client_id: int
    by: int
    amount: str
    what: str
    receipt: str
    visit_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in; it is cleared."""


@dataclass(frozen=True, slots=True)
class RemovePartPayment:
    """A payment ahead that was a mistake, or was given back at the till."""

    part_payment_id: int


@verb
def pay_ahead(session: Session, what: PayAhead, /, *, now: datetime) -> int | None:
    """Keep a payment ahead and answer its id. It waits for the client's next ticket.

    Raises:
        NotAnAmount: the amount cannot be read.
        NothingPaidAhead: it is nothing or below.
        TooMuchPaidAhead: it is larger than any ticket.
        ForWhatMissing: it is not said for what.
        PaidAheadReceiptMissing: the till's reference is missing.
        PaidAheadAlready: this client has one of the same reference that waits.
    """
    the(session, Client, what.client_id)
    currency = profile(session).currency
    amount = parse_price(what.amount, currency)
    if amount is None or amount <= 0:
        raise NothingPaidAhead
    if amount >= MOST:
        raise TooMuchPaidAhead(text=what.amount.strip())
    words, receipt = " ".join(what.what.split()), " ".join(what.receipt.split())
    if not words:
        raise ForWhatMissing
    if not receipt:
        raise PaidAheadReceiptMissing
    if any(paid.receipt == receipt for paid in _waiting(session, what.client_id)):
        raise PaidAheadAlready(receipt=receipt)
    forget_draft(session, what.by, what.draft)
    return new_id(
        session,
        PartPayment(
            client_id=what.client_id,
            visit_id=what.visit_id,
            what=words,
            receipt=receipt,
            amount=amount,
            currency=currency,
            paid_at=now,
            associate_id=what.by,
        ),
    )


@verb
def remove_part_payment(
    session: Session, what: RemovePartPayment, /, *, now: datetime
) -> int | None:
    """Take away a payment ahead that waits.

    Raises:
        PartPaymentStays: it was taken off a ticket.
    """
    row = the(session, PartPayment, what.part_payment_id)
    if row.purchase_id is not None:
        raise PartPaymentStays
    session.delete(row)
    return None


def use_part_payments(
    session: Session, ids: Sequence[int], *, client_id: int, purchase_id: int, currency: str
) -> None:
    """Take payments ahead off a ticket.

    Raises:
        PartPaymentUsed: one is not of this client, was used, or is of another currency.
    """
    for key in ids:
        row = session.get(PartPayment, key)
        if (
            row is None
            or row.client_id != client_id
            or row.purchase_id is not None
            or row.currency != currency
        ):
            raise PartPaymentUsed
        row.purchase_id = purchase_id


def _waiting(session: Session, client_id: int) -> list[PartPayment]:
    return list(
        session.scalars(
            select(PartPayment).where(
                col(PartPayment.client_id) == client_id, col(PartPayment.purchase_id).is_(None)
            )
        )
    )
