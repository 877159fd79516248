"""Which sold line does a return bring back?

A return that names its line is believed. Returns that a file brought name none: they are matched
by article to the latest line before them that has some left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

Moved = tuple[int, str, int, int, int | None]
"""A line as it went out or came in: its id, its article (its number, or else its words), quantity
in thousandths, amount in minor units, and the line that a return says it brings back."""


@dataclass(slots=True)
class Settled:
    """What became of the lines: what is left of each sold one, and what each return brought."""

    left: dict[int, int] = field(default_factory=dict)
    left_amount: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    """Return line to sold line; a return of which no purchase is known is not in it."""


def settled(lines: Iterable[Moved]) -> Settled:
    """Match returns with what was sold; ``lines`` in the order in which they took place."""
    found = Settled()
    by_article: dict[str, list[int]] = defaultdict(list)
    moved = lines if isinstance(lines, list) else list(lines)
    for key, _, quantity, amount, _ in moved:
        if amount >= 0 and quantity > 0:
            found.left[key], found.left_amount[key] = quantity, amount
    for key, article, quantity, amount, named in moved:
        if key in found.left:
            if article:
                by_article[article].append(key)
            continue
        sold = named
        if not sold:
            there = by_article.get(article, [])
            while there and not found.left[there[-1]]:
                there.pop()
            sold = there[-1] if there else None
        if sold is None or sold not in found.left:
            continue
        found.back[key] = sold
        left = max(found.left[sold] - abs(quantity), 0)
        found.left[sold] = left
        found.left_amount[sold] = max(found.left_amount[sold] + amount, 0) if left else 0
    return found
