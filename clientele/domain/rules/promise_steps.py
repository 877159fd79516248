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

READY = frozenset({"ready", "arrived"})
"""Steps after which only the client is waited for."""


def steps_of(kind: str) -> tuple[str, ...]:
    """The steps of a kind of promise."""
    return STEPS[PromiseKind(kind)]


def next_step(kind: str, step: str) -> str | None:
    """What comes after ``step`` (empty: the first), or None after the last."""
    steps = steps_of(kind)
    at = steps.index(step) + 1 if step else 0
    return steps[at] if at < len(steps) else None


def state_after(kind: str, step: str) -> PromiseState:
    """The state that reaching ``step`` puts a promise in.

    Raises:
        ValueError: the kind has no such step.
    """
    steps = steps_of(kind)
    if step not in steps:
        raise ValueError(step)
    if step == steps[-1]:
        return PromiseState.KEPT
    return PromiseState.READY if step in READY else PromiseState.OPEN
