"""What does a client wish for, and who wishes for the article that came in?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.promises import PromiseState
from clientele.domain.rules.finding import asked_words, says
from clientele.domain.rules.wishing import Article, is_it
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Client,
    Department,
    HouseholdMember,
    LineReturn,
    Promise,
    ShownItem,
    VisitStop,
    Wish,
)
from clientele.domain.wishes import WishState
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named

WAITING_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class PromisedFor:
    """The promise to hold a wish or to send for it, while it is open."""

    id: int
    kind: str
    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class WishRow:
    """One wish. ``price`` is in minor units of the store's currency, None where nobody said."""

    id: int
    client_id: int
    member_id: int | None
    member: str
    """For whom, by name or relation; empty: for the client."""
    department_id: int | None
    department: str
    item: str
    detail: str
    sku: str
    price: int | None
    note: str
    state: str
    wished_at: datetime
    arrived_at: datetime | None
    ended_at: datetime | None
    ending: str
    promise: PromisedFor | None
    came_back: str | None
    """It was bought and brought back, and why; None where it was not."""
    by: str
    shown_item_id: int | None = None
    """Where it was seen."""

    def is_shown_by(self, key: int, item: Article) -> bool:
        """Whether a shown item is what is wished for."""
        return self.shown_item_id == key or is_it(Article(self.item, self.detail, self.sku), item)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A client who wishes for something, and whose client that is."""

    named: Named
    wish: WishRow
    owner_id: int | None
    owner: str


def on_the_list() -> ColumnElement[bool]:
    """Which wishes are on the list: open ones, and bought ones whose line is there no more."""
    return or_(
        col(Wish.state) == WishState.OPEN,
        (col(Wish.state) == WishState.BOUGHT) & col(Wish.purchase_line_id).is_(None),
    )


def wishes_of(session: Session, client_id: int, *, ended: bool = False) -> tuple[WishRow, ...]:
    """The wish list of a client, what has come in first, then the newest.

    With ``ended`` what was bought or dropped comes after it, the latest first.
    """
    mine = col(Wish.client_id) == client_id
    rows = session.execute(_wishes(mine if ended else mine & on_the_list()))
    found = [_row(*row) for row in rows]
    found.sort(key=_order)
    return tuple(found)


def wishes_here(
    session: Session, client_id: int, department_id: int, stop_id: int | None = None
) -> tuple[WishRow, ...]:
    """What a client wishes for in a department, then that of which nobody said where.

    With ``stop_id`` what was shown in that visit already is left out.
    """
    rows = wishes_of(session, client_id)
    shown = () if stop_id is None else tuple(_shown_with(session, stop_id))
    rows = tuple(row for row in rows if not any(row.is_shown_by(key, item) for key, item in shown))
    own = tuple(row for row in rows if row.department_id == department_id)
    return own + tuple(row for row in rows if row.department_id is None)


def _shown_with(session: Session, stop_id: int) -> Iterator[tuple[int, Article]]:
    """The items shown in the visit of a stop."""
    visit = select(col(VisitStop.visit_id)).where(ident(VisitStop.id) == stop_id)
    for key, item, detail, sku in session.execute(
        select(ident(ShownItem.id), col(ShownItem.item), col(ShownItem.detail), col(ShownItem.sku))
        .join(VisitStop, ident(VisitStop.id) == col(ShownItem.stop_id))
        .where(col(VisitStop.visit_id).in_(visit))
    ):
        yield key, Article(item, detail, sku)


def who_wishes(
    session: Session, typed: str, *, associate_id: int, limit: int = WAITING_AT_MOST
) -> tuple[Waiting, ...]:
    """Everybody with a wish that says all that is typed: an article number, or words of it.

    One's own clients come first, then whoever has waited longest.
    """
    words = asked_words(typed)
    if not words:
        return ()
    owner = (
        select(
            col(BookMembership.client_id).label("client_id"),
            ident(Associate.id).label("owner_id"),
            col(Associate.name).label("owner"),
        )
        .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
        .where(col(BookMembership.role) == BookRole.OWNER, col(BookMembership.until).is_(None))
        .subquery()
    )
    # Only the words decide which: in a store they are a few thousand short rows, and folded
    # letters (é, ß) are the program's and not the database's.
    fitting = [
        key
        for key, *said in session.execute(
            select(
                ident(Wish.id), col(Wish.item), col(Wish.detail), col(Wish.brand), col(Wish.sku)
            ).where(on_the_list())
        )
        if says(" ".join(said), words)
    ][: limit * 5]
    wishes = _wishes(ident(Wish.id).in_(fitting))
    rows = session.execute(
        wishes.join(Client, ident(Client.id) == col(Wish.client_id))
        .outerjoin(owner, owner.c.client_id == ident(Client.id))
        .add_columns(*name_columns(), owner.c.owner_id, func.coalesce(owner.c.owner, ""))
    )
    found = [
        Waiting(Named(*row[WIDTH : WIDTH + NAME_WIDTH]), _row(*row[:WIDTH]), row[-2], row[-1])
        for row in rows
    ]
    found.sort(key=lambda one: (one.owner_id != associate_id, one.wish.wished_at, one.wish.id))
    return tuple(found[:limit])


def wishes_by_line(session: Session, lines: Iterable[int]) -> dict[int, int]:
    """Which wish a line fulfilled, by line."""
    rows = session.execute(
        select(col(Wish.purchase_line_id), ident(Wish.id)).where(
            col(Wish.purchase_line_id).in_(tuple(lines)), col(Wish.state) == WishState.BOUGHT
        )
    )
    return {line: wish for line, wish in rows if line is not None}


WIDTH = 25
"""How many columns ``_wishes`` selects."""


def _wishes(which: Any) -> Any:
    back = (
        select(func.max(col(LineReturn.why)))
        .where(col(LineReturn.sold_line_id) == col(Wish.purchase_line_id))
        .scalar_subquery()
    )
    return (
        select(
            ident(Wish.id),
            col(Wish.client_id),
            col(Wish.household_member_id),
            func.coalesce(col(HouseholdMember.name), ""),
            func.coalesce(col(HouseholdMember.relation), ""),
            col(Wish.department_id),
            func.coalesce(col(Department.name), ""),
            col(Wish.item),
            col(Wish.detail),
            col(Wish.sku),
            col(Wish.price),
            col(Wish.note),
            col(Wish.state),
            col(Wish.wished_at),
            col(Wish.arrived_at),
            col(Wish.ended_at),
            col(Wish.ending),
            col(Wish.purchase_line_id),
            ident(Promise.id),
            col(Promise.kind),
            col(Promise.state),
            col(Promise.due_on),
            back,
            func.coalesce(col(Associate.name), ""),
            col(Wish.shown_item_id),
        )
        .select_from(Wish)
        .outerjoin(HouseholdMember, ident(HouseholdMember.id) == col(Wish.household_member_id))
        .outerjoin(Department, ident(Department.id) == col(Wish.department_id))
        .outerjoin(Promise, ident(Promise.id) == col(Wish.promise_id))
        .outerjoin(Associate, ident(Associate.id) == col(Wish.associate_id))
        .where(which)
    )


def _row(*row: Any) -> WishRow:
    key, client, member_id, name, relation, department_id, department = row[:7]
    item, detail, sku = row[7:10]
    price, note, state, wished, arrived, ended, ending, line, promise_id = row[10:19]
    kind, how, due, back, by, shown_item_id = row[19:]
    if state == WishState.BOUGHT and line is None:
        state = WishState.OPEN
    open_promise = promise_id is not None and how in (PromiseState.OPEN, PromiseState.READY)
    return WishRow(
        id=key,
        client_id=client,
        member_id=member_id,
        member=name or relation,
        department_id=department_id,
        department=department,
        item=item,
        detail=detail,
        sku=sku,
        price=price,
        note=note,
        state=state,
        wished_at=wished,
        arrived_at=arrived,
        ended_at=ended,
        ending=ending,
        promise=PromisedFor(promise_id, kind, how, due) if open_promise else None,
        came_back=back if state == WishState.OPEN else None,
        by=by,
        shown_item_id=shown_item_id,
    )


def _order(row: WishRow) -> tuple[bool, bool, float, int]:
    ended = row.ended_at is not None and row.state != WishState.OPEN
    at = row.ended_at if ended and row.ended_at else row.wished_at
    return (ended, row.arrived_at is None or ended, -at.timestamp(), -row.id)
