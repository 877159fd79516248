"""What these clients bought, by department, and what is left of it now that some came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.brought_back import Moved, settled
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.rules.touch_rules_facts import Event, Part, Source
from clientele.domain.tables import LineReturn, Purchase, PurchaseLine
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident


@dataclass(slots=True)
class _Ticket:
    """A purchase as its lines are read: line, department, amount and who is credited."""

    purchase_id: int
    visit_id: int | None
    sold_on: date
    currency: str
    rang: int | None
    lines: list[tuple[int, int, int, int | None]] = field(default_factory=list)


def purchases_of(session: Session, ids: Sequence[int], since: date) -> dict[int, list[Event]]:
    """The purchases of these clients from ``since`` on, by client, the earliest first.

    Tickets that only bring something back are none. Each has what is left of it by department.
    """
    moved: dict[int, list[Moved]] = defaultdict(list)
    tickets: dict[int, dict[int, _Ticket]] = defaultdict(dict)
    for row in _LINES.rows(session, ids=ids, since=since):
        moved[row.client_id].append(
            (row.line_id, row.article, row.quantity, row.amount, row.sold_line_id)
        )
        if row.amount < 0 or row.quantity <= 0:
            continue
        theirs = tickets[row.client_id]
        ticket = theirs.get(row.purchase_id)
        if ticket is None:
            ticket = theirs[row.purchase_id] = _Ticket(
                row.purchase_id, row.visit_id, row.sold_on, row.currency, row.rang
            )
        ticket.lines.append((row.line_id, row.department_id, row.amount, row.credited))
    found = {}
    for key, theirs in tickets.items():
        after = settled(moved[key])
        found[key] = [_event(key, one, after.left, after.left_amount) for one in theirs.values()]
    return found


def _event(
    client_id: int, ticket: _Ticket, left: dict[int, int], left_amount: dict[int, int]
) -> Event:
    parts: dict[int, int] = {}
    for line, department, _, _ in ticket.lines:
        parts[department] = parts.get(department, 0) + left_amount[line]
    most = max(ticket.lines, key=lambda one: one[2])
    return Event(
        Trigger.PURCHASE,
        client_id,
        Source.PURCHASE,
        ticket.purchase_id,
        ticket.sold_on,
        parts=tuple(Part(department, minor) for department, minor in parts.items()),
        currency=ticket.currency,
        who=most[3] or ticket.rang,
        visit_id=ticket.visit_id,
        returned=not any(left[line] for line, _, _, _ in ticket.lines),
    )


_LINES = Prepared(
    select(
        col(Purchase.client_id),
        ident(Purchase.id).label("purchase_id"),
        col(Purchase.visit_id),
        col(Purchase.sold_on),
        col(Purchase.currency),
        col(Purchase.associate_id).label("rang"),
        ident(PurchaseLine.id).label("line_id"),
        col(PurchaseLine.department_id),
        func.coalesce(func.nullif(col(PurchaseLine.sku), ""), col(PurchaseLine.item)).label(
            "article"
        ),
        col(PurchaseLine.quantity),
        col(PurchaseLine.amount),
        col(PurchaseLine.associate_id).label("credited"),
        col(LineReturn.sold_line_id),
    )
    .select_from(Purchase)
    .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
    .outerjoin(LineReturn, col(LineReturn.return_line_id) == ident(PurchaseLine.id))
    .where(col(Purchase.client_id).in_(among("ids")), col(Purchase.sold_on) >= given("since"))
    .order_by(col(Purchase.client_id), col(Purchase.sold_at), ident(PurchaseLine.id)),
    named=True,
)
