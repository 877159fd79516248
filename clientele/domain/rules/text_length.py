"""How long is a text message: in which alphabet does it go, and in how many parts?

The alphabet and its extension are those of 3GPP TS 23.038 (once GSM 03.38): 160 characters in one
part, 153 in each of several (TS 23.040: a joined message gives six octets of each part away). One
character outside it, and the whole message goes in UCS-2: 70, or 67. Language tables (national
shifts) are left out, since hardly any network uses them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""One septet each."""

EXTENDED: Final = frozenset("^{}\\[~]|€")
"""An escape and a septet each, which stay together in one part."""

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t", " "),
        **dict.fromkeys("‘’‚‛ʼ′´`", "'"),  # noqa: RUF001
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‹›", "'"),  # noqa: RUF001
        **dict.fromkeys("\u2010\u2011‒–—―−•·", "-"),  # noqa: RUF001
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        "…": "...",
    }
)


class Alphabet(StrEnum):
    """In which characters a text message goes over the network."""

    GSM = "GSM-7"
    UCS = "UCS-2"


_ROOM: Final = {Alphabet.GSM: (160, 153), Alphabet.UCS: (70, 67)}
"""Units in the only part, and in each of several."""


@dataclass(frozen=True, slots=True)
class TextLength:
    """How long a text message is.

    ``units`` are septets (GSM-7) or 16-bit units (UCS-2); ``left`` fit into the last part still.
    ``because`` are the characters that the short alphabet lacks, each once, in their order.
    """

    alphabet: Alphabet
    units: int
    parts: int
    left: int
    because: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The text with quotation marks, dashes and spaces as a telephone writes them.

    One ’ or a space that does not break, as in a sum of money, would more than halve the room of
    the whole message. Letters stay as they are: nobody's name is written otherwise.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return composed.translate(_PLAIN)


def text_length(text: str) -> TextLength:
    """How many parts ``text`` takes, as it stands (``plain`` first where it may be changed)."""
    because = tuple(dict.fromkeys(one for one in text if one not in BASIC and one not in EXTENDED))
    if because:
        return _length(Alphabet.UCS, (1 + (ord(one) > 0xFFFF) for one in text), because)
    return _length(Alphabet.GSM, (1 + (one in EXTENDED) for one in text), ())


def _length(alphabet: Alphabet, sizes: Iterable[int], because: tuple[str, ...]) -> TextLength:
    """Lay the characters into parts: one that takes two units is never cut in two."""
    alone, joined = _ROOM[alphabet]
    units, parts, filled = 0, 1, 0
    for size in sizes:
        units += size
        if filled + size > joined:
            parts, filled = parts + 1, 0
        filled += size
    if units <= alone:
        return TextLength(alphabet, units, 1 if units else 0, alone - units, because)
    return TextLength(alphabet, units, parts, joined - filled, because)
