"""What stands on the tag of a promise, and on the slip that the client takes along?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.promise_tags import scanned, tag_of
from clientele.store.queries.promises import PromiseRow
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.promise_rows import time_words
from clientele.ui.printing.labels import Label, Line

translate = QCoreApplication.translate


def tag_text(row: PromiseRow) -> str:
    """The tag; that of an older promise is given as it is printed."""
    return row.tag or tag_of(row.kind, row.id)


def tag_label(row: PromiseRow, formats: Formats) -> Label:
    """For the garment: whose, what is to be done, the measurements, until when, for whom."""
    tag = tag_text(row)
    lines = [
        Line(kind_words(row.kind), 3.0),
        Line(tag, 9.0, bold=True, air=0.5),
        Line(shown_name(row.named), 5.2, bold=True, air=1.5),
        Line(_until(row, formats), 4.2, bold=True, air=0.8),
        Line(row.what, 3.8, air=2.0),
        Line(row.garment, 3.4),
        Line(row.measurements, 3.4, bold=True),
        Line(_place(row), 3.0, air=1.5),
    ]
    return Label(tuple(line for line in lines if line.words), scanned(tag), tag)


def claim_slip(row: PromiseRow, formats: Formats, *, store: str) -> Label:
    """For the client: where, who, what, when, and which tag to ask for."""
    tag = tag_text(row)
    promised = translate("PromiseLabels", "Promised by {name}, {day}").format(
        name=row.associate, day=formats.day_year(formats.local_day(row.promised_at))
    )
    lines = [
        Line(store, 4.6, bold=True),
        Line(_slip_words(row.kind), 3.2, air=0.8),
        Line(shown_name(row.named), 4.4, bold=True, air=3.0),
        Line(row.what, 3.8, air=1.0),
        Line(row.garment, 3.4),
        Line(_ready_on(row, formats), 4.4, bold=True, air=3.0),
        Line(promised, 3.0, air=2.0),
        Line(translate("PromiseLabels", "Please bring this slip along."), 3.0, air=1.0),
    ]
    return Label(tuple(line for line in lines if line.words), scanned(tag), tag)


def _slip_words(kind: str) -> str:
    if kind == PromiseKind.HOLD:
        return translate("PromiseLabels", "Put aside for you")
    return translate("PromiseLabels", "Claim slip · {kind}").format(kind=kind_words(kind))


def _until(row: PromiseRow, formats: Formats) -> str:
    return f"{_day(row.due_on, formats)} {time_words(row, formats)}".strip()


def _ready_on(row: PromiseRow, formats: Formats) -> str:
    if row.kind == PromiseKind.HOLD:
        words = translate("PromiseLabels", "Held until {when}")
    else:
        words = translate("PromiseLabels", "Ready {when}")
    return words.format(when=_until(row, formats))


def _place(row: PromiseRow) -> str:
    who = translate("PromiseLabels", "for {name}").format(name=row.associate)
    return " · ".join(part for part in (row.department, row.colleague, who) if part)


def _day(on: date, formats: Formats) -> str:
    return formats.weekday_day(on)
