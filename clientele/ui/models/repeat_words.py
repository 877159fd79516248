"""How often does it repeat? In words as one says them, and the end with them."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.repeat_rules import next_after_doing, read_rule
from clientele.domain.rules.repeating import HALF_YEAR, QUARTER, Every, Repeat, repeat_of
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.system.formats import Formats

translate = QCoreApplication.translate

MONDAY = date(2024, 1, 1)
"""Any Monday, by which the names of weekdays are asked for."""
WORKDAYS = (0, 1, 2, 3, 4)


def repeat_words(repeat: Repeat, formats: Formats) -> str:
    """“every week on Tuesday”, “every quarter on day 24”, without its end."""
    n = repeat.n
    if repeat.every == Every.DAY:
        return (
            translate("Repeat", "every %n day(s)", "", n)
            if n > 1
            else translate("Repeat", "every day")
        )
    if repeat.every == Every.WEEK:
        days = _weekdays(repeat.weekdays, formats)
        if n == 1 and repeat.weekdays == WORKDAYS:
            return translate("Repeat", "Monday to Friday")
        if n == 1:
            return translate("Repeat", "every week on {days}").format(days=days)
        return translate("Repeat", "every %n week(s) on {days}", "", n).format(days=days)
    if repeat.every == Every.YEAR:
        day = formats.month_day(repeat.month or 1, repeat.day)
        if n == 1:
            return translate("Repeat", "every year on {day}").format(day=day)
        return translate("Repeat", "every %n year(s) on {day}", "", n).format(day=day)
    often = {
        1: translate("Repeat", "every month"),
        QUARTER: translate("Repeat", "every quarter"),
        HALF_YEAR: translate("Repeat", "every half year"),
    }.get(n) or translate("Repeat", "every %n month(s)", "", n)
    if repeat.every == Every.MONTH_END:
        return translate("Repeat", "{often} on the last day").format(often=often)
    return translate("Repeat", "{often} on day {day}").format(often=often, day=repeat.day)


def end_words(repeat: Repeat, formats: Formats) -> str:
    """“until 31 Dec 2026”, “6 times in all”; empty where it has no end."""
    if repeat.until is not None:
        return translate("Repeat", "until {day}").format(day=formats.day_year(repeat.until))
    if repeat.count is not None:
        return translate("Repeat", "%n time(s) in all", "", repeat.count)
    return ""


def repeats_words(text: str, formats: Formats) -> str:
    """A rule with its end; one that says more than can be chosen here says only that it repeats."""
    if not text:
        return ""
    repeat = repeat_of(text, zone=formats.tz)
    if repeat is None:
        return translate("Repeat", "repeats by a rule of its own")
    return " · ".join(
        words for words in (repeat_words(repeat, formats), end_words(repeat, formats)) if words
    )


def again_on(row: FollowUpRow, today: date, formats: Formats) -> date | None:
    """When a follow-up that repeats is due again if it is done today; None: that was the last."""
    if not row.repeat:
        return None
    return next_after_doing(
        read_rule(row.repeat),
        row.repeat_from or row.due_on,
        due_on=row.due_on,
        done_on=today,
        zone=formats.tz,
    )


def again_words(row: FollowUpRow, today: date, formats: Formats) -> str:
    """What follows once it is done: “again tomorrow”, “that was the last time”; empty for once."""
    if not row.repeat:
        return ""
    on = again_on(row, today, formats)
    if on is None:
        return translate("Repeat", "that was the last time")
    return translate("Repeat", "again {day}").format(day=formats.near_day(on, today))


def _weekdays(days: tuple[int, ...], formats: Formats) -> str:
    return formats.listed([formats.weekday_name(MONDAY + timedelta(days=day)) for day in days])
