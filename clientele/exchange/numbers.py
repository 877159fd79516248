"""How are amounts and quantities read, whether a comma or a point stands before the decimals?

What the last comma or point means can mostly be seen in the value itself (``1,234.56``,
``27,00``). Only ``1,234`` may be one thousand or one and a bit: there the other values of the
column decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from clientele.exchange.unreadable import Unreadable, quoted

_CACHE: Final = 1 << 15
_LARGEST: Final = 10**15
_NOISE: Final = Decimal("0.01")
_PLAIN: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SYMBOL: Final = r"(?:[A-Za-z]{0,3}[$€£¥₹₩₺₽₴₪฿]|[A-Za-z]{1,3}\.?)"
_WRITTEN: Final = re.compile(
    rf"(\()?\s*([-+])?\s*{_SYMBOL}?\s*([-+])?\s*(\d[\d.,'’\s]*|[.,]\d+)\s*{_SYMBOL}?\s*(-)?\s*(\))?"
)
_GROUPED: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_DIGITS: Final = re.compile(
    r"\d*[.,]?\d+"
    r"|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d+)?"
)
_EITHER_WAY: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NO_CENTS: Final = re.compile(r"(?<=\d)[.,](?:-{1,2}|–|—)")
_MINUSES: Final = str.maketrans("−–", "--")


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """What stands before the decimals in a column, and whether the values left it open."""

    mark: str = "."
    doubtful: bool = False


class MarkSearch:
    """Looks at the values of one column until they tell the decimal mark."""

    def __init__(self) -> None:
        self._votes = {".": 0, ",": 0}
        self._open = {".": 0, ",": 0}

    def look(self, values: Iterable[str]) -> None:
        """Take further values into account."""
        for text in values:
            if "," not in text and "." not in text:
                continue
            bare = _bare(text)[0]
            mark = max(".,", key=bare.rfind)
            other = "," if mark == "." else "."
            if _EITHER_WAY.fullmatch(bare):
                self._open[mark] += 1
            elif other in bare or bare.count(mark) == 1:
                self._votes[mark] += 1
            elif bare.count(mark) > 1:
                self._votes[other] += 1

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out: no value was open, or others have decided it."""
        return bool(sum(self._votes.values())) or not sum(self._open.values())

    def found(self) -> DecimalMark:
        """The mark; doubtful where values can be read in two ways and no other value tells.

        In doubt ``1,234`` and ``1.234`` are both taken as thousands, since money rarely has three
        decimals.
        """
        if sum(self._votes.values()):
            return DecimalMark("," if self._votes[","] > self._votes["."] else ".")
        if not sum(self._open.values()):
            return DecimalMark()
        return DecimalMark("," if self._open["."] > self._open[","] else ".", doubtful=True)


class Numbers(dict[str, int]):
    """Texts to whole units of ``10 ** -decimals``: ``Numbers(2)["12.50"]`` is 1250.

    What was read before is remembered, up to a bound, since the same prices come again and again.

    Raises:
        Unreadable: the text is no number, or has more decimals than can be kept.
    """

    def __init__(self, decimals: int, mark: str = ".", *, what: str = "amount") -> None:
        super().__init__()
        self._decimals = decimals
        self._mark = mark
        self._what = what

    def __missing__(self, text: str) -> int:
        value = self._read(text)
        if abs(value) > _LARGEST:
            raise Unreadable(f"the {self._what} {quoted(text)} is too large")
        if len(self) >= _CACHE:
            self.clear()
        self[text] = value
        return value

    def _read(self, text: str) -> int:
        if self._mark == "." and _PLAIN.fullmatch(text):
            whole, _, part = text.partition(".")
            if len(part) == self._decimals:
                return int(whole + part)
        bare, negative = _bare(text)
        if not bare:
            if not text.strip():
                raise Unreadable(f"there is no {self._what}")
            raise Unreadable(f"{quoted(text)} is not {_article(self._what)}")
        return self._units(text, Decimal(self._pointed(bare))) * (-1 if negative else 1)

    def _pointed(self, bare: str) -> str:
        """The number with a point before its decimals and nothing between its thousands."""
        mark = max(".,", key=bare.rfind)
        both = "." in bare and "," in bare
        if (bare.count(mark) > 1 and not both) or (
            _EITHER_WAY.fullmatch(bare) and mark != self._mark
        ):
            return bare.replace(".", "").replace(",", "")
        whole, found, part = bare.rpartition(mark)
        return f"{whole.replace('.', '').replace(',', '')}.{part}" if found else bare

    def _units(self, text: str, number: Decimal) -> int:
        scaled = number.scaleb(self._decimals)
        units = int(scaled.to_integral_value(ROUND_HALF_EVEN))
        # Spreadsheets write 9.600000000000001 for 9.60: noise is rounded, more is not.
        if self._what == "amount" and abs(scaled - units) > _NOISE:
            raise Unreadable(f"the amount {quoted(text)} has more than {self._decimals} decimals")
        return units


def _bare(text: str) -> tuple[str, bool]:
    """Digits, points and commas of a number, and whether it is negative; nothing if it is none."""
    written = _WRITTEN.fullmatch(_NO_CENTS.sub("", text.strip()).translate(_MINUSES))
    if written is None or bool(written[1]) != bool(written[6]):
        return "", False
    bare = _GROUPED.sub("", written[4].strip()).rstrip(".,")
    signs = (written[1], written[2], written[3], written[5])
    return bare if _DIGITS.fullmatch(bare) else "", bool({"(", "-"} & set(signs))


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
