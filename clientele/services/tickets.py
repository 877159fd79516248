"""What is shown in a visit, what becomes of it, and the one ticket over all departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.money import parse_price
from clientele.domain.rules.item_text import parse_item
from clientele.domain.tables import Purchase, PurchaseLine, ShownItem, Visit, VisitStop
from clientele.domain.visits import Outcome
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, profile, the
from clientele.services.verb import verb
from clientele.services.visits import open_visit


class NothingToRing(Refusal):
    """No kept item is waiting for the till."""

    template = "Nothing is being kept yet. Nothing was rung; mark what the client keeps first."


class PriceMissing(Refusal):
    """A kept item has no price."""

    template = "“{item}” has no price. Nothing was rung; type its price and ring again."


class ReceiptMissing(Refusal):
    """The till's reference was not given."""

    template = "The till's reference is missing. Nothing was rung; type the number on the receipt."


class RungAlready(Refusal):
    """The same receipt was rung today for this client."""

    template = (
        "Receipt {receipt} was rung for this client today already. "
        "Nothing was rung twice; check the number on the receipt."
    )


class RungItemStays(Refusal):
    """An item on a ticket that was rung."""

    template = "“{item}” was rung. It was not changed; undo the ticket first."


@dataclass(frozen=True, slots=True)
class ShowItem:
    """An article shown at a stop, as typed or scanned: words, a comma and the size, the price."""

    stop_id: int
    text: str
    by: int
    draft: str = ""
    """The place of the draft that it was typed in; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditShownItem:
    """One field (item, detail, why, price) of a shown item as it stands now."""

    shown_item_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """What became of a shown item (``Outcome``), why not, and until when it is held."""

    shown_item_id: int
    outcome: str
    why: str = ""
    hold_until: date | None = None


@dataclass(frozen=True, slots=True)
class RemoveShownItem:
    """An item entered by mistake."""

    shown_item_id: int


@dataclass(frozen=True, slots=True)
class RingOnce:
    """Ring all that is kept, in all departments, with the till's reference."""

    visit_id: int
    receipt: str
    by: int
    draft: str = ""
    """The place of the draft that the reference was typed in; it is cleared."""


def item_draft(visit_id: int) -> str:
    """The place under which an item is kept while it is typed."""
    return f"item of visit {visit_id}"


def receipt_draft(visit_id: int) -> str:
    """The place under which the till's reference is kept while it is typed."""
    return f"receipt of visit {visit_id}"


@verb
def show_item(session: Session, what: ShowItem, /, *, now: datetime) -> int | None:
    """Add a shown item to a stop and answer its id; empty words are nothing."""
    if not what.text.strip():
        return None
    stop = the(session, VisitStop, what.stop_id)
    open_visit(session, stop.visit_id)
    if what.draft:
        forget_draft(session, what.by, what.draft)
    typed = parse_item(what.text, profile(session).currency)
    last = session.scalar(
        select(func.max(col(ShownItem.position))).where(col(ShownItem.stop_id) == what.stop_id)
    )
    return new_id(
        session,
        ShownItem(
            stop_id=what.stop_id,
            item=typed.item,
            detail=typed.detail,
            sku=typed.sku,
            price=typed.price,
            associate_id=stop.colleague_id or what.by,
            position=0 if last is None else last + 1,
        ),
    )


@verb
def edit_shown_item(session: Session, what: EditShownItem, /, *, now: datetime) -> int | None:
    """Keep one field of a shown item as it is typed.

    Raises:
        NotAnAmount: the price is not an amount of money.
        RungItemStays: the item is on a ticket that was rung.
    """
    row = _changeable(session, what.shown_item_id)
    if what.field == "price":
        row.price = parse_price(what.value, profile(session).currency)
    elif what.field in ("item", "detail", "why"):
        setattr(row, what.field, what.value)
    else:
        raise ValueError(what.field)
    return row.id


@verb
def set_outcome(session: Session, what: SetOutcome, /, *, now: datetime) -> int | None:
    """Say what became of a shown item.

    Raises:
        RungItemStays: the item is on a ticket that was rung.
    """
    row = _changeable(session, what.shown_item_id)
    row.outcome = what.outcome
    row.why = what.why.strip() if what.outcome == Outcome.NO else ""
    row.hold_until = what.hold_until if what.outcome == Outcome.HOLD else None
    return row.id


@verb
def remove_shown_item(session: Session, what: RemoveShownItem, /, *, now: datetime) -> int | None:
    """Take away an item entered by mistake.

    Raises:
        RungItemStays: the item is on a ticket that was rung.
    """
    session.delete(_changeable(session, what.shown_item_id))
    return None


@verb
def ring_once(session: Session, what: RingOnce, /, *, now: datetime) -> int | None:
    """Turn what is kept into one purchase over all departments and answer its id.

    Each line keeps its department and who is credited; the total is the sum of the lines.

    Raises:
        ReceiptMissing: there is no till's reference.
        NothingToRing: nothing is kept that was not rung.
        PriceMissing: a kept item has no price.
        RungAlready: the client has a purchase of this receipt on this day.
    """
    visit = the(session, Visit, what.visit_id)
    store = profile(session)
    receipt = " ".join(what.receipt.split())
    if not receipt:
        raise ReceiptMissing
    sold_on = now.astimezone(ZoneInfo(store.time_zone)).date()
    _refuse_second_ring(session, visit.client_id, receipt, sold_on)
    kept = _kept(session, what.visit_id)
    if not kept:
        raise NothingToRing
    if what.draft:
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
            total=sum(_price(item) for item, _ in kept),
        ),
    )
    for item, department_id in kept:
        line = PurchaseLine(
            purchase_id=purchase_id,
            department_id=department_id,
            item=f"{item.item}, {item.detail}" if item.detail else item.item,
            sku=item.sku,
            amount=_price(item),
            associate_id=item.associate_id,
        )
        item.purchase_line_id = new_id(session, line)
    return purchase_id


def _kept(session: Session, visit_id: int) -> list[tuple[ShownItem, int]]:
    rows = session.execute(
        select(ShownItem, col(VisitStop.department_id))
        .join(VisitStop, col(VisitStop.id) == col(ShownItem.stop_id))
        .where(
            col(VisitStop.visit_id) == visit_id,
            col(ShownItem.outcome) == Outcome.KEEPING,
            col(ShownItem.purchase_line_id).is_(None),
        )
        .order_by(col(VisitStop.position), col(ShownItem.position))
    )
    return [(item, department_id) for item, department_id in rows]


def _price(item: ShownItem) -> int:
    if item.price is None:
        raise PriceMissing(item=item.item)
    return item.price


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


def _changeable(session: Session, key: int) -> ShownItem:
    row = the(session, ShownItem, key)
    if row.purchase_line_id is not None:
        raise RungItemStays(item=row.item)
    return row
