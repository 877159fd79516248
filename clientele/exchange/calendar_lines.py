"""Which lines does a calendar file hold, and to which appointment or zone does each belong?

Bytes become text, folded lines are joined again (RFC 5545, section 3.1), and what stands between
BEGIN and END is put together, without recursion and with a limit on everything: a file from
elsewhere is not trusted. Only properties that somebody asks for are kept; ATTACH, alarms and
whatever else a file brings are passed over, and no address in it is ever looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from clientele.exchange.calendar_refusals import (
    CalendarTooLarge,
    EventRefused,
    NotACalendar,
    NotFinished,
    OldCalendar,
    TooMuchInOne,
)

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_LINES: Final = 1_500_000
MOST_EVENTS: Final = 50_000
_LONGEST_VALUE: Final = 65_536
_MOST_PROPERTIES: Final = 2_000
_MOST_PARTS_WITHIN: Final = 64
_DEEPEST: Final = 8

_TEXTS: Final = frozenset(("SUMMARY", "DESCRIPTION", "LOCATION"))
"""Of these a value that is too long is cut; of others it makes the appointment unreadable."""

_OF_EVENTS: Final = _TEXTS | {
    *("UID", "RECURRENCE-ID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "STATUS", "CLASS"),
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE"),
    *("ATTENDEE", "ORGANIZER", "X-MICROSOFT-CDO-ALLDAYEVENT"),
}
_OF_ZONES: Final = frozenset(
    ("TZID", "X-LIC-LOCATION", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")
)
_START: Final = re.compile(r"BEGIN[ \t]*:[ \t]*VCALENDAR[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_NAME: Final = re.compile(r"[ \t]*+([A-Za-z0-9-]++)[ \t]*+(?=[;:])")
_PARAM: Final = re.compile(r';[ \t]*+([A-Za-z0-9-]++)[ \t]*+=((?:"[^"]*+"|[^";:]++)*+)')


@dataclass(frozen=True, slots=True)
class Property:
    """One unfolded line: ``DTSTART;TZID=Europe/Berlin:20260301T090000``."""

    name: str
    params: dict[str, str]
    """By upper-case name, without quotes."""
    value: str
    """As it stands in the file, not yet unescaped."""
    line: int


@dataclass(slots=True)
class Part:
    """What stands between a BEGIN and its END: a VEVENT, a VTIMEZONE, or a change within one."""

    kind: str
    line: int
    method: str = ""
    """METHOD of the calendar around it, in upper case: CANCEL calls everything in it off."""
    properties: list[Property] = field(default_factory=list)
    within: list[Part] = field(default_factory=list)
    """Of a zone: its STANDARD and DAYLIGHT parts."""
    broken: EventRefused | None = None

    def first(self, name: str) -> Property | None:
        """The first property of this name."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[Property]:
        """All properties of this name in their order."""
        return (one for one in self.properties if one.name == name)


@dataclass(frozen=True, slots=True)
class Parts:
    """The appointments and the descriptions of zones in a file, in its order."""

    events: tuple[Part, ...]
    zones: tuple[Part, ...]


def parts_of(data: bytes, file: str) -> Parts:
    """Take a file apart; ``file`` is its name, for the sentences.

    Raises:
        CalendarRefused: it is no calendar, or too large for one.
    """
    text = _text(data, file)
    builder = _Builder(file)
    for number, line in _unfolded(text):
        builder.take(number, line)
    return builder.parts()


def _text(data: bytes, file: str) -> str:
    if len(data) > MOST_BYTES:
        raise _too_large(file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if not _START.search(text):
        raise NotACalendar(file=file)
    if text.count("\n") > MOST_LINES:
        raise _too_large(file)
    return text


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines with the number of the first of those that they were folded over.

    Empty lines are passed over wherever they stand: some programs write them between all others.
    """
    began, pieces, length = 0, [""], 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        if not line:
            continue
        if line[0] in " \t" and began:
            length += len(line)
            if length <= _LONGEST_VALUE + 1_024:
                pieces.append(line[1:])
            continue
        if began:
            yield began, "".join(pieces)
        began, pieces, length = number, [line], len(line)
    if began:
        yield began, "".join(pieces)


class _Builder:
    """Puts lines together; an END without its BEGIN is passed over, a BEGIN without END told."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._events: list[Part] = []
        self._zones: list[Part] = []
        self._method = ""
        self._open: Part | None = None
        self._change: Part | None = None
        self._within = 0
        self._outside = 0

    def take(self, number: int, line: str) -> None:
        match = _NAME.match(line)
        if match is None:
            return
        name = match[1].upper()
        if name == "BEGIN":
            self._begin(number, _rest(line, match.end()).upper())
        elif name == "END":
            self._end(_rest(line, match.end()).upper())
        elif self._open is not None:
            self._keep(self._open, name, number, line, match.end())
        elif name == "METHOD" and not self._outside:
            self._method = _rest(line, match.end()).upper()
        elif name == "VERSION" and not self._outside and _rest(line, match.end()) == "1.0":
            raise OldCalendar(file=self._file)

    def parts(self) -> Parts:
        self._break_off()
        return Parts(tuple(self._events), tuple(self._zones))

    def _begin(self, number: int, kind: str) -> None:
        if kind == "VCALENDAR":
            self._break_off()
            self._method, self._outside = "", 0
        elif kind in ("VEVENT", "VTIMEZONE"):
            self._break_off()
            self._open = Part(kind, number, self._method)
            (self._events if kind == "VEVENT" else self._zones).append(self._open)
            if len(self._events) > MOST_EVENTS:
                raise _too_large(self._file)
        elif self._open is None:
            self._outside += 1
        elif self._open.kind == "VTIMEZONE" and kind in ("STANDARD", "DAYLIGHT"):
            self._change = Part(kind, number)
            self._open.within.append(self._change)
            if len(self._open.within) > _MOST_PARTS_WITHIN:
                self._open.broken = TooMuchInOne(line=number)
                del self._open.within[-1]
        else:
            self._within += 1
            if self._within > _DEEPEST and self._open.broken is None:
                self._open.broken = TooMuchInOne(line=number)

    def _end(self, kind: str) -> None:
        if kind in ("VEVENT", "VTIMEZONE"):
            if self._open is not None and self._open.kind == kind:
                self._open = self._change = None
                self._within = 0
        elif kind == "VCALENDAR":
            self._break_off()
            self._method, self._outside = "", 0
        elif kind in ("STANDARD", "DAYLIGHT"):
            self._change = None
        elif self._open is None:
            self._outside = max(0, self._outside - 1)
        else:
            self._within = max(0, self._within - 1)

    def _break_off(self) -> None:
        if self._open is not None:
            self._open.broken = NotFinished(line=self._open.line)
        self._open = self._change = None
        self._within = 0

    def _keep(self, part: Part, name: str, number: int, line: str, at: int) -> None:
        if self._within or name not in (_OF_EVENTS if part.kind == "VEVENT" else _OF_ZONES):
            return
        params: dict[str, str] = {}
        while match := _PARAM.match(line, at):
            params[match[1].upper()] = match[2].replace('"', "").strip()
            at = match.end()
        value = line[at:].lstrip("; \t")
        if not value.startswith(":"):
            return  # no colon: this is no property
        value = value[1:]
        if len(value) > _LONGEST_VALUE and name not in _TEXTS:
            part.broken = TooMuchInOne(line=number)
            return
        into = self._change or part
        if len(into.properties) >= _MOST_PROPERTIES:
            if name != "ATTENDEE":
                part.broken = TooMuchInOne(line=number)
            return
        into.properties.append(Property(name, params, value[:_LONGEST_VALUE], number))


def _rest(line: str, at: int) -> str:
    return line[at:].partition(":")[2].strip()


def _too_large(file: str) -> CalendarTooLarge:
    return CalendarTooLarge(
        file=file,
        bytes=MOST_BYTES // (1024 * 1024),
        lines=MOST_LINES,
        events=MOST_EVENTS,
    )
