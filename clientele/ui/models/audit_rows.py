"""Entries of the audit trail as rows: a heading for each day, a sentence, the time of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from clientele.domain.rules.acts import ActKind
from clientele.services.audit_words import sentence
from clientele.store.queries.audit import Line
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import ChipSpec, Row
from clientele.ui.theme import Tone

CONTEXT = "audit"
"""The translation context of every sentence of the trail."""


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


KINDS = {
    ActKind.SAW: _n("saw"),
    ActKind.CHANGED: _n("changed"),
    ActKind.GAVE: _n("gave"),
    ActKind.EXPORTED: _n("taken out"),
    ActKind.MERGED: _n("merged"),
    ActKind.ERASED: _n("erased"),
    ActKind.SIGNED_IN: _n("signed in"),
    ActKind.SETTINGS: _n("settings"),
    ActKind.KEPT: _n("backups and keys"),
    ActKind.BY_ITSELF: _n("by itself"),
}
TONES = {
    ActKind.EXPORTED: Tone.AMBER,
    ActKind.MERGED: Tone.AMBER,
    ActKind.ERASED: Tone.AMBER,
    ActKind.GAVE: Tone.BLUE,
    ActKind.KEPT: Tone.BLUE,
    ActKind.SETTINGS: Tone.BLUE,
}


def say(words: str) -> str:
    """A template of the trail in the reader's language."""
    return QCoreApplication.translate(CONTEXT, words)


def kind_words(kind: ActKind) -> str:
    """What a kind of act is called."""
    return say(KINDS[kind])


def audit_rows(lines: Sequence[Line], formats: Formats, today: date) -> list[Row]:
    """One row for each entry, in their order; the row of a client opens them."""
    return [_row(line, formats, today) for line in lines]


def _row(line: Line, formats: Formats, today: date) -> Row:
    day = formats.local_day(line.at)
    return Row(
        key=line.id,
        after_title=sentence(line, formats, name=shown_name, say=say),
        end_chips=(ChipSpec(kind_words(line.kind), TONES.get(line.kind, Tone.PLAIN)),),
        trailing=formats.clock_time(line.at),
        section=_heading(day, formats, today),
    )


def _heading(day: date, formats: Formats, today: date) -> str:
    near = formats.near_day(day, today)
    if day.year != today.year or abs((today - day).days) > 1:
        return formats.long_day(day)
    return f"{near[0].upper()}{near[1:]}"
