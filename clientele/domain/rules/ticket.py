"""What does a line of the ticket come to, and what is left to pay?

Amounts are whole minor units, quantities thousandths. A price of one times a quantity is rounded to
the minor unit, halves up (away from nothing), as a till does; a mark-down is an amount taken off
the whole line afterwards and is never more than the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientele.domain.errors import Refusal
from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.credit import shares

PERCENT = 100

_QUANTITY = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,3}))?")
_PERCENT = re.compile(r"[-−–]?([0-9]{1,3})%")


class MarkDownTooLarge(Refusal):
    """More is taken off than the line comes to."""

    template = (
        "The mark-down on “{item}” is more than the price. "
        "Nothing was changed; take off the price at most."
    )


class NotAQuantity(Refusal):
    """A quantity could not be read."""

    template = "“{text}” is not a quantity. Nothing was changed; write it like 2 or 1.5."


@dataclass(frozen=True, slots=True)
class Back:
    """What is given back for a quantity: the price of one, and what is taken off to be exact."""

    price: int
    mark_down: int


def gross(price: int, quantity: int) -> int:
    """The price of one, in minor units, times a quantity in thousandths; halves up.

    Raises:
        ValueError: the price is below zero, or the quantity is not above it.
    """
    if price < 0 or quantity <= 0:
        raise ValueError("a line has a price and a quantity above zero")
    return (price * quantity + QUANTITY_UNIT // 2) // QUANTITY_UNIT


def line_amount(price: int, quantity: int, mark_down: int = 0, *, item: str = "") -> int:
    """What a line comes to, in minor units: never below zero.

    Raises:
        MarkDownTooLarge: more is taken off than the line comes to; ``item`` names it.
        ValueError: the price or the mark-down is below zero, or the quantity is not above it.
    """
    whole = gross(price, quantity)
    if mark_down < 0:
        raise ValueError("a mark-down is not below zero")
    if mark_down > whole:
        raise MarkDownTooLarge(item=item)
    return whole - mark_down


def percent_off(whole: int, percent: int) -> int:
    """``percent`` (0 to 100) of an amount in minor units; halves up.

    Raises:
        ValueError: no such percentage.
    """
    if whole < 0 or not 0 <= percent <= PERCENT:
        raise ValueError("a percentage is from 0 to 100")
    return (whole * percent + PERCENT // 2) // PERCENT


def as_percent(whole: int, mark_down: int) -> int | None:
    """The whole percentage that a mark-down is of the line; None where it is none."""
    if whole <= 0:
        return None
    nearest = (mark_down * PERCENT + whole // 2) // whole
    return nearest if percent_off(whole, min(nearest, PERCENT)) == mark_down else None


def total(amounts: Iterable[int]) -> int:
    """The sum of the lines, those of what comes back below zero."""
    return sum(amounts)


def to_pay(whole: int, paid_ahead: Iterable[int]) -> int:
    """What is left to pay of a total after part payments; below zero is given back."""
    return whole - sum(paid_ahead)


def paid_for(amount: int, quantity: int, back: int) -> Back:
    """What was paid for ``back`` thousandths of ``quantity`` that came to ``amount``.

    The last of it gives exactly what is left of the amount, so that nothing is lost to rounding,
    however the pieces come back. ``price`` is that of one, rounded up; ``mark_down`` corrects it.

    Raises:
        ValueError: the amount is below zero, or more comes back than there is.
    """
    if amount < 0 or not 0 < back <= quantity:
        raise ValueError("what comes back is of what was bought")
    given = (2 * amount * back + quantity) // (2 * quantity)
    price = -(-given * QUANTITY_UNIT // back)
    return Back(price, gross(price, back) - given)


def mirrored(back: int, credited: Mapping[int, int]) -> dict[int, int]:
    """Who gives up how much credit when ``back`` (minor units) is given back: amounts below zero.

    ``credited`` is what each is still credited with for the sold line. Each gives up in proportion
    and never more than they had unless more is given back than was paid; once all is back nobody
    has any of it left, whoever took it back.
    """
    having = {one: amount for one, amount in credited.items() if amount > 0}
    return shares(-back, having) if having else {}


def parse_quantity(text: str) -> int:
    """Thousandths of a quantity as typed: “2”, “×2”, “1,5”; empty is one.

    Raises:
        NotAQuantity: it is something else, nothing, or ten thousand and more.
    """
    bare = "".join(text.split()).lower().strip("x×*").replace(",", ".")
    if not bare:
        return QUANTITY_UNIT
    found = _QUANTITY.fullmatch(bare)
    quantity = int(found[1]) * QUANTITY_UNIT + int((found[2] or "0").ljust(3, "0")) if found else 0
    if not quantity:
        raise NotAQuantity(text=text)
    return quantity


def parse_percent(text: str) -> int | None:
    """A whole percentage as typed (“10%”, “10 %”, “-10%”); None where it is none."""
    found = _PERCENT.fullmatch("".join(text.split()))
    return int(found[1]) if found and int(found[1]) <= PERCENT else None
