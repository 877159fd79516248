"""Money as whole minor units and a currency; reading and writing it plainly, without a locale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from clientele.domain.errors import Refusal

_PLAIN = re.compile(r"-?(?=\.?\d)[0-9]{0,13}(?:\.[0-9]*)?")
"""Digits alone: a terminal has no use for “1e5”, nor a till for thirteen and more."""

MOST = 10**12
"""Minor units from which on nothing typed is a price. Ten thousand of it, and hundreds of such
lines, still add up within the 64 bits of a column."""

_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}|-?[1-9]\d{0,2}(?:\.\d{2,3})*\.\d{3}")
"""Thousands, and lakhs, parted by one sign."""


class NotAnAmount(Refusal):
    """A price could not be read."""

    template = "“{text}” is not an amount of money. Nothing was changed; write it like 127.00."


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, for most) of an ISO 4217 currency."""

    minor: int
    currency: str


@cache
def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> int:
    """``amount`` in minor units, halves to even."""
    scaled = amount.scaleb(exponent(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def plain(minor: int, currency: str) -> str:
    """An amount with a decimal point and no symbol, for files: ``-27.00``."""
    return f"{Decimal(minor).scaleb(-exponent(currency)):.{exponent(currency)}f}"


def parse_price(text: str, currency: str) -> int | None:
    """Minor units of a price as typed at the terminal (“285”, “285.50”, “1.285,50”); None if empty.

    The last point or comma is the decimal mark when at most ``exponent`` digits follow it; all
    others must part thousands. Noughts may follow where the currency has no decimals (“1500.00”).

    Raises:
        NotAnAmount: the text is something else, or ``MOST`` and more.
    """
    bare = "".join(text.split()).strip("$€£¥₩₹₺₽")
    if not bare:
        return None
    mark = max(bare.rfind("."), bare.rfind(","))
    whole, decimals = bare, ""
    if mark >= 0 and _are_decimals(bare[mark + 1 :], currency) and bare[mark] not in bare[:mark]:
        whole, decimals = bare[:mark], bare[mark:].replace(",", ".")
    if _GROUPED.fullmatch(whole):
        whole = whole.replace(",", "").replace(".", "")
    if "." in whole or not _PLAIN.fullmatch(whole + decimals):
        raise NotAnAmount(text=text)
    minor = to_minor(Decimal(whole + decimals), currency)
    if abs(minor) >= MOST:
        raise NotAnAmount(text=text)
    return minor


def _are_decimals(digits: str, currency: str) -> bool:
    return len(digits) <= exponent(currency) or digits in ("0", "00")
