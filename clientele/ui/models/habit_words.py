"""A habit in words: what it is, and of how many rows it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.colours import Colour
from clientele.domain.rules.habits import Habit, Of
from clientele.ui.desk import Desk
from clientele.ui.models.rows import Row

FEW_DAYS, MANY_DAYS = 21, 183
"""A rhythm is told in days, from here on in weeks, and from there on in months."""

MONTH = 30.44
A_MONDAY = date(2024, 1, 1)

translate = QCoreApplication.translate


def _tr(words: str, count: int = -1) -> str:
    return translate("Habits", words, "", count) if count >= 0 else translate("Habits", words)


def habit_rows(told: Sequence[Habit], currency: str, desk: Desk) -> list[Row]:
    """One row for each habit, under what it is about; its key says at which place it stands."""
    rows = [
        _row(at, habit, currency, desk)
        for at, habit in enumerate(told)
        if habit.of not in (Of.DEPARTMENT, Of.BRAND, Of.SIZE, Of.COLOUR)
    ]
    for of in (Of.DEPARTMENT, Of.BRAND, Of.SIZE, Of.COLOUR):
        rows += [_row(at, habit, currency, desk) for at, habit in enumerate(told) if habit.of == of]
    return rows


def habit_title(habit: Habit, currency: str, desk: Desk) -> str:
    """The habit itself: “Usually every 6 weeks”, “Navy”."""
    if habit.spread is not None:
        if habit.of == Of.RHYTHM:
            return _tr("Usually {every}").format(every=_every(habit.spread.middle))
        amount = desk.formats.money(habit.spread.middle, currency, cents=False)
        return _tr("Usually {amount} a ticket").format(amount=amount)
    if habit.number is not None:
        return _when(habit, desk)
    if habit.of == Of.BACK and not habit.lacking:
        if not habit.count:
            return _tr("Nothing came back")
        return _tr("%n article(s) came back", habit.count)
    if habit.of == Of.COLOUR and habit.name:
        return colour_words(Colour(habit.name)).capitalize()
    return habit.name or _subject(habit)


def _when(habit: Habit, desk: Desk) -> str:
    """“Mostly on Saturday”, “Mostly September to November”."""
    number = habit.number or 0
    if habit.of == Of.WEEKDAY:
        day = desk.formats.weekday_name(A_MONDAY + timedelta(number))
        return _tr("Mostly on {weekday}").format(weekday=day)
    first, last = desk.formats.month(number), desk.formats.month((number + 1) % 12 + 1)
    return _tr("Mostly {first} to {last}").format(first=first, last=last)


def _row(at: int, habit: Habit, currency: str, desk: Desk) -> Row:
    trailing = ""
    if habit.of == Of.DEPARTMENT and not habit.lacking and habit.count > habit.left_out:
        trailing = desk.formats.money(habit.amount, currency, cents=False)
    title, nothing = habit_title(habit, currency, desk), _nothing_said(habit)
    return Row(
        key=(habit.of.value, at),
        title="" if nothing else title,
        after_title=nothing,
        sub=" · ".join(_of_what(habit, currency, desk)),
        trailing=trailing,
        section=_section(habit.of),
    )


def _nothing_said(habit: Habit) -> str:
    """What stands there where there is no habit, or too little to say; else empty."""
    if habit.lacking:
        if habit.of in (Of.BRAND, Of.SIZE, Of.COLOUR, Of.DEPARTMENT):
            return _tr("Too little to say yet")
        return _tr("{subject}: too little to say yet").format(subject=_subject(habit))
    if habit.of == Of.WEEKDAY and habit.number is None:
        return _tr("No day of the week stands out")
    if habit.of == Of.SEASON and habit.number is None:
        return _tr("No time of the year stands out")
    if habit.of in (Of.BRAND, Of.SIZE, Of.COLOUR) and not habit.name:
        return _tr("None more than once")
    return ""


def _of_what(habit: Habit, currency: str, desk: Desk) -> list[str]:
    """Of how many rows it is told, between what, and what was left out."""
    if habit.lacking:
        return [*_last(habit, desk), _needed(habit)]
    said: list[str] = []
    spread, formats = habit.spread, desk.formats
    if habit.of == Of.RHYTHM and spread is not None:
        said.append(_tr("%n buying day(s)", habit.total))
        said.append(_tr("half the time {between}").format(between=_between(habit)))
        said += _last(habit, desk)
    elif habit.of == Of.BASKET and spread is not None:
        low, high = (formats.money(one, currency, cents=False) for one in (spread.low, spread.high))
        said.append(_tr("%n ticket(s), half of them {low} to {high}", habit.total))
        said[-1] = said[-1].format(low=low, high=high)
    elif habit.of in (Of.WEEKDAY, Of.SEASON):
        words = _tr("{count} of %n buying day(s)", habit.total)
        if habit.number is None:
            words = _tr("%n buying day(s)", habit.total)
        said.append(words.format(count=formats.number(habit.count)))
    elif habit.of == Of.BACK:
        words = _tr("of %n bought", habit.total)
        share = formats.percent(habit.count / habit.total)
        said.append(f"{words}, {share}" if habit.count else words)
    elif habit.of == Of.DEPARTMENT:
        words = _tr("{count} of %n article(s)", habit.total)
        said.append(words.format(count=formats.number(habit.count)))
    elif not habit.name:
        said.append(_tr("%n article(s)", habit.total))
    else:
        said.append(_named_of(habit).format(count=formats.number(habit.count)))
    if habit.left_out:
        said.append(_tr("%n in another currency left out", habit.left_out))
    return said


def _named_of(habit: Habit) -> str:
    return {
        Of.BRAND: _tr("{count} of %n article(s) with a maker", habit.total),
        Of.SIZE: _tr("{count} of %n article(s) with a size", habit.total),
        Of.COLOUR: _tr("{count} of %n article(s) with a colour", habit.total),
    }[habit.of]


def _last(habit: Habit, desk: Desk) -> list[str]:
    """“last in 9 weeks ago”; the day itself stands with the rows."""
    if habit.last_on is None:
        return []
    days = (desk.today() - habit.last_on).days
    if days <= 0:
        return [_tr("last in today")]
    return [_tr("last in {long} ago").format(long=_long(days))]


def _every(days: int) -> str:
    unit, count = _unit(days)
    if count == 1:
        return {"d": _tr("every day"), "w": _tr("every week"), "m": _tr("every month")}[unit]
    return {
        "d": _tr("every %n day(s)", count),
        "w": _tr("every %n week(s)", count),
        "m": _tr("every %n month(s)", count),
    }[unit]


def _between(habit: Habit) -> str:
    """The quartiles in the unit of the middle: “3 to 9 weeks”."""
    assert habit.spread is not None
    unit, _ = _unit(habit.spread.middle)
    low, high = (_in(unit, one) for one in (habit.spread.low, habit.spread.high))
    words = _count(unit, high)
    return words if low == high else _tr("{low} to {high}").format(low=low, high=words)


def _long(days: int) -> str:
    return _count(*_unit(days))


def _count(unit: str, count: int) -> str:
    return {
        "d": _tr("%n day(s)", count),
        "w": _tr("%n week(s)", count),
        "m": _tr("%n month(s)", count),
    }[unit]


def _unit(days: int) -> tuple[str, int]:
    unit = "d" if days < FEW_DAYS else "w" if days < MANY_DAYS else "m"
    return unit, _in(unit, days)


def _in(unit: str, days: int) -> int:
    return max(round(days / {"d": 1, "w": 7, "m": MONTH}[unit]), 1)


def _needed(habit: Habit) -> str:
    """How many more rows make a habit of it."""
    return {
        Of.RHYTHM: _tr("%n more buying day(s) needed", habit.lacking),
        Of.WEEKDAY: _tr("%n more buying day(s) needed", habit.lacking),
        Of.SEASON: _tr("%n more buying day(s) needed", habit.lacking),
        Of.BASKET: _tr("%n more ticket(s) needed", habit.lacking),
        Of.BRAND: _tr("%n more article(s) with a maker needed", habit.lacking),
        Of.SIZE: _tr("%n more article(s) with a size needed", habit.lacking),
        Of.COLOUR: _tr("%n more article(s) with a colour needed", habit.lacking),
    }.get(habit.of, _tr("%n more article(s) needed", habit.lacking))


def _section(of: Of) -> str:
    return {
        Of.DEPARTMENT: _tr("Departments"),
        Of.BRAND: _tr("Makers"),
        Of.SIZE: _tr("Sizes they buy"),
        Of.COLOUR: _tr("Colours"),
    }.get(of, _tr("How they buy"))


def _subject(habit: Habit) -> str:
    return {
        Of.RHYTHM: _tr("How often they buy"),
        Of.BASKET: _tr("What a ticket comes to"),
        Of.WEEKDAY: _tr("Day of the week"),
        Of.SEASON: _tr("Time of the year"),
        Of.BACK: _tr("What comes back"),
        Of.DEPARTMENT: _tr("Departments"),
        Of.BRAND: _tr("Makers"),
        Of.SIZE: _tr("Sizes"),
        Of.COLOUR: _tr("Colours"),
    }[habit.of]


def colour_words(colour: Colour) -> str:
    """A colour in the reader's language."""
    return {
        Colour.BLACK: _tr("black"),
        Colour.WHITE: _tr("white"),
        Colour.GREY: _tr("grey"),
        Colour.NAVY: _tr("navy"),
        Colour.BLUE: _tr("blue"),
        Colour.GREEN: _tr("green"),
        Colour.RED: _tr("red"),
        Colour.PINK: _tr("pink"),
        Colour.PURPLE: _tr("purple"),
        Colour.YELLOW: _tr("yellow"),
        Colour.ORANGE: _tr("orange"),
        Colour.BROWN: _tr("brown"),
        Colour.BEIGE: _tr("beige"),
        Colour.GOLD: _tr("gold"),
        Colour.SILVER: _tr("silver"),
    }[colour]
