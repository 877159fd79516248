"""How far is each promise of the sample, and what happened on its way?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clientele.domain.promises import Happened, PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import (
    BEGINS,
    READY,
    next_step,
    place_of,
    state_after,
    steps_of,
)
from clientele.domain.rules.promise_tags import tag_of
from clientele.domain.rules.promises import missing_step
from clientele.domain.tables import Promise, PromiseStep
from clientele.services.sample.floor import Floor


@dataclass(frozen=True, slots=True)
class Went:
    """One thing that happened: a step or another happening, when, and the word that was said."""

    what: str
    at: datetime
    word: str = ""


def step_by_now(
    kind: PromiseKind, made: datetime, due: date, local_now: datetime, *, careful: bool
) -> str:
    """How far an open promise is: every step in its time, and the last one of them by chance."""
    steps = steps_of(kind)[:-1]
    whole = max((due - made.date()).days, 1)
    gone = min((local_now.date() - made.date()).days / whole, 0.99)
    not_ready = [step for step in steps if step not in READY]
    step = BEGINS.get(kind, "")
    if not_ready:
        step = max(step, not_ready[int(gone * len(not_ready))], key=lambda one: place_of(kind, one))
    while careful and (
        missing := missing_step(
            kind=kind, step=step, due_on=due, due_time=None, local_now=local_now
        )
    ):
        step = missing
    return step


def went_evenly(kind: PromiseKind, step: str, made: datetime, last: datetime) -> tuple[Went, ...]:
    """Every step up to ``step``, from the promise to the last word of it."""
    steps = steps_of(kind)[: place_of(kind, step)]
    begun = 1 if BEGINS.get(kind) else 0
    apart = (last - made) / max(len(steps) - begun, 1)
    return tuple(
        Went(one, made + apart * (at if begun else at + 1)) for at, one in enumerate(steps)
    )


def write_steps(
    floor: Floor,
    key: int,
    kind: str,
    by: int,
    went: Sequence[Went],
    *,
    printed: Sequence[datetime] = (),
) -> None:
    """Write the history of a promise, when its tag was printed, and how far it is."""
    step = ""
    for one in went:
        if place_of(kind, one.what) > place_of(kind, step):
            step = one.what
        _happened(floor, key, by, one)
    for at in printed:
        _happened(floor, key, by, Went(Happened.PRINTED, at))
    floor.sheet.change(Promise, key, step=step, tag=tag_of(kind, key))


def ending(kind: str, at: datetime, word: str, *, kept: bool) -> Went:
    """How it ended."""
    return Went(steps_of(kind)[-1] if kept else Happened.BROKEN, at, word)


def state_of(kind: PromiseKind, step: str) -> PromiseState:
    """The state of an open promise that is as far as ``step``."""
    assert next_step(kind, step) is not None, "an open promise has a step before it"
    return state_after(kind, step)


def _happened(floor: Floor, key: int, by: int, one: Went) -> None:
    floor.sheet.add(
        PromiseStep,
        promise_id=key,
        what=str(one.what),
        word=one.word,
        associate_id=by,
        at=one.at,
    )
