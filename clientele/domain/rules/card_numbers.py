"""What looks like a payment card number, so that it is never kept.

PCI DSS 4.0.1 requirement 3.3.1 forbids keeping card data after authorisation; a clienteling book
has no reason to hold a card number at all. A number counts when its length and first digits are
those of an issuer and its check digit is right (ISO/IEC 7812-1, annex B: the Luhn formula).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import decimal

_BLANK: Final = "[ \\t\\-\x00\u00a0\u00ad\u2000-\u2015\u202f\u205f\u2060\u2212\u3000\ufeff]"
"""Blanks and dashes of all kinds, seen and unseen: they may stand between any two digits."""

_RUN = re.compile(rf"(?<!\d)(?<!\d\.)\d(?:{_BLANK}{{0,3}}\d){{12,}}(?!\d)")
_PRINTED = re.compile(
    r"(?<!\d)(?=((?:\d{4}[\W_]{1,8}){3}\d{4}(?:[\W_]{1,8}\d{3})?(?!\d)"
    r"|\d{4}[\W_]{1,8}\d{6}[\W_]{1,8}\d{4,5}(?!\d)))"
)
"""Grouped as on a card: there any sign may stand between the groups, as in ``4111/1111/…``."""

_GROUP = re.compile(r"\d+")
_SHORTEST, _LONGEST = 13, 19
_ISSUERS = re.compile(
    r"""
      4\d{15}(?:\d{3})?                                   # Visa, 16 or 19
    | (?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}   # Mastercard
    | 3[47]\d{13}                                         # American Express
    | 3(?:0[0-5]|[689]\d)\d{11}                           # Diners Club
    | (?:6011|65\d\d|64[4-9]\d)\d{12}(?:\d{3})?           # Discover
    | 35(?:2[89]|[3-8]\d)\d{12}(?:\d{3})?                 # JCB
    | 62\d{14,17}                                         # UnionPay
    | (?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}  # Maestro
    | 4\d{12}                                             # Visa of old, 13
    """,
    re.VERBOSE,
)


def found_in(text: str) -> bool:
    """Whether ``text`` holds what looks like a card number, spaced or not."""
    return len(text) > 12 and any(True for _ in _places(text))


def masked(text: str) -> str:
    """``text`` with all but the last four digits of each card number covered."""
    parts, done = [], 0
    for start, end in _places(text):
        digits = "".join(_GROUP.findall(text[start:end]))
        parts += [text[done:start], f"•••• {digits[-4:]}"]
        done = end
    return "".join([*parts, text[done:]])


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand, in their order and apart from each other."""
    if sum(map(str.isdecimal, text)) < _SHORTEST:
        return
    if not text.isascii():  # digits of any script, each in its place
        text = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text)
    done = 0
    for start, end in sorted({*_runs(text), *_printed(text)}):
        if start >= done:
            yield start, end
            done = end


def _printed(text: str) -> Iterator[tuple[int, int]]:
    for found in _PRINTED.finditer(text):
        groups = [(found.start(1) + at.start(), found.start(1) + at.end())
                  for at in _GROUP.finditer(found[1])]  # fmt: skip
        last = _card_from(text, groups, 0)
        if last is not None:
            yield groups[0][0], groups[last][1]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Any groups of digits side by side that make a card number up together.

    Other digits may stand beside them, as the month and year do: ``4111 1111 1111 1111 12/27``.
    """
    for run in _RUN.finditer(text):
        groups = [
            (run.start() + group.start(), run.start() + group.end())
            for group in _GROUP.finditer(run.group())
        ]
        first = 0
        while first < len(groups):
            last = _card_from(text, groups, first)
            if last is not None:
                yield groups[first][0], groups[last][1]
                first = last
            first += 1


def _card_from(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The last of the groups that make a card number up with ``first``, if any do."""
    digits, found = "", None
    for at in range(first, len(groups)):
        digits += text[slice(*groups[at])]
        if len(digits) > _LONGEST:
            break
        if _is_card(digits):
            found = at
    return found


def _is_card(digits: str) -> bool:
    if not _ISSUERS.fullmatch(digits) or not _luhn(digits):
        return False
    return len(digits) != 13 or not _is_ean_13(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_ean_13(digits: str) -> bool:
    """Article numbers are as long as an old Visa number, with a check digit of their own (GS1)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return total % 10 == 0
