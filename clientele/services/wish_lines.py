"""How does the wish list keep up with the floor: with what is shown, rung and brought back?

Shown and put on the list, an item is a wish; another outcome takes it off again. What is rung is
no wish any more, on whatever ticket, and what was for one of the household was a gift. Brought back
whole, it is a wish again: the client has it no more, and whoever sees it on the list sees why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.promises import PromiseState
from clientele.domain.rules.wishing import Article, is_it
from clientele.domain.tables import (
    Gift,
    HouseholdMember,
    LineReturn,
    Promise,
    PurchaseLine,
    ShownItem,
    Visit,
    VisitStop,
    Wish,
)
from clientele.domain.visits import Outcome
from clientele.domain.wishes import WishState
from clientele.services.promises import EndPromise, end_promise
from clientele.services.rows import the
from clientele.store.queries.columns import ident
from clientele.store.queries.wishes import on_the_list


def follow_outcome(session: Session, item: ShownItem, *, now: datetime) -> None:
    """Put a shown item on the wish list, or take off what it put there.

    A wish that something was promised for stays: it is more than a sign at an item by then.
    """
    made = session.scalars(select(Wish).where(col(Wish.shown_item_id) == item.id)).first()
    if item.outcome != Outcome.WISH_LIST:
        if made is not None and made.state == WishState.OPEN and made.promise_id is None:
            session.delete(made)
            session.flush()
        return
    if made is None:
        stop = the(session, VisitStop, item.stop_id)
        visit = the(session, Visit, stop.visit_id)
        if _on_the_list(session, visit.client_id, item):
            return
        session.add(
            Wish(
                client_id=visit.client_id,
                department_id=stop.department_id,
                shown_item_id=item.id,
                wished_at=now,
                associate_id=visit.associate_id,
                **_words(item),
            )
        )
        session.flush()
    elif made.state == WishState.DROPPED:
        made.state, made.ended_at, made.ending = WishState.OPEN, None, ""


def follow_words(session: Session, item: ShownItem) -> None:
    """The words and price of an item on the wish list were changed: those of the wish too."""
    if item.outcome != Outcome.WISH_LIST:
        return
    made = session.scalars(select(Wish).where(col(Wish.shown_item_id) == item.id)).first()
    if made is not None and made.state == WishState.OPEN:
        for name, value in _words(item).items():
            setattr(made, name, value)


def let_go_of_item(session: Session, item: ShownItem) -> None:
    """A shown item is about to be removed: what it put on the list goes, other wishes stay."""
    for made in session.scalars(select(Wish).where(col(Wish.shown_item_id) == item.id)):
        if made.state == WishState.OPEN and made.promise_id is None:
            session.delete(made)
        else:
            made.shown_item_id = None
    session.flush()


def leave_the_list(
    session: Session,
    client_id: int,
    lines: Sequence[tuple[PurchaseLine, ShownItem | None]],
    *,
    by: int,
    now: datetime,
) -> None:
    """What was bought with these lines leaves the list, and what was for somebody is their gift.

    When it will be given nobody knows yet.
    """
    wishes = list(
        session.scalars(
            select(Wish)
            .where(col(Wish.client_id) == client_id, on_the_list())
            .order_by(col(Wish.wished_at), ident(Wish.id))
        )
    )
    for line, item in lines:
        member = None if item is None else item.household_member_id
        wish = _meant(wishes, line, item)
        if wish is not None:
            wishes.remove(wish)
            wish.state, wish.ended_at, wish.purchase_line_id = WishState.BOUGHT, now, line.id
            member = member or wish.household_member_id
            if wish.promise_id is not None:
                _kept(session, wish, by, now)
        if member is not None:
            _given(session, client_id, member, line, by, now)
    session.flush()


def come_back_to_the_list(session: Session, sold_line_id: int) -> None:
    """A sold line was brought back: if nothing of it is left, it is wished for again.

    A gift that came back was none: it stays on record without its line only where somebody wrote
    how it was received.
    """
    sold = the(session, PurchaseLine, sold_line_id)
    back = session.scalar(
        select(func.coalesce(func.sum(func.abs(col(PurchaseLine.quantity))), 0))
        .join(LineReturn, col(LineReturn.return_line_id) == ident(PurchaseLine.id))
        .where(col(LineReturn.sold_line_id) == sold_line_id)
    )
    if int(back or 0) < sold.quantity:
        return
    for wish in session.scalars(select(Wish).where(col(Wish.purchase_line_id) == sold_line_id)):
        wish.state, wish.ended_at, wish.arrived_at = WishState.OPEN, None, None
    for gift in session.scalars(select(Gift).where(col(Gift.purchase_line_id) == sold_line_id)):
        if gift.liked.strip():
            gift.purchase_line_id = None
        else:
            session.delete(gift)
    session.flush()


def article_of(wish: Wish) -> Article:
    """What is wished for."""
    return Article(wish.item, wish.detail, wish.sku, wish.brand)


def _meant(wishes: Iterable[Wish], line: PurchaseLine, item: ShownItem | None) -> Wish | None:
    """The wish that a line fulfils: for whom it was shown comes first, then the oldest."""
    bought = Article(line.item, sku=line.sku, brand=line.brand, size=line.size)
    fitting = [
        wish
        for wish in wishes
        if (item is not None and wish.shown_item_id == item.id) or is_it(article_of(wish), bought)
    ]
    member = None if item is None else item.household_member_id
    if member is not None:
        own = [wish for wish in fitting if wish.household_member_id == member]
        return own[0] if own else None
    return fitting[0] if fitting else None


def _given(
    session: Session,
    client_id: int,
    member: int,
    line: PurchaseLine,
    by: int,
    now: datetime,
) -> None:
    row = session.get(HouseholdMember, member)
    if row is None or row.client_id != client_id or line.quantity <= 0:
        return
    session.add(
        Gift(
            client_id=client_id,
            household_member_id=member,
            purchase_line_id=line.id,
            what=line.item or line.sku,
            associate_id=by,
            created_at=now,
        )
    )


def _kept(session: Session, wish: Wish, by: int, now: datetime) -> None:
    """What was held, sent for or ordered went home: the promise is kept."""
    promise = session.get(Promise, wish.promise_id)
    if promise is not None and promise.state in (PromiseState.OPEN, PromiseState.READY):
        end_promise(session, EndPromise(promise.id or 0, kept=True, by=by), now=now)


def _on_the_list(session: Session, client_id: int, item: ShownItem) -> bool:
    """Whether the client wishes for the same already, said earlier."""
    here = Article(item.item, item.detail, item.sku)
    return any(
        is_it(article_of(wish), here) and wish.household_member_id == item.household_member_id
        for wish in session.scalars(
            select(Wish).where(col(Wish.client_id) == client_id, on_the_list())
        )
    )


def _words(item: ShownItem) -> dict[str, Any]:
    return {
        "item": item.item,
        "detail": item.detail,
        "sku": item.sku,
        "price": item.price,
        "household_member_id": item.household_member_id,
    }
