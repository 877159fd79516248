"""What an associate types or scans into the item box, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientele.domain.errors import Refusal
from clientele.domain.money import exponent, parse_price
from clientele.domain.rules.card_numbers import found_in

_SIGN = r"(?:[$€£¥₩₹₺₽]|[A-Z]{3}(?![A-Z]))"
_PRICE = {
    decimals: re.compile(
        rf"(?:^|[\s,])({_SIGN}\s?\d[\d.,]*|\d+(?:[.,]\d{{3}})*[.,]\d{{{decimals}}}"
        rf"|\d[\d.,]*\s?{_SIGN})$"
    )
    for decimals in ("2", "2,3")
}
"""A price at the end, by how many decimals it may have."""
_CODE = re.compile(r"[0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class TypedItem:
    """An article: its words, what stood after the first comma, its code and its price.

    ``price`` is in minor units, None where none was typed.
    """

    item: str
    detail: str = ""
    sku: str = ""
    price: int | None = None


def parse_item(text: str, currency: str) -> TypedItem:
    """Read ``Cap-toe oxford, 10½ D 285.00`` or a scanned code.

    A number at the end is a price only with two decimals (or three, where the currency has so
    many) or a currency sign or code, because 42 and 10½ are sizes. A price alone is taken for
    words, because an article needs some.
    """
    text = " ".join(text.split())
    price = None
    if match := _PRICE["2,3" if exponent(currency) > 2 else "2"].search(text):
        words = text[: match.start()].rstrip(" ,·")
        price = _price(match[1], currency) if words else None
        text = text if price is None else words
    if _CODE.fullmatch(text):
        # A few article numbers have the form of a card number; the words of an item never do.
        words = f"… {text[-4:]}" if found_in(text) else text
        return TypedItem(item=words, sku=text, price=price)
    item, _, detail = text.partition(",")
    return TypedItem(item=item.strip(), detail=detail.strip(), price=price)


def item_words(item: str, detail: str, sku: str = "") -> str:
    """An article in one line: “Cap-toe oxford, 10½ D”, or its number where it has no words."""
    return ", ".join(part for part in (item.strip(), detail.strip()) if part) or sku


def _price(text: str, currency: str) -> int | None:
    """The price in minor units, or None where it is none of this currency."""
    code = re.search(r"[A-Z]{3}", text)
    if code and code[0] != currency:
        return None
    try:
        return parse_price(text.replace(currency, ""), currency)
    except Refusal:
        return None
