"""Which PINs may be chosen? What is not the first guess of somebody who looks over a shoulder.

The counts follow NIST SP 800-63B-4 (guesses are few, because they are counted) and the studies of
chosen PINs, in which a tenth of all is 1234 and a quarter is one of twenty (DataGenetics 2012;
Markert and others 2020, "This PIN Can Be Easily Guessed").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clientele.domain.errors import Refusal
from clientele.domain.team import Role

SHORTEST: Final = 4
LONGEST: Final = 8
SHORTEST_OF_MANAGERS: Final = 6
"""Whoever may do more has a longer one."""

_RUN: Final = "0123456789012345678909876543210987654321"
"""Upwards and downwards, also past the zero."""

_COMMON: Final = frozenset(
    {
        "0852", "1004", "1122", "1225", "1313", "2580", "4711", "5683", "7410", "8520",
        "112233", "123321", "123654", "147258", "159357", "159753", "258456", "741852", "789456",
        "11223344", "12341234", "12344321", "14725836",
    }
)  # fmt: skip
"""Columns of the pad, words on it, and what else many choose."""


class PinRefused(Refusal):
    """Not a PIN that could be kept."""

    template = "A PIN has 4 to 8 digits. It was not changed; choose another."


class TooShortForAManager(PinRefused):
    """A manager's has more digits."""

    template = "A manager's PIN has 6 to 8 digits. It was not changed; choose a longer one."


class OneDigit(PinRefused):
    """Such as 7777, or 1212."""

    template = "A PIN that repeats itself is soon guessed. It was not changed; choose another."


class ARun(PinRefused):
    """Such as 3456 or 6543."""

    template = (
        "Digits that follow each other, such as 3456, are soon guessed. "
        "It was not changed; choose another."
    )


class AYear(PinRefused):
    """Such as 1987: a birth, a wedding."""

    template = "A year is soon guessed. The PIN was not changed; choose another."


class OftenChosen(PinRefused):
    """Such as 2580, the middle column of the pad."""

    template = "Many choose this one, so it is soon guessed. It was not changed; choose another."


class YourNumber(PinRefused):
    """The end of a number that others know."""

    template = (
        "This is a number of yours or of the store's that others know. "
        "The PIN was not changed; choose another."
    )


class TheOneBefore(PinRefused):
    """Nothing would be changed."""

    template = "This is the PIN that you had. It was not changed; choose another."


def check_digits(pin: str) -> None:
    """Whether ``pin`` has 4 to 8 digits (ASCII).

    Raises:
        PinRefused: it has not.
    """
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        raise PinRefused


def check_chosen(
    pin: str, *, role: str = Role.ASSOCIATE, before: str = "", known: Iterable[str] = ()
) -> None:
    """Whether somebody of ``role`` may choose ``pin``.

    ``before`` is the one they had, where they typed it; ``known`` are numbers that others know,
    such as the store's telephone, of which neither the whole nor the end may be the PIN.

    Raises:
        PinRefused: by its kind, why not.
    """
    check_digits(pin)
    if len(pin) < shortest_of(role):
        raise TooShortForAManager
    if any(pin == pin[:size] * (len(pin) // size) for size in (1, 2)):
        raise OneDigit
    if pin in _RUN:
        raise ARun
    if len(pin) == SHORTEST and pin[:2] in ("19", "20"):
        raise AYear
    if pin in _COMMON:
        raise OftenChosen
    if pin == before:
        raise TheOneBefore
    for number in known:
        if "".join(sign for sign in number if sign.isdigit()).endswith(pin):
            raise YourNumber


def shortest_of(role: str) -> int:
    """How many digits the PIN of somebody of this role has at least."""
    return SHORTEST if role == Role.ASSOCIATE else SHORTEST_OF_MANAGERS
