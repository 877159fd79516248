"""What the client brings back: bought here and on record, or not; no receipt is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.item_text import parse_item
from clientele.domain.rules.ticket import paid_for
from clientele.domain.tables import LineReturn, PurchaseLine, ShownItem, Visit, VisitStop
from clientele.domain.visits import Outcome
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, profile, the
from clientele.services.shown_items import next_position
from clientele.services.verb import verb
from clientele.services.visits import open_visit
from clientele.store.queries.owned import OwnedLine, owned_line


class CameBackAlready(Refusal):
    """All of a line was brought back before, or stands on a ticket that waits."""

    template = "“{item}” was brought back already. Nothing was changed; look at the client's story."


class MoreThanIsLeft(Refusal):
    """More comes back than was bought and not brought back yet."""

    template = (
        "Of “{item}” only {left} can come back. "
        "Nothing was changed; take back fewer, or the others as goods without a record."
    )


class NothingBrought(Refusal):
    """Goods without a record need some words."""

    template = "What comes back? Nothing was added; write a few words about it."


@dataclass(frozen=True, slots=True)
class BringBack:
    """The client brings an article back.

    ``line_id`` is the line that was sold; without one, ``text`` are words, a size and what is
    given back, as typed. ``quantity`` in thousandths, None for all that is left of the line.
    """

    visit_id: int
    by: int
    line_id: int | None = None
    quantity: int | None = None
    why: str = ""
    text: str = ""
    draft: str = ""
    """The place of the draft that it was typed in; it is cleared."""


def return_draft(visit_id: int) -> str:
    """The place under which the words of a return are kept while they are typed."""
    return f"return in visit {visit_id}"


@verb
def bring_back(session: Session, what: BringBack, /, *, now: datetime) -> int | None:
    """Put what is brought back onto the ticket and answer the item's id.

    What was paid is given back, less what came back before; it can be changed. In another currency
    than the store's, and for goods without a record, what is given back is typed.

    Raises:
        VisitEnded: the client has left.
        NotThere: the line is not of this client.
        CameBackAlready: nothing is left of it.
        MoreThanIsLeft: less is left of it.
        NothingBrought: neither a line nor words are given.
    """
    visit = open_visit(session, what.visit_id)
    stop = _stop(session, visit)
    forget_draft(session, what.by, what.draft)
    row = ShownItem(
        stop_id=stop.id or 0,
        item="",
        outcome=Outcome.RETURN,
        why=what.why.strip(),
        position=next_position(session, stop.id or 0),
    )
    if what.line_id is None:
        typed = parse_item(what.text, profile(session).currency)
        if not typed.item:
            raise NothingBrought
        row.item, row.detail, row.sku = typed.item, typed.detail, typed.sku
        row.price = typed.price
        return new_id(session, row)
    sold = owned_line(session, visit.client_id, what.line_id)
    if sold is None:
        raise NotThere
    if sold.left <= 0:
        raise CameBackAlready(item=sold.item or sold.sku)
    row.item, row.sku = sold.item or sold.sku, sold.sku
    row.returns_line_id = sold.id
    row.associate_id = the(session, PurchaseLine, sold.id).associate_id
    _give_back(session, row, sold, sold.left if what.quantity is None else what.quantity)
    return new_id(session, row)


def set_returned_quantity(session: Session, row: ShownItem, quantity: int) -> None:
    """Another quantity comes back: what was paid for so many is given back.

    Raises:
        MoreThanIsLeft: less is left of the sold line.
    """
    if row.returns_line_id is None:
        row.quantity = quantity
        return
    stop = the(session, VisitStop, row.stop_id)
    client_id = the(session, Visit, stop.visit_id).client_id
    outcome, row.outcome = row.outcome, Outcome.SHOWN  # it does not count against itself
    session.flush()
    sold = owned_line(session, client_id, row.returns_line_id)
    row.outcome = outcome
    if sold is None:
        raise NotThere
    _give_back(session, row, sold, quantity)


def refuse_second_return(session: Session, row: ShownItem) -> None:
    """See once more, when it is rung, that so much of the sold line is left.

    Raises:
        CameBackAlready: it was brought back at another terminal meanwhile.
    """
    if row.returns_line_id is None:
        return
    sold = the(session, PurchaseLine, row.returns_line_id)
    back = session.scalars(
        select(PurchaseLine)
        .join(LineReturn, col(LineReturn.return_line_id) == col(PurchaseLine.id))
        .where(col(LineReturn.sold_line_id) == sold.id)
    )
    if row.quantity > sold.quantity - sum(abs(line.quantity) for line in back):
        raise CameBackAlready(item=row.item)


def _give_back(session: Session, row: ShownItem, sold: OwnedLine, quantity: int) -> None:
    if quantity > sold.left:
        raise MoreThanIsLeft(item=row.item, left=f"{sold.left / QUANTITY_UNIT:g}")
    row.quantity = quantity
    if sold.currency == profile(session).currency:
        back = paid_for(sold.left_amount, sold.left, quantity)
        row.price, row.mark_down = back.price, back.mark_down


def _stop(session: Session, visit: Visit) -> VisitStop:
    """Where the client is, or was last."""
    stops = list(
        session.scalars(
            select(VisitStop)
            .where(col(VisitStop.visit_id) == visit.id, col(VisitStop.started_at).is_not(None))
            .order_by(col(VisitStop.started_at), col(VisitStop.id))
        )
    )
    if not stops:
        raise NotThere
    return next((stop for stop in stops if stop.ended_at is None), stops[-1])
