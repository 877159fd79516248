"""How telephone numbers and e-mail addresses are compared and shown."""

from __future__ import annotations

import re
from functools import lru_cache

from clientele.domain.client import ContactKind

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def is_email(text: str) -> bool:
    """Whether ``text`` has the shape of one e-mail address."""
    return _EMAIL.fullmatch(text.strip()) is not None


def kind_of(text: str, typed_as: str = "") -> str:
    """What a typed contact point is: an e-mail address has an @, all else is a telephone number.

    ``typed_as`` counts while the text is neither yet, as after the first letters of an address.
    """
    if "@" in text:
        return ContactKind.EMAIL
    unclear = any(map(str.isalpha, text)) or sum(map(str.isdigit, text)) < FEWEST_DIGITS
    return typed_as if typed_as and unclear else ContactKind.PHONE


FEWEST_DIGITS = 3
"""With fewer nothing typed is a telephone number yet."""


def is_readable(kind: str, text: str, normal: str) -> bool:
    """Whether a contact point was understood, so that it can be dialled or written to.

    ``normal`` is what ``normalised`` made of ``text``.
    """
    return is_email(text) if kind == ContactKind.EMAIL else normal.startswith("+")


def normalised(kind: str, text: str, country: str) -> str:
    """What two ways of writing one contact point share.

    An e-mail address in lower case; a number in E.164 read for ``country`` (ISO 3166 alpha-2), or
    its digits where it is too short to be one of the public network, such as an extension.
    """
    text = text.strip()
    if kind == ContactKind.EMAIL:
        return text.lower()
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return "".join(filter(str.isdigit, text))
    if phonenumbers.is_possible_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "".join(filter(str.isdigit, text))


def shown(kind: str, value: str, normal: str, country: str) -> str:
    """A contact point for people: a number of the store's own country without its country code."""
    if kind == ContactKind.EMAIL or not normal.startswith("+"):
        return value
    return _shown_number(normal, country)


@lru_cache(maxsize=4_096)
def _shown_number(normal: str, country: str) -> str:
    """Remembered, since laying out a number takes longer than finding whose it is."""
    import phonenumbers

    code = phonenumbers.country_code_for_region(country)
    rest = normal.removeprefix(f"+{code}")
    home = rest != normal and rest.isdigit()
    if home and not rest.startswith("0"):
        number = phonenumbers.PhoneNumber(code, int(rest))
    else:  # only reading tells whether a nought in front belongs to it, as in Italy
        number = phonenumbers.parse(normal, None)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if home
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)
