"""How is the credit for a line shared, so that the shares add up to the cent?"""

from __future__ import annotations

from collections.abc import Mapping


def shares(amount: int, parts: Mapping[int, int]) -> dict[int, int]:
    """``amount`` (minor units, below zero for a return) shared out by weight among associates.

    ``parts`` are weights by associate id, each above zero. Shares are exact to the minor unit and
    add up to ``amount`` (method of the largest remainder); what cannot be divided goes to the
    greatest remainders, in the order in which the associates are named.

    Raises:
        ValueError: nobody is named, or a weight is not above zero.
    """
    if not parts or any(weight <= 0 for weight in parts.values()):
        raise ValueError("every share needs a weight above zero")
    whole = sum(parts.values())
    sign, size = (-1, -amount) if amount < 0 else (1, amount)
    share = {one: size * weight // whole for one, weight in parts.items()}
    rest = size - sum(share.values())
    by_remainder = sorted(parts, key=lambda one: -(size * parts[one] % whole))
    for one in by_remainder[:rest]:
        share[one] += 1
    return {one: sign * amount for one, amount in share.items()}
