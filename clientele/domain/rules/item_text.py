"""What an associate types or scans into the item box, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientele.domain.errors import Refusal
from clientele.domain.money import parse_price

_PRICE = re.compile(r"(?:^|\s)([$€£]\s?\d[\d.,]*|\d[\d,. ]*[.,]\d\d|\d[\d.,]*\s?[$€£])$")
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

    A number at the end is a price only with two decimals or a currency sign, because 42 and 10½
    are sizes.
    """
    text = " ".join(text.split())
    price: int | None = None
    if match := _PRICE.search(text):
        try:
            price = parse_price(match[1], currency)
        except Refusal:
            price = None
        else:
            text = text[: match.start()].rstrip(" ,·")
    if _CODE.fullmatch(text):
        return TypedItem(item=text, sku=text, price=price)
    item, _, detail = text.partition(",")
    return TypedItem(item=item.strip(), detail=detail.strip(), price=price)
