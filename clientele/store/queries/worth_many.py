"""How are all clients of a store gone through in a minute? By days first, the foremost closely.

All tickets are read once in the order in which they lie in the file, and packed to eight bytes
each; what is not a ticket is read by what makes it a reason (a wish that arrived, a day ahead), of
which there is little. What comes out is a rough order of each book: never less than the exact
value without a new department, so that those who are then looked at closely are the right ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from heapq import heappush, heapreplace
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.promises import PromiseState
from clientele.domain.rules.returning_learnt import AT_MOST
from clientele.domain.rules.rights import PROGRAM
from clientele.domain.rules.worth_a_call import (
    ARRIVED_WITHIN,
    KEPT_WITHIN,
    OCCASION_WITHIN,
    PROMISE_WEIGHS,
    Judge,
    occasion_weight,
    together,
    wish_weight,
)
from clientele.domain.tables import (
    BookMembership,
    Client,
    ClientSum,
    Consent,
    HouseholdMember,
    Occasion,
    Promise,
    Purchase,
    Wish,
)
from clientele.domain.wishes import WishState
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts
from clientele.store.session import Store

RANGE: Final = 100_000
"""Clients whose days are laid out at once."""

TICKETS: Final = 50_000
"""Tickets of one reading, so that no reader is away for long."""

POOL: Final = 120
"""So many of each book are looked at closely."""

_SHIFT: Final = 22
"""Bits of a day number; the client's id stands above them."""
_DAY: Final = (1 << _SHIFT) - 1

Pools = dict[int | None, list[int]]
"""By owner (None: nobody's): the foremost, the first of them first."""


def sample(session: Session) -> list[int]:
    """Clients who bought, spread over the whole book, as many as are learnt from."""
    many = session.scalar(select(func.count()).select_from(ClientSum)) or 0
    every = max(1, -(-many // AT_MOST))
    asked = select(col(ClientSum.client_id)).order_by(col(ClientSum.client_id))
    if every > 1:
        asked = asked.where(col(ClientSum.client_id) % every == 0)
    return list(session.scalars(asked))


def foremost(
    store: Store, judge: Judge, *, now: datetime, went_on: Callable[[float], None]
) -> tuple[Pools, int]:
    """The foremost of each book in a rough order, and how many clients were gone through.

    ``went_on`` hears from 0 to 1 how far it is, and may raise to stop it.
    """
    with store.read(acting=PROGRAM) as session:
        last = session.scalar(select(func.max(ident(Client.id)))) or 0
        clients = session.scalar(select(func.count()).select_from(Client)) or 0
        special = _special(session, judge.today, now)
    packed = _packed(store, last, lambda share: went_on(share / 2))
    heaps: dict[int | None, list[tuple[int, int, int]]] = {}
    for at, tickets in enumerate(packed):
        low = at * RANGE
        with store.read(acting=PROGRAM) as session:
            owners = _owners(session, low, low + RANGE - 1)
            yes = _said_yes(session, low, low + RANGE - 1)
        # Whoever bought in this range, and whoever has another reason: each once.
        later = {key for key in special if low <= key < low + RANGE}
        for key, days in _by_client(tickets):
            later.discard(key)
            weights = special.get(key)
            if key not in yes and weights is None:
                continue
            value = judge.by_days(days) if key in yes else 0
            _offer(heaps, owners.get(key), value, weights, key, days[-1])
        for key in later:
            _offer(heaps, owners.get(key), 0, special[key], key, 0)
        went_on(0.5 + (at + 1) / len(packed) / 2)
    pools = {
        owner: [-key for _, _, key in sorted(heap, reverse=True)] for owner, heap in heaps.items()
    }
    return pools, clients


def _offer(
    heaps: dict[int | None, list[tuple[int, int, int]]],
    owner: int | None,
    value: int,
    weights: list[float] | None,
    key: int,
    last: int,
) -> None:
    """Keep a client among the foremost of a book; of equals, who bought last, then the first."""
    if weights is not None:
        value = together([*weights, value / 1_000_000])
    heap = heaps.setdefault(owner, [])
    row = (value, last, -key)
    if len(heap) < POOL:
        heappush(heap, row)
    elif row > heap[0]:
        heapreplace(heap, row)


def _packed(store: Store, last: int, went_on: Callable[[float], None]) -> list[array[int]]:
    """Client and day of every ticket that is no return, by range of clients."""
    with store.read(acting=PROGRAM) as session:
        newest = session.scalar(select(func.max(ident(Purchase.id)))) or 0
    packed = [array("q") for _ in range(last // RANGE + 1)]
    numbers: dict[date, int] = {}
    low = 1
    while low <= newest:
        high = low + TICKETS - 1
        asked = select(col(Purchase.client_id), col(Purchase.sold_on)).where(
            ident(Purchase.id).between(low, high), col(Purchase.total) >= 0
        )
        with store.read(acting=PROGRAM) as session:
            # From the connection itself: the session would look through each row for entities.
            for client_id, day in session.connection().execute(asked).all():
                number = numbers.get(day)
                if number is None:
                    number = numbers[day] = day.toordinal()
                if client_id <= last:
                    packed[client_id // RANGE].append(client_id << _SHIFT | number)
        low = high + 1
        went_on(min(high / newest, 1.0))
    return packed


def _by_client(tickets: array[int]) -> Iterator[tuple[int, list[int]]]:
    """Each client with their days, in order and each once."""
    before, client, days = -1, -1, list[int]()
    for one in sorted(tickets):
        if one == before:
            continue
        before = one
        key = one >> _SHIFT
        if key != client:
            if days:
                yield client, days
            client, days = key, []
        days.append(one & _DAY)
    if days:
        yield client, days


def _owners(session: Session, low: int, high: int) -> dict[int, int]:
    asked = select(col(BookMembership.client_id), col(BookMembership.associate_id)).where(
        col(BookMembership.client_id).between(low, high),
        col(BookMembership.role) == BookRole.OWNER.value,
        col(BookMembership.until).is_(None),
    )
    return {row[0]: row[1] for row in session.connection().execute(asked).all()}


def _said_yes(session: Session, low: int, high: int) -> set[int]:
    """Whoever once said yes to anything: of all others news cannot be allowed."""
    asked = select(col(Consent.client_id)).where(
        col(Consent.client_id).between(low, high), col(Consent.allowed).is_(True)
    )
    return set(session.connection().execute(asked).scalars())


def _special(session: Session, today: date, now: datetime) -> dict[int, list[float]]:
    """What else than their days speaks for clients, never less than it truly weighs."""
    found: dict[int, list[float]] = {}

    def add(rows: Any, weight: Callable[[Any], float]) -> None:
        for client_id, what in rows:
            found.setdefault(client_id, []).append(weight(what))

    store = store_facts(session)
    add(
        session.execute(
            select(col(Wish.client_id), func.max(col(Wish.arrived_at)))
            .where(
                col(Wish.state) == WishState.OPEN.value,
                col(Wish.arrived_at) >= now - timedelta(days=ARRIVED_WITHIN + 1),
            )
            .group_by(col(Wish.client_id))
        ),
        lambda at: wish_weight(max((today - store.day_of(at)).days, 0)),
    )
    add(
        session.execute(
            select(col(Promise.client_id), func.max(ident(Promise.id)))
            .where(
                col(Promise.state) == PromiseState.KEPT.value,
                col(Promise.ended_at) >= now - timedelta(days=KEPT_WITHIN + 1),
            )
            .group_by(col(Promise.client_id))
        ),
        lambda _: PROMISE_WEIGHS,
    )
    ahead = _ahead(today)
    near: dict[int, int] = {}
    for client_id, number in _days_ahead(session, list(ahead)):
        near[client_id] = min(ahead[number], near.get(client_id, OCCASION_WITHIN))
    add(near.items(), occasion_weight)
    return found


def _ahead(today: date) -> dict[int, int]:
    """By month and day (or month alone): in how many days it is at the earliest."""
    found: dict[int, int] = {}
    for ahead in range(OCCASION_WITHIN + 1):
        day = today + timedelta(days=ahead)
        numbers = [day.month * 100 + day.day, day.month * 100]
        if (day.month, day.day) in ((2, 28), (3, 1)):
            numbers.append(229)
        for number in numbers:
            found.setdefault(number, 0 if number % 100 == 0 else ahead)
    return found


def _days_ahead(session: Session, numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Clients with a day ahead: their own, of somebody of the household, or of a client there."""
    months = sorted({number // 100 for number in numbers})
    linked = aliased(Client)
    birthday = col(Client.birth_month) * 100 + col(Client.birth_day)
    theirs = col(linked.birth_month) * 100 + col(linked.birth_day)
    its_day = col(Occasion.month) * 100 + func.coalesce(col(Occasion.day), 0)
    here = col(Occasion.month).in_(months) & its_day.in_(numbers)
    of_linked = col(HouseholdMember.linked_client_id)
    for asked in (
        select(ident(Client.id), birthday).where(
            col(Client.birth_month).in_(months), birthday.in_(numbers)
        ),
        select(col(Occasion.client_id), its_day).where(here),
        select(col(HouseholdMember.client_id), theirs)
        .join(linked, ident(linked.id) == of_linked)
        .where(theirs.in_(numbers)),
        select(col(HouseholdMember.client_id), its_day)
        .join(Occasion, col(Occasion.client_id) == of_linked)
        .where(of_linked.is_not(None), here),
    ):
        for client_id, number in session.execute(asked):
            if number is not None:
                yield client_id, number
