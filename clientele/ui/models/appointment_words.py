"""How is an appointment said: its time, its state, and what stands against it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.appointments import ConflictKind, Outcome
from clientele.store.queries.appointments import AppointmentRow, Told
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name


def times(starts_at: datetime, ends_at: datetime, formats: Formats) -> str:
    """“14:30 – 15:15”."""
    return f"{formats.clock_time(starts_at)} – {formats.clock_time(ends_at)}"


def when(starts_at: datetime, ends_at: datetime, formats: Formats) -> str:
    """“Tue 24 Nov, 14:30 – 15:15”."""
    day = formats.weekday_day(formats.local_day(starts_at))
    return f"{day}, {times(starts_at, ends_at, formats)}"


def outcome_words(outcome: Outcome | None) -> str:
    """What became of it, in a word or two; nothing while it is ahead."""
    translate = QCoreApplication.translate
    return {
        None: "",
        Outcome.CAME: translate("Appointments", "came"),
        Outcome.DID_NOT_COME: translate("Appointments", "did not come"),
        Outcome.MOVED: translate("Appointments", "moved"),
        Outcome.CALLED_OFF: translate("Appointments", "called off"),
    }[outcome]


def length_words(length: timedelta) -> str:
    """“45 min”, “1 h”, “1½ h”, “2 h”."""
    minutes = int(length.total_seconds()) // 60
    translate = QCoreApplication.translate
    if minutes % 60 == 0:
        return translate("Appointments", "{hours} h").format(hours=minutes // 60)
    if minutes > 60 and minutes % 60 == 30:
        return translate("Appointments", "{hours}½ h").format(hours=minutes // 60)
    return translate("Appointments", "{minutes} min").format(minutes=minutes)


def spoken(row: AppointmentRow, formats: Formats, *, whose: bool) -> str:
    """All of it for a screen reader: who, when, what about, by whom, what became of it."""
    parts = [
        shown_name(row.named),
        when(row.starts_at, row.ends_at, formats),
        row.about,
        row.associate if whose else "",
        outcome_words(row.outcome),
    ]
    return ", ".join(part for part in parts if part)


def conflict_words(told: Told, formats: Formats, *, mine: bool) -> str:
    """One reason against a time; ``mine`` where it is the reader's own."""
    translate = QCoreApplication.translate
    other = told.other
    if told.kind is ConflictKind.ASSOCIATE_BUSY and other is not None:
        words = (
            translate("Appointments", "You expect {client} then, {times}")
            if mine
            else translate("Appointments", "{associate} expects {client} then, {times}")
        )
    elif told.kind is ConflictKind.CLIENT_ELSEWHERE and other is not None:
        words = translate("Appointments", "{client} is expected by {other} then, {times}")
    elif told.kind is ConflictKind.STORE_CLOSED:
        return translate("Appointments", "The store is closed then")
    else:
        words = _away(told, mine=mine)
    return words.format(
        associate=told.associate,
        client=shown_name(other.named) if other is not None else "",
        other=other.associate if other is not None else "",
        times=times(other.starts_at, other.ends_at, formats) if other is not None else "",
        day=formats.weekday_day(told.day) if told.day is not None else "",
        cover=told.cover,
    )


def _away(told: Told, *, mine: bool) -> str:
    translate = QCoreApplication.translate
    if told.cover:
        return (
            translate("Appointments", "You are away on {day}; {cover} covers")
            if mine
            else translate("Appointments", "{associate} is away on {day}; {cover} covers")
        )
    return (
        translate("Appointments", "You are away on {day}, and nobody covers")
        if mine
        else translate("Appointments", "{associate} is away on {day}, and nobody covers")
    )


def all_conflicts(found: Iterable[Told], formats: Formats, *, mine: bool) -> str:
    """All reasons against a time as one line; empty where there is none."""
    return ". ".join(conflict_words(one, formats, mine=mine) for one in found)
