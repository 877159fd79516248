"""Which sizes does a note speak of? Category, value and system, as they are said on the floor.

A number is a size only beside a word that says so, or where only a size is written like it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientele.domain.rules.quick_note_words import GARMENTS, key_of

HALF = r"(?:[.,]5|½| ?1/2)"
LETTERS = r"(?:xxs|xs|s|m|l|xl|xxl|xxxl|[2345]xl)"
SYSTEM = r"(?:uk|eu|us|it|fr|de|eur)"
WIDTH = r"(?: ?(?:[a-h]|ee|eee|narrow|wide))?"
NUMBER = rf"\d{{1,2}}{HALF}?"
SELF_TOLD = {
    "Suit": r"(?:3[4-9]|4\d|5[0-8]) ?[rsl]",
    "Jeans": r"w?(?:2[4-9]|3\d|4[0-4]) ?(?:/|l| l|x) ?(?:2[8-9]|3[0-8])",
    "Shirt": rf"1[3-9]{HALF}? ?/ ?3[0-8](?:{HALF})?",
    "Bra": r"(?:6[05]|[789][05]|3[0-8]) ?(?:aa|a|b|c|d|dd|e|f)",
}
"""What is of one kind by how it is written: 42R, 32/34, 15½/33, 75B."""

VALUE = (
    rf"(?:{'|'.join(SELF_TOLD.values())}|{SYSTEM} ?{NUMBER}{WIDTH}|{NUMBER} ?{SYSTEM}"
    rf"|{NUMBER}{WIDTH}|{LETTERS})"
)
BY_NUMBER = (("Bra", "Bra"), ("Shirt", "Shirt"), ("Jeans", "Jeans"), ("Suit", "Suit"))
ANY_GARMENT = "|".join(f"(?:{words})" for words in GARMENTS.values())
GARMENT_OF = {
    "Dress": "konfektion|konfektions|confectie|kleider|kleding",
    "Shirt": "kragen|boord",
}


@dataclass(frozen=True, slots=True)
class SaidSize:
    """A size: its category (“Clothing” where nobody said), its value, and the system it is of."""

    category: str
    value: str
    system: str = ""


def read_size(garment: str, value: str) -> SaidSize | None:
    """What is meant by a garment's word (or none) and a value, both in lower case.

    None where the number is none that such a thing has: a shoe of 12 is, one of 72 is not.
    """
    category = key_of(GARMENTS, garment.strip()) if garment.strip() else ""
    value = " ".join(value.split())
    told = next((name for name, form in SELF_TOLD.items() if re.fullmatch(form, value)), "")
    if told == "Bra" and category != "Bra":
        told = (
            "Bra" if re.fullmatch(r"(?:6[05]|[79][05]|85) ?[a-f]", value) and not category else ""
        )
    if not category:
        category = told or "Clothing"
    system = (re.search(rf"\b{SYSTEM}", value) or [""])[0].upper().replace("EUR", "EU")
    number = re.search(r"\d+", value)
    if number and not _may_be(category, int(number[0]), value):
        return None
    return SaidSize(category, _written(value), system)


def _may_be(category: str, number: int, value: str) -> bool:
    """Whether a thing of this kind comes in this number, in any system."""
    if category == "Ring":
        return 2 <= number <= 14 or 44 <= number <= 76
    if category.startswith("Shoe"):
        return 2 <= number <= 15 or 16 <= number <= 50
    if category in ("Hat", "Gloves", "Belt", "Bra"):
        return 5 <= number <= 120
    return 2 <= number <= 62


def _written(value: str) -> str:
    """As associates write it: 42R, UK 12, 7½ B, 15½/33, XL."""
    value = re.sub(r"(\d)(?:[.,]5| ?1/2)", r"\1½", value)
    value = re.sub(r"\beur\b", "eu", value)
    if re.fullmatch(LETTERS, value):
        return value.upper()
    if re.fullmatch(SELF_TOLD["Suit"], value) or re.fullmatch(SELF_TOLD["Bra"], value):
        return value.upper().replace(" ", "")
    if re.search(r"[a-z]", value):
        value = re.sub(rf"^(\d+½?) ?({SYSTEM})$", r"\2 \1", value)
        value = re.sub(rf"^({SYSTEM}) ?", r"\1 ", value)
        value = re.sub(r"(\d½?) ?(narrow|wide)$", r"\1 \2", value)
        if value.endswith(("narrow", "wide")):
            return value
        return re.sub(r"(\d½?)([a-h]+)$", r"\1 \2", value).upper()
    return value
