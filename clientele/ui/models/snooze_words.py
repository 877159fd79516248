"""What are the days called to which a follow-up may be put off?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.snoozing import Snooze
from clientele.system.formats import Formats
from clientele.ui.widgets.day_choice import soon_words

translate = QCoreApplication.translate


def snooze_words(one: Snooze, formats: Formats) -> str:
    """“Tomorrow · Sun 22 Nov”, “Before 5 Dec · Wed 2 Dec”, or a day alone that stands for another.

    A Monday that is offered for a closed Sunday is not called tomorrow.
    """
    day = formats.weekday_day(one.on)
    if one.occasion_on is not None:
        words = translate("Snooze", "Before their day on {day}")
        return f"{words.format(day=formats.day(one.occasion_on))} · {day}"
    return day if one.soon is None else f"{soon_words(one.soon)} · {day}"


def snooze_choices(found: Iterable[Snooze], formats: Formats) -> list[tuple[date, str]]:
    """The days with their words, in their order."""
    return [(one.on, snooze_words(one, formats)) for one in found]
