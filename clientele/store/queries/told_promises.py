"""What was promised, which steps it took, and was it kept?"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.tables import Associate, Department, Promise, PromiseStep
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, StoryStep, Told


def promises(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Promises as they were made, with everything that happened since."""
    return _promises(session, keys, over=False)


def promises_ended(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Promises as they were kept or broken; ``state`` says which. They too tell all their steps."""
    return _promises(session, keys, over=True)


def _promises(session: Session, keys: list[int], *, over: bool) -> list[StoryEntry]:
    happened = _happened(session, keys)
    rows = _PROMISES.rows(session, keys=keys)
    told: list[StoryEntry] = []
    for (
        key, promised_at, ended_at, by, name, other, what, garment, measurements, tag, ending,
        state, kind, due_on, place,
    ) in rows:  # fmt: skip
        told.append(
            StoryEntry(
                kind=Told.PROMISE_ENDED if over else Told.PROMISE,
                id=key,
                at=(ended_at if over else promised_at) or promised_at,
                associate_id=by,
                associate=name,
                colleagues=(other,) if other else (),
                words=f"{what}: {ending}" if over and ending else what,
                about=tuple(piece for piece in (garment, measurements, tag) if piece),
                departments=(place,) if place else (),
                steps=tuple(happened.get(key, ())),
                channel=kind,
                state=state if over else "",
                on=due_on,
                of=key,
            )
        )
    return told


def _happened(session: Session, keys: list[int]) -> dict[int, list[StoryStep]]:
    happened: dict[int, list[StoryStep]] = defaultdict(list)
    rows = _HAPPENED.rows(session, keys=keys)
    for promise, what, word, at, name in rows:
        happened[promise].append(StoryStep(what, word, at, name or ""))
    return happened


def steps(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Steps that a promise reached; ``state`` is the step, ``on`` the day one was moved from."""
    rows = _STEPS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.PROMISE_STEP,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=f"{what}: {word}" if word else what,
            about=(garment,) if garment else (),
            departments=(place,) if place else (),
            channel=kind,
            state=step,
            on=moved_from,
            of=promise,
        )
        for key, at, by, name, step, word, moved_from, what, garment, kind, promise, place in rows
    ]


_colleague = aliased(Associate)
_PROMISES = Prepared(
    select(
        ident(Promise.id),
        col(Promise.promised_at),
        col(Promise.ended_at),
        col(Promise.associate_id),
        col(Associate.name),
        col(_colleague.name),
        col(Promise.what),
        col(Promise.garment),
        col(Promise.measurements),
        col(Promise.tag),
        col(Promise.ending),
        col(Promise.state),
        col(Promise.kind),
        col(Promise.due_on),
        col(Department.name),
    )
    .join(Associate, ident(Associate.id) == col(Promise.associate_id))
    .outerjoin(_colleague, ident(_colleague.id) == col(Promise.colleague_id))
    .outerjoin(Department, ident(Department.id) == col(Promise.department_id))
    .where(ident(Promise.id).in_(among("keys")))
)
_HAPPENED = Prepared(
    select(
        col(PromiseStep.promise_id),
        col(PromiseStep.what),
        col(PromiseStep.word),
        col(PromiseStep.at),
        col(Associate.name),
    )
    .outerjoin(Associate, ident(Associate.id) == col(PromiseStep.associate_id))
    .where(col(PromiseStep.promise_id).in_(among("keys")))
    .order_by(col(PromiseStep.at), ident(PromiseStep.id))
)
_STEPS = Prepared(
    select(
        ident(PromiseStep.id),
        col(PromiseStep.at),
        col(PromiseStep.associate_id),
        col(Associate.name),
        col(PromiseStep.what),
        col(PromiseStep.word),
        col(PromiseStep.moved_from),
        col(Promise.what),
        col(Promise.garment),
        col(Promise.kind),
        ident(Promise.id),
        col(Department.name),
    )
    .join(Promise, ident(Promise.id) == col(PromiseStep.promise_id))
    .outerjoin(Associate, ident(Associate.id) == col(PromiseStep.associate_id))
    .outerjoin(Department, ident(Department.id) == col(Promise.department_id))
    .where(ident(PromiseStep.id).in_(among("keys")))
)
