"""Which steps does a promise of each kind take, and what state do they put it in?"""

from __future__ import annotations

from clientele.domain.promises import PromiseKind, PromiseState

STEPS: dict[PromiseKind, tuple[str, ...]] = {
    PromiseKind.ALTERATION: ("fitted", "sent", "ready", "collected"),
    PromiseKind.SPECIAL_ORDER: ("ordered", "confirmed", "arrived", "collected"),
    PromiseKind.TRANSFER: ("asked for", "on its way", "arrived", "collected"),
    PromiseKind.HOLD: ("put aside", "collected"),
    PromiseKind.REPAIR: ("taken in", "sent", "ready", "collected"),
    PromiseKind.CALL_BACK: ("called back",),
    PromiseKind.REQUEST: ("taken on", "done"),
}
"""The steps in their order. The last one keeps the promise; steps may be passed over."""

BEGINS = {
    PromiseKind.ALTERATION: "fitted",
    PromiseKind.HOLD: "put aside",
    PromiseKind.REPAIR: "taken in",
}
"""The step that is reached by promising it: nobody has to say it a second time."""

READY = frozenset({"ready", "arrived"})
"""Steps after which only the client is waited for."""

MOVES: dict[PromiseState, frozenset[PromiseState]] = {
    PromiseState.OPEN: frozenset({PromiseState.READY, PromiseState.KEPT, PromiseState.BROKEN}),
    PromiseState.READY: frozenset({PromiseState.OPEN, PromiseState.KEPT, PromiseState.BROKEN}),
    PromiseState.KEPT: frozenset(),
    PromiseState.BROKEN: frozenset(),
}
"""From ready back to open only where it is not ready after all; kept and broken are ends."""


def steps_of(kind: str) -> tuple[str, ...]:
    """The steps of a kind of promise."""
    return STEPS[PromiseKind(kind)]


def place_of(kind: str, step: str) -> int:
    """How many steps ``step`` is on the way: 0 before the first (empty, or no step of the kind)."""
    steps = steps_of(kind)
    return steps.index(step) + 1 if step in steps else 0


def reached(kind: str, state: str, step: str) -> str:
    """How far it is: a promise of an older book says only by its state that it is ready or kept."""
    steps = steps_of(kind)
    if state == PromiseState.KEPT:
        return steps[-1]
    if not step and state == PromiseState.READY:
        return next((one for one in steps if one in READY), steps[-2] if len(steps) > 1 else "")
    return step


def next_step(kind: str, step: str) -> str | None:
    """What comes after ``step`` (empty: the first), or None after the last."""
    steps = steps_of(kind)
    at = place_of(kind, step)
    return steps[at] if at < len(steps) else None


def may_reach(kind: str, step: str, wanted: str) -> bool:
    """Whether ``wanted`` lies ahead of ``step``; steps between them may be passed over."""
    return place_of(kind, wanted) > place_of(kind, step)


def step_after_all(kind: str, step: str) -> str | None:
    """Where it falls back to when it is not ready after all; None where nothing is ready yet."""
    if step not in READY or step not in steps_of(kind):
        return None
    at = place_of(kind, step) - 2
    return steps_of(kind)[at] if at >= 0 else ""


def state_after(kind: str, step: str) -> PromiseState:
    """The state that reaching ``step`` puts a promise in; empty: just promised.

    Raises:
        ValueError: the kind has no such step.
    """
    steps = steps_of(kind)
    if not step:
        return PromiseState.OPEN
    if step not in steps:
        raise ValueError(step)
    if step == steps[-1]:
        return PromiseState.KEPT
    return PromiseState.READY if step in READY else PromiseState.OPEN


def is_over(state: str) -> bool:
    """Whether a promise in ``state`` has ended: nothing leads on from there."""
    return not MOVES[PromiseState(state)]
