"""What does a store's own past teach of who comes back? A few weights, learnt anew now and then.

The past is cut at some days; from what was known before each it is learnt who bought soon after it,
by logistic regression. Nothing after the last of these days is looked at, and the same histories
always teach the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from math import sqrt
from operator import mul, sub
from typing import Final, cast

from clientele.domain.rules.returning import (
    AWAY,
    OLDEST,
    SPANS,
    WITHIN,
    Learnt,
    Signals,
    Weights,
    chance,
    faded,
    signals,
)

CUTS: Final = 4
"""The past is cut at so many days, ``STEP`` days apart, the last as late as can be judged."""

STEP: Final = 14
AT_MOST: Final = 4_000
"""Clients to learn from; of more, each second, third, fourth and so on."""

AT_LEAST: Final = 100
"""Times that somebody came, and that somebody did not; with fewer nothing is learnt."""

BEFORE: Final = 45
"""Days of the past that a cut needs before it."""

CALM: Final = 10.0
"""How strongly weights are held near nothing: ridge, on signals brought to one measure."""

_ROUNDS: Final = 25
_DONE: Final = 1e-7

_Days = Sequence[int]
_Rows = list[tuple[Signals, float]]


def learn(
    histories: Sequence[_Days], today: date, *, within: int = WITHIN, away: int = AWAY
) -> Learnt:
    """Learn from the buying days (numbers, in order, each once) of a store's clients.

    ``today`` and later days are left out. Where the past is too short, or too few came or stayed
    away, nothing is learnt: ``Learnt.rows`` is 0 and chances follow from plain rates.
    """
    now = today.toordinal()
    every = -(-len(histories) // AT_MOST) or 1
    known = [days[bisect_left(days, now - OLDEST) :] for days in histories[::every]]
    came = [bought for _, _, bought in _cut(known, now, within)]
    soon = min(max(sum(came) / (len(came) or 1), 0.02), 0.98)

    def rows(ahead: int, right: bool) -> _Rows:
        weights = tuple(map(faded, SPANS))
        return [
            (signals(past, at, within, soon, *weights), float(bought is right))
            for past, at, bought in _cut(known, now, ahead)
        ]

    back, gone = rows(within, True), rows(away, False)
    for judged in (back, gone):
        yes = sum(said for _, said in judged)
        if min(yes, len(judged) - yes) < AT_LEAST:
            return Learnt(within, away, soon)
    return Learnt(within, away, soon, fitted(back), fitted(gone), len(back) + len(gone))


def _cut(known: Sequence[_Days], now: int, ahead: int) -> Iterator[tuple[_Days, int, bool]]:
    """Days before a cut, the cut, and whether they bought within ``ahead`` days from it on."""
    first = min((days[0] for days in known if days), default=now)
    for at in range(now - ahead, now - ahead - CUTS * STEP, -STEP):
        if at - first < BEFORE:
            break
        for days in known:
            place = bisect_left(days, at)
            if place:
                yield days[:place], at, place < len(days) and days[place] < at + ahead


def fitted(rows: _Rows) -> Weights:
    """Weights of a logistic regression with ridge, by Newton's method; the last stands alone."""
    count = len(rows)
    rights = [right for _, right in rows]
    columns = list(zip(*(row for row, _ in rows), strict=True))
    means = [sum(column) / count for column in columns]
    spreads = [
        sqrt(sum((value - mean) ** 2 for value in column) / count) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    # All signals in one measure, so that the ridge holds them alike; and the one that stands alone.
    measured = [
        [(value - mean) / spread for value in column]
        for column, mean, spread in zip(columns, means, spreads, strict=True)
    ]
    measured.append([1.0] * count)
    weights = [0.0] * len(measured)
    for _ in range(_ROUNDS):
        steps = _step(measured, rights, weights)
        weights = [weight + step for weight, step in zip(weights, steps, strict=True)]
        if max(map(abs, steps)) < _DONE:
            break
    plain = [weight / spread for weight, spread in zip(weights, spreads, strict=False)]
    alone = weights[-1] - sum(map(mul, plain, means))
    return cast(Weights, (*plain, alone))


def _step(
    columns: Sequence[Sequence[float]], rights: Sequence[float], weights: Sequence[float]
) -> list[float]:
    """From ``weights`` on towards the most likely ones."""
    size = len(columns)
    odds = [sum(map(mul, weights, row)) for row in zip(*columns, strict=True)]
    thought = list(map(chance, odds))
    wrong = list(map(sub, rights, thought))
    unsure = [share * (1 - share) for share in thought]
    equations = [[0.0] * size for _ in range(size)]
    for at, column in enumerate(columns):
        weighted = list(map(mul, unsure, column))
        for other in range(at + 1):
            curve = sum(map(mul, weighted, columns[other]))
            equations[at][other] = equations[other][at] = curve
    for at, column in enumerate(columns):
        held = CALM if at < size - 1 else 0.0
        equations[at][at] += held
        equations[at].append(sum(map(mul, wrong, column)) - held * weights[at])
    return _solved(equations)


def _solved(equations: list[list[float]]) -> list[float]:
    """The unknowns of linear equations, one a row with its right side last, by elimination.

    The rows are used up. They are symmetric and positive, so no row has to change its place.
    """
    size = len(equations)
    for at, row in enumerate(equations):
        for below in equations[at + 1 :]:
            times = below[at] / row[at]
            for column in range(at, size + 1):
                below[column] -= times * row[column]
    solved = [0.0] * size
    for at in reversed(range(size)):
        row = equations[at]
        rest = sum(map(mul, row[at + 1 : size], solved[at + 1 :]))
        solved[at] = (row[size] - rest) / row[at]
    return solved
