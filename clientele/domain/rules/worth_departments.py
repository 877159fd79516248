"""Which department do clients take up next? Counted, with the counts as the evidence.

Of each client the departments are put in the order in which they first bought there. Everybody who
at some time had bought in exactly the same departments as this client is counted, and which one
they took up after that, if any. A department that enough of them went on to is likely for this
client too; where too few are known nothing is said.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

LEAST: Final = 20
"""Clients who had bought in the same departments; with fewer nothing is said."""

PART: Final = 0.3
"""Of these, those who went on to the department."""

FIRST: Final = 3
"""Of so many departments is spoken; whoever bought in more finds their way."""

Group = tuple[int, ...]
"""Departments, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Followed:
    """``took`` of ``of`` clients who had bought in ``after`` took up ``department`` next."""

    department: int
    took: int
    of: int
    after: Group


@dataclass(frozen=True, slots=True)
class Course:
    """By group: how many clients had bought in just these, and what they took up next."""

    groups: Mapping[Group, tuple[int, Mapping[int, int]]] = field(default_factory=dict)
    least: int = LEAST

    def seen(self, departments: Iterable[int]) -> int:
        """How many clients had bought in just these departments."""
        known = self.groups.get(tuple(sorted(departments)))
        return known[0] if known else 0


def course_of(clients: Iterable[Sequence[int]], *, least: int = LEAST) -> Course:
    """What clients teach, each by the departments in the order in which they took them up."""
    seen: Counter[Group] = Counter()
    took: dict[Group, Counter[int]] = {}
    for order in clients:
        for many in range(1, min(len(order), FIRST) + 1):
            group = tuple(sorted(order[:many]))
            seen[group] += 1
            if many < len(order):
                took.setdefault(group, Counter())[order[many]] += 1
    return Course(
        {group: (seen[group], dict(took.get(group, {}))) for group in sorted(seen)}, least
    )


def likely_next(course: Course, departments: Iterable[int]) -> Followed | None:
    """What comes next for who bought in ``departments``; None: nothing stands out, or too few."""
    group = tuple(sorted(departments))
    known = course.groups.get(group)
    if known is None or known[0] < course.least or not known[1]:
        return None
    of, took = known
    department, many = min(took.items(), key=lambda one: (-one[1], one[0]))
    return Followed(department, many, of, group) if many >= PART * of else None


def text_of(course: Course) -> str:
    """As JSON."""
    rows = [[list(group), of, sorted(took.items())] for group, (of, took) in course.groups.items()]
    return json.dumps([course.least, rows], separators=(",", ":"))


def course_in(text: str) -> Course:
    """What ``text_of`` wrote."""
    least, rows = json.loads(text)
    return Course({tuple(group): (of, dict(took)) for group, of, took in rows}, least)
