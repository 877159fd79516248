"""When does a client hear from us next? “next: call Tue 24 Nov, Ruth”, or “nothing planned”."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.next_touch import Planned, Touch, TouchKind
from clientele.store.queries.next_touch import Next
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import channel_words, occasion_words
from clientele.ui.models.rows import ChipSpec, Row
from clientele.ui.theme import Tone

translate = QCoreApplication.translate


def next_touch_words(one: Next, today: date, formats: Formats, *, me: int | None = None) -> str:
    """The next touch in one line, and by whom; ``me`` is whose own is said as “you”."""
    touch = one.next.touch
    if touch is None:
        return translate("NextTouch", "nothing planned")
    late = one.next.planned == Planned.OVERDUE
    if late:
        words = translate("NextTouch", "overdue: {what} {day}")
    elif touch.waits:
        words = translate("NextTouch", "waits for them: {what}")
    else:
        words = translate("NextTouch", "next: {what} {day}")
    parts = [words.format(what=what_words(one, touch), day=_day(touch, today, formats))]
    if one.next.by is not None:
        mine = me is not None and one.next.by == me
        parts.append(translate("NextTouch", "you") if mine else one.by)
    return ", ".join(part for part in parts if part)


def next_touch_tone(one: Next) -> Tone:
    """Amber for what is overdue: red is for a broken promise."""
    return Tone.AMBER if one.next.planned == Planned.OVERDUE else Tone.PLAIN


def with_next_touch(row: Row, one: Next, today: date, formats: Formats, *, me: int) -> Row:
    """A client's row that says when they hear from us next; what is overdue as an amber chip."""
    words = next_touch_words(one, today, formats, me=me)
    if one.next.planned == Planned.OVERDUE:
        return replace(row, chips=(*row.chips, ChipSpec(words, next_touch_tone(one))))
    return replace(row, sub=" · ".join(part for part in (row.sub, words) if part))


def what_words(one: Next, touch: Touch) -> str:
    """“call”, “appointment”, “promise”, “birthday”."""
    if touch.kind == TouchKind.FOLLOW_UP:
        return channel_words(touch.channel)
    if touch.kind == TouchKind.OCCASION:
        there = one.occasion
        return "" if there is None else occasion_words(there.kind, there.title, there.years)
    return {
        TouchKind.APPOINTMENT: translate("NextTouch", "appointment"),
        TouchKind.PROMISE: translate("NextTouch", "promise"),
    }[touch.kind]


def _day(touch: Touch, today: date, formats: Formats) -> str:
    """“today”, “tomorrow”, “Tue 24 Nov”, and the time of an appointment."""
    ahead = (touch.on - today).days
    if ahead in (0, 1):
        day = formats.near_day(touch.on, today)
    elif touch.on.year != today.year:
        day = formats.day_year(touch.on)
    else:
        day = formats.weekday_day(touch.on)
    if touch.at is None or touch.kind != TouchKind.APPOINTMENT:
        return day
    at = datetime.combine(touch.on, touch.at, formats.tz)
    return f"{day} {formats.clock_time(at)}"
