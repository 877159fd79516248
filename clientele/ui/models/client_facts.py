"""A client's facts in words: what a number is to them, when they turn which age, their clock."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from clientele.domain.known import CustomKind
from clientele.domain.rules.dates import PartialDate, next_time, years_at
from clientele.store.queries.custom_fields import FieldValue
from clientele.system.formats import Formats
from clientele.system.places import at_home, city_of
from clientele.ui.desk import Desk

LABELS = ("home", "work", "mobile")
"""What a number or address may be; kept by these words, whatever the language of the window."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("ClientFacts", words)


def label_words(label: str) -> str:
    """What a contact point is to the client, in the language of the window or their own words."""
    known = {"home": _tr("home"), "work": _tr("work"), "mobile": _tr("mobile")}
    return known.get(label.strip(), label)


def label_key(words: str) -> str:
    """What is kept of it: one of ``LABELS``, or the words as they are."""
    for label in LABELS:
        if words.strip().casefold() in (label, label_words(label).casefold()):
            return label
    return words


def turns_words(birthday: PartialDate | None, desk: Desk) -> str:
    """“turns 58 · Fri”, “birthday 27 Nov”, “some day in June”; empty where no birthday is known."""
    if birthday is None:
        return ""
    formats, today = desk.formats, desk.today()
    if birthday.day is None:
        month = formats.month(birthday.month)
        return _tr("some day in {month}").format(month=month)
    on = next_time(birthday, today)
    age = years_at(birthday, on)
    day = formats.near_day(on, today)
    if age is None or age <= 0:
        return _tr("birthday {day}").format(day=day)
    return _tr("turns {age} · {day}").format(age=age, day=day)


def soon_words(birthday: PartialDate | None, desk: Desk) -> str:
    """The same while it is less than four weeks away, for where there is little room."""
    if birthday is None or birthday.day is None:
        return ""
    ahead = (next_time(birthday, desk.today()) - desk.today()).days
    return turns_words(birthday, desk) if ahead < SOON else ""


SOON = 28
"""Days before a birthday from which on the heading speaks of it."""


def clock_words(zone: str, desk: Desk) -> str:
    """“04:12 in New York”; empty where the client's clock is the store's."""
    there, here = at_home(desk.now(), zone), desk.now().astimezone(desk.formats.tz)
    if there is None or there.utcoffset() == here.utcoffset():
        return ""
    return _clock(there, zone, desk)


def _clock(there: datetime, zone: str, desk: Desk) -> str:
    formats = Formats(desk.formats.locale, zone)
    return _tr("{time} in {city}").format(
        time=formats.clock_time(there), city=city_of(zone, desk.formats.locale)
    )


def zone_words(zone: str, desk: Desk) -> str:
    """“04:12 there now”, “the same time as here”."""
    if not zone:
        return _tr("as the store, unless you say otherwise")
    there = at_home(desk.now(), zone)
    if there is None:
        return ""
    if there.utcoffset() == desk.now().astimezone(desk.formats.tz).utcoffset():
        return _tr("the same time as here")
    clock = Formats(desk.formats.locale, zone).clock_time(there)
    return _tr("{time} there now").format(time=clock)


def kind_words(kind: str) -> str:
    """What a field of the store's own holds."""
    return {
        CustomKind.TEXT: _tr("text"),
        CustomKind.CHOICE: _tr("one of several words"),
        CustomKind.NUMBER: _tr("number"),
        CustomKind.DATE: _tr("date"),
        CustomKind.YES_NO: _tr("yes or no"),
    }[CustomKind(kind)]


def answer_words(value: str) -> str:
    """Yes and no."""
    return {"yes": _tr("yes"), "no": _tr("no")}.get(value, value)


def value_words(field: FieldValue, formats: Formats) -> str:
    """What a field says, for people."""
    if not field.value:
        return ""
    match CustomKind(field.kind):
        case CustomKind.DATE:
            return formats.day_year(date.fromisoformat(field.value))
        case CustomKind.NUMBER:
            return formats.number(Decimal(field.value))
        case CustomKind.YES_NO:
            return answer_words(field.value)
        case _:
            return field.value
