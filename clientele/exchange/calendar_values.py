"""What do the values of a calendar's lines say: texts, days and times, lengths of time?

A day without a time, and a time without a zone, are the store's (RFC 5545, section 3.3.5, calls
such times floating). A time that the clock skips is read with the offset before the gap, and of
one that comes twice the first counts (the same section).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from clientele.domain.rules.card_numbers import found_in, masked
from clientele.exchange.calendar_lines import Property
from clientele.exchange.calendar_refusals import NotALength, NotATime, NotOfThisAge
from clientele.exchange.calendar_zones import Zones
from clientele.exchange.unreadable import quoted

_TIME: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"([+-])?P(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)
_ESCAPED: Final = re.compile(r"\\([\\;,:\"nN])")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"\d+")
_FAR: Final = timedelta(days=3_660)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a time on some clock."""

    local: datetime
    """What the clock on the wall shows, without a zone; of a day its midnight."""
    zone: tzinfo
    is_day: bool = False

    @property
    def instant(self) -> datetime:
        """The instant in UTC; of a day its beginning."""
        return self.local.replace(tzinfo=self.zone).astimezone(UTC)

    def at(self, local: datetime) -> Moment:
        """Another time on the same clock."""
        return Moment(local, self.zone, self.is_day)


@dataclass(frozen=True, slots=True)
class Length:
    """How long an appointment takes: days by the calendar, the rest by the watch."""

    days: int = 0
    exact: timedelta = timedelta()

    def end_of(self, start: Moment) -> datetime:
        """The instant at which what begins at ``start`` is over."""
        shifted = start.at(start.local + timedelta(days=self.days))
        return shifted.instant + self.exact

    @property
    def at_most(self) -> timedelta:
        """No less than it takes, whatever the clock does in between."""
        return timedelta(days=self.days + 1) + self.exact


class Texts:
    """The texts of one file, without escapes and control characters, card numbers covered.

    Looking for card numbers takes its time for each number, so a file has so many numbers that are
    looked at, more than any calendar holds; after them every digit is covered.
    """

    def __init__(self, numbers: int = 250_000) -> None:
        self._numbers = numbers

    def of(self, one: Property | None, *, longest: int = 10_000) -> str:
        """The text of a property, cut to ``longest``; empty where there is none."""
        if one is None:
            return ""
        plain = _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], one.value)
        text = _CONTROL.sub("", plain.replace("\r\n", "\n")).strip()[:longest]
        return masked(text) if self._may_look_at(text) else _DIGIT.sub("•", text)

    def line_of(self, one: Property | None) -> str:
        """The text of a property on one line."""
        return " ".join(self.of(one, longest=500).split())

    def may_hold_card(self, text: str) -> bool:
        """Whether a card number is in ``text``, or nobody looked."""
        return not self._may_look_at(text) or found_in(text)

    def _may_look_at(self, text: str) -> bool:
        self._numbers -= sum(1 for _ in _NUMBER.finditer(text))
        return self._numbers >= 0


def moment_of(one: Property, zones: Zones, text: str | None = None) -> Moment:
    """The day or time of a property, or of ``text``, which is one of those in its value.

    Raises:
        EventRefused: it is neither, not of this age, or on a clock that nobody knows.
    """
    text = (one.value if text is None else text).strip()
    match = _TIME.fullmatch(text)
    if match is None or not text.isascii():
        raise NotATime(line=one.line, value=quoted(text))
    seconds = int(match[6] or 0) - ((match[6] or "") == "60")  # a leap second counts as the 59th
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        clock = time(int(match[4] or 0), int(match[5] or 0), seconds)
    except ValueError:
        raise NotATime(line=one.line, value=quoted(text)) from None
    if not 1900 <= day.year <= 2200:
        raise NotOfThisAge(line=one.line, value=quoted(text))
    local = datetime.combine(day, clock)
    if match[4] is None:
        return Moment(local, zones.store, is_day=True)
    if match[7]:
        return Moment(local, UTC)
    tzid = one.params.get("TZID", "")
    return Moment(local, zones.named(tzid, one.line) if tzid else zones.store)


def moments_of(one: Property, zones: Zones) -> list[tuple[Moment, Length | None]]:
    """The days or times in a list; of periods (``start/end``, ``start/length``) also how long.

    Raises:
        EventRefused: one of them is none.
    """
    found: list[tuple[Moment, Length | None]] = []
    for piece in filter(None, map(str.strip, one.value.split(","))):
        start_text, slash, end_text = piece.partition("/")
        start = moment_of(one, zones, start_text)
        length = None
        if slash and end_text[:1] in "+-Pp":
            length = length_of(one, end_text)
        elif slash:
            end = moment_of(one, zones, end_text)
            length = Length(exact=end.instant - start.instant)
            if length.exact < timedelta():
                raise NotALength(line=one.line, value=quoted(piece))
        found.append((start, length))
    return found


def length_of(one: Property, text: str | None = None) -> Length:
    """A length of time that is not below nought.

    Raises:
        NotALength: it is none, or longer than ten years.
    """
    text = (one.value if text is None else text).strip()
    match = _LENGTH.fullmatch(text)
    if match is None or not any(match.groups()[1:]) or not text.isascii():
        raise NotALength(line=one.line, value=quoted(text))
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    whole = weeks * 7 + days
    if (match[1] == "-" and (whole or exact)) or whole > _FAR.days or exact > _FAR:
        raise NotALength(line=one.line, value=quoted(text))
    return Length(whole, exact)
