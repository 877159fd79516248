"""Which telephone numbers and e-mail addresses does a note hold?"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[a-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w+])(?:\+|0|\(0|(?=[2-9]\d\d[ .-]\d{3}[ .-]\d{4}(?!\d)))[\d ()/.-]{6,}\d(?![\w])"
)


def points(low: str, region: str) -> tuple[tuple[int, int], ...]:
    """Where in ``low`` (lower case) a number or address stands; a number is one of ``region``.

    Only what the numbering plan of a country knows is a number, so that no price or day is.
    """
    found = [match.span() for match in _EMAIL.finditer(low)]
    for match in _PHONE.finditer(low):
        if any(match.start() < end and start < match.end() for start, end in found):
            continue
        if _is_number(match.group(), region):
            found.append(match.span())
    return tuple(sorted(found))


def _is_number(text: str, region: str) -> bool:
    if not 8 <= sum(map(str.isdecimal, text)) <= 15 or re.search(r"\b\d{1,2}\.\d{1,2}\.", text):
        return False
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
