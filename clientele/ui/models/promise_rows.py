"""How does a promise look as one line? How it stands, to whom and what, who keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.promises import PromiseState
from clientele.domain.rules.promise_steps import next_step
from clientele.domain.rules.promises import SILENCE, Standing, silent_days, worries
from clientele.store.queries.promises import PromiseRow
from clientele.system.formats import Formats
from clientele.ui.models.client_names import short_name, shown_name
from clientele.ui.models.plan_words import kind_words
from clientele.ui.models.promise_words import missing_words, place_words, step_act, step_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

STEP, KEPT, MOVE, PRINT, ASK, BROKEN = "step", "kept", "move", "print", "ask", "broken"
"""The names of a row's actions."""


def brief_promise_row(row: PromiseRow, now: datetime, formats: Formats) -> Row:
    """A promise where there is little room: more words only where it worries."""
    sub = ""
    if worries(row.standing):
        worry = worry_words(row, now, formats)
        sub = " · ".join((row.department or kind_words(row.kind), worry))
    acts = promise_acts(row)
    return Row(
        key=row.id,
        title=short_name(row.named),
        after_title=f"· {row.what}",
        sub=sub,
        lead=_chip(row, formats.local_day(now), formats, long=False),
        actions=tuple(replace(act, shown=False) for act in acts),
    )


def promise_row(
    row: PromiseRow,
    now: datetime,
    formats: Formats,
    *,
    me: int | None = None,
    says_whose: bool = True,
) -> Row:
    """An open promise with its next step as a button; ``me`` need not read their own name.

    Without ``says_whose`` it is left to others to say whose it is (``for_whom``).
    """
    colleague = row.colleague if row.colleague_id != me else ""
    parts = [place_words(row.kind, row.department, colleague)]
    if says_whose and row.associate_id != me:
        parts.append(row.associate)
    parts.extend(_how_far(row, now, formats))
    tone = {Standing.LATE: Tone.RED, Standing.AT_RISK: Tone.AMBER}
    return Row(
        key=row.id,
        title=shown_name(row.named),
        after_title=f"· {row.what}",
        sub=" · ".join(part for part in parts if part),
        lead=_chip(row, formats.local_day(now), formats, long=True),
        actions=promise_acts(row, ask=_wants_asking(row, now, formats)),
        tone=tone.get(row.standing or Standing.READY),
    )


def promise_acts(row: PromiseRow, *, ask: bool = False) -> tuple[RowAction, ...]:
    """What can be done with an open promise; the next step is the one in sight."""
    following = next_step(row.kind, row.step)
    acts = [
        RowAction(ASK, translate("PromiseRow", "Ask"), "A", shown=ask),
        RowAction(STEP, step_act(following or ""), "R"),
        RowAction(KEPT, translate("PromiseRow", "Kept"), "D", shown=False),
        RowAction(MOVE, translate("PromiseRow", "New date"), "S", shown=False),
        RowAction(PRINT, translate("PromiseRow", "Print tag"), "T", shown=False),
        RowAction(BROKEN, translate("PromiseRow", "Not kept"), "B", shown=False),
    ]
    return tuple(act for act in acts if following or act.name != STEP)


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


def worry_words(row: PromiseRow, now: datetime, formats: Formats) -> str:
    """Why it is at risk: the silence, or the step that is missing."""
    if silent_days(row.last_word_at, now.astimezone(formats.tz)) >= SILENCE or not row.missing:
        return heard_words(row, now, formats)
    return missing_words(row.missing)


def _how_far(row: PromiseRow, now: datetime, formats: Formats) -> list[str]:
    """The last step and word, when, and what worries about it."""
    today = formats.local_day(now)
    said = []
    if row.step:
        day = formats.near_day(formats.local_day(row.step_at), today) if row.step_at else ""
        said.append(f"{step_words(row.step)} {day}".strip())
    if row.word:
        said.append(row.word)
    silent = silent_days(row.last_word_at, now.astimezone(formats.tz))
    heard_since = row.step_at is None or row.last_word_at > row.step_at
    if row.standing is Standing.WAITING:
        said.append(translate("PromiseRow", "not collected for %n day(s)", "", max(silent, 1)))
    elif row.state == PromiseState.OPEN and (
        heard_since if silent < SILENCE else worries(row.standing) or not row.step
    ):
        # Silence is worth a word only where it worries: a coat that is being made makes no noise.
        said.append(heard_words(row, now, formats))
    if row.missing:
        said.append(missing_words(row.missing))
    if row.asked_at is not None:
        day = formats.near_day(formats.local_day(row.asked_at), today)
        said.append(translate("PromiseRow", "asked {day}").format(day=day))
    return said


def _wants_asking(row: PromiseRow, now: datetime, formats: Formats) -> bool:
    """Whether nothing was heard where something should have been, nor asked today."""
    if row.asked_at and formats.local_day(row.asked_at) == formats.local_day(now):
        return False
    return worries(row.standing) or row.standing is Standing.WAITING


def _chip(row: PromiseRow, today: date, formats: Formats, *, long: bool) -> ChipSpec:
    due = due_words(row, today, formats) if long else _short_due(row, today, formats)
    worry = {
        Standing.LATE: (translate("PromiseRow", "late"), Tone.RED),
        Standing.AT_RISK: (translate("PromiseRow", "at risk"), Tone.AMBER),
        Standing.READY: (translate("PromiseRow", "ready"), Tone.GREEN),
        Standing.WAITING: (translate("PromiseRow", "waiting"), Tone.AMBER),
    }.get(row.standing or Standing.ON_ITS_WAY)
    if worry is None:
        return ChipSpec(due, Tone.BLUE)
    words, tone = worry
    return ChipSpec(f"{words} · {due}" if long else words, tone)


def _short_due(row: PromiseRow, today: date, formats: Formats) -> str:
    if row.due_on == today and row.due_time is not None:
        return time_words(row, formats)
    return formats.near_day(row.due_on, today)
