"""How is a day that comes every year written, so that it can be read again as it was typed?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.dates import PartialDate
from clientele.system.formats import Formats

EXAMPLE = date(1968, 11, 27)


def day_words(when: PartialDate, formats: Formats) -> str:
    """“27 Nov”, “27 Nov 1968”, “June”."""
    if when.year and when.day:
        return formats.day_year(date(when.year, when.month, when.day))
    words = formats.month_day(when.month, when.day)
    return f"{words} {when.year}" if when.year else words


def day_hint(formats: Formats) -> str:
    """How a birthday may be typed, with and without the year, as the reader writes it."""
    words = QCoreApplication.translate("Days", "{day} or {day_and_year}")
    return words.format(day=formats.day(EXAMPLE), day_and_year=formats.day_year(EXAMPLE))
