"""Whose is it today? The owner's, or while they are away that of the colleague who covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Away:
    """An absence: from ``away_from`` up to, and without, ``back_on``; days of the store's zone."""

    associate_id: int
    cover_id: int
    away_from: date
    back_on: date

    def on(self, day: date) -> bool:
        """Whether the associate is away on ``day``."""
        return self.away_from <= day < self.back_on


def acting(owner: int, day: date, absences: Iterable[Away]) -> int:
    """Who answers on ``day`` for what ``owner`` owns.

    A cover who is away as well is covered in turn. Where that leads round in a circle, nobody of
    it is there, and it stays with the owner: somebody always answers.
    """
    covers = {one.associate_id: one.cover_id for one in absences if one.on(day)}
    seen = {owner}
    now = owner
    while now in covers:
        now = covers[now]
        if now in seen:
            return owner
        seen.add(now)
    return now


def answers_for(associate: int, day: date, absences: Iterable[Away]) -> frozenset[int]:
    """Whose work ``associate`` does on ``day``: that of all those they cover, and their own.

    Their own also while they are away: they may well look in, and it is theirs again tomorrow.
    """
    there = tuple(absences)
    away = {one.associate_id for one in there if one.on(day)}
    return frozenset({associate} | {one for one in away if acting(one, day, there) == associate})
