"""How is one text cell cleaned, and how is it written so that a spreadsheet leaves it alone?

Shopify writes an apostrophe before identifiers, telephone numbers and postcodes so that
spreadsheets keep them as text; our own exports do so before anything that a spreadsheet would
run as a formula. Reading takes exactly that apostrophe away again.
"""

from __future__ import annotations

import re
from typing import Final

from clientele.domain.rules import card_numbers
from clientele.exchange.unreadable import Unreadable

_CACHE: Final = 1 << 15
_RUN: Final = r"(?:[=@\t\r]|[+-](?![\d\s(.])|[+-](?s:.*)(?:[|!=@]|[^\W\d]\())"
"""What a spreadsheet runs: also a sum of numbers in which a function or a program is called."""
_GUARDED: Final = re.compile(rf"'+{_RUN}")
_FORMULA: Final = re.compile(rf"'*{_RUN}")


class Texts(dict[str, str]):
    """Cells to the text that is kept: ``Texts("item")[" Overcoat "]`` is ``Overcoat``.

    What was read before is remembered, up to a bound. ``identifier`` cells lose a leading
    apostrophe whatever follows.

    Raises:
        Unreadable: the cell holds what looks like a card number.
    """

    def __init__(self, field: str, *, identifier: bool = False) -> None:
        super().__init__()
        self._field = field
        self._identifier = identifier

    def __missing__(self, text: str) -> str:
        kept = unguarded(text.strip(), identifier=self._identifier)
        if "\x00" in kept:
            kept = kept.replace("\x00", "")
        refuse_card(kept, self._field)
        if len(self) >= _CACHE:
            self.clear()
        self[text] = kept
        return kept


def refuse_card(text: str, field: str) -> None:
    """Raise ``Unreadable`` where ``text`` holds what looks like a card number."""
    if len(text) < 13 or (field == "sku" and text.isdigit() and len(text) in (13, 14)):
        return  # too short, or an article number (GTIN)
    if card_numbers.found_in(text):
        raise Unreadable(f"{field} holds what looks like a card number, which is never kept")


def guarded(text: str, *, identifier: bool = False) -> str:
    """``text`` as it is exported: ``Texts`` reads the same text back."""
    if identifier and text.startswith("'"):
        return f"'{text}"
    return f"'{text}" if text[:1] in "'=@+-\t\r" and _FORMULA.match(text) else text


def unguarded(text: str, *, identifier: bool = False) -> str:
    """``text`` without the apostrophe that keeps spreadsheets from touching it."""
    if text.startswith("'") and (identifier or _GUARDED.match(text)):
        return text[1:].strip()
    return text


def pieces(text: str, *, more: str = "") -> list[str]:
    """The values of a cell that holds several, as ``a ::: b`` or between the signs of ``more``."""
    parts = re.split(rf"\s*:::\s*|[{re.escape(more)}]" if more else r"\s*:::\s*", text)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
