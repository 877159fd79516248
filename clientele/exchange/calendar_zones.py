"""Which clock does a TZID mean: a name of the world's list, one of Windows, or the file's own?

The order is that of trust. A name of the IANA list is that zone, whatever the file says of it,
since the list is kept up to date and the descriptions in files are old. Windows' names follow the
Unicode table (windowsZones.xml, in the package icalendar). Only then does the file's own VTIMEZONE
count (RFC 5545, section 3.6.5), and only what it says of years.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from clientele.exchange.calendar_lines import Part, Property
from clientele.exchange.calendar_refusals import EventRefused, UnknownZone
from clientele.exchange.calendar_repeats import Effort, times
from clientele.exchange.calendar_rules import read_rule
from clientele.exchange.unreadable import quoted

_FIRST_YEAR: Final = 1900
_HORIZON: Final = datetime(2201, 1, 1)  # noqa: DTZ001 on the wall clock
_MOST_ONSETS: Final = 5_000
_MOST_STEPS: Final = 500_000
_NOT_OF_THE_LIST: Final = frozenset(("localtime", "posixrules", "Factory"))
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,3}")
_OFFSET_NAME: Final = re.compile(r"(?:UTC|GMT)\s*([+-])(\d{1,2}):?(\d{2})?")
_OFFSET: Final = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
_ONSET: Final = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z?")


class FileZone(tzinfo):
    """A clock as a file describes it; gaps and hours that come twice are read as zoneinfo does."""

    def __init__(self, name: str, onsets: list[tuple[datetime, timedelta, timedelta]]) -> None:
        """``onsets``: instant in UTC (naive), offset before and after it."""
        self._name = name
        onsets = sorted(onsets)
        self._utc = [instant for instant, _, _ in onsets]
        self._first = [instant + max(old, new) for instant, old, new in onsets]
        self._again = [instant + min(old, new) for instant, old, new in onsets]
        self._offsets = [onsets[0][1], *(new for _, _, new in onsets)]

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        if moment is None:
            return None
        changes = self._again if moment.fold else self._first
        return self._offsets[bisect_right(changes, moment.replace(tzinfo=None, fold=0))]

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return self._name

    def fromutc(self, moment: datetime) -> datetime:
        bare = moment.replace(tzinfo=None)
        offset = self._offsets[bisect_right(self._utc, bare)]
        local = (moment + offset).replace(fold=0)
        return local if self.utcoffset(local) == offset else local.replace(fold=1)


class Zones:
    """The clocks of one file; ``store`` is the zone for times that name none."""

    def __init__(self, store: ZoneInfo, described: Iterable[Part] = ()) -> None:
        self.store = store
        self._described: dict[str, Part] = {}
        for part in described:
            tzid = part.first("TZID")
            if tzid is not None:
                self._described.setdefault(_plain(tzid.value), part)
        self._effort = Effort(_MOST_STEPS)
        self._known: dict[str, tzinfo | None] = {}

    def named(self, tzid: str, line: int) -> tzinfo:
        """The clock that ``tzid`` means; ``line`` is told where there is none.

        Raises:
            UnknownZone: nobody knows this name.
        """
        name = _plain(tzid)
        if name not in self._known:
            self._known[name] = self._find(name)
        found = self._known[name]
        if found is None:
            raise UnknownZone(line=line, zone=quoted(name))
        return found

    def _find(self, name: str) -> tzinfo | None:
        found = _of_the_list(name) or _of_windows(name)
        described = self._described.get(name)
        if found is None and described is not None:
            where = described.first("X-LIC-LOCATION")
            found = _of_the_list(_plain(where.value)) if where is not None else None
        if found is None and "/" in name:  # “/mozilla.org/20050126_1/Europe/Berlin”
            pieces = name.split("/")
            for length in (3, 2):
                found = found or _of_the_list("/".join(pieces[-length:]))
        if found is None and described is not None:
            return _as_described(described, name, self._effort)
        return found or _as_offset(name)


def name_of(zone: tzinfo) -> str:
    """The name of a clock for a row: IANA's where it has one."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    return zone.tzname(None) or "UTC"


def _plain(tzid: str) -> str:
    return tzid.strip().strip('"').strip().strip("/")[:200]


def _of_the_list(name: str) -> ZoneInfo | None:
    if not _NAME.fullmatch(name) or name in _NOT_OF_THE_LIST or name.startswith("right/"):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # no such name, or a folder of names
        return None


def _of_windows(name: str) -> ZoneInfo | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return _of_the_list(WINDOWS_TO_OLSON.get(name, ""))


def _as_offset(name: str) -> tzinfo | None:
    """A clock that never changes: “UTC+01:00”, “GMT-0530”."""
    match = _OFFSET_NAME.fullmatch(name)
    if match is None or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset, name)


def _as_described(part: Part, name: str, effort: Effort) -> tzinfo | None:
    """The clock that a VTIMEZONE describes, None where the description makes no sense."""
    if part.broken is not None or not part.within:
        return None
    onsets: list[tuple[datetime, timedelta, timedelta]] = []
    try:
        for change in part.within:
            onsets += _onsets(change, effort)
    except (ValueError, OverflowError, EventRefused):
        return None
    if not onsets or len(onsets) > _MOST_ONSETS:
        return None
    return FileZone(name, onsets)


def _onsets(change: Part, effort: Effort) -> list[tuple[datetime, timedelta, timedelta]]:
    start, old, new = (change.first(name) for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"))
    if start is None or old is None or new is None:
        raise ValueError("no onset")
    before, after = _offset(old.value), _offset(new.value)
    first = _onset(start.value)
    local = {first}
    for rule in change.all("RRULE"):
        local.update(_yearly(rule, first, before, effort))
    for days in change.all("RDATE"):
        local.update(_onset(one.partition("/")[0]) for one in days.value.split(","))
        if len(local) > _MOST_ONSETS:
            raise ValueError("too many")
    return [(one - before, before, after) for one in local]


def _yearly(
    one: Property, first: datetime, before: timedelta, effort: Effort
) -> Iterator[datetime]:
    """When a change of the clock comes again; whatever is not once a year is refused."""

    def until_of(text: str) -> datetime:
        until = _onset(text if "T" in text else f"{text}T235959")
        return until + before if text.endswith("Z") else until

    rule = read_rule(one, until_of)
    if rule.frequency != "YEARLY" or rule.hours or rule.minutes or rule.seconds:
        raise ValueError(one.value)
    return times(rule, first, first, _HORIZON, effort)


def _onset(text: str) -> datetime:
    match = _ONSET.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, *rest = map(int, match.groups())
    return datetime(max(year, _FIRST_YEAR), *rest)  # type: ignore[arg-type] # noqa: DTZ001


def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text.strip())
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        raise ValueError(text)
    offset = timedelta(
        hours=int(match[2]), minutes=int(match[3]), seconds=min(59, int(match[4] or 0))
    )
    return -offset if match[1] == "-" else offset
