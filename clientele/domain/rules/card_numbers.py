"""What looks like a payment card number, so that it is never kept.

PCI DSS 4.0.1 requirement 3.3.1 forbids keeping card data after authorisation; a clienteling book
has no reason to hold a card number at all. A number counts when its length and first digits are
those of an issuer and its check digit is right (ISO/IEC 7812-1, annex B: the Luhn formula).
"""

from __future__ import annotations

import re

_RUN = re.compile(r"(?<![\w.])\d(?:[ \-]?\d){12,18}(?![\w])")
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
    if len(text) < 13:
        return False
    return any(_is_card(re.sub(r"[ \-]", "", run.group())) for run in _RUN.finditer(text))


def masked(text: str) -> str:
    """``text`` with all but the last four digits of each card number covered."""

    def cover(run: re.Match[str]) -> str:
        digits = re.sub(r"[ \-]", "", run.group())
        return f"•••• {digits[-4:]}" if _is_card(digits) else run.group()

    return _RUN.sub(cover, text)


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
