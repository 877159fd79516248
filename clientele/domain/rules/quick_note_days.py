"""Which days does a note speak of? As they are said in English, German and Dutch.

A day without a year is the next such day, “next Friday” the Friday that comes next, never today.
The names of months and weekdays are Babel's (CLDR), as in ``rules.dates``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from clientele.domain.rules.dates import NotADay, PartialDate, next_time, parse_day

Key = TypeVar("Key")

LANGUAGES = ("en", "de", "nl")

NEAR = {
    0: "today|tonight|heute(?: abend)?|vandaag|vanavond",
    1: "tomorrow|tmrw|morgen(?: früh| vormittag| nachmittag| abend|ochtend|middag|avond)?",
    2: "(?:the )?day after tomorrow|übermorgen|uebermorgen|overmorgen",
}
NUMBERS = {
    1: "1|a|an|one|ein|eine|einem|einen|einer|een|één",
    2: "2|two|a couple of|zwei|twee|een paar",
    3: "3|three|drei|drie",
    4: "4|four|vier",
    5: "5|five|fünf|vijf",
    6: "6|six|sechs|zes",
    7: "7|seven|sieben|zeven",
    8: "8|eight|acht",
    10: "10|ten|zehn|tien",
    12: "12|twelve|zwölf|twaalf",
    14: "14|fourteen|vierzehn|veertien",
}
UNITS = {
    1: "days?|tagen?|tage|dag|dagen",
    7: "weeks?|wks?|wochen?|weken|week",
    14: "fortnights?",
    30: "months?|monate?n?|monat|maanden|maand",
}
FEASTS = {
    (2, 14): "valentine'?s(?: day)?|valentinstag|valentijns?dag|valentijn",
    (12, 5): "sinterklaas",
    (12, 6): "nikolaus",
    (12, 24): "christmas eve|heiligabend|heilig abend|kerstavond",
    (12, 25): "christmas|xmas|weihnachten|kerstmis|kerst",
    (12, 31): "new year'?s eve|silvester|oud en nieuw|oudejaarsavond",
}
ALSO_NAMES = ("march", "april", "june", "august")
"""Months that are also words or names of people: only with a number or a preposition."""

BEFORE_IT = (
    r"(?:on|by|until|till|til|before|for|from|this|the|am|bis|bis zum|zum|vor|ab|an|der|den|dem|op|"
    r"tegen|tot|voor|vanaf|met|per)"
)
OCCASIONS = (
    "wedding", "birthday", "bday", "anniversary", "geburtstag", "hochzeit", "hochzeitstag", "taufe",
    "bruiloft", "verjaardag", "jarig", "trouwdag", "geb", "geb.",
)  # fmt: skip
NEXT = (
    r"(?:next|this|this coming|coming|nächste[nrms]?|naechste[nrms]?|kommende[nrms]?|diese[nrms]?|"
    r"volgende|komende|aanstaande|aankomende|deze)"
)
PAST = r"(?:last|letzte[nrms]?|vorige[nrms]?|vorige|afgelopen)"


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day in a text: where it stands, what it is, and the day of the store that is meant.

    ``gone`` for a day that was said as past: “last Friday”.
    """

    start: int
    end: int
    when: PartialDate
    on: date
    gone: bool = False


def days(text: str, today: date, *, month_first: bool = False) -> tuple[SaidDay, ...]:
    """The days that ``text`` (in lower case) speaks of, in their order, apart from each other.

    ``month_first`` reads ``12/5`` as in the United States. What is no day of the calendar is none.
    """
    found: list[SaidDay] = []
    for pattern, read in _readers():
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            try:
                read_as = read(match, today, month_first)
            except (ValueError, OverflowError):
                continue
            if read_as is not None:
                when, on = read_as
                gone = bool(re.search(rf"\b{PAST}\s*$", text[:start]))
                found.append(SaidDay(start, end, when, on, gone))
    return tuple(sorted(found, key=lambda day: day.start))


Read = Callable[[re.Match[str], date, bool], tuple[PartialDate, date] | None]


def _exact(day: date) -> tuple[PartialDate, date]:
    return PartialDate(day.month, day.day, day.year), day


def _yearly(month: int, day: int | None, year: int | None, today: date) -> tuple[PartialDate, date]:
    when = PartialDate(month, day, year)
    last = calendar.monthrange(year or 2000, month)[1]
    if day is not None and not 1 <= day <= last:
        raise ValueError(day)
    if year is None:
        return when, next_time(when, today)
    return when, date(year, month, day or 1)


def _near(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    days = _key(NEAR, match["near"])
    if match["n"]:
        days += _count(match)
    return _exact(today + timedelta(days=days))


def _ahead(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    if _key(UNITS, match["unit"]) == 30:
        return _exact(_months_on(today, _number(match["n"])))
    return _exact(today + timedelta(days=_count(match)))


def _next_month(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    return _exact(_months_on(today, 1))


def _months_on(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))


def _weekday(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    groups = match.groupdict()
    wanted = _weekdays()[next(word for name, word in groups.items() if name[0] == "d" and word)]
    ahead = (wanted - today.weekday() - 1) % 7 + 1
    if groups.get("week"):
        ahead = 7 - today.weekday() + wanted
    if groups.get("n"):
        ahead += _count(match)
    return _exact(today + timedelta(days=ahead))


def _next_week(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    return _exact(today + timedelta(days=7))


def _weekend(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    return _exact(today + timedelta(days=(5 - today.weekday() - 1) % 7 + 1))


def _after_it(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    return _exact(today + timedelta(days=7 - today.weekday()))


def _end_of_month(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    return _exact(today.replace(day=calendar.monthrange(today.year, today.month)[1]))


def _iso(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    return _yearly(int(match["m"]), int(match["d"]), int(match["y"]), today)


def _numbers(match: re.Match[str], today: date, month_first: bool) -> tuple[PartialDate, date]:
    day, month = int(match["d"]), int(match["m"])
    if "/" in match.group() and month_first and day <= 12:
        day, month = month, day
    return _yearly(month, day, _year(match["y"]), today)


def _after_an_occasion(
    match: re.Match[str], today: date, month_first: bool
) -> tuple[PartialDate, date] | None:
    """“Hochzeit 5.12”: without a preposition a number with a point is a day only there."""
    before = match.string[: match.start()].rstrip(" :")
    return _numbers(match, today, month_first) if before.endswith(OCCASIONS) else None


def _named(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    day = match.groupdict().get("d")
    number = int(day) if day else None
    return _yearly(_months()[match["month"]], number, _year(match["y"]), today)


def _day_alone(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    wanted = int(match["d"])
    for ahead in range(62):
        day = today + timedelta(days=ahead)
        if day.day == wanted:
            return _exact(day)
    raise ValueError(wanted)


def _feast(match: re.Match[str], today: date, _: bool) -> tuple[PartialDate, date]:
    month, day = _key(FEASTS, match.group())
    return _yearly(month, day, None, today)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text.lstrip("'"))
    return year + 2000 if year < 40 else year + 1900 if year < 100 else year


def _count(match: re.Match[str]) -> int:
    return _number(match["n"]) * int(_key(UNITS, match["unit"]))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else int(_key(NUMBERS, " ".join(text.split())))


def _key(table: Mapping[Key, str], text: str) -> Key:
    return next(key for key, words in table.items() if re.fullmatch(words, text))


@cache
def _months() -> dict[str, int]:
    """Months by name and by its first letters, as Babel has them."""
    from babel.dates import get_month_names

    found = {"mrt": 3, "maerz": 3, "sept": 9, "okt": 10, "febuary": 2, "decemeber": 12}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                short = name.lower().rstrip(".")
                found |= {short: int(number), short[:3]: int(number)}
    return found


@cache
def _weekdays() -> dict[str, int]:
    """Weekdays by name and in short, Monday 0."""
    from babel.dates import get_day_names

    found = {"tues": 1, "thurs": 3, "thur": 3}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, locale=language).items():
                found[name.lower().rstrip(".")] = int(number)
    return found


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """What is looked for, the longer before the shorter."""
    month = rf"(?P<month>{_either(_months())})\b\.?"
    alone = _either(word for word in _months() if len(word) > 3 and word not in ALSO_NAMES)
    weekday = _either(word for word in _weekdays() if len(word) > 2)
    short = _either(word for word in _weekdays() if len(word) == 2)
    year = r"(?:,? ?(?P<y>(?:19|20)\d\d|'\d\d)\b)?"
    n = rf"(?P<n>{'|'.join(NUMBERS.values())}|\d{{1,2}})"
    unit = rf"(?P<unit>{'|'.join(UNITS.values())})"
    near = "|".join(f"(?:{words})" for words in (NEAR[2], NEAR[0], NEAR[1]))
    later = rf"(?: in| over|,)? {n} {unit}"
    a_day = rf"(?P<d1>{weekday})(?:day|s)?"
    next_week = r"(?P<week>next week|nächste(?:r|n)? woche|naechste woche|volgende week)"
    nth = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|e|ste|de)?\.?"
    rows: tuple[tuple[str, Read], ...] = (
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", _iso),
        (rf"{nth}(?: of)? ?{month}{year}", _named),
        (rf"{month} (?:the )?(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?![\d.,/½]){year}", _named),
        (r"(?P<d>[0-3]?\d)(?P<sep>[./-])(?P<m>[01]?\d)(?P=sep)(?P<y>\d{4}|\d\d)(?!\d)", _numbers),
        (r"(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>)(?!\d)", _numbers),
        (rf"{BEFORE_IT} (?P<d>[0-3]?\d)[./-](?P<m>[01]?\d)(?P<y>)(?![\d/])", _numbers),
        (r"(?P<d>[0-3]?\d)[.-](?P<m>[01]?\d)(?P<y>)(?![\d/])", _after_an_occasion),
        (r"(?P<d>[0-3]?\d)/(?P<m>0?\d|1[0-2])(?P<y>)(?![\d/])", _numbers),
        (rf"(?P<near>{near}){later}", _near),
        (rf"(?:{NEXT} )?{a_day}{later}(?: time)?", _weekday),
        (rf"{n} {unit} from (?P<d1>{weekday})", _weekday),
        (rf"(?:{NEXT} )?{a_day},? (?:of )?{next_week}", _weekday),
        (rf"{next_week},?(?: on| am| op)? (?P<d1>{weekday}|{short})\b", _weekday),
        (rf"(?:in|over|within|binnen|innerhalb von) {n} {unit}(?:'? time)?", _ahead),
        (rf"{n} {unit} from (?:now|today)", _ahead),
        (next_week, _next_week),
        (r"(?:after|nach|na) (?:the |this |dem |het |dit )?(?:weekend|wochenende)", _after_it),
        (r"(?:this |am |dit |het |dieses )?(?:weekend|wochenende)", _weekend),
        (r"(?:the )?end of (?:the |this )?month|monatsende|ende des monats|eind(?:e)? van de maand",
         _end_of_month),
        (
            rf"(?:{NEXT} )?(?P<d1>{weekday})(?:abend|vormittag|nachmittag|morgen|ochtend|middag|"
            rf"avond)?",
         _weekday),
        (rf"(?:{NEXT}|on|am|op|bis|tot) (?P<d1>{short})\b\.?", _weekday),
        (rf"(?P<near>{near})(?P<n>)", _near),
        ("|".join(FEASTS.values()), _feast),
        (rf"(?:in|im|mid|mitte|early|late|anfang|ende|begin|half|eind|medio|since|by|until|bis|tot|"
         rf"before|vor|voor|from|ab|vanaf|next|nächsten|volgende)[ -]"
         rf"(?P<month>{_either(_months())})"
         rf"(?:'s)?\b{year}", _named),
        (rf"(?P<month>{alone}){year}", _named),
        (r"(?:on |by |until )?the (?P<d>[0-3]?\d)(?:st|nd|rd|th)", _day_alone),
        (r"(?:am|bis zum|op|voor|tot|op de|voor de|tot de) (?P<d>[0-3]?\d)(?:\.|e|ste|de)",
         _day_alone),
        (r"(?:next month|nächsten? monat|volgende maand)", _next_month),
    )  # fmt: skip
    return tuple((re.compile(rf"(?<![\w./½-])(?:{row})(?![\w½])"), read) for row, read in rows)


def read_when(text: str) -> PartialDate | None:
    """A day as an offer holds it: ``2026-12-05``, ``--12-05`` or ``--12``; else as it is typed.

    None where it is no day.
    """
    try:
        if month := re.fullmatch(r"(?:--|\d{4}-)(\d\d)", text.strip()):
            year = int(text.strip()[:4]) if text.strip()[0] != "-" else None
            return PartialDate(int(month[1]), None, year) if 1 <= int(month[1]) <= 12 else None
        return parse_day(text)
    except NotADay:
        return None
