"""How does a promise look as one line? How it stands, to whom and what, who keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promises import SILENCE, Standing, silent_days
from clientele.store.queries.promises import PromiseRow
from clientele.system.formats import Formats
from clientele.ui.models.client_names import short_name, shown_name
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

KEPT, READY, MOVE = "kept", "ready", "move"
"""The names of a row's actions."""


def brief_promise_row(row: PromiseRow, now: datetime, formats: Formats) -> Row:
    """A promise where there is little room: more words only where it worries."""
    sub = ""
    if row.standing in (Standing.LATE, Standing.AT_RISK):
        sub = " · ".join((row.department or kind_words(row.kind), heard_words(row, now, formats)))
    return Row(
        key=row.id,
        title=short_name(row.named),
        after_title=f"· {row.what}",
        sub=sub,
        lead=_chip(row, formats.local_day(now), formats, long=False),
        actions=(replace(_next_step(row), shown=False), *_letters(row)),
    )


def promise_row(row: PromiseRow, now: datetime, formats: Formats, *, me: int | None = None) -> Row:
    """An open promise with its next step as a button; ``me`` need not read their own name."""
    parts = [kind_words(row.kind), row.department]
    if row.associate_id != me:
        parts.append(row.associate)
    if row.state == PromiseState.READY:
        parts.append(translate("PromiseRow", "ready for the client"))
    else:
        parts.append(heard_words(row, now, formats))
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.what}",
        sub=" · ".join(part for part in parts if part),
        lead=_chip(row, formats.local_day(now), formats, long=True),
        actions=(_next_step(row), *_letters(row)),
        tone=Tone.RED if row.standing is Standing.LATE else None,
    )


def ended_promise_row(row: PromiseRow, today: date, formats: Formats, *, section: str) -> Row:
    """A promise that ended, on the day or not, and the word with which it did."""
    kept = row.state == PromiseState.KEPT
    ended = formats.local_day(row.ended_at) if row.ended_at else today
    words = [ended_words(row, formats), row.ending, formats.near_day(ended, today)]
    return Row(
        key=row.id,
        after_title=f"{shown_name(row.named)} · {row.what}",
        aside="".join(f" · {part}" for part in words if part),
        lead=ChipSpec(
            translate("PromiseRow", "kept") if kept else translate("PromiseRow", "broken"),
            Tone.GREEN if kept else Tone.RED,
        ),
        section=section,
    )


def ended_words(row: PromiseRow, formats: Formats) -> str:
    """“a day early”, “2 days late”; empty when it was the day itself or it was not kept."""
    if row.ended_at is None or row.state != PromiseState.KEPT:
        return ""
    late = (formats.local_day(row.ended_at) - row.due_on).days
    if late > 0:
        return translate("PromiseRow", "%n day(s) late", "", late)
    if late < 0:
        return translate("PromiseRow", "%n day(s) early", "", -late)
    return ""


def standing_chip(row: PromiseRow, now: datetime, formats: Formats) -> ChipSpec:
    """How it stands and until when, in one chip."""
    return _chip(row, formats.local_day(now), formats, long=True)


def due_words(row: PromiseRow, today: date, formats: Formats) -> str:
    """“today 14:30”, “Tue 24 Nov”."""
    days = (row.due_on - today).days
    day = formats.near_day(row.due_on, today) if -2 < days < 2 else formats.weekday_day(row.due_on)
    return f"{day} {time_words(row, formats)}".strip()


def time_words(row: PromiseRow, formats: Formats) -> str:
    """The time of day, if there is one."""
    if row.due_time is None:
        return ""
    at = datetime.combine(row.due_on, row.due_time, formats.tz)
    return formats.clock_time(at)


def heard_words(row: PromiseRow, now: datetime, formats: Formats) -> str:
    """“last word 2 days ago”, or from one day on that there was none."""
    days = silent_days(row.last_word_at, now.astimezone(formats.tz))
    if days >= SILENCE:
        return translate("PromiseRow", "no word for %n day(s)", "", days)
    heard = formats.near_day(formats.local_day(row.last_word_at), formats.local_day(now))
    return translate("PromiseRow", "last word {day}").format(day=heard)


def step_words(row: PromiseRow) -> str:
    """What the next step is called: Ready, Arrived, or Kept where nothing lies between."""
    if row.state == PromiseState.READY or row.kind in (PromiseKind.CALL_BACK, PromiseKind.REQUEST):
        return translate("PromiseRow", "Kept")
    if row.kind in (PromiseKind.SPECIAL_ORDER, PromiseKind.TRANSFER):
        return translate("PromiseRow", "Arrived")
    return translate("PromiseRow", "Ready")


def goes_through_ready(row: PromiseRow) -> bool:
    """Whether it still becomes ready before the client has it."""
    asked = row.kind in (PromiseKind.CALL_BACK, PromiseKind.REQUEST)
    return row.state == PromiseState.OPEN and not asked


def _next_step(row: PromiseRow) -> RowAction:
    name, key = (READY, "R") if goes_through_ready(row) else (KEPT, "D")
    return RowAction(name, step_words(row), key)


def _letters(row: PromiseRow) -> list[RowAction]:
    acts = [RowAction(MOVE, translate("PromiseRow", "New date"), "S", shown=False)]
    if goes_through_ready(row):
        acts.insert(0, RowAction(KEPT, translate("PromiseRow", "Kept"), "D", shown=False))
    return acts


def _chip(row: PromiseRow, today: date, formats: Formats, *, long: bool) -> ChipSpec:
    due = due_words(row, today, formats) if long else _short_due(row, today, formats)
    worry = {
        Standing.LATE: (translate("PromiseRow", "late"), Tone.RED),
        Standing.AT_RISK: (translate("PromiseRow", "at risk"), Tone.AMBER),
        Standing.READY: (translate("PromiseRow", "ready"), Tone.GREEN),
    }.get(row.standing or Standing.ON_ITS_WAY)
    if worry is None:
        return ChipSpec(due, Tone.BLUE)
    words, tone = worry
    return ChipSpec(f"{words} · {due}" if long else words, tone)


def _short_due(row: PromiseRow, today: date, formats: Formats) -> str:
    if row.due_on == today and row.due_time is not None:
        return time_words(row, formats)
    return formats.near_day(row.due_on, today)
