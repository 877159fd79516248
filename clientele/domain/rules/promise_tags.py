"""What stands on a printed tag? A letter for the kind, a number, and a digit that checks it.

Short enough to be said over the telephone, and a slip of the finger leads nowhere rather than to
another client's trousers: the last digit is Damm's, which finds every single wrong digit and every
pair that changed places.
"""

from __future__ import annotations

import re

from clientele.domain.promises import PromiseKind

LETTERS = {
    PromiseKind.ALTERATION: "A",
    PromiseKind.SPECIAL_ORDER: "S",
    PromiseKind.TRANSFER: "T",
    PromiseKind.HOLD: "H",
    PromiseKind.REPAIR: "R",
    PromiseKind.CALL_BACK: "C",
    PromiseKind.REQUEST: "K",
}
"""K as in colleague; an own letter for each kind."""

_QUASIGROUP = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""Damm, H. Michael (2004), “Total anti-symmetrische Quasigruppen”, order ten."""


def tag_of(kind: str, number: int) -> str:
    """The tag of the promise with this number (its id): “A-2291”."""
    return f"{LETTERS[PromiseKind(kind)]}-{number}{_check(str(number))}"


def read_tag(text: str) -> str | None:
    """The tag that was typed or scanned, with or without its dash; None where it is no tag."""
    found = re.fullmatch(r"([A-Z])[-\u2010\u2011 ]?(\d{2,12})", text.strip().upper())
    if found is None or found[1] not in LETTERS.values():
        return None
    number = found[2]
    return f"{found[1]}-{number}" if number.isascii() and _check(number) == "0" else None


def scanned(tag: str) -> str:
    """What the bars hold: letters and digits only, which every scanner types alike."""
    return tag.replace("-", "")


def _check(digits: str) -> str:
    at = 0
    for digit in digits:
        at = int(_QUASIGROUP[at][int(digit)])
    return str(at)
