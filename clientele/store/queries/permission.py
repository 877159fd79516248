"""May these clients be reached? What the book knows that bears on it, and the gate's answer.

Every screen, command and bulk action that reaches a client or offers to asks here; verbs do so
through ``services.permission``. The rules are ``rules.permission``. For many clients at once:
``policy`` once, ``known`` for all of them, then ``rules.permission.permission`` for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, ContactKind, Purpose
from clientele.domain.contacting import MAYBE, ON_ITS_WAY, MessageState
from clientele.domain.errors import NotThere, Refusal
from clientele.domain.promises import PromiseState
from clientele.domain.rules.client_zones import possible_zones
from clientele.domain.rules.consent import Said
from clientele.domain.rules.contact_limits import A_REPLY_WITHIN, Contact
from clientele.domain.rules.contact_points import is_readable
from clientele.domain.rules.permission import Known, Point, Policy, permission
from clientele.domain.rules.permission_answers import Answer, Wish
from clientele.domain.rules.policy_texts import Practice, practice_of
from clientele.domain.rules.sending import NotYet
from clientele.domain.tables import (
    Associate,
    Client,
    ContactMade,
    ContactPoint,
    Department,
    Message,
    Promise,
    ReachPolicy,
)
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import said_of
from clientele.store.queries.reading import store_facts

AT_ONCE = 500
"""Clients of one statement; SQLite allows 32,766 bound values."""

MAYBE_THERE = frozenset({MessageState.UNSURE, MessageState.DRAFT})
"""Nobody can know whether it arrived, or nobody said yet whether it was sent."""

CHANNELS = {
    ContactKind.PHONE: (Channel.CALL, Channel.TEXT),
    ContactKind.EMAIL: (Channel.EMAIL,),
}
"""What can be done with a number and with an e-mail address."""


def practice(session: Session) -> Practice:
    """How the store reaches clients; the defaults where it decided nothing yet.

    Raises:
        UnknownPolicy: a newer version wrote it, or it is damaged; nobody may be reached.
        HoursTooWide, HoursEmpty: so may nobody by hours that no store can have.
    """
    bodies = _POLICY.column(session)
    return practice_of(bodies[0]) if bodies else Practice()


def policy(session: Session) -> Policy:
    """What the store asks of everybody who reaches a client; nobody may be where it is unread."""
    return _read(session).policy


def _read(session: Session) -> Practice:
    """The practice, or one that lets nobody through: a list opens all the same."""
    try:
        return practice(session)
    except Refusal as unread:
        return Practice(Policy(unread=str(unread.values.get("part", "")) or "…"))


def known(
    session: Session, ids: Iterable[int], *, now: datetime, without: int | None = None
) -> dict[int, Known]:
    """What bears on reaching each client at ``now`` (aware) or later, in a few statements.

    It holds from ``now`` until the book changes, so that a list that is read once can ask
    ``rules.permission`` at any later moment; ``now`` may be the beginning of today.

    ``without`` leaves the message of that id out: the one that is asked about. Who is not in the
    book is not in the answer.
    """
    wanted, found = list(dict.fromkeys(ids)), {}
    kept = _read(session)
    for start in range(0, len(wanted), AT_ONCE):
        found.update(_known(session, wanted[start : start + AT_ONCE], kept, now, without))
    return found


def answer(
    session: Session, client_id: int, wish: Wish, *, at: datetime, without: int | None = None
) -> Answer:
    """Whether the wish may be done at the instant ``at`` (aware), with reasons where not.

    That it is about an open promise is believed only where the client has one; that it answers
    the client's own message is read from the book (``known``), never from the wish.

    Raises:
        NotThere: the client is not in the book.
    """
    found = known(session, [client_id], now=at, without=without)
    if client_id not in found:
        raise NotThere
    return permission(believed(session, client_id, wish), found[client_id], policy(session), at)


def promised(session: Session, ids: Iterable[int]) -> set[int]:
    """Which of these clients wait for a promise that is open."""
    return set(_PROMISED.column(session, ids=list(ids)))


def believed(session: Session, client_id: int, wish: Wish) -> Wish:
    """The wish with as much of it as the book bears out."""
    waits = wish.for_promise and bool(promised(session, [client_id]))
    return replace(wish, answers=None, for_promise=waits)


@dataclass(slots=True)
class _Facts:
    """The rows of one client as they are read."""

    zone: str
    said: list[Said] = field(default_factory=list)
    points: list[tuple[str, str, str]] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    wrote: list[datetime] = field(default_factory=list)
    bounced: dict[tuple[str, str], datetime] = field(default_factory=dict)


def _known(
    session: Session, ids: list[int], kept: Practice, now: datetime, without: int | None
) -> dict[int, Known]:
    longest = max((one.length for one in kept.policy.limits), default=timedelta())
    since = now - longest - A_REPLY_WITHIN
    facts = {key: _Facts(zone) for key, zone in _CLIENTS.rows(session, ids=ids)}
    for key, said in said_of(session, ids).items():
        facts[key].said = said
    for key, kind, value, normal in _POINTS.rows(session, ids=ids):
        facts[key].points.append((kind, value, normal))
    for row in _MADE.rows(session, ids=ids, since=since):
        _add_made(facts[row.client_id], row)
    for row in _WAITING.rows(session, ids=ids, without=without or 0):
        facts[row.client_id].contacts.append(_waiting(row, now))
    newest: dict[tuple[int, str, str], tuple[datetime, bool]] = {}
    for key, channel, address, state, at in _ENDED.rows(session, ids=ids):
        place = (key, channel, address)
        if place not in newest or newest[place][0] < at:
            newest[place] = (at, state == MessageState.REFUSED)
    for (key, channel, address), (at, refused) in newest.items():
        if refused:
            facts[key].bounced[channel, address] = at
    store = str(store_facts(session).zone)
    return {key: _of(one, kept, store) for key, one in facts.items()}


def _of(facts: _Facts, kept: Practice, store: str) -> Known:
    numbers = [normal for kind, _, normal in facts.points if kind == ContactKind.PHONE]
    zones = possible_zones(facts.zone, numbers, store, trust_area_codes=kept.trust_area_codes)
    contacts, unanswered = _replies(facts)
    points = [
        Point(
            channel,
            readable=is_readable(kind, value, normal),
            bounced_at=facts.bounced.get((channel, normal)) or facts.bounced.get((channel, value)),
        )
        for kind, value, normal in facts.points
        for channel in CHANNELS[ContactKind(kind)]
    ]
    return Known(zones, tuple(facts.said), contacts, tuple(points), unanswered)


def _replies(facts: _Facts) -> tuple[tuple[Contact, ...], datetime | None]:
    """The contacts, those that answered the client marked, and the message still to be answered.

    Each message of the client's is answered once: by the first contact about their own things
    within the time for it. What waits to go out answers as well, so that there are no two.
    """
    left, found = sorted(facts.wrote), []
    for one in sorted(facts.contacts, key=lambda one: one.at):
        answered = [at for at in left if at <= one.at] if one.purpose == Purpose.SERVICE else []
        if answered and one.at - answered[-1] < A_REPLY_WITHIN:
            found.append(replace(one, is_reply=True))
        else:
            found.append(one)
        left = [at for at in left if at not in answered]
    return tuple(found), left[-1] if left else None


def _add_made(facts: _Facts, row: Any) -> None:
    if row.incoming:
        facts.wrote.append(row.took_place_at)
        return
    facts.contacts.append(
        Contact(
            row.took_place_at,
            Channel(row.channel),
            # In older books nobody said about what; so it counts, and against every limit.
            Purpose(row.purpose) if row.purpose else Purpose.NEWS,
            row.who or "",
            row.department or "",
            for_promise=row.for_promise,
        )
    )


def _waiting(row: Any, now: datetime) -> Contact:
    """A message that waits, or one that may have arrived, which counts as if it had."""
    unsure = row.state not in ON_ITS_WAY
    moments = [row.queued_at, row.not_before, row.next_try_at]
    if unsure:
        moment = row.ended_at or row.next_try_at or row.queued_at
    else:
        moment = max(now, *(one for one in moments if one is not None))
    return Contact(
        moment,
        Channel(row.channel),
        Purpose(row.purpose),
        row.who or "",
        row.department or "",
        for_promise=row.promise_id is not None,
        planned=not unsure,
    )


_POLICY = Prepared(select(col(ReachPolicy.body)).order_by(ident(ReachPolicy.id)).limit(1))
_CLIENTS = Prepared(
    select(ident(Client.id), col(Client.time_zone)).where(ident(Client.id).in_(among("ids")))
)
_POINTS = Prepared(
    select(
        col(ContactPoint.client_id),
        col(ContactPoint.kind),
        col(ContactPoint.value),
        col(ContactPoint.normalised),
    )
    .where(col(ContactPoint.client_id).in_(among("ids")))
    .order_by(col(ContactPoint.position), ident(ContactPoint.id))
)
_MADE = Prepared(
    select(
        col(ContactMade.client_id),
        col(ContactMade.channel),
        col(ContactMade.purpose),
        col(ContactMade.incoming),
        col(ContactMade.for_promise),
        col(ContactMade.took_place_at),
        col(Associate.name).label("who"),
        col(Department.name).label("department"),
    )
    .outerjoin(Associate, ident(Associate.id) == col(ContactMade.associate_id))
    .outerjoin(Department, ident(Department.id) == col(Associate.department_id))
    .where(
        col(ContactMade.client_id).in_(among("ids")),
        col(ContactMade.took_place_at) > given("since"),
        col(ContactMade.channel).in_([one.value for one in Channel]),
    )
    .order_by(col(ContactMade.took_place_at), ident(ContactMade.id)),
    named=True,
)
_WAITING = Prepared(
    select(
        col(Message.client_id),
        col(Message.channel),
        col(Message.purpose),
        col(Message.state),
        col(Message.promise_id),
        col(Message.queued_at),
        col(Message.not_before),
        col(Message.next_try_at),
        col(Message.ended_at),
        col(Associate.name).label("who"),
        col(Department.name).label("department"),
    )
    .outerjoin(Associate, ident(Associate.id) == col(Message.associate_id))
    .outerjoin(Department, ident(Department.id) == col(Associate.department_id))
    .where(
        col(Message.client_id).in_(among("ids")),
        or_(
            col(Message.state).in_(sorted(ON_ITS_WAY | MAYBE_THERE)),
            and_(col(Message.state) == MessageState.CALLED_OFF, col(Message.why) == MAYBE),
        ),
        ident(Message.id) != given("without"),
    )
    .order_by(ident(Message.id)),
    named=True,
)
_ENDED = Prepared(
    select(
        col(Message.client_id),
        col(Message.channel),
        col(Message.address),
        col(Message.state),
        col(Message.ended_at),
    )
    .where(
        col(Message.client_id).in_(among("ids")),
        col(Message.state).in_([MessageState.REFUSED, MessageState.SENT]),
        # What the program itself held back says nothing of the address.
        col(Message.why).not_in([one.value for one in NotYet]),
        col(Message.ended_at).is_not(None),
    )
    .order_by(ident(Message.id))
)
_PROMISED = Prepared(
    select(col(Promise.client_id))
    .where(
        col(Promise.client_id).in_(among("ids")),
        col(Promise.state).in_([PromiseState.OPEN, PromiseState.READY]),
    )
    .distinct()
)
