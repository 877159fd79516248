"""The one ticket of a visit: what its items come to, what was rung, what was paid ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.names import folded
from clientele.domain.rules.ticket import gross, to_pay
from clientele.domain.tables import (
    Associate,
    Department,
    HouseholdMember,
    ItemCredit,
    PartPayment,
    Purchase,
    PurchaseLine,
    ShownItem,
    VisitStop,
)
from clientele.domain.visits import Outcome
from clientele.store.queries.columns import ident

TELLING = 3
"""Letters from which on a word says something about an article."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in the credit for an item; parts are weights."""

    associate_id: int
    associate: str
    parts: int


@dataclass(frozen=True, slots=True)
class Item:
    """A shown item, or one that comes back.

    ``price`` is that of one in minor units of the store's currency, None while not known;
    ``quantity`` is in thousandths. The department of what comes back is the one that sold it.
    """

    id: int
    stop_id: int
    department_id: int
    department: str
    item: str
    detail: str
    sku: str
    price: int | None
    outcome: str
    why: str
    hold_until: date | None
    credited: str
    purchase_id: int | None
    """The ticket it was rung on."""
    quantity: int = QUANTITY_UNIT
    mark_down: int = 0
    """Minor units off the whole line."""
    mark_down_why: str = ""
    returns_line_id: int | None = None
    bought_at: datetime | None = None
    """When what comes back was sold."""
    credit: tuple[Part, ...] = ()
    """Who is credited; one of them, or several who share it."""
    member_id: int | None = None
    member: str = ""
    """For whom of the household it is, by name or relation; empty: for the client."""

    @property
    def rung(self) -> bool:
        """Whether it is on a ticket."""
        return self.purchase_id is not None

    @property
    def back(self) -> bool:
        """Whether the client brings it back."""
        return self.outcome == Outcome.RETURN

    @property
    def on_ticket(self) -> bool:
        """Whether it waits for the till."""
        return not self.rung and (self.back or self.outcome == Outcome.KEEPING)

    @property
    def whole(self) -> int | None:
        """What the line comes to before anything is taken off; None without a price."""
        return None if self.price is None else gross(self.price, self.quantity)

    @property
    def amount(self) -> int | None:
        """What the line comes to, below zero for what comes back; None without a price.

        A mark-down that is larger than the line, as while a price is typed, leaves nothing: it is
        refused when it is rung.
        """
        if self.whole is None:
            return None
        amount = max(self.whole - self.mark_down, 0)
        return -amount if self.back else amount

    @property
    def shared(self) -> bool:
        """Whether several are credited."""
        return len(self.credit) > 1


@dataclass(frozen=True, slots=True)
class PaidAhead:
    """Money that was paid ahead: minor units of ``currency``, for what, with what reference."""

    id: int
    what: str
    receipt: str
    amount: int
    currency: str
    paid_at: datetime
    associate: str

    def is_for(self, items: Iterable[Item]) -> bool:
        """Whether most of its words, up to a comma, name one of these items: then it is offered."""
        words = _telling(self.what.partition(",")[0])
        return any(
            2 * len(words & _telling(f"{item.item} {item.detail} {item.sku}")) > len(words)
            for item in items
        )


@dataclass(frozen=True, slots=True)
class Ticket:
    """What was rung in this visit; ``total`` is the sum of its lines."""

    purchase_id: int
    receipt: str
    sold_at: datetime
    total: int
    currency: str
    associate: str = ""
    paid_ahead: tuple[PaidAhead, ...] = ()

    @property
    def paid(self) -> int:
        """What was paid, or below zero given back, when it was rung."""
        return to_pay(self.total, (paid.amount for paid in self.paid_ahead))


def _telling(text: str) -> set[str]:
    words = (word.strip(",.;:") for word in folded(text).split())
    return {word for word in words if len(word) >= TELLING}


def items_of(session: Session, visit_id: int) -> tuple[Item, ...]:
    """What was shown and what comes back, in the order of the route."""
    sold: Any = aliased(PurchaseLine)
    sold_in: Any = aliased(Department)
    sold_on: Any = aliased(Purchase)
    rows: Any = session.execute(
        select(
            ident(ShownItem.id),
            col(ShownItem.stop_id),
            func.coalesce(sold.department_id, col(VisitStop.department_id)),
            func.coalesce(sold_in.name, col(Department.name)),
            col(ShownItem.item),
            col(ShownItem.detail),
            col(ShownItem.sku),
            col(ShownItem.price),
            col(ShownItem.outcome),
            col(ShownItem.why),
            col(ShownItem.hold_until),
            func.coalesce(col(Associate.name), ""),
            col(PurchaseLine.purchase_id),
            col(ShownItem.quantity),
            col(ShownItem.mark_down),
            col(ShownItem.mark_down_why),
            col(ShownItem.returns_line_id),
            sold_on.sold_at,
            col(ShownItem.associate_id),
            col(ShownItem.household_member_id),
            func.coalesce(col(HouseholdMember.name), ""),
            func.coalesce(col(HouseholdMember.relation), ""),
        )
        .join(VisitStop, ident(VisitStop.id) == col(ShownItem.stop_id))
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(ShownItem.associate_id))
        .outerjoin(PurchaseLine, ident(PurchaseLine.id) == col(ShownItem.purchase_line_id))
        .outerjoin(HouseholdMember, ident(HouseholdMember.id) == col(ShownItem.household_member_id))
        .outerjoin(sold, sold.id == col(ShownItem.returns_line_id))
        .outerjoin(sold_in, sold_in.id == sold.department_id)
        .outerjoin(sold_on, sold_on.id == sold.purchase_id)
        .where(col(VisitStop.visit_id) == visit_id)
        .order_by(col(VisitStop.started_at), col(VisitStop.position), col(ShownItem.position))
    ).all()
    shared = _credit(session, [row[0] for row in rows])
    return tuple(_item(row, shared.get(row[0])) for row in rows)


def _item(row: Any, shared: tuple[Part, ...] | None) -> Item:
    *facts, associate_id, member_id, name, relation = row
    alone = () if associate_id is None else (Part(associate_id, row[11], 1),)
    values: tuple[Any, ...] = (*facts, shared or alone, member_id, name or relation)
    return Item(*values)


def rung_in(session: Session, visit_id: int) -> tuple[Ticket, ...]:
    """The tickets of a visit, the earliest first."""
    rows = session.execute(
        select(
            ident(Purchase.id),
            col(Purchase.receipt),
            col(Purchase.sold_at),
            col(Purchase.total),
            col(Purchase.currency),
            func.coalesce(col(Associate.name), ""),
        )
        .outerjoin(Associate, ident(Associate.id) == col(Purchase.associate_id))
        .where(col(Purchase.visit_id) == visit_id)
        .order_by(col(Purchase.sold_at), ident(Purchase.id))
    ).all()
    used = _used(session, [row[0] for row in rows])
    return tuple(Ticket(*row, paid_ahead=tuple(used.get(row[0], ()))) for row in rows)


def paid_ahead_of(session: Session, client_id: int) -> tuple[PaidAhead, ...]:
    """What a client paid ahead and has not used, the earliest first."""
    rows = session.execute(
        _payments()
        .where(col(PartPayment.client_id) == client_id, col(PartPayment.purchase_id).is_(None))
        .order_by(col(PartPayment.paid_at), ident(PartPayment.id))
    )
    return tuple(PaidAhead(*row[:-1]) for row in rows)


def _used(session: Session, purchase_ids: Collection[int]) -> dict[int, list[PaidAhead]]:
    used: dict[int, list[PaidAhead]] = defaultdict(list)
    rows = session.execute(
        _payments()
        .where(col(PartPayment.purchase_id).in_(purchase_ids))
        .order_by(col(PartPayment.paid_at), ident(PartPayment.id))
    )
    for row in rows:
        used[row[-1]].append(PaidAhead(*row[:-1]))
    return used


def _payments() -> Any:
    return select(
        ident(PartPayment.id),
        col(PartPayment.what),
        col(PartPayment.receipt),
        col(PartPayment.amount),
        col(PartPayment.currency),
        col(PartPayment.paid_at),
        func.coalesce(col(Associate.name), ""),
        col(PartPayment.purchase_id),
    ).outerjoin(Associate, ident(Associate.id) == col(PartPayment.associate_id))


def _credit(session: Session, items: Collection[int]) -> dict[int, tuple[Part, ...]]:
    found: dict[int, tuple[Part, ...]] = defaultdict(tuple)
    rows = session.execute(
        select(
            col(ItemCredit.shown_item_id),
            col(ItemCredit.associate_id),
            col(Associate.name),
            col(ItemCredit.parts),
        )
        .join(Associate, ident(Associate.id) == col(ItemCredit.associate_id))
        .where(col(ItemCredit.shown_item_id).in_(items))
        .order_by(ident(ItemCredit.id))
    )
    for key, associate_id, name, parts in rows:
        found[key] += (Part(associate_id, name, parts),)
    return found
