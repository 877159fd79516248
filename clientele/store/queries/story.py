"""The client's one timeline over all departments, the newest first, a page at a time.

Pages are found by keys of the last entry before (``StoryMark``), never by counting, so that the
ten-thousandth entry comes as fast as the first. What is told is what is searched: a search walks
the story and keeps the entries that say each word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from clientele.domain.rules.finding import asked_words, says
from clientele.store.cards import BITS
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.merged import merged
from clientele.store.queries.reading import store_facts
from clientele.store.queries.story_entry import (
    RANK,
    Among,
    StoryEntry,
    StoryMark,
    Told,
)
from clientele.store.queries.story_sources import BROUGHT_BACK, IN_VISIT, SOURCES, Source
from clientele.store.queries.told_book import (
    appointments,
    consents,
    memberships,
    memberships_ended,
)
from clientele.store.queries.told_hand_offs import answered, ended, offered
from clientele.store.queries.told_made_right import made_right
from clientele.store.queries.told_promises import promises, promises_ended, steps
from clientele.store.queries.told_tickets import part_payments, purchases
from clientele.store.queries.told_visits import visits
from clientele.store.queries.told_words import contacts, notes

__all__ = ["PAGE", "Among", "StoryEntry", "StoryMark", "Told", "end_of", "story"]

PAGE = 60

STRIDES = (120, 400, 1_200)
"""How many entries a search looks through at a time: few at first, since many words are common."""


def story(
    session: Session,
    client_id: int,
    *,
    after: StoryMark | None = None,
    before: StoryMark | None = None,
    kinds: Sequence[str] = (),
    department_id: int | None = None,
    search: str = "",
    limit: int = PAGE,
) -> tuple[StoryEntry, ...]:
    """A page of the story, the newest first.

    ``after`` the last entry of the page before; ``before`` the first entry of the page after (it
    answers those next to it). ``kinds`` of ``Told`` or ``Among``, empty for all; ``search`` words
    that must all be said, in any case and with or without accents.

    A visit that ended in a ticket is told by the ticket: one entry for what took place once.
    """
    asked = _Asked(client_id, tuple(sorted(kinds)), department_id, before is not None)
    words = asked_words(search)
    mark = before or after
    if not words:
        found = _tell(session, _marks(session, asked, mark, limit))
    else:
        found = []
        for entry in _walk(session, asked, mark):
            if says(entry.said(), words):
                found.append(entry)
                if len(found) == limit:
                    break
    return tuple(reversed(found)) if asked.newer else tuple(found)


def end_of(session: Session, year: int) -> StoryMark:
    """After this mark begins what took place in a year of the store, or before it."""
    return StoryMark(store_facts(session).begins(date(min(year, 9_998) + 1, 1, 1)), Told.BOOK, 0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for; ``newer`` goes up through the story instead of down."""

    client_id: int
    kinds: tuple[str, ...]
    department_id: int | None
    newer: bool


def _conditions(kinds: Sequence[str]) -> dict[Told, tuple[ColumnElement[bool], ...]]:
    """Each kind that is asked for, and of tickets which ones."""
    if not kinds:
        return dict.fromkeys(Told, ())
    asked: dict[Told, tuple[ColumnElement[bool], ...]] = {
        kind: () for kind in Told if kind.value in kinds
    }
    tickets = [
        condition
        for among, condition in ((Among.VISITS, IN_VISIT), (Among.RETURNS, BROUGHT_BACK))
        if among.value in kinds
    ]
    if Among.VISITS.value in kinds:
        asked[Told.VISIT] = ()
    if tickets and Told.PURCHASE not in asked:
        asked[Told.PURCHASE] = (or_(*tickets),)
    return asked


_Mark = tuple[int, int, datetime]


def _marks(session: Session, asked: _Asked, mark: StoryMark | None, limit: int) -> list[_Mark]:
    """Rank, id and instant of the entries next to ``mark``, in the order in which they are met.

    Each kind is asked for by itself, and only where there is any: most clients have few kinds, and
    one question over all seventeen takes longer than its answer.
    """
    values: dict[str, object] = {"client_id": asked.client_id, "limit": limit}
    if asked.department_id is not None:
        values["department_id"] = asked.department_id
    if mark is not None:
        values |= {"mark_at": mark.at, "mark_id": mark.id}
    found: list[tuple[datetime, int, int]] = []
    for kind in _conditions(asked.kinds):
        table = SOURCES[kind].client.class_
        if table in _SPARSE and not may_have(session, asked.client_id, table):
            continue
        rank = RANK[kind]
        shape = _Shape(
            kind,
            asked.kinds,
            asked.department_id is not None,
            asked.newer,
            None if mark is None else _Side.of(rank, RANK[mark.kind]),
        )
        found += [(at, rank, key) for key, at in _statement(shape).rows(session, **values)]
    found.sort(reverse=not asked.newer)
    return [(rank, key, at) for at, rank, key in found[:limit]]


class _Side(Enum):
    """Where a kind stands beside that of the mark, in the order of kinds."""

    BEFORE = auto()
    SAME = auto()
    AFTER = auto()

    @classmethod
    def of(cls, rank: int, other: int) -> _Side:
        """That of one rank beside another."""
        return cls.SAME if rank == other else cls.BEFORE if rank < other else cls.AFTER


@dataclass(frozen=True, slots=True)
class _Shape:
    """What makes one question another statement: of each there is one, compiled once."""

    kind: Told
    kinds: tuple[str, ...]
    in_department: bool
    newer: bool
    side: _Side | None
    """On which side of the mark's kind, None without a mark: of all kinds there are three."""


@lru_cache(maxsize=1024)
def _statement(shape: _Shape) -> Prepared:
    """The statement that finds the marks of one kind."""
    source, only = SOURCES[shape.kind], _conditions(shape.kinds)[shape.kind]
    asked = select(source.key.label("id"), source.at.label("at")).where(
        source.client == given("client_id"), *source.only, *only
    )
    if source.through is not None:
        asked = asked.select_from(source.through)
    if shape.in_department:
        asked = asked.where(source.within(given("department_id")))
    if shape.side is not None:
        asked = asked.where(_beyond(source, shape.side, newer=shape.newer))
    way = (source.at, source.key) if shape.newer else (source.at.desc(), source.key.desc())
    return Prepared(asked.order_by(*way).limit(given("limit")))


def _beyond(source: Source, side: _Side, *, newer: bool) -> ColumnElement[bool]:
    """Whether a row comes after the mark, or with ``newer`` before it: by instant, kind and id."""
    at, key = source.at, source.key
    mark_at, mark_id = given("mark_at"), given("mark_id")
    if newer:
        strictly, equal, among = at > mark_at, at >= mark_at, key > mark_id
    else:
        strictly, equal, among = at < mark_at, at <= mark_at, key < mark_id
    if side is _Side.SAME:
        return and_(equal, or_(strictly, among))
    with_it = side is (_Side.AFTER if newer else _Side.BEFORE)
    return equal if with_it else strictly  # type: ignore[no-any-return]


def _walk(session: Session, asked: _Asked, mark: StoryMark | None) -> Iterator[StoryEntry]:
    """Every entry from ``mark`` on."""
    number = 0
    while True:
        stride = STRIDES[min(number, len(STRIDES) - 1)]
        told = _tell(session, _marks(session, asked, mark, stride))
        yield from told
        if len(told) < stride:
            return
        mark, number = told[-1].mark, number + 1


def _tell(session: Session, marks: Sequence[_Mark]) -> list[StoryEntry]:
    kinds = list(Told)
    keys: dict[int, list[int]] = defaultdict(list)
    for rank, key, _ in marks:
        keys[rank].append(key)
    told: dict[tuple[int, int], StoryEntry] = {}
    for rank, asked in keys.items():
        for entry in _TELL[kinds[rank]](session, asked):
            told[rank, entry.id] = entry
    return [told[rank, key] for rank, key, _ in marks]


_SPARSE = frozenset(
    source.client.class_
    for source in SOURCES.values()
    if source.client.class_.__tablename__ in BITS
)
"""The tables of which a client's card says whether there are any rows."""

_TELL: dict[Told, Callable[[Session, list[int]], list[StoryEntry]]] = {
    Told.BOOK: memberships,
    Told.BOOK_ENDED: memberships_ended,
    Told.MERGED: merged,
    Told.CONSENT: consents,
    Told.APPOINTMENT: appointments,
    Told.VISIT: visits,
    Told.PURCHASE: purchases,
    Told.PART_PAYMENT: part_payments,
    Told.MADE_RIGHT: made_right,
    Told.PROMISE: promises,
    Told.PROMISE_STEP: steps,
    Told.PROMISE_ENDED: promises_ended,
    Told.HAND_OFF: offered,
    Told.HAND_OFF_ANSWERED: answered,
    Told.HAND_OFF_ENDED: ended,
    Told.CONTACT: contacts,
    Told.NOTE: notes,
}
