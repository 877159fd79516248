"""What does the book know of some clients that makes it worth calling them?

Read in a few statements, for one client or some hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.contacting import ON_ITS_WAY, MessageState
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.rules.worth_a_call import (
    ARRIVED_WITHIN,
    BUSY_AHEAD,
    KEPT_WITHIN,
    OCCASION_WITHIN,
    SERVICE,
    Because,
    Facts,
    Thing,
)
from clientele.domain.tables import (
    Appointment,
    ContactMade,
    FollowUp,
    MadeRight,
    Message,
    Promise,
    Purchase,
    PurchaseLine,
    Visit,
    Wish,
    WorthAside,
)
from clientele.domain.wishes import WishState
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident
from clientele.store.queries.occasions import of_clients
from clientele.store.queries.reading import StoreFacts, store_facts

AT_ONCE = 500
"""Clients of one statement."""

WAITING = (*ON_ITS_WAY, MessageState.UNSURE)
"""Messages that are on their way, or may have arrived."""

NOT_TOLD = (PromiseKind.REQUEST, PromiseKind.CALL_BACK)
"""Promises after which nobody is asked how it turned out."""


SAME = {
    Source.BIRTHDAY: Because.OCCASION,
    Source.OCCASION: Because.OCCASION,
    Source.RHYTHM: Because.RHYTHM,
    Source.PURCHASE: Because.SEASON,
    Source.PROMISE: Because.PROMISE,
    Source.MADE_RIGHT: Because.PROMISE,
    Source.WISH: Because.WISH,
}
"""What a rule asks about, by its fact, is the same as this reason for a call."""


def facts_of(session: Session, ids: Iterable[int], *, now: datetime) -> dict[int, Facts]:
    """What is known of each of these clients at ``now`` (aware)."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Facts] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found.update(_facts(session, wanted[start : start + AT_ONCE], now))
    return found


def days_of(session: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    """The buying days of each client as numbers, in order and each once."""
    found: dict[int, list[int]] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        for client_id, day in _DAYS.rows(session, ids=some):
            found.setdefault(client_id, []).append(day.toordinal())
    return found


def departments_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The departments in which each client bought, in the order of the first time."""
    found: dict[int, tuple[int, ...]] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        for client_id, department, _ in _DEPARTMENTS.rows(session, ids=some):
            found[client_id] = (*found.get(client_id, ()), department)
    return found


def asides_of(session: Session, ids: Iterable[int], today: date) -> dict[int, frozenset[str]]:
    """The kinds of reasons that were set aside for each client on a day (empty text: all)."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        for client_id, reason in _ASIDES.rows(session, ids=some, today=today):
            found[client_id].add(reason)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def _facts(session: Session, ids: list[int], now: datetime) -> dict[int, Facts]:
    store = store_facts(session)
    today = store.day_of(now)
    days = days_of(session, ids)
    departments = departments_of(session, ids)
    wishes, kept = _wishes(session, ids, store, now), _kept(session, ids, store, now)
    ahead = of_clients(session, ids, today=today, ahead=timedelta(days=OCCASION_WITHIN))
    reached = dict(_REACHED.rows(session, ids=ids, now=now))
    seen = dict(_SEEN.rows(session, ids=ids, now=now))
    busy = _busy(session, ids, store, now)
    planned = _planned(session, ids, today)
    return {
        key: Facts(
            days.get(key, ()),
            tuple(wishes.get(key, ())),
            tuple(kept.get(key, ())),
            tuple(
                Thing(0, one.on, one.title, one.kind, one.member, one.relation, one.years)
                for one in ahead.get(key, ())
            ),
            departments.get(key, ()),
            None if key not in reached else store.day_of(reached[key]),
            None if key not in seen else store.day_of(seen[key]),
            key in busy,
            frozenset(planned.get(key, ())),
        )
        for key in ids
    }


def _wishes(
    session: Session, ids: list[int], store: StoreFacts, now: datetime
) -> dict[int, list[Thing]]:
    """Wishes that arrived, the newest first."""
    since = now - timedelta(days=ARRIVED_WITHIN + 1)
    found: dict[int, list[Thing]] = {}
    for client_id, key, at, item, detail in _WISHES.rows(session, ids=ids, since=since):
        words = f"{item}, {detail}" if detail else item
        found.setdefault(client_id, []).append(Thing(key, store.day_of(at), words))
    return found


def _kept(
    session: Session, ids: list[int], store: StoreFacts, now: datetime
) -> dict[int, list[Thing]]:
    """Promises that were kept, the latest first."""
    since = now - timedelta(days=KEPT_WITHIN + 1)
    found: dict[int, list[Thing]] = {}
    for client_id, key, at, what, kind in _KEPT.rows(session, ids=ids, since=since):
        found.setdefault(client_id, []).append(Thing(key, store.day_of(at), what, kind))
    return found


def _busy(session: Session, ids: list[int], store: StoreFacts, now: datetime) -> set[int]:
    """With whom something is going on: planned, written, here, or to be made right."""
    today = store.day_of(now)
    until = today + timedelta(days=BUSY_AHEAD)
    return set(
        _BUSY.column(
            session,
            ids=ids,
            due=until,
            first=store.begins(today),
            end=store.span(until)[1],
        )
    )


def _planned(session: Session, ids: list[int], today: date) -> dict[int, set[Because]]:
    """What need not be a reason, since a rule has somebody ask about it within the next days.

    Its own matter; and on its day all news, since whoever asks says them too.
    """
    found: dict[int, set[Because]] = {}
    until = today + timedelta(days=BUSY_AHEAD)
    for client_id, source, due_on in _PLANNED.rows(session, ids=ids, due=until):
        matters = found.setdefault(client_id, set())
        if source in SAME:
            matters.add(SAME[source])
        if due_on <= today:
            matters.update(set(Because) - SERVICE)
    return found


_DAYS = Prepared(
    select(col(Purchase.client_id), col(Purchase.sold_on))
    .where(col(Purchase.client_id).in_(among("ids")), col(Purchase.total) >= 0)
    .distinct()
    .order_by(col(Purchase.client_id), col(Purchase.sold_on))
)
_FIRST_DAY = func.min(col(Purchase.sold_on)).label("first_day")
_DEPARTMENTS = Prepared(
    select(col(Purchase.client_id), col(PurchaseLine.department_id), _FIRST_DAY)
    .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
    .where(
        col(Purchase.client_id).in_(among("ids")),
        col(PurchaseLine.amount) >= 0,
        col(PurchaseLine.quantity) > 0,
    )
    .group_by(col(Purchase.client_id), col(PurchaseLine.department_id))
    .order_by(col(Purchase.client_id), _FIRST_DAY, col(PurchaseLine.department_id))
)
_ASIDES = Prepared(
    select(col(WorthAside.client_id), col(WorthAside.reason)).where(
        col(WorthAside.client_id).in_(among("ids")),
        or_(col(WorthAside.until_on).is_(None), col(WorthAside.until_on) > given("today")),
    )
)
_WISHES = Prepared(
    select(
        col(Wish.client_id),
        ident(Wish.id),
        col(Wish.arrived_at),
        col(Wish.item),
        col(Wish.detail),
    )
    .where(
        col(Wish.client_id).in_(among("ids")),
        col(Wish.state) == WishState.OPEN.value,
        col(Wish.arrived_at) >= given("since"),
    )
    .order_by(col(Wish.arrived_at).desc(), ident(Wish.id))
)
_KEPT = Prepared(
    select(
        col(Promise.client_id),
        ident(Promise.id),
        col(Promise.ended_at),
        col(Promise.what),
        col(Promise.kind),
    )
    .where(
        col(Promise.client_id).in_(among("ids")),
        col(Promise.state) == PromiseState.KEPT.value,
        col(Promise.ended_at) >= given("since"),
        col(Promise.kind).not_in([kind.value for kind in NOT_TOLD]),
    )
    .order_by(col(Promise.ended_at).desc(), ident(Promise.id))
)
_REACHED = Prepared(
    select(col(ContactMade.client_id), func.max(col(ContactMade.took_place_at)))
    .where(
        col(ContactMade.client_id).in_(among("ids")),
        col(ContactMade.incoming).is_(False),
        col(ContactMade.took_place_at) <= given("now"),
    )
    .group_by(col(ContactMade.client_id))
)
_SEEN = Prepared(
    select(col(Visit.client_id), func.max(col(Visit.arrived_at)))
    .where(col(Visit.client_id).in_(among("ids")), col(Visit.arrived_at) <= given("now"))
    .group_by(col(Visit.client_id))
)
_PLANNED = Prepared(
    select(col(FollowUp.client_id), col(FollowUp.source), col(FollowUp.due_on)).where(
        col(FollowUp.client_id).in_(among("ids")),
        col(FollowUp.state) == FollowUpState.OPEN.value,
        col(FollowUp.rule_id).is_not(None),
        col(FollowUp.in_hand).is_(False),
        col(FollowUp.due_on) <= given("due"),
    )
)
_BUSY = Prepared(
    union_all(
        select(col(FollowUp.client_id)).where(
            col(FollowUp.client_id).in_(among("ids")),
            col(FollowUp.state) == FollowUpState.OPEN.value,
            col(FollowUp.due_on) <= given("due"),
            or_(
                col(FollowUp.rule_id).is_(None),
                col(FollowUp.in_hand).is_(True),
            ),
        ),
        select(col(Appointment.client_id)).where(
            col(Appointment.client_id).in_(among("ids")),
            col(Appointment.cancelled_at).is_(None),
            col(Appointment.starts_at) >= given("first"),
            col(Appointment.starts_at) < given("end"),
        ),
        select(col(Visit.client_id)).where(
            col(Visit.client_id).in_(among("ids")), col(Visit.left_at).is_(None)
        ),
        select(col(MadeRight.client_id)).where(
            col(MadeRight.client_id).in_(among("ids")),
            col(MadeRight.state) != RightState.SOLVED.value,
        ),
        select(col(Message.client_id)).where(
            col(Message.client_id).in_(among("ids")),
            col(Message.state).in_([state.value for state in WAITING]),
        ),
    )
)
