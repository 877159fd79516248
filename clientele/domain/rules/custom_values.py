"""What a store's own field says of a client: read as typed, kept in one form, refused if wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientele.domain.errors import Refusal
from clientele.domain.known import CustomKind
from clientele.domain.rules.dates import NotADay, parse_day
from clientele.domain.rules.names import folded

UNIT = 1000
"""A number is kept in thousandths."""

MOST = 10**12
"""From here on a number is none that anybody would ask of a client."""

YES, NO = "yes", "no"

_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:([.,'])\d{3})(?:\1\d{3})*", re.ASCII)
_SAYS = {
    YES: frozenset(["yes", "y", "true", "ja", "j", "wahr", "waar"]),
    NO: frozenset(["no", "n", "false", "nein", "nee", "falsch", "onwaar"]),
}


class NotANumber(Refusal):
    """A number could not be read."""

    template = (
        "“{text}” is not a number that can be kept. What stood there was kept; "
        "write it like 12 or 12.5, with three decimals at most."
    )


class NotADate(Refusal):
    """A whole date could not be read."""

    template = (
        "“{text}” is not a whole date. What stood there was kept; "
        "write it with the year, like 27 Nov 2026."
    )


class NotAChoice(Refusal):
    """None of the words to choose from."""

    template = "“{text}” is none of {choices}. What stood there was kept; choose one of them."


class NeitherYesNorNo(Refusal):
    """An answer that is none."""

    template = "“{text}” is neither yes nor no. What stood there was kept; say one of them."


@dataclass(frozen=True, slots=True)
class Kept:
    """A value in the form in which it is kept (``CustomValue``)."""

    value: str
    number: int | None = None


def choices_of(lines: str) -> tuple[str, ...]:
    """The words to choose from, one a line, each once."""
    found: dict[str, str] = {}
    for line in lines.splitlines():
        if words := " ".join(line.split()):
            found.setdefault(folded(words), words)
    return tuple(found.values())


def read_value(kind: str, text: str, choices: tuple[str, ...] = ()) -> Kept | None:
    """The value that ``text`` says for a field of this kind (``CustomKind``); None where empty.

    A text is kept as typed. A number may part its thousands, and has a point or a comma.

    Raises:
        NotANumber, NotADate, NotAChoice, NeitherYesNorNo: it is none.
    """
    if not text.strip():
        return None
    match CustomKind(kind):
        case CustomKind.TEXT:
            return Kept(text)
        case CustomKind.NUMBER:
            return _number(text)
        case CustomKind.DATE:
            return Kept(_date(text).isoformat())
        case CustomKind.YES_NO:
            return Kept(_answer(text))
        case CustomKind.CHOICE:
            return Kept(_choice(text, choices))


def _number(text: str) -> Kept:
    bare = "".join(text.split())
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,']", "", bare)
    else:
        whole, mark, rest = _parted(bare)
        if _GROUPED.fullmatch(whole):
            whole = re.sub(r"[.,']", "", whole)
        bare = f"{whole}.{rest}" if mark else whole
    if not _PLAIN.fullmatch(bare):
        raise NotANumber(text=text)
    number = Decimal(bare)
    if abs(number) >= MOST:
        raise NotANumber(text=text)
    thousandths = int(number * UNIT)
    return Kept(f"{Decimal(thousandths) / UNIT:f}", thousandths)


def _parted(bare: str) -> tuple[str, str, str]:
    """What stands before the last mark, the mark, and the decimals behind it."""
    at = max(bare.rfind("."), bare.rfind(","))
    return (bare, "", "") if at < 0 else (bare[:at], bare[at], bare[at + 1 :])


def _date(text: str) -> date:
    try:
        when = parse_day(text)
    except NotADay:
        raise NotADate(text=text) from None
    if when is None or when.day is None or when.year is None:
        raise NotADate(text=text)
    return date(when.year, when.month, when.day)


def _answer(text: str) -> str:
    word = folded(text)
    for answer, words in _SAYS.items():
        if word in words:
            return answer
    raise NeitherYesNorNo(text=text)


def _choice(text: str, choices: tuple[str, ...]) -> str:
    wanted = folded(" ".join(text.split()))
    for choice in choices:
        if folded(choice) == wanted:
            return choice
    raise NotAChoice(text=text, choices=", ".join(choices))
