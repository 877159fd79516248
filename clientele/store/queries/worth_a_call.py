"""Whom is it worth calling in a book today, why, on which channel and when?

The foremost of each book were worked out beforehand (``services.worth_a_call``); whoever is shown
is read and asked about anew, so that a line is as true as the rows behind it. Nobody is shown whom
the gate (``queries.permission``) does not let be reached today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.permission import Known, Policy, earliest, permission
from clientele.domain.rules.permission_answers import Allowed, Wish
from clientele.domain.rules.worth_a_call import (
    USUAL_MOST,
    Facts,
    Judge,
    Lacking,
    Reason,
    value_of,
)
from clientele.domain.rules.worth_a_call_texts import learnt_in
from clientele.domain.tables import (
    Associate,
    Client,
    ContactMade,
    Department,
    WorthAside,
    WorthCall,
    WorthDay,
    WorthRun,
)
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.acting import covering
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, associate_names, name_columns
from clientele.store.queries.permission import known, policy
from clientele.store.queries.reading import Named, store_facts
from clientele.store.queries.worth_facts import asides_of, facts_of

LOOKED_AT = 100
"""Of the foremost, so many are asked about until a day is full."""

CHANNELS = (Channel.CALL, Channel.TEXT, Channel.EMAIL)
"""In this order, where several are allowed now."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody may be reached today: the channel, and from which instant (UTC)."""

    channel: Channel
    at: datetime
    now: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A client with their reasons, the strongest first, and how they may be reached for it."""

    client_id: int
    reasons: tuple[Reason, ...]
    reach: Reach
    facts: Facts

    @property
    def value(self) -> int:
        """What the reasons weigh together, in millionths."""
        return value_of(self.reasons)


@dataclass(frozen=True, slots=True)
class Worth:
    """A client whom it is worth calling today. ``associate`` is whose client they are."""

    named: Named
    reasons: tuple[Reason, ...]
    lacking: tuple[Lacking, ...]
    reach: Reach
    departments: tuple[str, ...]
    """In which they bought, in the order of the first time."""
    next_department: str
    """The name of that which is likely; empty: none is."""
    associate_id: int | None
    associate: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A client who was set aside: for which reason (empty: all), until which day (None: good)."""

    id: int
    named: Named
    reason: str
    until_on: date | None


@dataclass(frozen=True, slots=True)
class WorthBook:
    """The clients of a book whom it is worth calling today, the foremost first."""

    rows: tuple[Worth, ...]
    most: int
    """So many clients a day of the associate can hold."""
    done: int
    """Clients whom the associate reached today."""
    asides: tuple[Aside, ...]
    """Whom the associate set aside, the latest first."""
    worked_on: date | None
    """The day on which all clients were last gone through; None: never yet."""
    clients: int
    """So many were gone through."""
    learnt: bool
    """Whether the store's past says who comes back; else plain rates do."""


def judge_of(session: Session, *, now: datetime) -> Judge | None:
    """Who says the reasons on the day of ``now``, by what was last learnt; None: nothing was."""
    row = _RUN.first(session)
    taught = None if row is None else learnt_in(row[1])
    return None if taught is None else Judge(store_facts(session).day_of(now), *taught)


def weighed(
    session: Session, judge: Judge, ids: Iterable[int], *, now: datetime, until: datetime | None
) -> list[Weighed]:
    """Those of ``ids`` for whom a reason holds and who may be reached before ``until``.

    In the order of ``ids``; without ``until`` at any time that comes by itself.
    """
    wanted = list(ids)
    facts = facts_of(session, wanted, now=now)
    asides = asides_of(session, wanted, judge.today)
    found: list[tuple[int, tuple[Reason, ...]]] = []
    for key in wanted:
        reasons = judge.reasons(facts[key], aside=asides.get(key, frozenset()))
        if reasons:
            found.append((key, reasons))
    rules = policy(session)
    gate = known(session, [key for key, _ in found], now=now)
    answers = []
    for key, reasons in found:
        if key not in gate:
            continue
        reaches = {
            purpose: _reach(gate[key], rules, purpose, now, until)
            for purpose in {reason.purpose for reason in reasons}
        }
        kept = tuple(reason for reason in reasons if reaches[reason.purpose] is not None)
        reach = reaches[kept[0].purpose] if kept else None
        if reach is not None:
            answers.append(Weighed(key, kept, reach, facts[key]))
    return answers


def worth_book(session: Session, whose: WhoseBook, *, now: datetime) -> WorthBook:
    """Whom it is worth calling in a book at ``now`` (aware): never more than the day can hold."""
    store = store_facts(session)
    today = store.day_of(now)
    me = whose.associate_id
    most = most_of(session, me)
    done = _DONE.first(session, me=me, first=store.begins(today), now=now)[0]
    run = _RUN.first(session)
    judge = judge_of(session, now=now)
    if run is None or judge is None:
        return WorthBook((), most, done, _asides(session, me, today), None, 0, learnt=False)
    taught = learnt_in(run[1])
    ids = _foremost(session, covering(session, whose, today))
    end = store.span(today)[1]
    ordered = sorted(
        weighed(session, judge, ids, now=now, until=end),
        key=lambda one: (-one.value, one.client_id),
    )
    first = ordered[: max(most - done, 0)]
    return WorthBook(
        _shown(session, judge, first),
        most,
        done,
        _asides(session, me, today),
        run[0],
        run[2],
        learnt=taught is not None and taught[0].rows > 0,
    )


def worked_on(session: Session) -> date | None:
    """The day of the store on which all clients were last gone through."""
    row = _RUN.first(session)
    return None if row is None or learnt_in(row[1]) is None else row[0]


def most_of(session: Session, associate_id: int) -> int:
    """How many clients a day of this associate can hold."""
    row = _MOST.first(session, me=associate_id)
    return USUAL_MOST if row is None else int(row[0])


def _foremost(session: Session, whose: WhoseBook) -> list[int]:
    asked = select(col(WorthCall.client_id))
    if whose.book == Book.MINE:
        asked = asked.where(col(WorthCall.associate_id).in_(whose.associates))
    elif whose.book == Book.DEPARTMENT:
        team = select(ident(Associate.id)).where(
            col(Associate.department_id) == whose.department_id
        )
        asked = asked.where(col(WorthCall.associate_id).in_(team))
    asked = asked.order_by(col(WorthCall.value).desc(), col(WorthCall.client_id))
    return list(session.scalars(asked.limit(LOOKED_AT)))


def _reach(
    known: Known, rules: Policy, purpose: Purpose, now: datetime, until: datetime | None
) -> Reach | None:
    """The best way to reach a client for this purpose: now, else the first that comes."""
    doubtful: list[Reach] = []
    later: list[Reach] = []
    for channel in CHANNELS:
        wish = Wish(channel, purpose)
        at = earliest(wish, known, rules, now)
        if at is None:
            continue
        if at > now:
            if until is None or at < until:
                later.append(Reach(channel, at, now=False))
            continue
        answer = permission(wish, known, rules, now)
        if isinstance(answer, Allowed):
            reach = Reach(channel, at, now=True)
            if not answer.doubts:
                return reach
            doubtful.append(reach)
    if doubtful:
        return doubtful[0]
    return min(later, key=lambda one: one.at, default=None)


def _shown(session: Session, judge: Judge, some: Sequence[Weighed]) -> tuple[Worth, ...]:
    ids = [one.client_id for one in some]
    named = {row[0]: Named(*row[:NAME_WIDTH]) for row in _NAMES.rows(session, ids=ids)}
    owners = dict(_OWNERS.rows(session, ids=ids))
    people = associate_names(session)
    names = dict(_DEPARTMENTS.rows(session))
    rows = []
    for one in some:
        following = next((reason.following for reason in one.reasons if reason.following), None)
        owner = owners.get(one.client_id)
        rows.append(
            Worth(
                named[one.client_id],
                one.reasons,
                judge.lacking(one.facts),
                one.reach,
                tuple(names[key] for key in one.facts.departments or ()),
                names.get(following.department, "") if following else "",
                owner,
                people.get(owner, "") if owner is not None else "",
            )
        )
    return tuple(rows)


def _asides(session: Session, me: int, today: date) -> tuple[Aside, ...]:
    return tuple(
        Aside(key, Named(*rest[:NAME_WIDTH]), *rest[NAME_WIDTH:])
        for key, *rest in _ASIDES.rows(session, me=me, today=today)
    )


_RUN = Prepared(
    select(col(WorthRun.worked_on), col(WorthRun.learnt), col(WorthRun.clients))
    .order_by(ident(WorthRun.id).desc())
    .limit(1)
)
_MOST = Prepared(select(col(WorthDay.most)).where(col(WorthDay.associate_id) == given("me")))
_DONE = Prepared(
    select(func.count(col(ContactMade.client_id).distinct())).where(
        col(ContactMade.associate_id) == given("me"),
        col(ContactMade.incoming).is_(False),
        col(ContactMade.took_place_at) >= given("first"),
        col(ContactMade.took_place_at) <= given("now"),
    )
)
_NAMES = Prepared(select(*name_columns()).where(ident(Client.id).in_(among("ids"))))
_OWNERS = Prepared(
    select(col(WorthCall.client_id), col(WorthCall.associate_id)).where(
        col(WorthCall.client_id).in_(among("ids"))
    )
)
_DEPARTMENTS = Prepared(select(ident(Department.id), col(Department.name)))
_ASIDES = Prepared(
    select(ident(WorthAside.id), *name_columns(), col(WorthAside.reason), col(WorthAside.until_on))
    .join(Client, ident(Client.id) == col(WorthAside.client_id))
    .where(
        col(WorthAside.associate_id) == given("me"),
        or_(col(WorthAside.until_on).is_(None), col(WorthAside.until_on) > given("today")),
    )
    .order_by(ident(WorthAside.id).desc())
    .limit(20)
)
