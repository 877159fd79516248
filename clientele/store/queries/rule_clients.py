"""What do rules have to know of clients, and what was made for them before?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, Channel, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.permission import is_open
from clientele.domain.rules.permission_answers import Wish
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Made,
    MadeState,
    Source,
    key_of,
)
from clientele.domain.tables import (
    BookMembership,
    ClientMerge,
    ClientTag,
    ContactMade,
    FollowUp,
    MadeRight,
    Purchase,
    PurchaseLine,
    TouchMade,
)
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident, looked_at
from clientele.store.queries.permission import known, policy
from clientele.store.queries.reading import StoreFacts, store_facts

STATES = {
    FollowUpState.OPEN: MadeState.OPEN,
    FollowUpState.DONE: MadeState.DONE,
    FollowUpState.DROPPED: MadeState.DROPPED,
    FollowUpState.EXPIRED: MadeState.ENDED,
    FollowUpState.ENDED: MadeState.ENDED,
}
SETTLED_LATER = timedelta(days=400)
"""What ended so long ago comes back no more: no rule asks for a fact that much later."""

KEYED = frozenset(
    {Source.PURCHASE, Source.VISIT, Source.PROMISE, Source.MADE_RIGHT, Source.APPOINTMENT}
)
"""What a follow-up by hand may be for, so that no rule asks for the same."""

RECENT = timedelta(days=60)
"""Contacts further back keep no touch away; a rule's own were follow-ups, which are all read."""


@dataclass(frozen=True, slots=True)
class MadeRow:
    """What was made for a client: as the rules see it, and the rows that it stands in.

    ``touch_id`` is None for one by hand, ``follow_up_id`` where the follow-up is gone.
    """

    made: Made
    follow_up_id: int | None = None
    touch_id: int | None = None
    expires_on: date | None = None


def clients_for_rules(
    session: Session, ids: Sequence[int], *, departments: bool, now: datetime
) -> dict[int, ClientFacts]:
    """What rules have to know of these clients; ``departments`` where a rule may ask for them."""
    owners: dict[int, int] = {}
    knows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, who, department, role in _MEMBERS.rows(session, ids=ids):
        if role == BookRole.OWNER:
            owners[key] = who
        elif department is not None:
            knows[key].append((department, who))
    tags = _grouped(_TAGS.rows(session, ids=ids))
    bought = _grouped(_DEPARTMENTS.rows(session, ids=ids)) if departments else {}
    were = merged_into(session, ids)
    asked, found = policy(session), {}
    for key, facts in known(session, ids, now=now).items():
        allowed = frozenset(
            (channel, purpose)
            for channel in Channel
            for purpose in Purpose
            if is_open(Wish(channel, purpose), facts, asked)
        )
        found[key] = ClientFacts(
            key,
            owners.get(key),
            tuple(knows.get(key, ())),
            departments=frozenset(bought.get(key, ())),
            tags=frozenset(tags.get(key, ())),
            addresses=frozenset(one.channel for one in facts.points if one.readable),
            allowed=allowed,
            was=were.get(key, frozenset()),
        )
    return found


def merged_into(session: Session, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """The ids of all who went into each of these clients, also by way of others."""
    found: dict[int, set[int]] = defaultdict(set)
    into = {key: key for key in ids}
    ahead = list(ids)
    while ahead:
        rows = _MERGED.rows(session, ids=ahead)
        ahead = []
        for kept, gone in rows:
            whose = into[kept]
            if gone not in found[whose] and gone != whose:
                found[whose].add(gone)
                into[gone] = whose
                ahead.append(gone)
    return {key: frozenset(gone) for key, gone in found.items()}


def made_for(session: Session, ids: Sequence[int], *, now: datetime) -> dict[int, list[MadeRow]]:
    """Whatever was made for these clients, by rules and by hand, and who wrote or called lately."""
    found: dict[int, list[MadeRow]] = defaultdict(list)
    store = store_facts(session)
    by_rules: set[int] = set()
    for row in _TOUCHES.rows(session, ids=ids):
        if row.follow_up_id is not None:
            by_rules.add(row.follow_up_id)
        found[row.client_id].append(_by_rule(row, store))
    rights = dict(_RIGHTS.rows(session, ids=ids))
    for row in _FOLLOW_UPS.rows(session, ids=ids):
        if row.id not in by_rules:
            found[row.client_id].append(_by_hand(row, rights.get(row.id), store))
    for key, at in _CONTACTS.rows(session, ids=ids, since=now - RECENT):
        made = Made("", key, store.day_of(at), MadeState.DONE)
        found[key].append(MadeRow(made))
    return found


def made_under(session: Session, keys: Iterable[str]) -> list[Made]:
    """What was made under these keys, for whomever."""
    store = store_facts(session)
    return [_by_rule(row, store).made for row in _KEYS.rows(session, keys=list(keys))]


def _by_rule(row: Any, store: StoreFacts) -> MadeRow:
    gone = row.follow_up_id is None
    made = Made(
        row.occasion_key,
        row.client_id,
        row.aimed_at if gone else _day(row, store),
        MadeState.DROPPED if gone else STATES[FollowUpState(row.state)],
        rule_id=row.rule_id,
        aimed_at=row.aimed_at,
        in_hand=bool(row.in_hand),
    )
    return MadeRow(made, row.follow_up_id, row.touch_id, row.expires_on)


def _by_hand(row: Any, right_id: int | None, store: StoreFacts) -> MadeRow:
    key = ""
    if right_id is not None:
        key = key_of(Source.MADE_RIGHT, right_id)
    elif row.visit_id is not None or row.bought_on is not None:
        key = key_of(Source.VISIT, row.bought_on or row.visit_id)
    elif row.purchase_id is not None:
        key = key_of(Source.PURCHASE, row.purchase_id)
    elif row.source in KEYED and row.source_id is not None:
        key = key_of(Source(row.source), row.source_id)
    state = STATES[FollowUpState(row.state)]
    return MadeRow(Made(key, row.client_id, _day(row, store), state), row.id)


def _day(row: Any, store: StoreFacts) -> date:
    """When it is due, or was done."""
    done = row.state == FollowUpState.DONE and row.done_at is not None
    day: date = store.day_of(row.done_at) if done else row.due_on
    return day


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return found


_MEMBERS = Prepared(
    select(
        col(BookMembership.client_id),
        col(BookMembership.associate_id),
        col(BookMembership.department_id),
        col(BookMembership.role),
    )
    .where(col(BookMembership.client_id).in_(among("ids")), col(BookMembership.until).is_(None))
    .order_by(ident(BookMembership.id))
)
_TAGS = Prepared(
    select(col(ClientTag.client_id), col(ClientTag.tag_id)).where(
        col(ClientTag.client_id).in_(among("ids"))
    )
)
_DEPARTMENTS = Prepared(
    select(col(Purchase.client_id), col(PurchaseLine.department_id))
    .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
    .where(col(Purchase.client_id).in_(among("ids")))
    .distinct()
)
_MERGED = Prepared(
    select(col(ClientMerge.kept_id), col(ClientMerge.gone_id)).where(
        col(ClientMerge.kept_id).in_(among("ids"))
    )
)


def _touched() -> Any:
    return select(
        col(TouchMade.occasion_key),
        col(TouchMade.client_id),
        col(TouchMade.rule_id),
        col(TouchMade.aimed_at),
        ident(TouchMade.id).label("touch_id"),
        col(TouchMade.follow_up_id),
        col(FollowUp.state),
        col(FollowUp.due_on),
        col(FollowUp.done_at),
        col(FollowUp.in_hand),
        col(FollowUp.expires_on),
    ).outerjoin(FollowUp, ident(FollowUp.id) == col(TouchMade.follow_up_id))


_TOUCHES = Prepared(
    _touched().where(col(TouchMade.client_id).in_(among("ids"))).order_by(ident(TouchMade.id)),
    named=True,
)
_KEYS = Prepared(_touched().where(col(TouchMade.occasion_key).in_(among("keys"))), named=True)
_FOLLOW_UPS = Prepared(
    select(
        ident(FollowUp.id),
        col(FollowUp.client_id),
        col(FollowUp.state),
        col(FollowUp.due_on),
        col(FollowUp.done_at),
        col(FollowUp.visit_id),
        col(FollowUp.purchase_id),
        col(Purchase.visit_id).label("bought_on"),
        col(FollowUp.source),
        col(FollowUp.source_id),
    )
    .outerjoin(Purchase, ident(Purchase.id) == col(FollowUp.purchase_id))
    .where(col(FollowUp.client_id).in_(among("ids")))
    .order_by(ident(FollowUp.id)),
    named=True,
)
_RIGHTS = Prepared(
    select(col(MadeRight.follow_up_id), ident(MadeRight.id)).where(
        col(MadeRight.client_id).in_(among("ids")), col(MadeRight.follow_up_id).is_not(None)
    )
)
_CONTACTS = Prepared(
    select(col(ContactMade.client_id), col(ContactMade.took_place_at)).where(
        col(ContactMade.client_id).in_(among("ids")),
        col(ContactMade.took_place_at) > given("since"),
        col(ContactMade.incoming).is_(False),
        looked_at(col(ContactMade.follow_up_id)) == 0,
        col(ContactMade.channel).in_([one.value for one in Channel]),
    )
)
