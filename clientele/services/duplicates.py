"""Looking for clients who may be one: the whole book once, afterwards what was written anew.

Nothing is ever merged by itself: a pair is only put where an associate looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.lists import PairState
from clientele.domain.rules.duplicates import LIKELY, Verdict, compare
from clientele.domain.rules.rights import SET_UP, Acting, Right
from clientele.domain.tables import DuplicateLook, DuplicatePair
from clientele.services.acting import needs, require
from clientele.services.rows import new_id, the
from clientele.services.verb import lasting, verb
from clientele.store.queries.duplicate_blocks import STAGES, Pair
from clientele.store.queries.duplicate_facts import facts_of
from clientele.store.queries.duplicates import (
    brought_by,
    changed_since,
    count_clients,
    count_likely,
    like_client,
)
from clientele.store.session import Store

_AT_ONCE: Final = 2_000
"""Pairs of which the facts are read together."""

_UNKEPT: Final = 40
"""Pieces in which nobody was found, after which the place is kept all the same."""

_ONE_BY_ONE: Final = 500
_TIMES: Final = 30
"""So many clients of the whole book are compared in the time that asking about one takes."""

Judged = tuple[int, int, Verdict]


@dataclass(frozen=True, slots=True)
class Course:
    """How far a look through the book is."""

    share: float
    """From 0 to 1."""
    compared: int
    found: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through the book did."""

    compared: int
    found: int
    """Pairs that are likely to be one, those known before included."""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class SetApart:
    """Two clients who are not the same: the pair stays away from now on."""

    first_id: int
    second_id: int
    by: int | None = None


@dataclass(frozen=True, slots=True)
class LookAt:
    """Clients of whom something was written."""

    clients: frozenset[int]


def find_pairs(
    store: Store,
    *,
    now: datetime,
    progress: Callable[[Course], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    acting: Acting = SET_UP,
) -> Looked:
    """Look through the whole book, or go on where the last look was stopped.

    After a look that came to its end only clients written since are looked at. Read in pieces by
    readers, so that everybody else works on meanwhile; each piece is kept with its place.
    """
    look_id, stage, position, compared, found, since = _begin(store, now, acting)
    if since is not None and _is_much(store, since, acting):
        # Whole is quicker than one by one where a large file was brought in.
        look_id, stage, position, compared, found, since = _begin(store, now, acting, anew=True)
    if since is not None:
        return _look_at_changes(store, look_id, since, now=now, progress=progress,
                                cancelled=cancelled, acting=acting)  # fmt: skip
    stages = list(STAGES)
    waiting = 0
    for at, name in enumerate(stages):
        if at < stages.index(stage):
            continue
        place: str | None = position if name == stage else ""
        while place is not None:
            if cancelled():
                return Looked(compared, found, cancelled=True)
            with store.read(acting=acting) as session:
                piece = STAGES[name](session, place)
                judged = judge(session, piece.pairs)
            place = piece.position
            compared += len(piece.pairs)
            found += len(judged)
            last = at + 1 == len(stages)
            following = name if place is not None else "" if last else stages[at + 1]
            waiting += 1
            if judged or place is None or waiting >= _UNKEPT:
                waiting = 0
                with store.write(acting=acting) as session:
                    keep_pairs(session, judged, now=now)
                    look = the(session, DuplicateLook, look_id)
                    look.stage, look.position = following or name, place or ""
                    look.compared, look.found = compared, found
                    if not following:
                        look.ended_at = now
            within = 0.0 if place is None else _within(name, place)
            progress(Course((at + (1.0 if place is None else within)) / len(stages),
                            compared, found))  # fmt: skip
    return Looked(compared, found)


def _is_much(store: Store, since: datetime, acting: Acting) -> bool:
    with store.read(acting=acting) as session:
        written = len(changed_since(session, since))
        return written > _ONE_BY_ONE and written * _TIMES > count_clients(session)


def _begin(
    store: Store, now: datetime, acting: Acting, *, anew: bool = False
) -> tuple[int, str, str, int, int, datetime | None]:
    """The look that is under way, a new one, or since when to look at what was written."""
    with store.write(acting=acting) as session:
        require(session, Right.SERVE)
        look = session.scalars(select(DuplicateLook).order_by(col(DuplicateLook.id).desc())).first()
        if look is None or anew:
            look = DuplicateLook(begun_at=now, stage=next(iter(STAGES)))
            new_id(session, look)
        assert look.id is not None
        since = look.begun_at if look.ended_at is not None else None
        return look.id, look.stage, look.position, look.compared, look.found, since


def _within(stage: str, position: str) -> float:
    """Roughly how far a stage is, for a bar that moves."""
    if stage == "birthdays":
        return (int(position) // 100) / 13
    if stage == "addresses":
        return int(position) / 4
    letter = position[:1].lower()
    return min(0.95, max(0.0, (ord(letter) - 97) / 26)) if letter.isalpha() else 0.3


def _look_at_changes(
    store: Store,
    look_id: int,
    since: datetime,
    *,
    now: datetime,
    progress: Callable[[Course], None],
    cancelled: Callable[[], bool],
    acting: Acting,
) -> Looked:
    with store.read(acting=acting) as session:
        clients = changed_since(session, since)
    compared = found = 0
    for start in range(0, len(clients), 200):
        if cancelled():
            return Looked(compared, found, cancelled=True)
        piece = clients[start : start + 200]
        with store.read(acting=acting) as session:
            pairs = {
                (min(one, other), max(one, other))
                for one in piece
                for other in like_client(session, one)
            }
            judged = judge(session, pairs)
        with store.write(acting=acting) as session:
            keep_pairs(session, judged, now=now, again=piece)
        compared += len(pairs)
        found += len(judged)
        progress(Course(min(1.0, (start + 200) / len(clients)), compared, found))
    with store.write(acting=acting) as session:
        the(session, DuplicateLook, look_id).begun_at = now
    return Looked(compared, found)


def look_after_import(
    store: Store,
    batch_id: int,
    *,
    now: datetime,
    cancelled: Callable[[], bool] = lambda: False,
    acting: Acting = SET_UP,
) -> int:
    """Compare whom a file brought with the book and with each other; answers how many are likely.

    Whoever is the same for sure was recognised by the import itself; these are put where an
    associate looks at them.
    """
    with store.read(acting=acting) as session:
        require(session, Right.IMPORT)
        brought = brought_by(session, batch_id)
    if len(brought) > _ONE_BY_ONE:
        find_pairs(store, now=now, cancelled=cancelled, acting=acting)
    else:
        for start in range(0, len(brought), 100):
            if cancelled():
                break
            with store.write(acting=acting) as session:
                look_at(session, brought[start : start + 100], now=now)
    with store.read(acting=acting) as session:
        return count_likely(session, batch_id)


def look_at(session: Session, clients: Iterable[int], *, now: datetime) -> int:
    """Look at some clients at once, as after an import; answers how many pairs are likely."""
    clients = list(clients)
    pairs = {
        (min(one, other), max(one, other)) for one in clients for other in like_client(session, one)
    }
    judged = judge(session, pairs)
    keep_pairs(session, judged, now=now, again=clients)
    return len(judged)


def judge(session: Session, pairs: Iterable[Pair]) -> list[Judged]:
    """Compare these pairs and answer those that are likely to be one."""
    waiting = iter(sorted(pairs))
    likely: list[Judged] = []
    while piece := list(islice(waiting, _AT_ONCE)):
        facts = facts_of(session, (key for pair in piece for key in pair))
        for one, other in piece:
            if one in facts and other in facts:
                verdict = compare(facts[one], facts[other])
                if verdict.score >= LIKELY:
                    likely.append((one, other, verdict))
    return likely


def keep_pairs(
    session: Session, judged: Iterable[Judged], *, now: datetime, again: Iterable[int] = ()
) -> None:
    """Put pairs where they are looked at; what was said to be not the same stays so.

    Pairs of the clients in ``again`` that are not likely any more are taken away.
    """
    found = {(one, other): verdict for one, other, verdict in judged}
    pair = DuplicatePair
    keys = sorted({one for one, _ in found} | set(again))
    known: dict[Pair, DuplicatePair] = {}
    for start in range(0, len(keys), 500):
        for row in session.scalars(
            select(pair).where(col(pair.first_id).in_(keys[start : start + 500]))
        ):
            known[row.first_id, row.second_id] = row
    for (one, other), verdict in found.items():
        there = known.get((one, other))
        if there is None:
            session.add(
                DuplicatePair(
                    first_id=one,
                    second_id=other,
                    score=verdict.score,
                    reasons=verdict.as_text,
                    found_at=now,
                )
            )
        elif there.state == PairState.FOUND and there.reasons != verdict.as_text:
            there.score, there.reasons = verdict.score, verdict.as_text
    session.flush()
    looked = list(again)
    for start in range(0, len(looked), 500):
        piece = looked[start : start + 500]
        stale = select(col(pair.id), col(pair.first_id), col(pair.second_id)).where(
            col(pair.state) == PairState.FOUND,
            col(pair.first_id).in_(piece) | col(pair.second_id).in_(piece),
        )
        gone = [key for key, one, other in session.execute(stale) if (one, other) not in found]
        if gone:
            session.execute(delete(pair).where(col(pair.id).in_(gone)))


@lasting
@verb
@needs(Right.BY_ITSELF)
def look_again(session: Session, what: LookAt, /, *, now: datetime) -> int | None:
    """Compare clients who were just written with the book; it is no step to undo."""
    look_at(session, sorted(what.clients), now=now)
    return None


@verb
def set_apart(session: Session, what: SetApart, /, *, now: datetime) -> int | None:
    """Say that two clients are not the same; answers the pair."""
    first, second = sorted((what.first_id, what.second_id))
    row = session.scalars(
        select(DuplicatePair).where(
            col(DuplicatePair.first_id) == first, col(DuplicatePair.second_id) == second
        )
    ).first()
    if row is None:
        row = DuplicatePair(first_id=first, second_id=second, score=0, reasons="", found_at=now)
        session.add(row)
    row.state = PairState.NOT_THE_SAME
    row.decided_at, row.associate_id = now, what.by
    session.flush()
    return row.id
