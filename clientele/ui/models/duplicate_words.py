"""How is it said what speaks for two clients being one, and what against it?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.duplicates import AGAINST, SURE, Reason, What
from clientele.system.formats import Formats
from clientele.ui.models.rows import ChipSpec
from clientele.ui.theme import Tone


def reason_words(reason: Reason) -> str:
    """“same phone”, “Jon ~ John”."""
    translate = QCoreApplication.translate
    if reason.what == What.NAME_ALIKE:
        return f"{reason.one} ~ {reason.other}"
    return {
        What.REFERENCE: translate("DuplicateWords", "same number in another system"),
        What.PHONE: translate("DuplicateWords", "same phone"),
        What.PHONE_NEAR: translate("DuplicateWords", "phone one digit off"),
        What.EMAIL: translate("DuplicateWords", "same e-mail"),
        What.EMAIL_NEAR: translate("DuplicateWords", "same e-mail name, another provider"),
        What.NAME: translate("DuplicateWords", "same name"),
        What.NAME_SWAPPED: translate("DuplicateWords", "names the other way round"),
        What.BIRTHDAY: translate("DuplicateWords", "same birthday"),
        What.ADDRESS: translate("DuplicateWords", "same address"),
        What.POSTCODE: translate("DuplicateWords", "same postcode"),
        What.OTHER_GIVEN: translate("DuplicateWords", "another given name: family?"),
        What.OTHER_FAMILY: translate("DuplicateWords", "another family name"),
        What.OTHER_BIRTHDAY: translate("DuplicateWords", "another birthday"),
        What.OTHER_ENDING: translate("DuplicateWords", "junior and senior"),
    }[reason.what]


def reason_chips(reasons: Sequence[Reason]) -> tuple[ChipSpec, ...]:
    """What speaks for it, then what speaks against it."""
    ordered = sorted(reasons, key=lambda reason: reason.what in AGAINST)
    return tuple(
        ChipSpec(reason_words(reason), Tone.PLAIN if reason.what in AGAINST else Tone.AMBER)
        for reason in ordered
    )


def how_likely(score: int) -> str:
    """A score in words; a number alone says nothing to whoever stands in the shop."""
    translate = QCoreApplication.translate
    if score >= SURE:
        return translate("DuplicateWords", "almost certainly one")
    if score >= 75:
        return translate("DuplicateWords", "very likely one")
    return translate("DuplicateWords", "perhaps one")


def birthday_words(birthday: PartialDate | None, formats: Formats) -> str:
    """“27 November 1968”; empty where it is not known."""
    if birthday is None:
        return ""
    day = formats.month_day(birthday.month, birthday.day)
    return day if birthday.year is None else f"{day} {birthday.year}"
