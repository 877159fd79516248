"""How does an absence look as one line, and what does it mean for who is signed in?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.store.queries.absences import AbsenceRow, Covered, Meanwhile, Standing
from clientele.system.formats import Formats
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

CHANGE, END = "change", "end"
"""The names of a row's actions."""


def absence_row(row: AbsenceRow, today: date, formats: Formats, *, may_change: bool) -> Row:
    """Who is away from when to when, who covers and why."""
    now = row.away_from <= today
    span = formats.weekday_day(row.away_from)
    if row.last_day != row.away_from:
        span = translate("Absence", "{first} to {last}").format(
            first=span, last=formats.weekday_day(row.last_day)
        )
    parts = [span, translate("Absence", "{name} covers").format(name=row.cover), row.why]
    ends = translate("Absence", "Back today") if row.away_from < today else ""
    acts = (
        RowAction(CHANGE, translate("Absence", "Change"), "C"),
        RowAction(END, ends or translate("Absence", "Remove"), "X"),
    )
    return Row(
        key=row.id,
        title=row.associate,
        sub=" · ".join(part for part in parts if part),
        lead=ChipSpec(
            translate("Absence", "away") if now else translate("Absence", "soon"),
            Tone.BLUE if now else Tone.PLAIN,
        ),
        actions=acts if may_change else (),
    )


def meanwhile_words(found: Sequence[Meanwhile], cover: str, formats: Formats) -> str:
    """That the chosen cover is away on some of the days too, and who is there then."""
    sentences = []
    for one in found:
        span = formats.weekday_day(one.first)
        if one.last != one.first:
            span = translate("Absence", "{first} to {last}").format(
                first=span, last=formats.weekday_day(one.last)
            )
        words = translate("Absence", "{cover} is away too, {days}; then {name} covers.")
        if not one.answers:
            words = translate("Absence", "{cover} is away too, {days}, and nobody would be there.")
        sentences.append(words.format(cover=cover, days=span, name=one.answers))
    return " ".join(sentences)


def covered_words(one: Covered, formats: Formats) -> str:
    """“You cover for A. Name until Tue 24 Nov: 3 follow-ups, 1 promise”."""
    words = translate("Absence", "You cover for {name} until {day}").format(
        name=one.associate, day=formats.weekday_day(one.last_day)
    )
    parts = []
    if one.follow_ups:
        parts.append(translate("Absence", "%n follow-up(s)", "", one.follow_ups))
    if one.promises:
        parts.append(translate("Absence", "%n promise(s)", "", one.promises))
    if not parts:
        return words
    return translate("Absence", "{words}: {what}").format(words=words, what=", ".join(parts))


def away_words(standing: Standing, formats: Formats) -> str:
    """“You are away until Tue 24 Nov, L. Sato covers”; empty for one who is there."""
    if standing.away is None:
        return ""
    day = formats.weekday_day(standing.away.last_day)
    words = translate("Absence", "You are away until {day}, {name} covers")
    if not standing.answers:
        words = translate("Absence", "You are away until {day}")
    return words.format(day=day, name=standing.answers)
