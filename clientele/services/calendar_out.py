"""Appointments as a calendar file: one, or all of an associate's from today on.

A calendar leaves the encrypted book, so a file is discreet unless somebody asks otherwise, and it
is nobody else's to read (0600).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from clientele.domain.rules.rights import Right
from clientele.exchange.calendar_out import CalendarWords, Leaving, Sender, calendar_of
from clientele.services.acting import require_over
from clientele.services.written import written
from clientele.store.queries.calendars import Outward, book_of, outward
from clientele.store.queries.naming import associate_names
from clientele.store.queries.reading import store_facts

_SERIES = re.compile(r"clientele-of-([0-9a-p]{40})@clientele")
_DIGITS, _LETTERS = "0123456789", "ghijklmnop"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which appointments leave, and how much they say."""

    associate_id: int
    """Whose calendar it is."""
    ids: tuple[int, ...] = ()
    """These; none for all of the associate's from today on."""
    discreet: bool = True
    """Initials for names, and nothing of what it is about."""
    words: CalendarWords | None = None


def calendar_bytes(session: Session, what: Wanted, *, now: datetime) -> tuple[bytes, int]:
    """The file, and how many appointments are in it.

    Raises:
        NothingToWrite: there is none.
        NotAllowed: a colleague's calendar needs ``Right.EXPORT``.
    """
    require_over(session, Right.EXPORT, what.associate_id)
    facts = store_facts(session)
    since = None if what.ids else facts.begins(facts.day_of(now))
    chosen = outward(session, ids=what.ids, associate_id=what.associate_id, since=since)
    sender = Sender(
        book_of(session),
        facts.zone,
        facts.name,
        associate_names(session).get(what.associate_id, ""),
    )
    leaving = [_leaving(one) for one in chosen]
    return calendar_of(leaving, sender, discreet=what.discreet, words=what.words), len(chosen)


def write_calendar(session: Session, book: Path, path: Path, what: Wanted, now: datetime) -> int:
    """Write the file to ``path`` and answer how many appointments are in it.

    It takes its name only when it is whole; ``book`` is the file that it must not replace.

    Raises:
        NothingToWrite: there is none.
        NotWritable: the file cannot be made there; what stood there is as it was.
        OverTheBook: it would take the place of the book.
    """
    data, count = calendar_bytes(session, what, now=now)
    with written(book, path, "xb") as file:
        file.write(data)
    return count


def _leaving(one: Outward) -> Leaving:
    row = one.row
    remind = row.remind_minutes
    return Leaving(
        row.id,
        row.starts_at,
        row.ends_at,
        row.named.name,
        row.about,
        one.sequence,
        one.changed_at,
        cancelled=row.called_off,
        remind=None if remind is None else timedelta(minutes=remind),
        uid=series_uid(one.series) if one.series else one.uid,
    )


def series_uid(key: str) -> str:
    """The UID of one of a series that came from elsewhere: there each has the UID of all.

    ``key`` (``AppointmentImport.key``, 40 hex digits) is written in letters alone, as ``new_uid``.
    """
    return f"clientele-of-{key.translate(str.maketrans(_DIGITS, _LETTERS))}@clientele"


def series_key(uid: str) -> str | None:
    """The key that went out as ``uid``; None for every other."""
    found = _SERIES.fullmatch(uid)
    return found and found[1].translate(str.maketrans(_LETTERS, _DIGITS))
