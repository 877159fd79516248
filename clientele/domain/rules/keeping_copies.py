"""Which copies of a book are kept, what are they called, and when is the next one due?

The newest of each of seven days, four weeks and twelve months stays. Those are days that have a
copy, not the last by the clock: a clock set far ahead makes nothing old.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

DAYS, WEEKS, MONTHS = 7, 4, 12
NEWEST_BEFORE = 3
"""How many of those made before each kind of great change are kept in any case."""
LATE = timedelta(days=3)
"""An age of the newest good copy at which somebody should look."""
LARGE = 1_000
"""Rows of a file from which on a copy is made before it is brought in."""


class Why(StrEnum):
    """What a copy was made for. The value stands in the book and in the name."""

    DAILY = "daily"
    BY_HAND = "by hand"
    IMPORT = "before an import"
    MIGRATION = "before a migration"
    RESTORE = "before a restore"
    KEYS = "before a new key"


OF_THE_DAY: Final = frozenset({Why.DAILY, Why.BY_HAND})
"""After one of these, no other is due on the same day."""

_NAME = re.compile(
    r"(?P<stem>.+)\.(?P<at>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.(?P<why>[a-z-]+)\.(?P<head>[0-9a-f]{8})"
    r"\.backup"
)
_AT = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True, slots=True)
class CopyName:
    """What a copy's file is called: of which book, when (UTC), what for, and the book's head."""

    stem: str
    at: datetime
    why: Why
    head: str
    """The first four bytes of the file in hexadecimal: those of the book."""

    @property
    def file(self) -> str:
        """The name of the file. Names of one book sort by time."""
        at = self.at.astimezone(UTC).strftime(_AT)
        return f"{self.stem}.{at}.{self.why.replace(' ', '-')}.{self.head}.backup"

    @classmethod
    def read(cls, file: str) -> CopyName | None:
        """The parts of a name; None where it is not one of ours."""
        found = _NAME.fullmatch(file)
        if found is None:
            return None
        try:
            at = datetime.strptime(found["at"], _AT).replace(tzinfo=UTC)
            why = Why(found["why"].replace("-", " "))
        except ValueError:
            return None
        return cls(found["stem"], at, why, found["head"])


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that is there. ``good``: it was checked, and the key of the book opens it."""

    file: str
    at: datetime
    why: Why
    good: bool = True


def to_let_go(copies: Iterable[Kept], zone: ZoneInfo) -> frozenset[str]:
    """The files that need not be kept.

    Never one that was made by hand, and never the newest good one. What is not good counts for
    nothing: it goes as soon as a good one is there that is newer.
    """
    newest_first = sorted(copies, key=lambda one: (one.at, one.file), reverse=True)
    good = [one for one in newest_first if one.good]
    if not good:
        return frozenset()
    stays = {good[0].file}
    stays |= {one.file for one in newest_first if one.why is Why.BY_HAND or one.at > good[0].at}

    def day(one: Kept) -> Hashable:
        return one.at.astimezone(zone).date()

    def week(one: Kept) -> Hashable:
        return one.at.astimezone(zone).isocalendar()[:2]

    def month(one: Kept) -> Hashable:
        local = one.at.astimezone(zone)
        return local.year, local.month

    for count, part in ((DAYS, day), (WEEKS, week), (MONTHS, month)):
        stays |= _newest_of_each(good, part, count)
    for why in set(Why) - OF_THE_DAY:
        stays |= {one.file for one in [one for one in good if one.why is why][:NEWEST_BEFORE]}
    return frozenset(one.file for one in newest_first) - stays


def is_due(last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the day's copy is to be made; ``last`` is that of the day, made last.

    Made last, not of the latest day: a clock that was set back is believed like any other.
    """
    return last is None or last.astimezone(zone).date() != now.astimezone(zone).date()


def is_late(last: datetime | None, now: datetime) -> bool:
    """Whether the newest good copy is so old that somebody should look."""
    return last is None or now - last > LATE


def _newest_of_each(
    newest_first: list[Kept], part: Callable[[Kept], Hashable], count: int
) -> set[str]:
    found: dict[Hashable, str] = {}
    for one in newest_first:
        found.setdefault(part(one), one.file)
        if len(found) == count:
            break
    return set(found.values())
